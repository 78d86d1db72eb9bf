//! Complaints at the kiosk: written, on the disk, sent once, asked after.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use central_api::{ComplaintKind, ComplaintState, ComplaintSubject, ProblemCode};
use kiosk::app::Step;
use visit::{Body, Device, FiledView, Health, Screen, Service, UiEvent, Worded};

use crate::bench::{Bench, LIMIT, Parts, is_unwell};
use crate::stand_in::{Manner, StandIn};
use crate::visits::{open, open_with};

/// Writes a complaint up to the review, and hands it in.
pub(crate) fn hand_in(bench: &mut Bench, text: &str, signed: bool) {
    bench.press(UiEvent::Open(Service::Complaints));
    bench.wait("the hall", |screen| matches!(screen.body, Body::Complaints(Some(_))));
    bench.press(UiEvent::Complain(Worded::default()));
    // 投诉, about nothing in particular.
    bench.press(UiEvent::Choose(1));
    bench.press(UiEvent::Choose(0));
    bench.type_in(text);
    bench.press(UiEvent::Submit);
    bench.wait("signed or not", |screen| matches!(screen.body, Body::Identity(_)));
    bench.press(UiEvent::Sign(signed));
    if signed {
        bench.type_in("王秀兰");
        bench.press(UiEvent::Submit);
        bench.wait("the telephone", |screen| matches!(screen.body, Body::Entry(_)));
        bench.press(UiEvent::Submit);
    }
    bench.wait("the review", |screen| matches!(screen.body, Body::Review(_)));
    bench.press(UiEvent::Submit);
}

/// The same, up to the receipt and home again.
pub(crate) fn file(bench: &mut Bench, text: &str, signed: bool) -> Box<FiledView> {
    hand_in(bench, text, signed);
    let screen = bench.wait("the receipt", |screen| matches!(screen.body, Body::Filed(_)));
    let Body::Filed(view) = screen.body else { unreachable!("waited for") };
    leave_receipt(bench);
    bench.wait_for_home();
    view
}

/// Leaves a receipt that was not printed: the kiosk asks once whether it is written down.
pub(crate) fn leave_receipt(bench: &Bench) {
    bench.press(UiEvent::End);
    bench.press(UiEvent::End);
}

pub(crate) fn store(screen: &Screen) -> Option<Health> {
    let view = screen.frame.devices.iter().find(|view| view.device == Device::Store);
    view.map(|view| view.health)
}

#[test]
fn a_complaint_reaches_central_and_only_central_can_read_it() {
    let (mut bench, central) = open();
    let receipt = file(&mut bench, "窗口没有人", false);
    central.wait_for("POST /v1/complaints");
    let opened = central.wait_for_complaints(1);
    let complaint = &opened[0];
    assert_eq!(complaint.text, "窗口没有人");
    assert_eq!(complaint.kind, ComplaintKind::Complaint);
    assert!(complaint.subject == ComplaintSubject::General && complaint.writer.is_none());
    assert_eq!(complaint.tracking_number, *receipt.tracking_number);
    let hash = complaint_seal::code_hash(&receipt.tracking_number, &receipt.query_code);
    assert_eq!(complaint.code_hash, hash);
    // What is left on the disk after all that tells nothing.
    let home = bench.close().expect("in order");
    for entry in std::fs::read_dir(home.path()).expect("a directory") {
        let path = entry.expect("an entry").path();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for secret in ["窗口没有人", &receipt.tracking_number, &receipt.query_code] {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{} holds {secret}", path.display());
        }
    }
}

