//! Central absent, slow, talking rubbish, refusing: each has a screen, a code and a way onward.

use std::time::Duration;

use central_api::ProblemCode;
use visit::{CentralFault, Device, Fault, UiEvent};

use crate::bench::{Parts, fault, is_unwell};
use crate::stand_in::{LATE_ANSWER, Manner, StandIn};
use crate::visits::{open, open_with};

#[test]
fn an_absent_central_is_told_and_the_same_card_is_tried_again() {
    let (mut bench, central) = open();
    central.behave(Manner::Gone);
    bench.lay_card("resident-a");
    let screen = bench.wait_for_problem("CENTRAL-UNREACHABLE");
    bench.wait("central told as failed", |screen| is_unwell(screen, Device::Central));
    assert!(matches!(screen.body, visit::Body::Problem(problem) if problem.retry));
    central.behave(Manner::Good);
    bench.press(UiEvent::Retry);
    bench.wait_for_records();
    bench.wait("central well again", |screen| !is_unwell(screen, Device::Central));
}

#[test]
fn a_central_that_comes_back_is_noticed_without_anyone_asking() {
    let (mut bench, central) = open();
    central.behave(Manner::Gone);
    bench.lay_card("resident-a");
    bench.wait_for_problem("CENTRAL-UNREACHABLE");
    bench.press(UiEvent::Home);
    central.behave(Manner::Good);
    bench.wait("central well again", |screen| !is_unwell(screen, Device::Central));
}

#[test]
fn a_slow_central_is_not_waited_for_without_end() {
    let (mut bench, central) = open_with(|config| {
        config.central.answer_timeout = Duration::from_millis(300);
    });
    central.behave(Manner::Silent);
    bench.lay_card("resident-a");
    bench.wait_for_problem("CENTRAL-SLOW");
}

#[test]
fn an_answer_after_half_a_minute_comes_too_late_for_anyone() {
    let (mut bench, central) = open();
    central.behave(Manner::Late);
    bench.lay_card("resident-a");
    bench.wait_for_problem("CENTRAL-SLOW");
    bench.press(UiEvent::Home);
    bench.wait_for_home();
    central.wait_for(LATE_ANSWER);
    central.behave(Manner::Good);
    bench.press(UiEvent::Help);
    let help = bench.wait("help", |screen| screen.body == visit::Body::Help);
    assert!(!help.frame.ways.end, "nobody's records are held");
    bench.press(UiEvent::Home);
    bench.take_card_away();
    bench.lay_card("resident-a");
    bench.wait_for_records();
}

#[test]
fn rubbish_is_called_rubbish() {
    for manner in [Manner::Rubbish, Manner::NoHttp, Manner::Endless] {
        let (mut bench, central) = open();
        central.behave(manner);
        bench.lay_card("resident-a");
        bench.wait_for_problem("CENTRAL-RUBBISH");
    }
}

#[test]
fn refusals_say_which() {
    let (mut bench, central) = open();
    for (code, expected) in [
        (ProblemCode::NotFound, CentralFault::NotFound),
        (ProblemCode::TooManyAttempts, CentralFault::TooManyAttempts { retry_after_s: 90 }),
        (ProblemCode::ReaderNotEnrolled, CentralFault::ReaderNotEnrolled),
        (ProblemCode::KioskCapReached, CentralFault::KioskRefused),
        (ProblemCode::Unavailable, CentralFault::Unreachable),
    ] {
        central.behave(Manner::Refuses(code));
        bench.lay_card("resident-a");
        let expected = Some(Fault::Central(expected));
        bench.wait("the refusal", |screen| fault(screen) == expected);
        bench.take_card_away();
        bench.press(UiEvent::Home);
        bench.wait_for_home();
    }
}

#[test]
fn an_answer_to_a_visit_that_was_given_up_is_closed_and_shown_to_nobody() {
    let (mut bench, central) = open_with(|config| {
        config.session.idle_warning = Duration::from_secs(120);
    });
    bench.lay_card("resident-a");
    central.wait_for("POST /v1/visits");
    bench.press(UiEvent::Home);
    bench.wait_for_home();
    central.wait_for("DELETE /v1/visits/current");
    bench.press(UiEvent::Help);
    bench.wait("help", |screen| screen.body == visit::Body::Help);
}

#[test]
fn a_kiosk_whose_certificate_is_not_taken_says_so() {
    let (first, other) = (StandIn::start(), StandIn::start());
    let parts = Parts::new(&first.address());
    std::fs::write(&parts.config.central.enrolment, first.ticket("hall-1")).expect("writable");
    let (mut config, identity) = (parts.config.clone(), parts.config.central.identity.clone());
    let mut bench = parts.open();
    bench.wait_until_well();
    let home = bench.close().expect("in order");
    // The same certificate before a central that never issued it.
    std::fs::write(identity.join("authority.pem"), other.authority_pem()).expect("writable");
    config.central.address = other.address();
    let mut bench = Parts { config, home, ..Parts::new("") }.with_own_devices().open();
    bench.wait("central told as failed", |screen| is_unwell(screen, Device::Central));
    bench.lay_card("resident-a");
    bench.wait_for_problem("CENTRAL-KIOSK-REFUSED");
}

#[test]
fn a_central_that_is_an_impostor_learns_nothing() {
    let (first, impostor) = (StandIn::start(), StandIn::start());
    let parts = Parts::new(&first.address());
    std::fs::write(&parts.config.central.enrolment, first.ticket("hall-1")).expect("writable");
    let mut config = parts.config.clone();
    let mut bench = parts.open();
    bench.wait_until_well();
    let home = bench.close().expect("in order");
    config.central.address = impostor.address();
    let mut bench = Parts { config, home, ..Parts::new("") }.with_own_devices().open();
    bench.lay_card("resident-a");
    bench.wait_for_problem("CENTRAL-UNREACHABLE");
    assert!(impostor.heard_nothing());
}
