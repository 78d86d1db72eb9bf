//! The receipt of a complaint, and the reply it leads to.

use super::{filed, handed_in};
use crate::bench::{A, Bench, read, sam, standing};
use visit::{
    Action, Body, Event, Key, Overlay, PrintOutcome, PrinterFault, Service, SlipId, UiEvent,
    VisitId, Waiting,
};

/// A complaint was handed in: its receipt is on the screen.
fn at_the_receipt() -> Bench {
    let mut bench = Bench::new();
    let visit = handed_in(&mut bench);
    bench.on(Event::Filed(visit, Ok(filed())));
    bench
}

/// Its slip is on the way.
fn printing(bench: &mut Bench) -> SlipId {
    let actions = bench.press(UiEvent::Print);
    let [Action::Print(slip, _)] = actions[..] else { panic!("a slip") };
    slip
}

#[test]
fn number_and_code_that_were_not_printed_are_asked_about_before_they_go() {
    let mut bench = at_the_receipt();
    bench.press(UiEvent::Home);
    bench.on(read(A, sam()));
    assert!(matches!(bench.body(), Body::Filed(_)), "neither a press nor a card takes it away");
    bench.press(UiEvent::End);
    assert_eq!(bench.session.screen().overlay, Some(Overlay::KeepReceipt));
    bench.press(UiEvent::Stay);
    assert_eq!(bench.session.screen().overlay, None);
    bench.press(UiEvent::End);
    bench.press(UiEvent::End);
    assert!(bench.session.is_idle());
}

#[test]
fn a_receipt_that_was_not_printed_is_kept_from_its_slip_too() {
    for press in [UiEvent::Home, UiEvent::End] {
        let mut bench = at_the_receipt();
        let slip = printing(&mut bench);
        bench.on(read(A, sam()));
        assert_eq!(bench.body(), Body::Waiting(Waiting::Printing), "a card takes nothing away");
        let jam = PrintOutcome::Unknown(PrinterFault::Jam);
        bench.on(Event::Printed(slip, jam));
        bench.on(read(A, sam()));
        assert_eq!(bench.body(), Body::Slip { outcome: jam });
        bench.press(press);
        assert!(matches!(bench.body(), Body::Filed(_)), "number and code are shown again");
        assert_eq!(bench.session.screen().overlay, Some(Overlay::KeepReceipt));
        bench.press(UiEvent::End);
        assert!(bench.session.is_idle());
    }
}

#[test]
fn nothing_leads_past_a_receipt_that_is_on_its_way() {
    let mut bench = Bench::new();
    let visit = handed_in(&mut bench);
    for press in [UiEvent::End, UiEvent::Home, UiEvent::Help, UiEvent::End, UiEvent::Home] {
        let ways = bench.session.screen().frame.ways;
        assert!(!ways.end && !ways.home);
        bench.press(press);
    }
    bench.on(Event::Filed(visit, Ok(filed())));
    bench.press(UiEvent::Back);
    assert!(matches!(bench.body(), Body::Filed(_)));
}

#[test]
fn the_news_of_a_failed_receipt_is_read_before_the_question_about_it() {
    let mut bench = at_the_receipt();
    let slip = printing(&mut bench);
    bench.press(UiEvent::End);
    assert_eq!(bench.session.screen().overlay, Some(Overlay::KeepReceipt));
    let jam = PrintOutcome::Unknown(PrinterFault::Jam);
    bench.on(Event::Printed(slip, jam));
    assert_eq!(bench.session.screen().overlay, Some(Overlay::SlipFailed(jam)));
    bench.press(UiEvent::End);
    assert_eq!(bench.session.screen().overlay, Some(Overlay::KeepReceipt));
    bench.press(UiEvent::End);
    assert!(bench.session.is_idle());
}

fn type_in(bench: &mut Bench, text: &str) {
    for c in text.chars() {
        bench.press(UiEvent::Key(Key::Character(c)));
    }
}

#[test]
fn a_reply_is_looked_up_by_number_and_code() {
    let mut bench = Bench::new();
    bench.press(UiEvent::Open(Service::Complaints));
    bench.press(UiEvent::AskStanding);
    type_in(&mut bench, "7k3m9qtx2b");
    bench.press(UiEvent::Submit);
    type_in(&mut bench, "7K3M9QTX");
    let actions = bench.press(UiEvent::Submit);
    let [Action::AskStanding(visit, question)] = &actions[..] else { panic!("central is asked") };
    assert_eq!(
        (question.tracking_number.as_str(), question.query_code.as_str()),
        ("7K3M9QTX2B", "7K3M9QTX")
    );
    bench.on(standing(VisitId(visit.0 + 1)));
    assert_eq!(bench.body(), Body::Waiting(Waiting::AskingStanding), "another's answer");
    bench.on(standing(*visit));
    assert!(matches!(bench.body(), Body::Standing(_)));
    assert!(matches!(&bench.press(UiEvent::Print)[..], [Action::Print(_, of)] if !of.reprint));
    bench.press(UiEvent::Back);
    bench.press(UiEvent::Back);
    bench.press(UiEvent::AskStanding);
    type_in(&mut bench, "8K3M9QTX2B");
    bench.press(UiEvent::Submit);
    type_in(&mut bench, "7K3M9QTX");
    let actions = bench.press(UiEvent::Submit);
    let [Action::AskStanding(visit, _)] = &actions[..] else { panic!("central is asked") };
    bench.on(standing(*visit));
    let another = bench.press(UiEvent::Print);
    assert!(matches!(&another[..], [Action::Print(_, of)] if !of.reprint), "of another complaint");
    bench.press(UiEvent::End);
    assert!(bench.session.is_idle());
}
