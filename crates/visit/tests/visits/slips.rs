//! Slips: asked for once, told truly, marked when they are copies.

use std::time::Duration;

use crate::bench::Bench;
use visit::{
    Action, Body, Event, Overlay, PrintOutcome, PrinterFault, Receipt, Sheet, SlipId, UiEvent,
};

const PAPER_OUT: PrintOutcome = PrintOutcome::NotStarted(PrinterFault::PaperOut);

/// The one slip asked for.
fn slip(actions: &[Action]) -> (SlipId, Receipt) {
    let [Action::Print(slip, receipt)] = actions else { panic!("one slip, not {actions:?}") };
    (*slip, receipt.as_ref().clone())
}

fn tracking(receipt: &Receipt) -> &str {
    match &receipt.what {
        Sheet::Progress { application, .. } => &application.tracking_number,
        _ => panic!("a progress slip"),
    }
}

#[test]
fn a_card_leads_to_the_case_and_to_one_slip() {
    let (mut bench, visit) = Bench::visiting(1);
    assert!(matches!(bench.body(), Body::Case(_)));
    let actions = bench.press(UiEvent::Print);
    let (first, receipt) = slip(&actions);
    assert_eq!(tracking(&receipt), format!("visit-{}", visit.0));
    assert!(bench.press(UiEvent::Print).is_empty(), "a second press prints nothing");
    bench.on(Event::Printed(first, PrintOutcome::Printed));
    assert_eq!(bench.body(), Body::Slip { outcome: PrintOutcome::Printed });
    assert!(bench.press(UiEvent::Retry).is_empty(), "printed is printed");
    let actions = bench.press(UiEvent::End);
    assert!(matches!(actions[..], [Action::CloseVisit(v)] if v == visit));
    assert!(bench.session.is_idle());
}

#[test]
fn a_slip_of_unknown_fate_is_printed_again_only_by_a_press_and_marked() {
    let (mut bench, _) = Bench::visiting(1);
    let (first, _) = slip(&bench.press(UiEvent::Print));
    bench.on(Event::Printed(first, PrintOutcome::Unknown(PrinterFault::Gone)));
    assert!(bench.pass(Duration::from_secs(30)).is_empty(), "nothing is printed by itself");
    assert!(slip(&bench.press(UiEvent::Retry)).1.reprint);
}

#[test]
fn a_slip_that_was_not_started_is_no_copy_but_one_after_a_printed_slip_is() {
    let (mut bench, _) = Bench::visiting(1);
    let (first, _) = slip(&bench.press(UiEvent::Print));
    bench.on(Event::Printed(first, PAPER_OUT));
    let again = bench.press(UiEvent::Retry);
    let (second, receipt) = slip(&again);
    assert!(!receipt.reprint);
    bench.on(Event::Printed(second, PrintOutcome::Printed));
    bench.press(UiEvent::Back);
    let (third, receipt) = slip(&bench.press(UiEvent::Print));
    assert!(receipt.reprint);
    bench.on(Event::Printed(third, PAPER_OUT));
    assert!(slip(&bench.press(UiEvent::Retry)).1.reprint, "one lies in the tray already");
}

#[test]
fn the_fate_of_one_slip_is_never_told_of_another() {
    let (mut bench, _) = Bench::visiting(2);
    bench.press(UiEvent::Choose(0));
    let (first, _) = slip(&bench.press(UiEvent::Print));
    bench.press(UiEvent::Back);
    bench.press(UiEvent::Back);
    bench.press(UiEvent::Choose(1));
    let (second, _) = slip(&bench.press(UiEvent::Print));
    bench.on(Event::Printed(first, PrintOutcome::Printed));
    assert!(matches!(bench.body(), Body::Waiting(_)), "the second is still on its way");
    bench.on(Event::Printed(second, PAPER_OUT));
    assert_eq!(bench.body(), Body::Slip { outcome: PAPER_OUT });
}

#[test]
fn a_slip_that_fails_after_its_screen_was_left_is_told() {
    let (mut bench, _) = Bench::visiting(1);
    let (first, _) = slip(&bench.press(UiEvent::Print));
    bench.press(UiEvent::Back);
    assert!(matches!(bench.body(), Body::Case(_)));
    let actions = bench.on(Event::Printed(first, PAPER_OUT));
    assert!(matches!(actions[..], [Action::Log(_)]));
    assert_eq!(bench.session.screen().overlay, Some(Overlay::SlipFailed(PAPER_OUT)));
    assert!(bench.press(UiEvent::Stay).is_empty());
    assert_eq!(bench.session.screen().overlay, None);
}

#[test]
fn the_fate_of_a_slip_of_an_ended_visit_is_nobodys_news() {
    let (mut bench, _) = Bench::visiting(1);
    let (first, _) = slip(&bench.press(UiEvent::Print));
    bench.press(UiEvent::End);
    bench.on(Event::Printed(first, PAPER_OUT));
    assert!(bench.session.is_idle());
}
