//! A visit with the true window: its event loop, its wording of the slip, its emptiness afterwards.
//!
//! One test only: Slint takes one event loop in a process.

use std::sync::mpsc::Sender;

use kiosk::app::{Clock, Screens, Then};
use kiosk_ui::{Ui, UiHandle};
use visit::{Body, Event, PrintOutcome, Screen, UiEvent};

use crate::bench::{Parts, nobody};
use crate::stand_in::StandIn;

/// The window, overheard.
struct Overheard(UiHandle, Sender<Screen>);

impl Screens for Overheard {
    fn show(&self, screen: Screen) {
        self.0.show(screen.clone());
        self.1.send(screen).unwrap_or(());
    }

    fn word(&self, slip: Box<visit::Receipt>, then: Then) {
        self.0.word(slip, then);
    }

    fn quit(&self) {
        self.0.quit();
    }
}

#[test]
fn the_window_words_the_slip_and_keeps_nothing() {
    i_slint_backend_testing::init_integration_test_with_system_time();
    let central = StandIn::start();
    let parts = Parts::new(&central.address());
    std::fs::write(&parts.config.central.enrolment, central.ticket("hall-1")).expect("writable");
    let mut ui = None;
    let mut bench = parts.open_on(Clock::system(), nobody(), |sender, inbox| {
        let press = move |event| inbox.send(Event::Ui(event));
        let window = ui.insert(Ui::new(press, false, 3.2).expect("a window"));
        Overheard(window.handle(), sender)
    });
    let ui = ui.expect("made above");
    let resident = std::thread::spawn(move || {
        bench.wait_until_well();
        bench.lay_card("resident-a");
        bench.wait_for_records();
        bench.press(UiEvent::Print);
        let printed = Body::Slip { outcome: PrintOutcome::Printed };
        bench.wait("printed", |screen| screen.body == printed);
        let slips = bench.slips(1);
        bench.press(UiEvent::End);
        bench.wait_for_home();
        bench.close().expect("in order");
        slips
    });
    ui.run().expect("an event loop");
    let slips = resident.join().expect("no complaints");
    for text in ["YL2026-000123", "639***********0244", "王*兰", "河湾镇民政办"] {
        assert!(slips[0].contains(text), "{text} is not on {:?}", slips[0]);
    }
    assert!(ui.holds_nothing_personal());
}
