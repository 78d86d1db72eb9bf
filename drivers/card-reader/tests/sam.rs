//! The SAM_V reader against a module on a real pseudo-terminal.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use card_reader::{
    CardEvent, CardFault, Details, ReaderConfig, ReaderState, Trust, Validity, Watch, open,
};
use dock::card::{Fault, Kind, SampleCard};
use dock::sam::{Module, SERIAL};

/// Guards against hanging only.
const LIMIT: Duration = Duration::from_secs(30);

/// Number of another card than [`card`].
const OTHER: &str = "639926196807190171";

fn card() -> SampleCard {
    SampleCard {
        sex: "2".to_owned(),
        nation: "03".to_owned(),
        address: "云岭县".to_owned(),
        authority: "云岭县公安局".to_owned(),
        valid_from: "20180401".to_owned(),
        valid_to: "长期".to_owned(),
        ..SampleCard::new(Kind::Resident, "马䶮梅", "11010519491231002X")
    }
}

fn watch(module: &Module) -> (Watch, Receiver<CardEvent>) {
    let (sender, events) = channel();
    let device = module.device().to_owned();
    let config = ReaderConfig::Sam { device, newest_address: true };
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
fn the_newest_address_is_read_where_one_was_appended() {
    for newest in [Some("云岭县河湾镇东沟村5组"), None] {
        let module = Module::start(None).expect("module");
        let (_watch, events) = watch(&module);
        module.insert(SampleCard { newest_address: newest.map(str::to_owned), ..card() });
        assert!(matches!(next(&events), CardEvent::Seen));
        let CardEvent::Read(read) = next(&events) else { panic!("not read") };
        let Details::Resident(resident) = &read.details else { panic!("a resident's card") };
        assert_eq!(resident.address.as_str(), "云岭县");
        assert_eq!(resident.newest_address.as_ref().map(|text| text.as_str()), newest);
    }
}

/// Does the same for each, all at once.
fn for_each<T: Copy + Send>(cases: &[T], check: impl Fn(T) + Sync) {
    std::thread::scope(|scope| {
        for &case in cases {
            let check = &check;
            scope.spawn(move || check(case));
        }
    });
}

#[test]
fn each_misbehaviour_has_its_fault_and_the_next_card_is_read() {
    let cases = [
        (Fault::Moved, CardFault::MovedTooEarly),
        (Fault::Refused, CardFault::Refused),
        (Fault::Short, CardFault::Garbled),
        (Fault::Garbled, CardFault::Garbled),
        (Fault::Silent, CardFault::ReaderSilent),
        (Fault::GarbledSelect, CardFault::Garbled),
    ];
    for_each(&cases, |(misbehaviour, expected)| {
        let module = Module::start(None).expect("module");
        let (_watch, events) = watch(&module);
        module.insert(SampleCard { fault: Some(misbehaviour), ..card() });
        assert_eq!(fault(&events), expected);
        module.insert(card());
        assert_eq!(read(&events), card().number);
    });
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

fn read(events: &Receiver<CardEvent>) -> String {
    loop {
        match next(events) {
            CardEvent::Read(read) => return read.number.expose().to_owned(),
            CardEvent::Seen => {}
            other => panic!("expected a card, got {other:?}"),
        }
    }
}

/// Some clones find a card that was read over and over, and a card at the edge of the field leaves
/// and comes back.
#[test]
fn a_card_that_stays_is_told_once_whatever_the_module_finds() {
    for_each(&[(true, None), (false, Some(Fault::Edge))], |(forgetful, lies)| {
        let module = Module::start(None).expect("module");
        module.set_forgetful(forgetful);
        let (_watch, events) = watch(&module);
        module.insert(SampleCard { fault: lies, ..card() });
        assert_eq!(read(&events), card().number);
        module.wait_for_looks(12, LIMIT).expect("the reader looks");
        // Another one in its place is told, and the first one again once it was away.
        module.insert(SampleCard { number: OTHER.to_owned(), ..card() });
        assert_eq!(read(&events), OTHER);
        module.take_away(LIMIT).expect("the reader looks");
        let more: Vec<CardEvent> = events.try_iter().collect();
        assert!(more.is_empty(), "{more:?}");
        module.insert(SampleCard { number: OTHER.to_owned(), ..card() });
        assert!(matches!(next(&events), CardEvent::Seen));
        assert_eq!(read(&events), OTHER);
    });
}

#[test]
fn a_forged_card_in_the_place_of_a_good_one_is_told() {
    let module = Module::start(None).expect("module");
    let (_watch, events) = watch(&module);
    module.insert(card());
    assert_eq!(read(&events), card().number);
    module.insert(SampleCard { fault: Some(Fault::Refused), ..card() });
    assert_eq!(fault(&events), CardFault::Refused);
}

#[test]
fn a_card_that_stays_is_not_read_at_every_look() {
    let module = Module::start(None).expect("module");
    module.set_forgetful(true);
    let (_watch, events) = watch(&module);
    module.insert(card());
    assert_eq!(read(&events), card().number);
    module.wait_for_looks(12, LIMIT).expect("the reader looks");
    assert!(module.readings() <= 4, "{} readings", module.readings());
}

#[test]
fn a_card_that_moves_in_and_out_fails_once() {
    let module = Module::start(None).expect("module");
    let (_watch, events) = watch(&module);
    module.insert(SampleCard { fault: Some(Fault::Moved), ..card() });
    assert_eq!(fault(&events), CardFault::MovedTooEarly);
    for _ in 0..4 {
        module.remove();
        module.wait_for_looks(1, LIMIT).expect("the reader looks");
        module.insert(SampleCard { fault: Some(Fault::Moved), ..card() });
        module.wait_for_readings(1, LIMIT).expect("the card is tried again");
    }
    module.insert(card());
    assert!(matches!(next(&events), CardEvent::Read(_)), "no fault in between");
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
    let config = ReaderConfig::Sam { device: link.clone(), newest_address: false };
    let _watch = open(config, move |event| drop(sender.send(event)));
    assert_eq!(state(&events), ReaderState::Gone);
    let _module = Module::start(Some(&link)).expect("module");
    assert_eq!(state(&events), ReaderState::Ready);
}
