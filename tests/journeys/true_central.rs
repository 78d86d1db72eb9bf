//! Visits before the true central, with its sample county: what each kind of evidence releases.

use std::thread::JoinHandle;

use central::{App, Clock, Config};
use central_api::{Status, VisitLevel};
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use visit::{Body, Device, PrintOutcome, Service, UiEvent};

use crate::bench::{Bench, LIMIT, Parts, is_unwell};

const WANG: &str = "639926195103080244";
const WANGS_CODE: &str = "7K0M1Q2X";

/// The service of record on a free port, with a database of its own.
pub(crate) struct TrueCentral {
    pub(crate) address: String,
    pub(crate) ticket: String,
    app: App,
    runtime: Handle,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    _home: tempfile::TempDir,
}

impl TrueCentral {
    /// Central with the sample county, to which kiosk `hall-1` may enrol with these modules.
    pub(crate) fn start(sam_serials: &[String]) -> Self {
        let home = tempfile::tempdir().expect("writable");
        let directory = home.path().to_owned();
        let serials = sam_serials.to_vec();
        let (stop, stopped) = oneshot::channel::<()>();
        let (ready, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_multi_thread();
            let runtime = runtime.worker_threads(2).enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let config = Config::in_directory(&directory);
                let app = App::open(&config, Clock::System).await.expect("opens");
                app.import(&central::sample_county()).await.expect("a good county");
                let ticket = app.admit("hall-1", &serials, None).await.expect("admitted").to_toml();
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
                let address = format!("https://{}", listener.local_addr().expect("bound"));
                let told = (address, ticket.to_string(), app.clone(), Handle::current());
                ready.send(told).expect("somebody waits");
                // Dropped or told: both end it.
                let ended = async { stopped.await.unwrap_or(()) };
                app.serve(listener, ended).await.expect("serves");
            });
        });
        let (address, ticket, app, runtime) = told.recv_timeout(LIMIT).expect("central starts");
        Self { address, ticket, app, runtime, stop: Some(stop), thread: Some(thread), _home: home }
    }

    /// A kiosk in its hall.
    pub(crate) fn kiosk(&self) -> Bench {
        let parts = Parts::new(&self.address);
        std::fs::write(&parts.config.central.enrolment, &self.ticket).expect("writable");
        let mut bench = parts.open();
        bench.wait_until_well();
        bench
    }

    pub(crate) fn end(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            assert!(thread.join().is_ok() || std::thread::panicking(), "central came to grief");
        }
    }
}

impl Drop for TrueCentral {
    fn drop(&mut self) {
        self.end();
    }
}

fn open() -> (Bench, TrueCentral) {
    let central = TrueCentral::start(&[dock::sam::SERIAL.to_owned()]);
    (central.kiosk(), central)
}

fn type_number_and_code(bench: &mut Bench, code: &str) {
    bench.press(UiEvent::Open(Service::Progress));
    bench.press(UiEvent::TypeNumber);
    bench.type_in(WANG);
    bench.press(UiEvent::Submit);
    bench.wait("the code pad", |screen| matches!(screen.body, Body::Code(_)));
    bench.type_in(code);
    bench.press(UiEvent::Submit);
}

#[test]
fn card_in_progress_on_the_screen_slip_out() {
    let (mut bench, _central) = open();
    bench.lay_card("resident-a");
    let Body::Account(account) = bench.wait_for_records().body else { panic!("two applications") };
    assert_eq!(account.level, VisitLevel::Full);
    let numbers: Vec<&str> =
        account.applications.iter().map(|application| &*application.tracking_number).collect();
    assert_eq!(numbers, ["YL20261026003", "YL20260706012"], "newest first");
    assert_eq!(account.applications[1].grant_fen.map(|fen| fen.0), Some(320_000));
    bench.press(UiEvent::Choose(0));
    let screen = bench.wait("the case", |screen| matches!(screen.body, Body::Case(_)));
    let Body::Case(case) = screen.body else { unreachable!("waited for") };
    assert_eq!(case.application.status, Status::InProgress);
    assert!(case.application.current_step().is_some_and(|step| step.deadline.is_some()));
    bench.press(UiEvent::Print);
    bench.wait("printed", |screen| screen.body == Body::Slip { outcome: PrintOutcome::Printed });
    let slips = bench.slips(1);
    assert!(slips[0].contains("YL20261026003") && !slips[0].contains(WANG));
    bench.press(UiEvent::End);
    bench.wait_for_home();
}

