//! A kiosk's first day.

use std::os::unix::fs::PermissionsExt;

use visit::{Device, UiEvent};

use crate::bench::{Parts, is_unwell};
use crate::stand_in::{Manner, StandIn};

#[test]
fn a_new_kiosk_enrols_itself_once_and_keeps_its_key_to_itself() {
    let central = StandIn::start();
    let parts = Parts::new(&central.address());
    let enrolment = parts.config.central.enrolment.clone();
    let identity = parts.config.central.identity.clone();
    std::fs::write(&enrolment, central.ticket("hall-1")).expect("writable");
    let mut bench = parts.open();
    central.wait_for("POST /v1/kiosks/enrolment");
    bench.wait_until_well();
    assert!(!enrolment.exists(), "the ticket is used up");
    for file in ["key.pem", "certificate.pem", "authority.pem"] {
        let mode = std::fs::metadata(identity.join(file)).expect(file).permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
}

#[test]
fn enrolment_waits_for_central_and_the_screen_does_not() {
    let central = StandIn::start();
    central.behave(Manner::Gone);
    let parts = Parts::new(&central.address());
    std::fs::write(&parts.config.central.enrolment, central.ticket("hall-1")).expect("writable");
    let mut bench = parts.open();
    bench.wait("central told as failed", |screen| is_unwell(screen, Device::Central));
    bench.press(UiEvent::Help);
    bench.wait("help", |screen| screen.body == visit::Body::Help);
    bench.press(UiEvent::Home);
    central.behave(Manner::Good);
    bench.wait_until_well();
}

#[test]
fn a_kiosk_without_a_ticket_says_so_and_serves_what_it_can() {
    let central = StandIn::start();
    let mut bench = Parts::new(&central.address()).open();
    bench.wait("central told as failed", |screen| is_unwell(screen, Device::Central));
    bench.lay_card("resident-a");
    bench.wait_for_problem("CENTRAL-KIOSK-REFUSED");
    bench.press(UiEvent::Home);
    bench.wait_for_home();
}

#[test]
fn another_kiosks_ticket_is_not_used() {
    let central = StandIn::start();
    let parts = Parts::new(&central.address());
    let enrolment = parts.config.central.enrolment.clone();
    std::fs::write(&enrolment, central.ticket("hall-2")).expect("writable");
    let mut bench = parts.open();
    bench.wait("central told as failed", |screen| is_unwell(screen, Device::Central));
    assert!(enrolment.exists());
    bench.close().expect("in order");
}
