//! The kiosk without its network: what was read online is there, with its age; the rest says so.

use jiff::civil::date;
use kiosk::app::Clock;
use visit::{Body, Device, NoticesView, Screen, Service, UiEvent};

use crate::bench::{Bench, Parts, is_unwell};
use crate::stand_in::{County, Lie, Manner, StandIn, notice};
use crate::visits::{open, open_with};

/// A kiosk whose central is as `change` makes it.
pub(crate) fn open_before(change: impl FnOnce(&mut County)) -> (Bench, StandIn) {
    let central = StandIn::start();
    change(&mut central.county());
    let parts = Parts::new(&central.address());
    std::fs::write(&parts.config.central.enrolment, central.ticket("hall-1")).expect("writable");
    let mut bench = parts.open();
    bench.wait_until_well();
    (bench, central)
}

/// Waits for the list of notices to be these, by id.
pub(crate) fn wait_for_notices(bench: &mut Bench, ids: &[&str]) -> NoticesView {
    let screen = bench.wait("these notices", |screen| shown(screen).is_some_and(|all| all == ids));
    let Body::Notices(view) = screen.body else { unreachable!("waited for") };
    view
}

fn shown(screen: &Screen) -> Option<Vec<&str>> {
    let Body::Notices(view) = &screen.body else { return None };
    let notices = view.notices.as_ref()?;
    Some(view.found.iter().map(|&place| notices[place].id.as_str()).collect())
}

/// The day by the stand-in's clock in these tests: 2026-11-23, nine in the morning.
pub(crate) const MORNING: &str = "Mon, 23 Nov 2026 01:00:00 GMT";

#[test]
fn what_was_read_online_is_there_offline_with_its_age() {
    let (mut bench, central) = open_before(|county| county.date = Some(MORNING));
    bench.press(UiEvent::Open(Service::Notices));
    wait_for_notices(&mut bench, &["n1"]);
    bench.wait(
        "its age",
        |screen| matches!(&screen.body, Body::Notices(view) if view.freshness.synced.is_some()),
    );
    central.behave(Manner::Gone);
    let mut bench = bench.off().open();
    bench.wait("central told as failed", |screen| is_unwell(screen, Device::Central));
    bench.press(UiEvent::Open(Service::Notices));
    let view = wait_for_notices(&mut bench, &["n1"]);
    assert!(view.freshness.stale);
    let synced = view.freshness.synced.expect("known");
    assert_eq!((synced.date(), synced.hour()), (date(2026, 11, 23), 9));
    bench.press(UiEvent::Home);
    bench.press(UiEvent::Open(Service::Policies));
    bench.wait(
        "policies",
        |screen| matches!(&screen.body, Body::Policies(view) if view.found.len() == 1),
    );
    bench.press(UiEvent::Home);
    bench.press(UiEvent::Open(Service::Complaints));
    bench.wait("the hall", |screen| matches!(screen.body, Body::Complaints(Some(_))));
    bench.press(UiEvent::Home);
    bench.wait_for_home();
    // What is personal is central's alone.
    bench.lay_card("resident-a");
    bench.wait_for_problem("CENTRAL-UNREACHABLE");
}

#[test]
fn a_kiosk_that_never_reached_central_says_that_it_has_nothing() {
    let central = StandIn::start();
    central.behave(Manner::Gone);
    let parts = Parts::new(&central.address());
    std::fs::write(&parts.config.central.enrolment, central.ticket("hall-1")).expect("writable");
    let mut bench = parts.open();
    for service in [Service::Policies, Service::Notices, Service::Complaints] {
        bench.press(UiEvent::Open(service));
        bench.wait_for_problem("PUBLIC-MISSING");
        bench.press(UiEvent::Home);
        bench.wait_for_home();
    }
}

#[test]
fn a_wrong_wall_clock_neither_hides_nor_revives_notices() {
    let (mut bench, central) = open_before(|county| {
        county.date = Some(MORNING);
        county.changes = vec![
            Ok(notice("runs", date(2026, 11, 20), date(2026, 11, 26))),
            Ok(notice("over", date(2026, 11, 10), date(2026, 11, 22))),
            Ok(notice("comes", date(2026, 11, 24), date(2026, 11, 30))),
        ];
    });
    bench.press(UiEvent::Open(Service::Notices));
    wait_for_notices(&mut bench, &["runs"]);
    central.behave(Manner::Gone);
    for wrong in [date(2031, 1, 1), date(1970, 1, 1), date(2026, 11, 15)] {
        let clock = Clock::with_wall(move || wrong.at(12, 0, 0, 0));
        bench = bench.off().open_at(clock);
        bench.press(UiEvent::Open(Service::Notices));
        wait_for_notices(&mut bench, &["runs"]);
    }
    // Contact: two days have passed.
    central.county().date = Some("Wed, 25 Nov 2026 01:00:00 GMT");
    central.behave(Manner::Good);
    wait_for_notices(&mut bench, &["comes", "runs"]);
}

