//! How long a kiosk takes to get all public content of a county anew (300 policies, 20,000 notices), and
//! what it costs on the wire to hear that nothing changed: through mutual TLS, on a wire that counts.
//! `cargo bench -p central --bench sync`.

mod county;
mod wire;

use std::{
    io::Write,
    time::{Duration, Instant},
};

use central::{App, Clock, Config, sample_county};
use central_api::{Enrolled, Enrolment, FundUse, KioskHall, NoticePage, Policy, Standard};
use jiff::civil::date;
use reqwest::{Certificate, Client, Identity, StatusCode};
use serde::de::DeserializeOwned;
use tokio::net::TcpListener;

use crate::wire::Wire;

/// Policies of the sample county.
const SAMPLE_POLICIES: usize = 19;

/// Full syncs that are timed; the median counts.
const ROUNDS: usize = 5;
/// What must hold.
const SYNC_MAX: Duration = Duration::from_secs(5);
const POLL_MAX: u64 = 1024;

fn main() {
    rustls::crypto::ring::default_provider().install_default().expect("first provider");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(run());
}

async fn run() {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory on disk");
    let central = Central::start(directory.path()).await;
    let mut times = Vec::new();
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        let kiosk = central.kiosk();
        central.wire.taken();
        let began = Instant::now();
        let held = kiosk.sync().await;
        times.push(began.elapsed());
        bytes = central.wire.taken();
        assert!(held.policies >= county::POLICIES && held.notices >= county::NOTICES);
    }
    times.sort();
    let time = times[ROUNDS / 2];
    let mut kiosk = central.kiosk();
    let held = kiosk.sync().await;
    kiosk.poll(&held).await;
    central.wire.taken();
    kiosk.poll(&held).await;
    let open = central.wire.taken();
    kiosk = central.kiosk();
    kiosk.poll(&held).await;
    let anew = central.wire.taken();
    kiosk.ask(&held.held[NOTICES]).await;
    let notices = central.wire.taken();
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "full sync of {} policies and {} notices: {:.2} s, {:.1} MB on the wire (at most {} s)\n\
         unchanged poll of everything: {open} bytes on an open connection (at most {POLL_MAX}), \
         {anew} with a new one; of notices alone {notices}",
        held.policies,
        held.notices,
        time.as_secs_f64(),
        bytes as f64 / 1e6,
        SYNC_MAX.as_secs(),
    )
    .expect("standard output");
    drop(out);
    assert!(time <= SYNC_MAX, "the full sync takes too long");
    assert!(open <= POLL_MAX, "the unchanged poll is too large");
}

/// A true central behind a wire, with an enrolled kiosk's identity.
struct Central {
    wire: Wire,
    base: String,
    authority: Certificate,
    identity: Identity,
}

impl Central {
    async fn start(directory: &std::path::Path) -> Self {
        let config = Config::in_directory(directory);
        let app = App::open(&config, Clock::fixed(date(2026, 11, 23))).await.expect("it opens");
        app.import(&sample_county()).await.expect("the county imports");
        let more = county::write(directory, SAMPLE_POLICIES);
        app.import(&[more]).await.expect("the rest imports");
        let ticket = app.admit("bench", &[], None).await.expect("a ticket");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let (wire, near) = Wire::lay(listener.local_addr().expect("an address")).await;
        let base = format!("https://{near}/v1");
        let pem = ticket.authority_pem.as_bytes();
        let authority = Certificate::from_pem(pem).expect("a certificate");
        tokio::spawn(app.serve(listener, std::future::pending::<()>()));

        let key = rcgen::KeyPair::generate().expect("a key");
        let request =
            rcgen::CertificateParams::default().serialize_request(&key).expect("a request");
        let stranger = Client::builder().tls_certs_only([authority.clone()]).no_proxy().build();
        let csr_pem = request.pem().expect("PEM");
        let enrolment = Enrolment { kiosk: ticket.kiosk, token: ticket.token, csr_pem };
        let path = format!("{base}/kiosks/enrolment");
        let answer = stranger.expect("a client").post(path).json(&enrolment).send().await;
        let enrolled: Enrolled = answer.expect("an answer").json().await.expect("enrolled");
        let identity = format!("{}{}", enrolled.certificate_pem, key.serialize_pem());
        let identity = Identity::from_pem(identity.as_bytes()).expect("an identity");
        Self { wire, base, authority, identity }
    }

    /// A kiosk just switched on: no connection yet.
    fn kiosk(&self) -> Kiosk {
        let client = Client::builder()
            .tls_certs_only([self.authority.clone()])
            .identity(self.identity.clone())
            .no_proxy()
            .build()
            .expect("a client");
        Kiosk { client, base: self.base.clone() }
    }
}

/// Path and ETag of something held.
type Tagged = (String, String);

/// Place of the notices among what is held.
const NOTICES: usize = 4;

struct Held {
    policies: usize,
    notices: usize,
    held: Vec<Tagged>,
}

struct Kiosk {
    client: Client,
    base: String,
}

impl Kiosk {
    async fn sync(&self) -> Held {
        let mut held = Vec::new();
        self.get::<KioskHall>("/hall", &mut held).await;
        let policies = self.get::<Vec<Policy>>("/policies", &mut held).await.len();
        self.get::<Vec<Standard>>("/standards", &mut held).await;
        self.get::<Vec<FundUse>>("/funds", &mut held).await;
        let mut notices = 0;
        let mut page: NoticePage = self.get("/notices", &mut Vec::new()).await;
        loop {
            notices += page.notices.len();
            if !page.more {
                break;
            }
            let path = format!("/notices?since={}", page.next);
            page = self.get(&path, &mut Vec::new()).await;
        }
        self.get::<NoticePage>(&format!("/notices?since={}", page.next), &mut held).await;
        Held { policies, notices, held }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str, held: &mut Vec<Tagged>) -> T {
        let url = format!("{}{path}", self.base);
        let answer = self.client.get(url).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let tag = answer.headers()["etag"].to_str().expect("a tag").to_owned();
        held.push((path.to_owned(), tag));
        answer.json().await.expect("what was asked for")
    }

    async fn poll(&self, held: &Held) {
        for tagged in &held.held {
            self.ask(tagged).await;
        }
    }

    async fn ask(&self, (path, tag): &Tagged) {
        let request = self.client.get(format!("{}{path}", self.base));
        let answer = request.header("If-None-Match", tag).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED, "{path}");
    }
}