#[test]
fn how_a_complaint_stands_is_told_to_whoever_has_its_receipt() {
    let (mut bench, central) = open();
    let receipt = file(&mut bench, "窗口没有人", true);
    let opened = central.wait_for_complaints(1);
    assert_eq!(opened[0].writer.as_ref().map(|writer| writer.name.as_str()), Some("王秀兰"));
    let ask = |bench: &mut Bench, code: &str| {
        bench.press(UiEvent::Open(Service::Complaints));
        bench.press(UiEvent::AskStanding);
        bench.type_in(&receipt.tracking_number);
        bench.press(UiEvent::Submit);
        bench.type_in(code);
        bench.press(UiEvent::Submit);
    };
    ask(&mut bench, &receipt.query_code);
    let screen = bench.wait("its standing", |screen| matches!(screen.body, Body::Standing(_)));
    let Body::Standing(view) = screen.body else { unreachable!("waited for") };
    assert_eq!(view.standing.state, ComplaintState::Received);
    bench.press(UiEvent::Home);
    bench.wait_for_home();
    ask(&mut bench, "00000000");
    bench.wait_for_problem("STANDING-NOT-FOUND");
    bench.press(UiEvent::Home);
    bench.wait_for_home();
    central.behave(Manner::Gone);
    ask(&mut bench, &receipt.query_code);
    bench.wait_for_problem("CENTRAL-UNREACHABLE");
}

#[test]
fn a_complaint_filed_offline_survives_a_restart_and_arrives_once() {
    let (mut bench, central) = open();
    central.behave(Manner::Gone);
    file(&mut bench, "第一件", false);
    let (sender, gone) = channel();
    let mut bench = bench.off().open_watched(Arc::new(move |step| {
        if step == Step::Gone {
            sender.send(()).unwrap_or(());
        }
    }));
    bench.wait("central told as failed", |screen| is_unwell(screen, Device::Central));
    file(&mut bench, "第二件", true);
    assert!(central.county().complaints.is_empty());
    central.behave(Manner::Good);
    let mut texts: Vec<String> =
        central.wait_for_complaints(2).iter().map(|complaint| complaint.text.clone()).collect();
    texts.sort();
    assert_eq!(texts, ["第一件", "第二件"]);
    for _ in 0..2 {
        gone.recv_timeout(LIMIT).expect("sent");
    }
    // Nothing is left to send: the next one comes alone.
    let mut bench = bench.off().open();
    file(&mut bench, "第三件", true);
    central.wait_for_complaints(3);
    bench.close().expect("in order");
    assert_eq!(central.county().complaints.len(), 3, "none came twice");
}

#[test]
fn an_anonymous_complaint_waits_and_a_restart_does_not_hurry_it() {
    let hours = Duration::from_secs(4 * 3600);
    let (mut bench, central) = open_with(|config| {
        config.store.complaint_delay_min = hours / 4;
        config.store.complaint_delay_max = hours;
    });
    central.county().date = Some("Mon, 23 Nov 2026 01:00:00 GMT");
    file(&mut bench, "匿名", false);
    file(&mut bench, "实名一", true);
    assert_eq!(central.wait_for_complaints(1)[0].text, "实名一");
    let mut bench = bench.off().open();
    file(&mut bench, "实名二", true);
    assert_eq!(central.wait_for_complaints(2)[1].text, "实名二");
    // Its time has come, by central's clock.
    let mut parts = bench.off();
    parts.config.store.complaint_delay_min = hours;
    central.county().date = Some("Mon, 23 Nov 2026 06:00:00 GMT");
    let _bench = parts.open();
    assert_eq!(central.wait_for_complaints(3)[2].text, "匿名");
}

#[test]
fn a_full_outbox_refuses_before_it_writes() {
    let central = StandIn::start();
    let mut parts = Parts::new(&central.address());
    std::fs::write(&parts.config.central.enrolment, central.ticket("hall-1")).expect("writable");
    parts.config.store.outbox_cap = 1;
    let (sender, gone) = channel();
    let mut bench = parts.open_watched(Arc::new(move |step| {
        if step == Step::Gone {
            sender.send(()).unwrap_or(());
        }
    }));
    bench.wait_until_well();
    central.behave(Manner::Gone);
    file(&mut bench, "第一件", false);
    hand_in(&mut bench, "第二件", false);
    bench.wait_for_problem("OUTBOX-FULL");
    central.behave(Manner::Good);
    gone.recv_timeout(LIMIT).expect("sent");
    // Once there is room, the same words can be handed in again.
    bench.press(UiEvent::Retry);
    bench.wait("the receipt", |screen| matches!(screen.body, Body::Filed(_)));
    let texts = central.wait_for_complaints(2);
    assert_eq!([&*texts[0].text, &*texts[1].text], ["第一件", "第二件"]);
}

