//! The public services and complaints before the true central, with its sample county.

use std::sync::Arc;
use std::sync::mpsc::channel;

use central_api::ComplaintState;
use kiosk::app::Step;
use visit::{Body, Device, NoticePart, Screen, Service, UiEvent};

use crate::bench::{Bench, LIMIT, Parts, is_unwell};
use crate::complaints::file;
use crate::true_central::TrueCentral;

fn policies(screen: &Screen) -> usize {
    match &screen.body {
        Body::Policies(view) => view.found.len(),
        _ => 0,
    }
}

fn standards(screen: &Screen) -> usize {
    match &screen.body {
        Body::Notices(view) if view.part == NoticePart::Standards => view.standards.len(),
        _ => 0,
    }
}

fn read_all(bench: &mut Bench) -> (usize, usize) {
    bench.press(UiEvent::Open(Service::Policies));
    let policies = policies(&bench.wait("policies", |screen| policies(screen) > 0));
    bench.press(UiEvent::Home);
    bench.press(UiEvent::Open(Service::Notices));
    bench.wait(
        "notices",
        |screen| matches!(&screen.body, Body::Notices(view) if view.notices.is_some()),
    );
    bench.press(UiEvent::Show(NoticePart::Standards));
    let standards = standards(&bench.wait("standards", |screen| standards(screen) > 0));
    bench.press(UiEvent::Home);
    bench.press(UiEvent::Open(Service::Complaints));
    bench.wait("the hall", |screen| {
        matches!(&screen.body, Body::Complaints(Some(hall)) if hall.complaint_routes.len() == 4)
    });
    bench.press(UiEvent::Home);
    bench.wait_for_home();
    (policies, standards)
}

#[test]
fn a_county_read_online_is_read_offline() {
    let mut central = TrueCentral::start(&[]);
    let mut bench = central.kiosk();
    let online = read_all(&mut bench);
    let parts = bench.off();
    central.end();
    let mut bench = parts.open();
    assert_eq!(read_all(&mut bench), online);
    bench.wait("central told as failed", |screen| is_unwell(screen, Device::Central));
}

#[test]
fn a_complaint_is_kept_by_central_and_found_by_its_receipt() {
    let central = TrueCentral::start(&[]);
    let parts = Parts::new(&central.address);
    std::fs::write(&parts.config.central.enrolment, &central.ticket).expect("writable");
    let (sender, gone) = channel();
    let mut bench = parts.open_watched(Arc::new(move |step| {
        if step == Step::Gone {
            sender.send(()).unwrap_or(());
        }
    }));
    bench.wait_until_well();
    for signed in [true, false] {
        let receipt = file(&mut bench, "窗口没有人,等了一上午。", signed);
        gone.recv_timeout(LIMIT).expect("central keeps it");
        bench.press(UiEvent::Open(Service::Complaints));
        bench.press(UiEvent::AskStanding);
        bench.type_in(&receipt.tracking_number);
        bench.press(UiEvent::Submit);
        bench.type_in(&receipt.query_code);
        bench.press(UiEvent::Submit);
        let screen = bench.wait("its standing", |screen| matches!(screen.body, Body::Standing(_)));
        let Body::Standing(view) = screen.body else { unreachable!("waited for") };
        assert_eq!(view.standing.state, ComplaintState::Received);
        bench.press(UiEvent::Home);
        bench.wait_for_home();
    }
}
