//! The kiosk is killed at every step of a complaint's way: what it acknowledged is never lost, and
//! nothing reaches central twice.
//!
//! The kiosk that dies is this same program, started for one test of it alone.

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use kiosk::app::Step;
use rustix::process::{Signal, getpid, kill_process};
use visit::{Body, Service, UiEvent};

use crate::bench::{Bench, LIMIT, Parts};
use crate::complaints::{file, hand_in, leave_receipt};
use crate::stand_in::StandIn;

/// Variables that tell the kiosk that dies where it is, and when to die.
const ADDRESS: &str = "JOURNEYS_ADDRESS";
const HOME: &str = "JOURNEYS_HOME";
const LAST: &str = "JOURNEYS_LAST_STEP";
const WRITES: &str = "JOURNEYS_WRITES";
/// Written once the receipt was on the screen.
const ACKNOWLEDGED: &str = "acknowledged";

/// The day by the stand-in's clock.
const MORNING: &str = "Mon, 23 Nov 2026 01:00:00 GMT";

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_sent_twice() {
    // A complaint with a name waits for nothing.
    for step in Step::ALL.into_iter().filter(|step| *step != Step::Postponed) {
        let (central, home, parts) = enrolled();
        die(&central, &home, step, Some(true));
        goes_on(&central, parts, step);
    }
}

#[test]
fn neither_is_a_complaint_without_a_name_that_waits_for_its_time() {
    for step in Step::ALL {
        let (central, home, parts) = enrolled();
        if step == Step::Postponed {
            // Written before central's time was known, dead, and dead again once that was noted.
            die(&central, &home, Step::Acknowledged, Some(false));
            central.county().date = Some(MORNING);
            die(&central, &home, step, None);
        } else {
            central.county().date = Some(MORNING);
            die(&central, &home, step, Some(false));
        }
        goes_on(&central, parts, step);
    }
}

/// A kiosk that central knows, switched off, and its disk.
fn enrolled() -> (StandIn, PathBuf, Parts) {
    let central = StandIn::start();
    let parts = Parts::new(&central.address());
    std::fs::write(&parts.config.central.enrolment, central.ticket("hall-1")).expect("file");
    let mut bench = parts.open();
    bench.wait_until_well();
    let parts = bench.off();
    let home = parts.config.store.directory.clone();
    (central, home, parts)
}

/// The kiosk starts again after it died at `step`: what was acknowledged arrives, once, and so does
/// the next one.
fn goes_on(central: &StandIn, mut parts: Parts, step: Step) {
    let is_kept = !matches!(step, Step::Sealed | Step::Written);
    let is_acknowledged = parts.config.store.directory.join(ACKNOWLEDGED).exists();
    assert!(is_kept || !is_acknowledged, "{step:?}: a receipt without a complaint");

    let (sender, gone) = channel();
    parts = hasty(parts);
    let mut bench = parts.open_watched(Arc::new(move |step| {
        if step == Step::Gone {
            sender.send(()).unwrap_or(());
        }
    }));
    // Until nothing is left on the disk.
    if is_kept && step != Step::Gone {
        look_until(&mut bench, || gone.try_recv().is_ok());
    }
    if is_kept {
        assert_eq!(central.wait_for_complaints(1)[0].text, "第一件", "{step:?}");
    }
    bench.press(UiEvent::Home);
    file(&mut bench, "第二件", true);
    let all = central.wait_for_complaints(if is_kept { 2 } else { 1 });
    assert_eq!(all.last().map(|complaint| complaint.text.as_str()), Some("第二件"), "{step:?}");
    gone.recv_timeout(LIMIT).expect("sent");
    bench.close().expect("in order");
    // Whoever dies between central's word and the deletion asks again, under the same id.
    let again = usize::from(matches!(step, Step::Answered | Step::Struck));
    assert_eq!(central.county().complaints.len(), all.len() + again, "{step:?}");
    assert_eq!(central.county().opened().len(), all.len(), "{step:?}");
}

/// Settings by which a complaint without a name waits for its time, a moment.
fn hasty(mut parts: Parts) -> Parts {
    parts.config.store.complaint_delay_min = Duration::from_millis(1);
    parts.config.store.complaint_delay_max = Duration::from_millis(2);
    parts
}

/// Lets the kiosk look at central, which also sends what is due, until something has come about.
fn look_until(bench: &mut Bench, is_done: impl Fn() -> bool) {
    let deadline = Instant::now() + LIMIT;
    while !is_done() {
        assert!(Instant::now() < deadline, "it never came about");
        bench.press(UiEvent::Home);
        bench.wait_for_home();
        bench.press(UiEvent::Open(Service::Policies));
        bench.wait("policies", |screen| matches!(screen.body, Body::Policies(_)));
    }
}

/// Lets a kiosk of another process write a complaint, with a name or without, and die at `step`;
/// `None`: it writes none.
fn die(central: &StandIn, home: &Path, step: Step, signed: Option<bool>) {
    let this = std::env::current_exe().expect("this program");
    let status = Command::new(this)
        .args(["kill::a_kiosk_that_dies_when_told", "--exact", "--nocapture"])
        .envs([(ADDRESS, central.address()), (LAST, format!("{step:?}"))])
        .env(WRITES, signed.map_or("", |signed| if signed { "signed" } else { "anonymous" }))
        .env(HOME, home)
        .status()
        .expect("it runs");
    assert_eq!(status.signal(), Some(Signal::KILL.as_raw()), "{step:?}");
}

#[test]
fn a_kiosk_that_dies_when_told() {
    let Ok(last) = std::env::var(LAST) else { return };
    let home = PathBuf::from(std::env::var_os(HOME).expect("told"));
    let mut parts = hasty(Parts::new(&std::env::var(ADDRESS).expect("told")));
    parts.config.central.identity = home.join("identity");
    parts.config.store.directory.clone_from(&home);
    let mut bench = parts.open_watched(Arc::new(move |step| {
        if format!("{step:?}") == last {
            kill_process(getpid(), Signal::KILL).expect("it dies");
        }
    }));
    bench.wait_until_well();
    let writes = std::env::var(WRITES).expect("told");
    if !writes.is_empty() {
        hand_in(&mut bench, "第一件", writes == "signed");
        bench.wait("the receipt", |screen| matches!(screen.body, Body::Filed(_)));
        std::fs::write(home.join(ACKNOWLEDGED), b"").expect("writable");
        leave_receipt(&bench);
    }
    look_until(&mut bench, || false);
}