#[test]
fn a_clock_of_central_that_was_wrong_for_a_while_costs_no_notice() {
    let (mut bench, central) = open_before(|county| {
        county.date = Some(MORNING);
        county.changes = vec![Ok(notice("runs", date(2026, 11, 20), date(2026, 11, 26)))];
    });
    bench.press(UiEvent::Open(Service::Notices));
    wait_for_notices(&mut bench, &["runs"]);
    let parts = bench.off();
    central.county().date = Some("Sat, 01 Jan 2028 01:00:00 GMT");
    let mut bench = parts.open();
    bench.press(UiEvent::Open(Service::Notices));
    wait_for_notices(&mut bench, &[]);
    let parts = bench.off();
    central.county().date = Some(MORNING);
    let mut bench = parts.open();
    bench.press(UiEvent::Open(Service::Notices));
    wait_for_notices(&mut bench, &["runs"]);
}

#[test]
fn notices_come_in_pages_change_and_are_withdrawn() {
    let changes = |ids: &[&str]| -> Vec<_> {
        let of = |id: &&str| Ok(notice(id, date(2026, 11, 20), date(2099, 1, 1)));
        ids.iter().map(of).collect()
    };
    let (mut bench, central) = open_before(|county| {
        county.date = Some(MORNING);
        county.changes = changes(&["a", "b", "c", "d", "e"]);
        county.page = 2;
    });
    bench.press(UiEvent::Open(Service::Notices));
    wait_for_notices(&mut bench, &["a", "b", "c", "d", "e"]);
    // A change while the kiosk is off: it goes on where it was.
    let parts = bench.off();
    central.county().changes.extend([Err("b".to_owned()), Err("never seen".to_owned())]);
    central.county().changes.extend(changes(&["f"]));
    let mut bench = parts.open();
    bench.press(UiEvent::Open(Service::Notices));
    wait_for_notices(&mut bench, &["a", "c", "d", "e", "f"]);
    // Central was restored from a copy: all anew.
    let parts = bench.off();
    {
        let mut county = central.county();
        county.cursors = "restored";
        county.changes = changes(&["x", "y", "z"]);
    }
    let mut bench = parts.open();
    bench.press(UiEvent::Open(Service::Notices));
    wait_for_notices(&mut bench, &["x", "y", "z"]);
}

#[test]
fn a_lying_central_changes_nothing_of_what_is_held() {
    for lie in Lie::ALL {
        let (mut bench, central) = open_with(|config| {
            config.central.answer_timeout = std::time::Duration::from_millis(300);
        });
        bench.press(UiEvent::Open(Service::Notices));
        wait_for_notices(&mut bench, &["n1"]);
        bench.press(UiEvent::Home);
        central.county().lie = Some(lie);
        bench.press(UiEvent::Open(Service::Policies));
        bench.wait("central told as failed", |screen| is_unwell(screen, Device::Central));
        bench.press(UiEvent::Home);
        bench.press(UiEvent::Open(Service::Policies));
        let has_policy =
            |screen: &Screen| matches!(&screen.body, Body::Policies(view) if view.found.len() == 1);
        bench.wait("the policy", has_policy);
        // On the disk neither.
        let mut bench = bench.off().open();
        bench.press(UiEvent::Open(Service::Policies));
        bench.wait("the policy", has_policy);
        bench.press(UiEvent::Home);
        bench.press(UiEvent::Open(Service::Complaints));
        bench.wait("the hall", |screen| matches!(screen.body, Body::Complaints(Some(_))));
        bench.press(UiEvent::Home);
        bench.press(UiEvent::Open(Service::Notices));
        wait_for_notices(&mut bench, &["n1"]);
        bench.press(UiEvent::Home);
        central.county().lie = None;
        bench.wait("central well again", |screen| !is_unwell(screen, Device::Central));
    }
}

#[test]
fn a_broken_cache_is_filled_anew() {
    let (mut bench, _central) = open();
    for garbage in [&b"not a database"[..], &[0xA5; 20_000], b"SQLite format 3\0 and so on"] {
        let parts = bench.off();
        std::fs::write(parts.config.store.directory.join("cache.db"), garbage).expect("writable");
        bench = parts.open();
        bench.press(UiEvent::Open(Service::Notices));
        wait_for_notices(&mut bench, &["n1"]);
        bench.press(UiEvent::Home);
        bench.wait_until_well();
    }
}

#[test]
fn a_disk_without_room_for_a_cache_is_told_and_content_comes_all_the_same() {
    let (bench, _central) = open();
    let parts = bench.off();
    let path = parts.config.store.directory.join("cache.db");
    std::fs::remove_file(&path).expect("closed");
    std::fs::create_dir(&path).expect("writable");
    let mut bench = parts.open();
    bench.press(UiEvent::Open(Service::Notices));
    wait_for_notices(&mut bench, &["n1"]);
    bench.wait("the disk told", |screen| is_unwell(screen, Device::Store));
}