#[test]
fn number_and_code_release_no_amounts_and_no_household() {
    let (mut bench, _central) = open();
    type_number_and_code(&mut bench, WANGS_CODE);
    let Body::Account(account) = bench.wait_for_records().body else { panic!("two applications") };
    assert_eq!(account.level, VisitLevel::Basic);
    for application in &account.applications {
        assert!(application.grant_fen.is_none());
        assert!(application.members.is_empty() && application.payments.is_empty());
    }
    // The card itself opens the rest.
    bench.lay_card("resident-a");
    bench.wait("the full view", |screen| {
        matches!(&screen.body, Body::Account(account) if account.level == VisitLevel::Full)
    });
}

#[test]
fn a_wrong_code_gets_one_neutral_answer() {
    let (mut bench, _central) = open();
    type_number_and_code(&mut bench, "00000000");
    bench.wait_for_problem("CENTRAL-NOT-FOUND");
    bench.press(UiEvent::Home);
    type_number_and_code(&mut bench, WANGS_CODE);
    bench.wait_for_records();
}

#[test]
fn guessing_has_an_end() {
    let (mut bench, _central) = open();
    for _ in 0..20 {
        type_number_and_code(&mut bench, "00000000");
        let screen = bench.wait("an answer", |screen| matches!(screen.body, Body::Problem(_)));
        bench.press(UiEvent::Home);
        bench.wait_for_home();
        if matches!(
            screen.body,
            Body::Problem(problem) if problem.fault.code() == "CENTRAL-TOO-MANY"
        ) {
            // An authenticated card is never locked out by what others typed.
            bench.lay_card("resident-a");
            bench.wait_for_records();
            return;
        }
    }
    panic!("twenty wrong codes in a row were looked up");
}

#[test]
fn a_reader_that_was_not_enrolled_opens_nothing() {
    let central = TrueCentral::start(&[]);
    let mut bench = central.kiosk();
    bench.lay_card("resident-a");
    let screen = bench.wait_for_problem("CENTRAL-READER-UNKNOWN");
    assert!(matches!(screen.body, Body::Problem(problem) if problem.type_number));
}

#[test]
fn a_central_that_stops_is_told_and_its_absence_ends_no_visit() {
    let (mut bench, mut central) = open();
    bench.lay_card("resident-a");
    bench.wait_for_records();
    central.end();
    bench.press(UiEvent::Choose(0));
    bench.press(UiEvent::Print);
    bench.wait("printed", |screen| screen.body == Body::Slip { outcome: PrintOutcome::Printed });
    bench.press(UiEvent::End);
    bench.wait_for_home();
    bench.lay_card("resident-b");
    bench.wait_for_problem("CENTRAL-UNREACHABLE");
}

#[test]
fn public_content_is_the_countys() {
    let (mut bench, _central) = open();
    bench.press(UiEvent::Open(Service::Policies));
    bench.wait(
        "policies",
        |screen| matches!(&screen.body, Body::Policies(view) if !view.found.is_empty()),
    );
    bench.press(UiEvent::Home);
    bench.press(UiEvent::Open(Service::Complaints));
    bench.wait(
        "offices",
        |screen| matches!(&screen.body, Body::Complaints(Some(hall)) if !hall.offices.is_empty()),
    );
}

#[test]
fn a_kiosk_revoked_and_admitted_anew_starts_over_with_a_new_key() {
    let central = TrueCentral::start(&[dock::sam::SERIAL.to_owned()]);
    let parts = Parts::new(&central.address);
    let (ticket, identity) =
        (parts.config.central.enrolment.clone(), &parts.config.central.identity);
    let key = identity.join("key.pem");
    std::fs::write(&ticket, &central.ticket).expect("writable");
    let mut bench = parts.open();
    bench.wait_until_well();
    let first_key = std::fs::read(&key).expect("a key");
    central.runtime.block_on(central.app.revoke("hall-1")).expect("known");
    bench.lay_card("resident-a");
    bench.wait_for_problem("CENTRAL-KIOSK-REFUSED");
    bench.wait("central told as failed", |screen| is_unwell(screen, Device::Central));
    bench.take_card_away();
    bench.press(UiEvent::Home);
    let serials = [dock::sam::SERIAL.to_owned()];
    let anew = central.app.admit("hall-1", &serials, None);
    let anew = central.runtime.block_on(anew).expect("admitted").to_toml();
    std::fs::write(&ticket, anew.as_str()).expect("writable");
    bench.wait("central well again", |screen| !is_unwell(screen, Device::Central));
    bench.lay_card("resident-a");
    bench.wait_for_records();
    assert_ne!(std::fs::read(&key).expect("a key"), first_key);
}
