//! A county that a test fills, serves, stops and starts again, and kiosks that talk to it.

use std::net::SocketAddr;

use central::{Admission, App, Clock, Config, sample_county};
use central_api::{Enrolled, Enrolment, Problem, VisitOpened};
use jiff::civil::date;
use reqwest::{Certificate, Client, Identity, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// SAM_V module enrolled with [`County::kiosk`].
pub(crate) const SAM: &str = "05.03-20260301-0000012345-1234567890";
/// 王秀兰: 低保 at 公示, 临时 granted with payments.
pub(crate) const WANG: &str = "639926195103080244";
pub(crate) const WANG_CODE: &str = "7K0M-1Q2X";
/// 喆𠮷: refused.
pub(crate) const ZHE: &str = "639926198909150313";
pub(crate) const ZHE_CODE: &str = "N4VB-6HJ9";

/// A true central in a directory of its own.
pub(crate) struct County {
    pub(crate) directory: TempDir,
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) app: App,
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<()>>,
}

impl County {
    /// The sample county on 2026-11-23.
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// The sample county with some of its configuration changed.
    pub(crate) async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let mut config = Config::in_directory(directory.path());
        change(&mut config);
        let clock = Clock::fixed(date(2026, 11, 23));
        let app = App::open(&config, clock.clone()).await.expect("central opens");
        app.import(&sample_county()).await.expect("the sample county imports");
        let mut county = Self {
            directory,
            config,
            clock,
            app,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            stop: None,
            serving: None,
        };
        county.serve().await;
        county
    }

    async fn serve(&mut self) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        self.address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let app = self.app.clone();
        self.stop = Some(stop);
        self.serving = Some(tokio::spawn(async move {
            let shutdown = async {
                let _ = stopped.await;
            };
            app.serve(listener, shutdown).await.expect("central serves");
        }));
    }

    /// Stops central and waits until its store is closed.
    pub(crate) async fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(serving) = self.serving.take() {
            serving.await.expect("central stops");
        }
    }

    /// Stops central and opens it again on the same files.
    pub(crate) async fn restart(&mut self) {
        self.stop().await;
        self.app = App::open(&self.config, self.clock.clone()).await.expect("central opens again");
        self.serve().await;
    }

    /// Imports lines that must be good.
    pub(crate) async fn import(&self, lines: &[&str]) {
        let file = self.directory.path().join("more.jsonl");
        std::fs::write(&file, lines.join("\n")).expect("written");
        self.app.import(std::slice::from_ref(&file)).await.expect("imported");
        std::fs::remove_file(&file).expect("removed");
    }

    /// Enrols a kiosk that may read through [`SAM`].
    pub(crate) async fn kiosk(&self, id: &str) -> Kiosk {
        let admission = self.app.admit(id, &[SAM.to_owned()], None).await.expect("admitted");
        self.enrol(&admission).await
    }

    /// Enrols a kiosk over the wire.
    pub(crate) async fn enrol(&self, admission: &Admission) -> Kiosk {
        let (key, csr_pem) = key_and_request();
        let enrolment =
            Enrolment { kiosk: admission.kiosk.clone(), token: admission.token.clone(), csr_pem };
        let response = self.stranger().post("/v1/kiosks/enrolment", &enrolment).await;
        assert_eq!(response.status(), StatusCode::CREATED);
        let enrolled: Enrolled = response.json().await.expect("an enrolment");
        let pem = format!("{}{}", enrolled.certificate_pem, key.serialize_pem());
        let identity = Identity::from_pem(pem.as_bytes()).expect("an identity");
        Kiosk::new(self.address, &enrolled.authority_pem, Some(identity))
    }

    /// A client without a certificate.
    pub(crate) fn stranger(&self) -> Kiosk {
        Kiosk::new(self.address, self.app.authority_pem(), None)
    }
}

/// A fresh key and a request for it.
pub(crate) fn key_and_request() -> (rcgen::KeyPair, String) {
    let key = rcgen::KeyPair::generate().expect("a key");
    let request = rcgen::CertificateParams::default()
        .serialize_request(&key)
        .and_then(|request| request.pem())
        .expect("a request");
    (key, request)
}

/// A client that trusts one central and shows one certificate, or none.
pub(crate) struct Kiosk {
    client: Client,
    address: SocketAddr,
}

impl Kiosk {
    pub(crate) fn new(address: SocketAddr, authority: &str, identity: Option<Identity>) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let authority = Certificate::from_pem(authority.as_bytes()).expect("an authority");
        let mut builder = Client::builder().tls_certs_only([authority]).no_proxy();
        if let Some(identity) = identity {
            builder = builder.identity(identity);
        }
        Self { client: builder.build().expect("a client"), address }
    }

    /// The same kiosk once central has moved to another port.
    pub(crate) fn moved_to(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("https://{}{path}", self.address))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.expect("an answer")
    }

    pub(crate) async fn post(&self, path: &str, body: &impl serde::Serialize) -> Response {
        self.request(Method::POST, path).json(body).send().await.expect("an answer")
    }

    /// Tries to open a visit.
    pub(crate) async fn visit(&self, evidence: Value) -> Response {
        self.post("/v1/visits", &json!({ "evidence": evidence })).await
    }

    /// Opens a visit that must open.
    pub(crate) async fn open(&self, evidence: Value) -> VisitOpened {
        let response = self.visit(evidence).await;
        assert_eq!(response.status(), StatusCode::CREATED);
        response.json().await.expect("an opened visit")
    }

    pub(crate) async fn with_token(&self, method: Method, path: &str, token: &str) -> Response {
        self.request(method, path).bearer_auth(token).send().await.expect("an answer")
    }
}

/// A card read through `sam`.
pub(crate) fn card(number: &str, sam: &str) -> Value {
    json!({"kind": "authenticated_card", "number": number, "name": "某某", "sam_serial": sam})
}

/// A number typed with a code.
pub(crate) fn typed(number: &str, code: &str) -> Value {
    json!({"kind": "typed_number", "number": number, "query_code": code})
}

/// The problem of an answer that must be one.
pub(crate) async fn problem(response: Response) -> Problem {
    let status = response.status();
    let kind = response.headers().get("content-type").cloned();
    assert_eq!(kind.as_ref().and_then(|v| v.to_str().ok()), Some("application/problem+json"));
    let problem: Problem = response.json().await.expect("a problem");
    assert_eq!(problem.status, status.as_u16());
    problem
}
