//! A central that misbehaves on demand: real TLS with mutual certificates, a handful of paths.
//!
//! The true central cannot be told to talk rubbish; this one can. It keeps to the shared types.

mod authority;
mod county;
mod http;

use std::io::{BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use central_api::{
    Complaint, Enrolment, Evidence, OpenVisit, ProblemCode, ReplyQuestion, SealedComplaint,
    VisitLevel, VisitOpened,
};
use jiff::Timestamp;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde::de::DeserializeOwned;

use crate::bench::LIMIT;
use authority::Authority;
pub(crate) use county::{County, Lie, notice};
use http::{Reply, Request};

pub(crate) const TOKEN: &str = "one-time";

/// How long a late answer takes.
const LATE: Duration = Duration::from_secs(30);

/// What is heard once it was given.
pub(crate) const LATE_ANSWER: &str = "late answer";

/// How it behaves when asked to open a visit, or at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As it should.
    Good,
    /// Closes every connection.
    Gone,
    /// Takes requests for visits and says nothing.
    Silent,
    /// Answers requests for visits after half a minute, and is heard to do so.
    Late,
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
    county: Arc<Mutex<County>>,
    arrived: Arc<Condvar>,
    heard: Arc<Mutex<Receiver<String>>>,
}

impl StandIn {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("bound");
        let authority = Arc::new(Authority::new());
        let manner = Arc::new(Mutex::new(Manner::Good));
        let (sender, heard) = channel();
        let config = authority.server_config();
        let county = Arc::new(Mutex::new(County::new()));
        let heard = Arc::new(Mutex::new(heard));
        let arrived = Arc::default();
        let stand_in = Self { address, authority, manner, county, arrived, heard };
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

    /// What it knows; nothing is answered while this is held.
    pub(crate) fn county(&self) -> MutexGuard<'_, County> {
        self.county.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What `central kiosk enrol` prints.
    pub(crate) fn ticket(&self, kiosk: &str) -> String {
        format!(
            "kiosk = \"{kiosk}\"\ntoken = \"{TOKEN}\"\nauthority_pem = \"\"\"\n{}\"\"\"\n",
            self.authority.pem
        )
    }

    /// Waits until this request arrives, whatever its query; earlier ones are passed over.
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

