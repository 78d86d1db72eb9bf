//! Visits as they go on a good day, and how they end.

use std::time::Duration;

use central_api::VisitLevel;
use visit::{Body, Overlay, PrintOutcome, Service, UiEvent};

use crate::bench::{Bench, Parts};
use crate::stand_in::StandIn;

const NUMBER: &str = "639926195103080244";

/// A kiosk that works, and its central.
pub(crate) fn open() -> (Bench, StandIn) {
    open_with(|_| ())
}

/// The same with other settings.
pub(crate) fn open_with(change: impl FnOnce(&mut kiosk_config::Config)) -> (Bench, StandIn) {
    let central = StandIn::start();
    let mut parts = Parts::new(&central.address());
    std::fs::write(&parts.config.central.enrolment, central.ticket("hall-1")).expect("writable");
    change(&mut parts.config);
    let mut bench = parts.open();
    bench.wait_until_well();
    (bench, central)
}

#[test]
fn card_in_progress_on_the_screen_slip_out() {
    let (mut bench, central) = open();
    bench.lay_card("resident-a");
    let screen = bench.wait_for_records();
    let Body::Case(case) = screen.body else { panic!("one application is shown at once") };
    assert_eq!((case.level, case.can_print), (VisitLevel::Full, true));
    assert_eq!(case.number, "639***********0244");
    bench.press(UiEvent::Print);
    bench.wait("printed", |screen| screen.body == Body::Slip { outcome: PrintOutcome::Printed });
    let slips = bench.slips(1);
    assert!(slips[0].contains("YL2026-000123") && slips[0].contains("请留意本村公示栏"));
    assert!(!slips[0].contains(NUMBER), "numbers are masked on paper");
    bench.press(UiEvent::End);
    bench.wait_for_home();
    central.wait_for("DELETE /v1/visits/current");
}

#[test]
fn number_and_code_open_the_basic_view() {
    let (mut bench, _central) = open();
    bench.press(UiEvent::Open(Service::Progress));
    bench.press(UiEvent::TypeNumber);
    bench.type_in(NUMBER);
    bench.press(UiEvent::Submit);
    bench.wait("the code pad", |screen| matches!(screen.body, Body::Code(_)));
    bench.type_in("7k2m9qxd");
    bench.press(UiEvent::Submit);
    let screen = bench.wait_for_records();
    assert!(matches!(screen.body, Body::Case(case) if case.level == VisitLevel::Basic));
}

#[test]
fn a_wrong_code_gets_one_neutral_answer_and_another_try() {
    let (mut bench, _central) = open();
    bench.press(UiEvent::Open(Service::Progress));
    bench.press(UiEvent::TypeNumber);
    bench.type_in(NUMBER);
    bench.press(UiEvent::Submit);
    bench.type_in("00000000");
    bench.press(UiEvent::Submit);
    bench.wait_for_problem("CENTRAL-NOT-FOUND");
    bench.press(UiEvent::Retry);
    bench.wait("the number pad", |screen| matches!(screen.body, Body::Number(_)));
}

#[test]
fn a_forgotten_visit_ends_by_itself_with_nothing_left() {
    let (mut bench, central) = open_with(|config| {
        config.session.idle_warning = Duration::from_millis(300);
        config.session.idle_grace = Duration::from_millis(900);
    });
    bench.lay_card("resident-a");
    bench.wait_for_records();
    bench.wait("the warning", |screen| matches!(screen.overlay, Some(Overlay::StillThere { .. })));
    bench.wait_for_home();
    central.wait_for("DELETE /v1/visits/current");
}

#[test]
fn another_card_asks_before_it_ends_the_first_visit() {
    let (mut bench, central) = open();
    bench.lay_card("resident-a");
    let first = bench.wait_for_records();
    bench.lay_card("resident-b");
    bench.wait("the question", |screen| screen.overlay == Some(Overlay::AnotherCard));
    bench.press(UiEvent::SwitchCard(true));
    let second = bench.wait("the second resident", |screen| {
        screen.overlay.is_none() && matches!(screen.body, Body::Case(_)) && screen != &first
    });
    assert_ne!(number(&first.body), number(&second.body));
    central.wait_for("DELETE /v1/visits/current");
}

#[test]
fn the_same_card_again_changes_nothing() {
    let (mut bench, central) = open();
    bench.lay_card("resident-a");
    bench.wait_for_records();
    central.wait_for("POST /v1/visits");
    bench.sam.remove();
    bench.lay_card("resident-a");
    bench.press(UiEvent::Help);
    bench.wait("help", |screen| screen.body == Body::Help && screen.overlay.is_none());
    bench.press(UiEvent::End);
    bench.wait_for_home();
}

#[test]
fn a_kiosk_that_is_closed_during_a_visit_ends_it_at_central() {
    let (mut bench, central) = open();
    bench.lay_card("resident-a");
    bench.wait_for_records();
    bench.close().expect("in order");
    central.wait_for("DELETE /v1/visits/current");
}

#[test]
fn public_content_comes_when_it_is_asked_for() {
    let (mut bench, central) = open();
    bench.press(UiEvent::Open(Service::Policies));
    bench.wait(
        "policies",
        |screen| matches!(&screen.body, Body::Policies(view) if !view.found.is_empty()),
    );
    bench.press(UiEvent::Home);
    bench.press(UiEvent::Open(Service::Notices));
    bench.wait(
        "notices",
        |screen| matches!(&screen.body, Body::Notices(view) if !view.found.is_empty()),
    );
    bench.press(UiEvent::Home);
    bench.press(UiEvent::Open(Service::Complaints));
    bench.wait("offices", |screen| matches!(screen.body, Body::Complaints(Some(_))));
    central.wait_for("GET /v1/notices");
}

fn number(body: &Body) -> Option<&str> {
    match body {
        Body::Case(case) => Some(&case.number),
        _ => None,
    }
}
