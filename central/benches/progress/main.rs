//! How fast central opens a visit and answers a progress query (audit durable, group commit), beside the
//! least a service could do: one bare SQLite read and one durable append for each request, on the same
//! stack of mutual TLS and HTTP. `cargo bench -p central --bench progress`.

mod peer;

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use central::{App, Clock, Config, sample_county};
use central_api::{Enrolled, Enrolment, Evidence, OpenVisit, VisitOpened};
use jiff::civil::date;
use reqwest::{Certificate, Client, Identity, RequestBuilder, Version};
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
    let (client, base, token) = central(directory.path()).await;
    let (visits, query) = (format!("{base}/visits"), format!("{base}/visits/current/applications"));
    let read = {
        let client = client.clone();
        move || client.get(&query).bearer_auth(&token)
    };
    let open = move || opening(&client, &visits);
    let (version, read_body) = answer(read()).await;
    let (_, opened) = answer(open()).await;
    let (bare_client, bare_url) = peer::start(directory.path(), [read_body, opened]).await;
    let (bare_poster, bare_post) = (bare_client.clone(), bare_url.clone());
    let bare_read = move || bare_client.get(&bare_url);
    let bare_open = move || opening(&bare_poster, &bare_post);
    assert_eq!(version, answer(bare_read()).await.0, "one HTTP version for both");
    for connections in CONNECTIONS {
        compare("POST /visits", connections, &open, &bare_open).await;
    }
    for connections in CONNECTIONS {
        compare("GET  /visits/current/applications", connections, &read, &bare_read).await;
    }
}

/// A card laid down: every one opens a visit of its own.
fn opening(client: &Client, url: &str) -> RequestBuilder {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let key = COUNT.fetch_add(1, Ordering::Relaxed);
    let request = client.post(url).header("Idempotency-Key", format!("bench-{key}"));
    request.json(&OpenVisit { evidence: evidence() })
}

fn evidence() -> Evidence {
    Evidence::AuthenticatedCard {
        number: "639926195103080244".to_owned(),
        name: "王秀兰".to_owned(),
        sam_serial: SAM.to_owned(),
    }
}

async fn answer(request: RequestBuilder) -> (Version, Vec<u8>) {
    let answer = request.send().await.expect("answer");
    assert!(answer.status().is_success(), "refused: {}", answer.status());
    (answer.version(), answer.bytes().await.expect("body").to_vec())
}

/// Both in turns, and a line with their medians.
async fn compare(name: &str, connections: usize, ours: &impl Ask, theirs: &impl Ask) {
    let (mut our_rates, mut their_rates) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        our_rates.push(rate(connections, ours).await);
        their_rates.push(rate(connections, theirs).await);
    }
    let (ours, theirs) = (median(our_rates), median(their_rates));
    writeln!(
        std::io::stdout(),
        "{name}, {connections:2} under way: central {ours:6.0}/s  bare read + durable append \
         {theirs:6.0}/s  ratio {:.2}",
        ours / theirs
    )
    .expect("standard output");
}

/// What makes a fresh request each time.
trait Ask: Fn() -> RequestBuilder + Clone + Send + 'static {}
impl<F: Fn() -> RequestBuilder + Clone + Send + 'static> Ask for F {}

/// A true central with the sample county, a kiosk's client, the base of its URLs and a visit's token.
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
    let answer = opening(&client, &format!("{base}/visits")).send().await;
    let opened: VisitOpened = answer.expect("answer").json().await.expect("a visit");
    (client, base, opened.token)
}

/// Answers in a second with so many requests under way.
async fn rate(connections: usize, ask: &impl Ask) -> f64 {
    let began = Instant::now();
    let busy = (0..connections).map(|_| tokio::spawn(keep_asking(ask.clone(), began)));
    let busy: Vec<_> = busy.collect();
    let mut count = 0_u32;
    for one in busy {
        count += one.await.expect("no panic");
    }
    f64::from(count) / began.elapsed().as_secs_f64()
}

async fn keep_asking(ask: impl Ask, began: Instant) -> u32 {
    let mut count = 0;
    while began.elapsed() < ROUND {
        answer(ask()).await;
        count += 1;
    }
    count
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
