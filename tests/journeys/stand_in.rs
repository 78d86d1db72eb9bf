//! A central that misbehaves on demand: real TLS with mutual certificates, a handful of paths.
//!
//! The true central cannot be told to talk rubbish; this one can. It keeps to the shared types.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use central_api::{
    Application, Enrolled, Enrolment, KioskHall, Office, OpenVisit, Problem, ProblemCode,
    Programme, Status, Text, VisitLevel, VisitOpened,
};
use jiff::Timestamp;
use jiff::civil::date;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, IsCa, Issuer, KeyPair,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use crate::bench::LIMIT;

pub(crate) const TOKEN: &str = "one-time";

/// How it behaves when asked to open a visit, or at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As it should.
    Good,
    /// Closes every connection.
    Gone,
    /// Takes requests for visits and says nothing.
    Silent,
    /// Answers requests for visits with something else.
    Rubbish,
    /// Does not speak HTTP.
    NoHttp,
    /// Answers requests for visits without end.
    Endless,
    /// Refuses visits.
    Refuses(ProblemCode),
}

#[derive(Clone)]
pub(crate) struct StandIn {
    address: SocketAddr,
    authority: Arc<Authority>,
    manner: Arc<Mutex<Manner>>,
    heard: Arc<Mutex<Receiver<String>>>,
}

struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl StandIn {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("bound");
        let authority = Arc::new(Authority::new());
        let manner = Arc::new(Mutex::new(Manner::Good));
        let (sender, heard) = channel();
        let config = authority.server_config();
        let stand_in = Self { address, authority, manner, heard: Arc::new(Mutex::new(heard)) };
        let mine = stand_in.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (mine, config, sender) = (mine.clone(), Arc::clone(&config), sender.clone());
                std::thread::spawn(move || drop(mine.serve(stream, config, &sender)));
            }
        });
        stand_in
    }

    pub(crate) fn address(&self) -> String {
        format!("https://{}", self.address)
    }

    pub(crate) fn behave(&self, manner: Manner) {
        *self.manner.lock().unwrap_or_else(PoisonError::into_inner) = manner;
    }

    /// What `central kiosk enrol` prints.
    pub(crate) fn ticket(&self, kiosk: &str) -> String {
        format!(
            "kiosk = \"{kiosk}\"\ntoken = \"{TOKEN}\"\nauthority_pem = \"\"\"\n{}\"\"\"\n",
            self.authority.pem
        )
    }

    /// Waits until this request arrives; earlier ones are passed over.
    pub(crate) fn wait_for(&self, request: &str) {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match heard.recv_timeout(LIMIT) {
                Ok(one) if one == request => return,
                Ok(_) => {}
                Err(_) => panic!("never asked: {request}"),
            }
        }
    }

    pub(crate) fn authority_pem(&self) -> &str {
        &self.authority.pem
    }

    pub(crate) fn heard_nothing(&self) -> bool {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).try_recv().is_err()
    }

    fn manner(&self) -> Manner {
        *self.manner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(
        &self,
        stream: TcpStream,
        config: Arc<ServerConfig>,
        heard: &Sender<String>,
    ) -> std::io::Result<()> {
        if self.manner() == Manner::Gone {
            return Ok(());
        }
        stream.set_nodelay(true)?;
        let session = ServerConnection::new(config).map_err(std::io::Error::other)?;
        let mut line = BufReader::new(StreamOwned::new(session, stream));
        loop {
            let mut first = String::new();
            if line.read_line(&mut first)? == 0 {
                return Ok(());
            }
            let mut length = 0;
            loop {
                let mut header = String::new();
                line.read_line(&mut header)?;
                let header = header.trim_end().to_ascii_lowercase();
                if header.is_empty() {
                    break;
                }
                if let Some(value) = header.strip_prefix("content-length:") {
                    length = value.trim().parse().map_err(std::io::Error::other)?;
                }
            }
            let mut body = vec![0; length];
            line.read_exact(&mut body)?;
            let request = first.trim_end().trim_end_matches(" HTTP/1.1").to_owned();
            let known = line.get_ref().conn.peer_certificates().is_some();
            let manner = self.manner();
            // Heard before it is answered: a test that waits for the request finds the visit open.
            heard.send(request.clone()).unwrap_or(());
            match (manner, request.starts_with("POST /v1/visits")) {
                (Manner::Gone, _) => return Ok(()),
                (Manner::NoHttp, _) => line.get_mut().write_all(b"\x00\x01SMTP ready\r\n\r\n")?,
                (Manner::Silent, true) => {}
                (Manner::Endless, true) => {
                    line.get_mut().write_all(b"HTTP/1.1 201 Created\r\n\r\n{\"token\":\"")?;
                    let blank = [b' '; 16 << 10];
                    while line.get_mut().write_all(&blank).is_ok() {}
                    return Ok(());
                }
                _ => {
                    let (status, answer) = self.answer(manner, &request, &body, known);
                    let head = format!(
                        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nETag: \"1\"\r\n\r\n",
                        answer.len()
                    );
                    line.get_mut().write_all(&[head.as_bytes(), &answer].concat())?;
                }
            }
            line.get_mut().flush()?;
        }
    }

    fn answer(&self, manner: Manner, request: &str, body: &[u8], known: bool) -> (u16, Vec<u8>) {
        match (request, manner) {
            ("POST /v1/kiosks/enrolment", _) => self.enrol(body),
            _ if !known => problem(401, ProblemCode::KioskNotEnrolled),
            ("POST /v1/visits", Manner::Rubbish) => (201, b"{\"token\": [1, 2".to_vec()),
            ("POST /v1/visits", Manner::Refuses(code)) => problem(404, code),
            ("POST /v1/visits", _) => open_visit(body),
            ("DELETE /v1/visits/current", _) => (204, Vec::new()),
            ("GET /v1/hall", _) => (200, json(&hall())),
            ("GET /v1/policies" | "GET /v1/notices", _) => (200, b"[]".to_vec()),
            _ => problem(404, ProblemCode::NoSuchResource),
        }
    }

    fn enrol(&self, body: &[u8]) -> (u16, Vec<u8>) {
        let enrolment: Enrolment = serde_json::from_slice(body).expect("fits the schema");
        if enrolment.token != TOKEN {
            return problem(401, ProblemCode::KioskNotEnrolled);
        }
        let request = CertificateSigningRequestParams::from_pem(&enrolment.csr_pem).expect("valid");
        let certificate_pem = request.signed_by(&self.authority.issuer).expect("issued").pem();
        (201, json(&Enrolled { certificate_pem, authority_pem: self.authority.pem.clone() }))
    }
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).expect("signed").pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    fn server_config(&self) -> Arc<ServerConfig> {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("an address");
        let certificate = params.signed_by(&key, &self.issuer).expect("signed");
        let authority = CertificateDer::from_pem_slice(self.pem.as_bytes()).expect("PEM");
        let mut roots = RootCertStore::empty();
        roots.add(authority).expect("a certificate");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let clients =
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
                .allow_unauthenticated()
                .build()
                .expect("a verifier");
        let key = PrivateKeyDer::from_pem_slice(key.serialize_pem().as_bytes()).expect("PEM");
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_client_cert_verifier(clients)
            .with_single_cert(vec![certificate.der().clone()], key)
            .expect("a pair");
        Arc::new(config)
    }
}

