//! Readers, printers and clocks that misbehave.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use dock::card::{Fault, SampleCard};
use dock::printer::Condition;
use jiff::civil::date;
use kiosk::app::Clock;
use visit::{Body, Device, PrintOutcome, PrinterFault, UiEvent};

use crate::bench::{Parts, card, is_unwell};
use crate::stand_in::StandIn;
use crate::visits::{open, open_with};

#[test]
fn a_printer_without_paper_prints_nothing_and_says_so() {
    let (mut bench, _central) = open_with(|config| {
        // Nobody looks in between: the press itself must find out.
        config.receipt_printer.look_every = std::time::Duration::from_secs(300);
    });
    bench.lay_card("resident-a");
    bench.wait_for_records();
    bench.printer.set(Condition::PaperOut);
    bench.press(UiEvent::Print);
    let outcome = PrintOutcome::NotStarted(PrinterFault::PaperOut);
    bench.wait("paper out", |screen| screen.body == Body::Slip { outcome });
    bench.wait("printer told as failed", |screen| is_unwell(screen, Device::Printer));
    bench.printer.set(Condition::Ok);
    bench.wait("printer well again", |screen| !is_unwell(screen, Device::Printer));
    bench.press(UiEvent::Retry);
    bench.wait("printed", |screen| screen.body == Body::Slip { outcome: PrintOutcome::Printed });
    let slips = bench.slips(1);
    assert!(slips.len() == 1 && !slips[0].contains("补打"), "nothing came out before");
}

#[test]
fn an_idle_printer_is_looked_at() {
    let (mut bench, _central) = open();
    for (condition, unwell) in [
        (Condition::NearEnd, true),
        (Condition::Ok, false),
        (Condition::CoverOpen, true),
        (Condition::Ok, false),
    ] {
        bench.printer.set(condition);
        bench.wait("what was seen", |screen| is_unwell(screen, Device::Printer) == unwell);
    }
}

#[test]
fn a_slip_broken_off_is_neither_printed_nor_not() {
    let (mut bench, _central) = open();
    bench.lay_card("resident-a");
    bench.wait_for_records();
    bench.printer.set(Condition::CloseMidSlip);
    bench.press(UiEvent::Print);
    bench.wait("unknown", |screen| {
        matches!(screen.body, Body::Slip { outcome: PrintOutcome::Unknown(_) })
    });
    bench.printer.set(Condition::Ok);
    bench.press(UiEvent::Retry);
    bench.wait("printed", |screen| screen.body == Body::Slip { outcome: PrintOutcome::Printed });
    let slips = bench.slips(1);
    assert!(slips.last().is_some_and(|slip| slip.contains("补打")), "a second copy says so");
}

#[test]
fn a_kiosk_without_a_printer_does_not_offer_slips() {
    let (mut bench, _central) = {
        let central = StandIn::start();
        let mut parts = Parts::new(&central.address());
        std::fs::write(&parts.config.central.enrolment, central.ticket("hall-1")).expect("file");
        parts.config.receipt_printer.address = None;
        (parts.open(), central)
    };
    bench.wait("the hall", |screen| !screen.frame.hall.is_empty());
    bench.lay_card("resident-a");
    let screen = bench.wait_for_records();
    assert!(matches!(screen.body, Body::Case(case) if !case.can_print));
}

#[test]
fn cards_that_cannot_be_read_have_words() {
    let (mut bench, _central) = open();
    for (fault, code) in [
        (Fault::Short, "CARD-GARBLED"),
        (Fault::Moved, "CARD-MOVED"),
        // An answer that breaks off is not silence.
        (Fault::Garbled, "CARD-GARBLED"),
        (Fault::Refused, "CARD-REFUSED"),
        (Fault::Silent, "CARD-READER-SILENT"),
    ] {
        bench.sam.insert(SampleCard { fault: Some(fault), ..card("resident-a") });
        bench.wait_for_problem(code);
        bench.take_card_away();
        bench.press(UiEvent::Home);
        bench.wait_for_home();
    }
}

#[test]
fn a_reader_that_goes_silent_is_told_and_comes_back() {
    let (mut bench, _central) = open();
    bench.sam.set_silent(true);
    bench.wait("reader told as failed", |screen| is_unwell(screen, Device::IdReader));
    bench.press(UiEvent::Open(visit::Service::Progress));
    bench.wait("the offer to type", |screen| {
        screen.body == Body::AskCard { id_cards: false, social_cards: false }
    });
    bench.press(UiEvent::Home);
    bench.sam.set_silent(false);
    bench.wait("reader well again", |screen| !is_unwell(screen, Device::IdReader));
}

#[test]
fn a_clock_that_jumps_is_told() {
    let ahead_s = Arc::new(AtomicI64::new(0));
    let seen = Arc::clone(&ahead_s);
    let start = std::time::Instant::now();
    let clock = Clock::with_wall(move || {
        let passed = jiff::SignedDuration::try_from(start.elapsed()).expect("short");
        let ahead = jiff::SignedDuration::from_secs(seen.load(Ordering::Relaxed));
        let morning = date(2026, 11, 23).at(9, 0, 0, 0);
        morning.checked_add(passed + ahead).expect("in range")
    });
    let central = StandIn::start();
    let parts = Parts::new(&central.address());
    std::fs::write(&parts.config.central.enrolment, central.ticket("hall-1")).expect("writable");
    let mut bench = parts.open_at(clock);
    bench.wait_until_well();
    ahead_s.store(-7200, Ordering::Relaxed);
    bench.press(UiEvent::Help);
    let screen = bench.wait("clock told", |screen| is_unwell(screen, Device::Clock));
    assert_eq!(screen.frame.clock, date(2026, 11, 23).at(7, 0, 0, 0), "minutes, no seconds");
}
