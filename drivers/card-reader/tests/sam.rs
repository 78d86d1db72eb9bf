//! The SAM_V reader against a module on a real pseudo-terminal.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use card_reader::{CardEvent, CardFault, ReaderConfig, ReaderState, Trust, Validity, Watch, open};
use dock::card::{Fault, Kind, SampleCard};
use dock::sam::{Module, SERIAL};

/// Guards against hanging only.
const LIMIT: Duration = Duration::from_secs(30);

fn card() -> SampleCard {
    SampleCard {
        kind: Kind::Resident,
        name: "马䶮梅".to_owned(),
        number: "11010519491231002X".to_owned(),
        sex: "2".to_owned(),
        nation: "03".to_owned(),
        address: "云岭县".to_owned(),
        authority: "云岭县公安局".to_owned(),
        valid_from: "20180401".to_owned(),
        valid_to: "长期".to_owned(),
        fault: None,
    }
}

fn watch(module: &Module) -> (Watch, Receiver<CardEvent>) {
    let (sender, events) = channel();
    let config = ReaderConfig::Sam { device: module.device().to_owned() };
    let watch = open(config, move |event| drop(sender.send(event)));
    assert_eq!(state(&events), ReaderState::Ready);
    (watch, events)
}

fn next(events: &Receiver<CardEvent>) -> CardEvent {
    events.recv_timeout(LIMIT).expect("the reader reports something")
}

fn state(events: &Receiver<CardEvent>) -> ReaderState {
    match next(events) {
        CardEvent::Reader(state) => state,
        other => panic!("expected a reader state, got {other:?}"),
    }
}

fn fault(events: &Receiver<CardEvent>) -> CardFault {
    loop {
        match next(events) {
            CardEvent::Failed(fault) => return fault,
            CardEvent::Seen => {}
            other => panic!("expected a fault, got {other:?}"),
        }
    }
}

#[test]
fn a_resident_card_is_read_and_authenticated() {
    let module = Module::start(None).expect("module");
    let (_watch, events) = watch(&module);
    module.insert(card());
    assert!(matches!(next(&events), CardEvent::Seen));
    let CardEvent::Read(read) = next(&events) else { panic!("not read") };
    assert_eq!(read.number.expose(), "11010519491231002X");
    assert_eq!(read.name.as_str(), "马䶮梅");
    assert_eq!(read.trust, Trust::Authenticated { sam_serial: SERIAL.to_owned() });
    assert_eq!(read.validity, Validity::LongTerm);
    assert!(!format!("{read:?}").contains('马'));
}

#[test]
fn each_misbehaviour_has_its_fault_and_the_next_card_is_read() {
    let module = Module::start(None).expect("module");
    let (_watch, events) = watch(&module);
    for (misbehaviour, expected) in [
        (Fault::Moved, CardFault::MovedTooEarly),
        (Fault::Refused, CardFault::Refused),
        (Fault::Short, CardFault::Garbled),
        (Fault::Garbled, CardFault::Garbled),
        (Fault::Silent, CardFault::ReaderSilent),
        (Fault::GarbledSelect, CardFault::Garbled),
    ] {
        module.insert(SampleCard { fault: Some(misbehaviour), ..card() });
        assert_eq!(fault(&events), expected);
        module.remove();
        module.insert(card());
        loop {
            match next(&events) {
                CardEvent::Read(_) => break,
                CardEvent::Seen | CardEvent::Failed(CardFault::MovedTooEarly) => {}
                other => panic!("expected the good card, got {other:?}"),
            }
        }
        module.remove();
    }
}

/// The screen that began to wait with `Seen` must hear an end, and not begin again by itself.
#[test]
fn a_card_that_stays_silent_is_told_once_and_the_reader_stays_well() {
    let module = Module::start(None).expect("module");
    let (_watch, events) = watch(&module);
    module.insert(SampleCard { fault: Some(Fault::Silent), ..card() });
    assert!(matches!(next(&events), CardEvent::Seen));
    assert!(matches!(next(&events), CardEvent::Failed(CardFault::ReaderSilent)));
    module.wait_for_readings(2, LIMIT).expect("the card is tried again");
    module.take_away(LIMIT).expect("the reader looks");
    let more: Vec<CardEvent> = events.try_iter().collect();
    assert!(more.is_empty(), "{more:?}");
    module.insert(card());
    assert!(matches!(next(&events), CardEvent::Seen));
    assert!(matches!(next(&events), CardEvent::Read(_)));
}

#[test]
fn a_module_that_falls_silent_over_a_card_ends_the_wait_for_it() {
    let module = Module::start(None).expect("module");
    let (_watch, events) = watch(&module);
    module.insert(SampleCard { fault: Some(Fault::Silent), ..card() });
    assert!(matches!(next(&events), CardEvent::Seen));
    module.set_silent(true);
    assert!(matches!(next(&events), CardEvent::Failed(CardFault::ReaderSilent)));
    assert_eq!(state(&events), ReaderState::NotAnswering);
    module.set_silent(false);
    assert_eq!(state(&events), ReaderState::Ready);
    module.take_away(LIMIT).expect("the reader looks");
    let more: Vec<CardEvent> = events.try_iter().collect();
    assert!(more.is_empty(), "the same card came only once: {more:?}");
}

#[test]
fn an_impossible_number_is_not_accepted() {
    let module = Module::start(None).expect("module");
    let (_watch, events) = watch(&module);
    module.insert(SampleCard { number: "110105194912310021".to_owned(), ..card() });
    assert_eq!(fault(&events), CardFault::CannotVerify);
}

#[test]
fn a_silent_module_is_reported_and_comes_back() {
    let module = Module::start(None).expect("module");
    let (_watch, events) = watch(&module);
    module.set_silent(true);
    assert_eq!(state(&events), ReaderState::NotAnswering);
    module.set_silent(false);
    assert_eq!(state(&events), ReaderState::Ready);
    module.insert(card());
    assert!(matches!(next(&events), CardEvent::Seen));
    assert!(matches!(next(&events), CardEvent::Read(_)));
}

#[test]
fn a_missing_line_is_opened_when_it_appears() {
    let place = tempfile::tempdir().expect("directory");
    let link = place.path().join("sam");
    let (sender, events) = channel();
    let config = ReaderConfig::Sam { device: link.clone() };
    let _watch = open(config, move |event| drop(sender.send(event)));
    assert_eq!(state(&events), ReaderState::Gone);
    let _module = Module::start(Some(&link)).expect("module");
    assert_eq!(state(&events), ReaderState::Ready);
}