    /// Waits until so many complaints have come, repeated ones not counted.
    pub(crate) fn wait_for_complaints(&self, count: usize) -> Vec<Complaint> {
        let few = |county: &mut County| county.opened().len() < count;
        let waited = self.arrived.wait_timeout_while(self.county(), LIMIT, few);
        let opened = waited.unwrap_or_else(PoisonError::into_inner).0.opened();
        assert!(opened.len() >= count, "{} of {count} complaints came", opened.len());
        opened
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
        while let Some(request) = Request::read(&mut line)? {
            let manner = self.manner();
            // Heard before it is answered: a test that waits for the request finds the visit open.
            heard.send(request.what.clone()).unwrap_or(());
            match (manner, request.what.starts_with("POST /v1/visits")) {
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
                    let late = (manner, request.what.as_str()) == (Manner::Late, "POST /v1/visits");
                    if late {
                        wait(LATE);
                    }
                    let Some(reply) = self.answer(manner, &request) else { continue };
                    let bytes = reply.bytes(self.county().date);
                    let sent = line.get_mut().write_all(&bytes);
                    if late {
                        heard.send(LATE_ANSWER.to_owned()).unwrap_or(());
                    }
                    sent?;
                    line.get_mut().flush()?;
                    if reply.missing > 0 {
                        return Ok(());
                    }
                }
            }
            line.get_mut().flush()?;
        }
        Ok(())
    }

    /// None: it says nothing.
    fn answer(&self, manner: Manner, request: &Request) -> Option<Reply> {
        Some(match (request.what.as_str(), manner) {
            ("POST /v1/kiosks/enrolment", _) => self.enrol(&read(&request.body)),
            _ if !request.known => Reply::problem(401, ProblemCode::KioskNotEnrolled),
            ("POST /v1/visits", Manner::Rubbish) => Reply::json(201, &["token"]),
            ("POST /v1/visits", Manner::Refuses(code)) => Reply::problem(404, code),
            ("POST /v1/visits", _) => open_visit(read(&request.body)),
            ("DELETE /v1/visits/current", _) => {
                Reply { status: 204, body: Vec::new(), tag: None, missing: 0 }
            }
            ("POST /v1/complaints", _) => self.take_complaint(request),
            ("POST /v1/complaints/replies", _) => {
                match self.county().standing(&read::<ReplyQuestion>(&request.body)) {
                    Some(standing) => Reply::json(200, &standing),
                    None => Reply::problem(404, ProblemCode::NotFound),
                }
            }
            _ => return self.tell_content(request),
        })
    }

    fn tell_content(&self, request: &Request) -> Option<Reply> {
        let county = self.county();
        let path = request.what.strip_prefix("GET /v1/");
        let Some(body) = path.and_then(|path| county.content(path, &request.query)) else {
            return Some(Reply::problem(404, ProblemCode::NoSuchResource));
        };
        let circle = br#"{"anew":true,"notices":[],"next":"round","more":true}"#;
        let (status, body, missing) = match county.lie {
            None => (200, body, 0),
            Some(Lie::WrongTypes) => (200, br#"[{"id":7}]"#.to_vec(), 0),
            Some(Lie::Broken) => (500, b"out of order".to_vec(), 0),
            Some(Lie::Truncated) => (200, body[..body.len() / 2].to_vec(), body.len()),
            Some(Lie::Garbage) => (200, vec![0xE9; 2 << 20], 0),
            Some(Lie::Silence) => return None,
            Some(Lie::Circle) => (200, circle.to_vec(), 0),
        };
        let tag = county::tag(&body);
        if status == 200 && request.headers.get("if-none-match") == Some(&tag) {
            return Some(Reply { status: 304, body: Vec::new(), tag: Some(tag), missing: 0 });
        }
        Some(Reply { status, body, tag: Some(tag), missing })
    }

    fn take_complaint(&self, request: &Request) -> Reply {
        let sealed: SealedComplaint = read(&request.body);
        assert_eq!(request.headers.get("idempotency-key"), Some(&sealed.id));
        let mut county = self.county();
        if let Some((status, code)) = county.refuses_complaints {
            return Reply::problem(status, code);
        }
        county.complaints.push(sealed);
        self.arrived.notify_all();
        Reply::json(201, &())
    }

    fn enrol(&self, enrolment: &Enrolment) -> Reply {
        if enrolment.token != TOKEN {
            return Reply::problem(401, ProblemCode::KioskNotEnrolled);
        }
        Reply::json(201, &self.authority.enrol(enrolment))
    }
}

fn open_visit(OpenVisit { evidence }: OpenVisit) -> Reply {
    let level = match &evidence {
        Evidence::AuthenticatedCard { .. } => VisitLevel::Full,
        Evidence::UnauthenticatedCard { query_code, .. }
        | Evidence::TypedNumber { query_code, .. } => {
            if query_code != "7K2M9QXD" {
                return Reply::problem(404, ProblemCode::NotFound);
            }
            VisitLevel::Basic
        }
    };
    let opened = VisitOpened {
        token: "a-token".into(),
        level,
        expires_at: Timestamp::now(),
        applications: vec![county::application()],
    };
    Reply::json(201, &opened)
}

fn read<T: DeserializeOwned>(body: &[u8]) -> T {
    serde_json::from_slice(body).expect("fits the schema")
}

/// Waits for nothing but time.
fn wait(time: Duration) {
    let (_kept, never) = channel::<()>();
    never.recv_timeout(time).unwrap_or_default();
}
