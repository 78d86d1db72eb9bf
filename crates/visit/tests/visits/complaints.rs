//! A complaint from its kind to its receipt, written by keys, and its reply.

mod receipts;
mod writing;

use crate::bench::{A, B, Bench, hall, notice, policies, read, sam};
use central_api::{ComplaintKind, ComplaintSubject, NoticeKind, Programme};
use jiff::civil::date;
use std::sync::Arc;
use visit::{
    Action, Body, CardEvent, CardFault, CentralEvent, Composed, Entry, Event, Filed, Filing,
    FilingFault, Key, Options, PrintOutcome, PublicContent, Service, Typing, UiEvent, VisitId,
    Waiting, Worded, Writing,
};
use zeroize::Zeroizing;

fn wiped(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

fn composing(actions: &[Action]) -> Typing {
    let [Action::Compose(typing)] = actions else { panic!("the dictionary is asked") };
    typing.clone()
}

/// Types letters; the dictionary knows one word for them.
fn write(bench: &mut Bench, letters: &str, word: &str) {
    let mut typing = None;
    for letter in letters.chars() {
        typing = Some(composing(&bench.press(UiEvent::Key(Key::Letter(letter)))));
    }
    let typing = typing.expect("letters");
    assert_eq!(typing.letters.as_str(), letters);
    let candidates = vec![wiped("别的"), wiped(word)];
    let turn = typing.turn;
    bench.on(Event::Composed(Composed { turn, done: None, shown: wiped(letters), candidates }));
    let typing = composing(&bench.press(UiEvent::Pick(1)));
    assert_eq!(typing.picks, [1]);
    let done = Some(wiped(word));
    let turn = typing.turn;
    bench.on(Event::Composed(Composed { turn, done, shown: wiped(""), candidates: Vec::new() }));
}

fn at_the_text(bench: &mut Bench) {
    bench.on(Event::Central(CentralEvent::Public(hall())));
    bench.press(UiEvent::Open(Service::Complaints));
    bench.press(UiEvent::Complain(Worded::default()));
    let Body::Choices(view) = bench.body() else { panic!("the kinds") };
    assert!(matches!(view.options, Options::ComplaintKinds(kinds) if kinds.len() == 4));
    bench.press(UiEvent::Choose(1));
    bench.press(UiEvent::Choose(1));
    assert!(matches!(bench.body(), Body::Write(view) if !view.complete && view.text.is_empty()));
}

fn filing(actions: &[Action]) -> (VisitId, Filing) {
    let [Action::File(visit, filing)] = actions else { panic!("it is filed, not {actions:?}") };
    (*visit, filing.as_ref().clone())
}

fn filed() -> Filed {
    Filed { tracking_number: wiped("7K3M9QTX2B"), query_code: wiped("7K3M9QTX") }
}

#[test]
fn an_anonymous_complaint_is_written_reviewed_filed_and_leaves_a_receipt() {
    let mut bench = Bench::new();
    at_the_text(&mut bench);
    assert!(bench.press(UiEvent::Submit).is_empty(), "nothing written, nothing to go on with");
    write(&mut bench, "nihao", "你好");
    bench.press(UiEvent::Key(Key::Character('。')));
    let Body::Write(view) = bench.body() else { panic!("still writing") };
    assert_eq!(view.what, Writing::Complaint(ComplaintKind::Complaint));
    assert_eq!((view.text.as_str(), view.open.as_str()), ("你好。", ""));
    bench.press(UiEvent::Submit);
    assert!(matches!(bench.body(), Body::Identity(_)));
    bench.press(UiEvent::Sign(false));
    let Body::Review(view) = bench.body() else { panic!("the review") };
    assert!(view.name.is_none() && view.text.as_str() == "你好。");
    let (visit, filing) = filing(&bench.press(UiEvent::Submit));
    assert_eq!(filing.kind, ComplaintKind::Complaint);
    assert!(filing.subject == ComplaintSubject::Programme(Programme::Dibao));
    assert!(filing.writer.is_none());
    assert_eq!((filing.text.as_str(), filing.written_on), ("你好。", date(2026, 11, 23)));
    assert_eq!(bench.body(), Body::Waiting(Waiting::Filing));
    assert!(bench.press(UiEvent::Submit).is_empty(), "a second press files nothing");
    bench.on(Event::Filed(visit, Ok(filed())));
    let Body::Filed(view) = bench.body() else { panic!("the receipt") };
    assert_eq!(view.query_code.as_str(), "7K3M9QTX");
    let actions = bench.press(UiEvent::Print);
    let [Action::Print(slip, _)] = &actions[..] else { panic!("a slip") };
    bench.on(Event::Printed(*slip, PrintOutcome::Printed));
    bench.press(UiEvent::Back);
    bench.press(UiEvent::End);
    assert!(bench.session.is_idle());
}

fn handed_in(bench: &mut Bench) -> VisitId {
    at_the_text(bench);
    bench.press(UiEvent::Key(Key::Character('难')));
    bench.press(UiEvent::Submit);
    bench.press(UiEvent::Sign(false));
    filing(&bench.press(UiEvent::Submit)).0
}

#[test]
fn a_card_takes_nothing_from_whoever_was_refused_or_is_typing_a_number() {
    let mut bench = Bench::new();
    let visit = handed_in(&mut bench);
    bench.on(Event::Filed(visit, Err(FilingFault::Full)));
    bench.on(Event::Card(CardEvent::Seen));
    bench.on(read(A, sam()));
    bench.on(Event::Card(CardEvent::Failed(CardFault::MovedTooEarly)));
    bench.press(UiEvent::Back);
    assert!(matches!(bench.body(), Body::Review(view) if view.text.as_str() == "难"));

    let mut bench = Bench::new();
    bench.press(UiEvent::Open(Service::Complaints));
    bench.press(UiEvent::AskStanding);
    bench.press(UiEvent::Key(Key::Character('7')));
    bench.on(Event::Card(CardEvent::Seen));
    assert!(matches!(bench.body(), Body::Entry(view) if view.typed.as_str() == "7"));
}

#[test]
fn another_name_than_the_cards_has_not_the_cards_number() {
    let mut bench = Bench::new();
    at_the_text(&mut bench);
    bench.press(UiEvent::Key(Key::Character('难')));
    bench.press(UiEvent::Submit);
    bench.press(UiEvent::Sign(true));
    bench.on(read(B, sam()));
    bench.press(UiEvent::Back);
    bench.press(UiEvent::Key(Key::Erase));
    bench.press(UiEvent::Submit);
    bench.press(UiEvent::Submit);
    let (_, filing) = filing(&bench.press(UiEvent::Submit));
    let writer = filing.writer.as_ref().expect("signed");
    assert_eq!((writer.name.as_str(), &writer.number), ("王秀", &None));
}

#[test]
fn a_card_means_nothing_to_a_complaint_unless_its_writer_signs() {
    let mut bench = Bench::new();
    at_the_text(&mut bench);
    bench.press(UiEvent::Key(Key::Character('好')));
    assert!(bench.on(read(A, sam())).is_empty());
    assert!(matches!(bench.body(), Body::Write(_)));
    bench.press(UiEvent::Submit);
    bench.press(UiEvent::Sign(true));
    assert!(matches!(bench.body(), Body::Write(view) if view.what == Writing::Name && view.card));
    bench.on(read(B, sam()));
    assert!(matches!(bench.body(), Body::Entry(view) if view.what == Entry::Phone));
    for digit in "0979800".chars() {
        bench.press(UiEvent::Key(Key::Character(digit)));
    }
    bench.press(UiEvent::Submit);
    let (_, filing) = filing(&bench.press(UiEvent::Submit));
    let writer = filing.writer.as_ref().expect("signed");
    assert_eq!((writer.name.as_str(), writer.number.as_deref()), ("王秀兰", Some(B)));
    assert_eq!(writer.phone.as_deref(), Some("0979800"));
}

#[test]
fn letters_left_open_never_reach_the_name_of_a_card() {
    let mut bench = Bench::new();
    at_the_text(&mut bench);
    bench.press(UiEvent::Key(Key::Character('好')));
    bench.press(UiEvent::Submit);
    bench.press(UiEvent::Sign(true));
    bench.press(UiEvent::Key(Key::Letter('w')));
    bench.on(read(B, sam()));
    bench.press(UiEvent::Back);
    assert!(
        matches!(bench.body(), Body::Write(view) if view.text.as_str() == "王秀兰" && view.open.is_empty())
    );
}

#[test]
fn a_refused_complaint_loses_nothing_and_can_be_handed_in_again() {
    let mut bench = Bench::new();
    at_the_text(&mut bench);
    bench.press(UiEvent::Key(Key::Character('难')));
    bench.press(UiEvent::Submit);
    bench.press(UiEvent::Sign(false));
    let (visit, _) = filing(&bench.press(UiEvent::Submit));
    bench.on(Event::Filed(visit, Err(FilingFault::Full)));
    assert!(matches!(bench.body(), Body::Problem(p) if p.fault.code() == "OUTBOX-FULL" && p.retry));
    let (second, again) = filing(&bench.press(UiEvent::Retry));
    assert_ne!(second, visit);
    assert_eq!(again.text.as_str(), "难");
    bench.on(Event::Filed(visit, Ok(filed())));
    assert_eq!(bench.body(), Body::Waiting(Waiting::Filing), "a late word of the first is nothing");
    bench.on(Event::Filed(second, Err(FilingFault::Disk)));
    bench.press(UiEvent::Back);
    assert!(matches!(bench.body(), Body::Review(view) if view.text.as_str() == "难"));
}

#[test]
fn a_complaint_about_a_notice_or_an_own_case_begins_with_it_and_ends_the_visit() {
    let mut bench = Bench::new();
    let day = date(2026, 11, 23);
    let notices = vec![notice("n1", "河湾镇", NoticeKind::Publicity, day, day)];
    bench.on(Event::Central(CentralEvent::Public(PublicContent::Notices(Arc::new(notices)))));
    bench.on(Event::Central(CentralEvent::Public(policies())));
    bench.press(UiEvent::Open(Service::Notices));
    bench.press(UiEvent::Choose(0));
    let worded = Worded { about: "公示：王*兰".to_owned(), text: String::new() };
    bench.press(UiEvent::Complain(worded));
    bench.press(UiEvent::Choose(3));
    assert!(matches!(bench.body(), Body::Write(view) if view.about.is_some()));
    bench.press(UiEvent::Key(Key::Character('实')));
    bench.press(UiEvent::Submit);
    bench.press(UiEvent::Sign(false));
    let (_, filing_of) = filing(&bench.press(UiEvent::Submit));
    assert!(filing_of.subject == ComplaintSubject::Notice("n1".to_owned()));
    assert_eq!(filing_of.kind, ComplaintKind::Accusation);

    let (mut bench, visit) = Bench::visiting(1);
    let worded =
        Worded { about: "我的申请".to_owned(), text: "我的申请超期了。".to_owned() };
    let actions = bench.press(UiEvent::Complain(worded));
    assert!(matches!(actions[..], [Action::CloseVisit(closed)] if closed == visit));
    bench.press(UiEvent::Choose(1));
    assert!(matches!(bench.body(), Body::Write(view) if view.text.as_str() == "我的申请超期了。"));
    bench.press(UiEvent::Submit);
    assert!(matches!(bench.body(), Body::Identity(view) if view.own_case));
}
