//! Visits as residents make them.

use std::time::Duration;

use crate::bench::{A, B, Bench, now, opened, released, sam};
use central_api::Evidence;
use jiff::civil::date;
use visit::{
    Action, Body, CardEvent, Device, Event, Fault, Key, Overlay, PrintOutcome, PrinterFault,
    Service, Trust, UiEvent, Waiting, timeouts,
};

#[test]
fn a_typed_number_needs_the_code() {
    let mut bench = Bench::new();
    bench.press(UiEvent::Open(Service::Progress));
    bench.press(UiEvent::TypeNumber);
    for c in A.to_lowercase().chars() {
        bench.press(UiEvent::Key(Key::Character(c)));
    }
    assert!(bench.press(UiEvent::Submit).is_empty());
    for c in "7K3M9QTX".chars() {
        bench.press(UiEvent::Key(Key::Character(c)));
    }
    let actions = bench.press(UiEvent::Submit);
    let [Action::OpenVisit(_, evidence)] = &actions[..] else { panic!("central is asked") };
    let typed = Evidence::TypedNumber { number: A.to_owned(), query_code: "7K3M9QTX".to_owned() };
    assert!(*evidence == typed);
}

#[test]
fn a_card_that_can_be_copied_needs_the_code_too() {
    let mut bench = Bench::new();
    assert!(bench.card(A, Trust::Unauthenticated).is_empty());
    assert!(matches!(bench.body(), Body::Code(_)));
}

#[test]
fn the_same_card_changes_nothing_and_another_is_asked_about() {
    let (mut bench, _) = Bench::visiting(2);
    assert!(bench.card(A, sam()).is_empty());
    assert_eq!(bench.session.screen().overlay, None);
    for _ in 0..149 {
        bench.uptime += Duration::from_secs(1);
        bench.card(A, sam());
    }
    bench.pass(Duration::from_secs(1));
    assert!(bench.session.is_idle(), "a card that lies on the reader is no sign of life");

    let (mut bench, first) = Bench::visiting(2);
    assert!(bench.card(B, sam()).is_empty());
    assert_eq!(bench.session.screen().overlay, Some(Overlay::AnotherCard));
    bench.press(UiEvent::SwitchCard(false));
    assert_eq!(bench.session.screen().overlay, None);
    assert!(matches!(bench.body(), Body::Account(_)));
    bench.card(B, sam());
    let actions = bench.press(UiEvent::SwitchCard(true));
    assert!(matches!(actions[0], Action::CloseVisit(v) if v == first));
    assert_ne!(opened(&actions), first);
}

#[test]
fn a_late_reply_of_an_ended_visit_is_thrown_away() {
    let mut bench = Bench::new();
    let first = opened(&bench.card(A, sam()));
    bench.press(UiEvent::End);
    bench.on(released(first, 1));
    assert_eq!(bench.body(), Body::Home);
    let second = opened(&bench.card(B, sam()));
    assert_ne!(first, second);
    bench.on(released(first, 1));
    assert_eq!(bench.body(), Body::Waiting(Waiting::LookingUp));
}

#[test]
fn walking_away_is_warned_about_and_then_ends_the_visit() {
    let (mut bench, visit) = Bench::visiting(1);
    bench.pass(timeouts::IDLE_WARNING - Duration::from_secs(1));
    assert_eq!(bench.session.screen().overlay, None);
    bench.pass(Duration::from_secs(1));
    assert_eq!(bench.session.screen().overlay, Some(Overlay::StillThere { left_s: 30 }));
    assert!(bench.press(UiEvent::Print).is_empty(), "the press that answers presses nothing");
    assert_eq!(bench.session.screen().overlay, None);
    bench.pass(timeouts::IDLE_WARNING);
    let actions = bench.pass(timeouts::IDLE_GRACE);
    assert!(matches!(actions[..], [Action::CloseVisit(v)] if v == visit));
    assert!(bench.session.is_idle());
}

#[test]
fn silence_of_reader_central_and_printer_ends_in_words() {
    let mut bench = Bench::new();
    bench.on(Event::Card(CardEvent::Seen));
    bench.pass(timeouts::CARD_READING);
    assert!(matches!(bench.body(), Body::Problem(p) if p.fault.code() == "CARD-READER-SILENT"));

    let mut bench = Bench::new();
    bench.card(A, sam());
    bench.pass(timeouts::LOOKUP);
    assert!(matches!(bench.body(), Body::Problem(p) if p.fault.code() == "CENTRAL-SLOW"));
    assert!(matches!(bench.press(UiEvent::Retry)[..], [Action::OpenVisit(..)]));

    let (mut bench, _) = Bench::visiting(1);
    bench.press(UiEvent::Print);
    bench.pass(timeouts::PRINTING);
    let unknown = PrintOutcome::Unknown(PrinterFault::Silent);
    assert_eq!(bench.body(), Body::Slip { outcome: unknown });
}

#[test]
fn a_jumping_clock_is_noticed_and_ends_nothing() {
    let (mut bench, _) = Bench::visiting(1);
    let mut jumped = now(bench.uptime);
    jumped.civil = date(2031, 1, 1).at(0, 0, 0, 0);
    let actions = bench.session.on(Event::Tick, jumped);
    assert!(matches!(actions[..], [Action::Log(Fault::ClockJumped)]));
    assert!(matches!(bench.body(), Body::Case(_)));
    let devices = bench.session.screen().frame.devices;
    assert!(devices.iter().any(|view| view.device == Device::Clock));
}
