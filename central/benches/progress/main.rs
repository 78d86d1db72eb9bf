//! How fast central answers a progress query (audit durable, group commit), beside the least a service
//! could do: one bare SQLite read and one durable append for each request, on the same stack of mutual
//! TLS and HTTP. `cargo bench -p central`.

mod peer;

use std::io::Write;
use std::time::{Duration, Instant};

use central::{App, Clock, Config, sample_county};
use central_api::{Enrolled, Enrolment, Evidence, OpenVisit, VisitOpened};
use jiff::civil::date;
use reqwest::{Certificate, Client, Identity};
use tokio::net::TcpListener;

const SAM: &str = "05.03-20260301-0000012345-1234567890";
/// Short and many, in turns: what else the machine does falls on both.
const ROUND: Duration = Duration::from_millis(500);
const ROUNDS: usize = 21;
/// Requests under way at once.
const CONNECTIONS: [usize; 3] = [1, 8, 32];

fn main() {
    rustls::crypto::ring::default_provider().install_default().expect("first provider");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(run());
}

async fn run() {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory on disk");
    let (client, url, token) = central(directory.path()).await;
    let ask = || client.get(&url).bearer_auth(&token);
    let answer = ask().send().await.expect("answer");
    let version = answer.version();
    let body = answer.bytes().await.expect("body").to_vec();
    let (bare_client, bare_url) = peer::start(directory.path(), body).await;
    let bare = || bare_client.get(&bare_url);
    let bare_version = bare().send().await.expect("answer").version();
    assert_eq!(version, bare_version, "one HTTP version for both");
    let mut out = std::io::stdout().lock();
    for connections in CONNECTIONS {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(rate(connections, &ask).await);
            theirs.push(rate(connections, &bare).await);
        }
        let (ours, theirs) = (median(ours), median(theirs));
        writeln!(
            out,
            "{connections:2} connections: central {ours:6.0}/s  bare read + durable append \
             {theirs:6.0}/s  ratio {:.2}",
            ours / theirs
        )
        .expect("standard output");
    }
}

/// A true central with the sample county, a kiosk's client, the query and its token.
async fn central(directory: &std::path::Path) -> (Client, String, String) {
    let mut config = Config::in_directory(directory);
    config.limits.visit_s = 3600;
    let app = App::open(&config, Clock::fixed(date(2026, 11, 23))).await.expect("central opens");
    app.import(&sample_county()).await.expect("the county imports");
    let ticket = app.admit("bench", &[SAM.to_owned()], None).await.expect("a ticket");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("https://{}/v1", listener.local_addr().expect("an address"));
    let authority = Certificate::from_pem(ticket.authority_pem.as_bytes()).expect("a certificate");
    tokio::spawn(app.serve(listener, std::future::pending::<()>()));

    let key = rcgen::KeyPair::generate().expect("a key");
    let request = rcgen::CertificateParams::default().serialize_request(&key).expect("a request");
    let stranger = Client::builder().tls_certs_only([authority.clone()]).build().expect("a client");
    let enrolment = Enrolment {
        kiosk: ticket.kiosk.clone(),
        token: ticket.token.to_string(),
        csr_pem: request.pem().expect("PEM"),
    };
    let answer = stranger.post(format!("{base}/kiosks/enrolment")).json(&enrolment).send().await;
    let enrolled: Enrolled = answer.expect("answer").json().await.expect("enrolled");
    let identity = format!("{}{}", enrolled.certificate_pem, key.serialize_pem());
    let client = Client::builder()
        .tls_certs_only([authority])
        .identity(Identity::from_pem(identity.as_bytes()).expect("an identity"))
        .build()
        .expect("a client");
    let evidence = Evidence::AuthenticatedCard {
        number: "639926195103080244".to_owned(),
        name: "王秀兰".to_owned(),
        sam_serial: SAM.to_owned(),
    };
    let answer = client.post(format!("{base}/visits")).json(&OpenVisit { evidence }).send().await;
    let opened: VisitOpened = answer.expect("answer").json().await.expect("a visit");
    (client, format!("{base}/visits/current/applications"), opened.token)
}

/// Answers in a second with so many requests under way.
async fn rate(connections: usize, ask: &impl Fn() -> reqwest::RequestBuilder) -> f64 {
    let began = Instant::now();
    let busy = (0..connections).map(|_| {
        let request = ask();
        tokio::spawn(keep_asking(request, began))
    });
    let busy: Vec<_> = busy.collect();
    let mut count = 0_u32;
    for one in busy {
        count += one.await.expect("no panic");
    }
    f64::from(count) / began.elapsed().as_secs_f64()
}

async fn keep_asking(request: reqwest::RequestBuilder, began: Instant) -> u32 {
    let mut count = 0;
    while began.elapsed() < ROUND {
        let answer = request.try_clone().expect("no body").send().await.expect("an answer");
        assert!(answer.status().is_success(), "refused: {}", answer.status());
        answer.bytes().await.expect("a body");
        count += 1;
    }
    count
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