#[test]
fn a_key_that_cannot_be_used_is_no_key() {
    let central = StandIn::start();
    central.county().hall.seal_key.public_key = "AAAA".into();
    let parts = Parts::new(&central.address());
    std::fs::write(&parts.config.central.enrolment, central.ticket("hall-1")).expect("writable");
    let mut bench = parts.open();
    bench.wait_until_well();
    hand_in(&mut bench, "难", false);
    bench.wait_for_problem("OUTBOX-NO-KEY");
}

#[test]
fn what_central_refuses_is_told_to_staff_takes_nobody_s_place_and_is_offered_again() {
    let (mut bench, central) = open_with(|config| config.store.outbox_cap = 1);
    let told = |screen: &Screen| store(screen) == Some(Health::Degraded);
    central.county().refuses_complaints = Some((400, ProblemCode::BadRequest));
    for text in ["难", "更难"] {
        file(&mut bench, text, true);
        bench.wait("the disk told", told);
    }
    // Also after a restart, which offers them once more.
    let mut bench = bench.off().open();
    bench.wait("the disk told", told);
    central.county().refuses_complaints = None;
    let mut bench = bench.off().open();
    let mut texts: Vec<_> =
        central.wait_for_complaints(2).iter().map(|complaint| complaint.text.clone()).collect();
    texts.sort();
    assert_eq!(texts, ["更难", "难"]);
    bench.wait("the disk well again", |screen| store(screen).is_none());
}

#[test]
fn what_central_puts_off_is_not_refused() {
    let later = [(503, ProblemCode::Unavailable), (429, ProblemCode::TooManyAttempts)];
    for refusal in later {
        let (mut bench, central) = open();
        central.county().refuses_complaints = Some(refusal);
        file(&mut bench, "难", true);
        central.wait_for("POST /v1/complaints");
        // Neither the disk nor central is told as failed.
        let parts = bench.off();
        central.county().refuses_complaints = None;
        let mut bench = parts.open();
        assert_eq!(central.wait_for_complaints(1)[0].text, "难", "{refusal:?}");
        bench.wait_until_well();
    }
}

#[test]
fn a_damaged_outbox_is_set_aside_and_the_kiosk_goes_on() {
    let (mut bench, central) = open();
    central.behave(Manner::Gone);
    file(&mut bench, "难", false);
    for round in 1..=2 {
        let parts = bench.off();
        let home = parts.config.store.directory.clone();
        let garbage: Vec<u8> = (0..8192_u32).map(|n| (n.wrapping_mul(97) >> 3) as u8).collect();
        std::fs::write(home.join("outbox.db"), &garbage).expect("writable");
        let mut broken = parts.open();
        broken.wait("the disk told", |screen| store(screen) == Some(Health::Degraded));
        // The one before is told at once; this one is dealt with when the next complaint is taken.
        file(&mut broken, "难", false);
        let aside = std::fs::read(home.join(format!("outbox-damaged-{round}.db")));
        assert_eq!(aside.expect("set aside"), garbage, "as it was");
        bench = broken;
    }
    assert!(central.county().complaints.is_empty());
    central.behave(Manner::Good);
    // What was filed after the last damage is there.
    assert_eq!(central.wait_for_complaints(1)[0].text, "难");
}

#[test]
fn a_disk_that_takes_nothing_takes_no_complaint() {
    let (bench, _central) = open();
    let parts = bench.off();
    // A directory in the file's place: nothing can be opened there.
    let path = parts.config.store.directory.join("outbox.db");
    std::fs::remove_file(&path).expect("closed");
    std::fs::create_dir(&path).expect("writable");
    let mut bench = parts.open();
    hand_in(&mut bench, "难", false);
    bench.wait_for_problem("OUTBOX-DISK");
    bench.wait("the disk told", |screen| store(screen) == Some(Health::Failed));
    std::fs::remove_dir(&path).expect("writable");
    bench.press(UiEvent::Retry);
    bench.wait("the receipt", |screen| matches!(screen.body, Body::Filed(_)));
    bench.wait("the disk well again", |screen| store(screen).is_none());
}
