//! The kiosk is killed at every step of a complaint's way: what it acknowledged is never lost, and
//! nothing reaches central twice.
//!
//! The kiosk that dies is this same program, started for one test of it alone.

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::channel;

use kiosk::app::Step;
use rustix::process::{Signal, getpid, kill_process};
use visit::Body;

use crate::bench::{LIMIT, Parts};
use crate::complaints::{file, hand_in};
use crate::stand_in::StandIn;

/// Variables that tell the kiosk that dies where it is, and when to die.
const ADDRESS: &str = "JOURNEYS_ADDRESS";
const HOME: &str = "JOURNEYS_HOME";
const LAST: &str = "JOURNEYS_LAST_STEP";
/// Written once the receipt was on the screen.
const ACKNOWLEDGED: &str = "acknowledged";

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_sent_twice() {
    for step in Step::ALL {
        let central = StandIn::start();
        let parts = Parts::new(&central.address());
        std::fs::write(&parts.config.central.enrolment, central.ticket("hall-1")).expect("file");
        let mut bench = parts.open();
        bench.wait_until_well();
        let parts = bench.off();
        let home = parts.config.store.directory.clone();
        die(step, &central.address(), &home);
        let is_kept = !matches!(step, Step::Sealed | Step::Written);
        let is_acknowledged = home.join(ACKNOWLEDGED).exists();
        assert!(is_kept || !is_acknowledged, "{step:?}: a receipt without a complaint");

        let (sender, gone) = channel();
        let mut bench = parts.open_watched(Arc::new(move |step| {
            if step == Step::Gone {
                sender.send(()).unwrap_or(());
            }
        }));
        if is_kept {
            assert_eq!(central.wait_for_complaints(1)[0].text, "第一件", "{step:?}");
        }
        file(&mut bench, "第二件", true);
        let all = central.wait_for_complaints(if is_kept { 2 } else { 1 });
        assert_eq!(all.last().map(|complaint| complaint.text.as_str()), Some("第二件"), "{step:?}");
        // Until nothing is left on the disk.
        for _ in 0..if is_kept && step != Step::Gone { 2 } else { 1 } {
            gone.recv_timeout(LIMIT).expect("sent");
        }
        bench.close().expect("in order");
        // Whoever dies between central's word and the deletion asks again, under the same id.
        let again = usize::from(matches!(step, Step::Answered | Step::Struck));
        assert_eq!(central.county().complaints.len(), all.len() + again, "{step:?}");
        assert_eq!(central.county().opened().len(), all.len(), "{step:?}");
    }
}

/// Lets a kiosk of another process write a complaint and die at `step`.
fn die(step: Step, address: &str, home: &Path) {
    let this = std::env::current_exe().expect("this program");
    let status = Command::new(this)
        .args(["kill::a_kiosk_that_dies_when_told", "--exact", "--nocapture"])
        .envs([(ADDRESS, address), (LAST, &format!("{step:?}"))])
        .env(HOME, home)
        .status()
        .expect("it runs");
    assert_eq!(status.signal(), Some(Signal::KILL.as_raw()), "{step:?}");
}

#[test]
fn a_kiosk_that_dies_when_told() {
    let Ok(last) = std::env::var(LAST) else { return };
    let home = PathBuf::from(std::env::var_os(HOME).expect("told"));
    let mut parts = Parts::new(&std::env::var(ADDRESS).expect("told"));
    parts.config.central.identity = home.join("identity");
    parts.config.store.directory.clone_from(&home);
    let mut bench = parts.open_watched(Arc::new(move |step| {
        if format!("{step:?}") == last {
            kill_process(getpid(), Signal::KILL).expect("it dies");
        }
    }));
    bench.wait_until_well();
    hand_in(&mut bench, "第一件", true);
    bench.wait("the receipt", |screen| matches!(screen.body, Body::Filed(_)));
    std::fs::write(home.join(ACKNOWLEDGED), b"").expect("writable");
    bench.wait("death", |_| false);
}