fn open_visit(body: &[u8]) -> (u16, Vec<u8>) {
    let OpenVisit { evidence } = serde_json::from_slice(body).expect("fits the schema");
    let level = match &evidence {
        central_api::Evidence::AuthenticatedCard { .. } => VisitLevel::Full,
        central_api::Evidence::UnauthenticatedCard { query_code, .. }
        | central_api::Evidence::TypedNumber { query_code, .. } => {
            if query_code != "7K2M9QXD" {
                return problem(404, ProblemCode::NotFound);
            }
            VisitLevel::Basic
        }
    };
    let opened = VisitOpened {
        token: "a-token".into(),
        level,
        expires_at: Timestamp::now(),
        applications: vec![application()],
    };
    (201, json(&opened))
}

fn application() -> Application {
    Application {
        tracking_number: "YL2026-000123".into(),
        programme: Programme::Dibao,
        category: None,
        applicant: "王*兰".into(),
        submitted_on: date(2026, 11, 2),
        status: Status::InProgress,
        steps: Vec::new(),
        next: Text::zh("公示七天,请留意本村公示栏。"),
        office: office(),
        decision: None,
        grant_fen: None,
        members: Vec::new(),
        payments: Vec::new(),
    }
}

fn hall() -> KioskHall {
    KioskHall { name: Text::zh("云岭县政务服务大厅"), offices: vec![office()] }
}

fn office() -> Office {
    Office {
        name: Text::zh("河湾镇民政办"),
        address: Text::zh("河湾镇人民路1号"),
        phone: "0870-0000000".into(),
        hours: Text::zh("周一至周五"),
    }
}

fn problem(status: u16, code: ProblemCode) -> (u16, Vec<u8>) {
    let kind = "urn:kiosk:problem".to_owned();
    let retry_after_s = (code == ProblemCode::TooManyAttempts).then_some(90);
    (status, json(&Problem { kind, title: String::new(), status, code, retry_after_s }))
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("plain data")
}
