//! What anyone may read: found, narrowed, shown on its days whatever the clock says.

use std::sync::Arc;
use std::time::Duration;

use crate::bench::{Bench, notice, now, policies};
use central_api::NoticeKind::{Announcement, Publicity};
use jiff::civil::{Date, date};
use visit::{
    Action, Body, CentralEvent, Event, Key, Narrowing, NoticePart, Options, PublicContent, Service,
    UiEvent,
};

fn with_notices() -> Bench {
    let mut bench = Bench::new();
    let (first, last) = (date(2026, 11, 20), date(2026, 11, 26));
    let notices = vec![
        notice("begins-later", "石桥镇", Publicity, date(2026, 11, 24), date(2026, 11, 30)),
        notice("river", "河湾镇", Publicity, first, last),
        notice("bridge", "石桥镇", Announcement, date(2026, 10, 1), date(2027, 9, 30)),
        notice("ends-today", "河湾镇", Publicity, date(2026, 11, 17), date(2026, 11, 23)),
        notice("is-over", "河湾镇", Publicity, date(2026, 11, 1), date(2026, 11, 7)),
    ];
    bench.on(Event::Central(CentralEvent::Public(PublicContent::Notices(Arc::new(notices)))));
    bench.press(UiEvent::Open(Service::Notices));
    bench
}

fn shown(bench: &Bench) -> Vec<String> {
    let Body::Notices(view) = bench.body() else { panic!("the list") };
    let notices = view.notices.expect("there are some");
    view.found.iter().map(|&place| notices[place].id.clone()).collect()
}

fn time(bench: &mut Bench, day: Date, hour: i8, fresh: bool) {
    let civil = day.at(hour, 59, 30, 0);
    bench.on(Event::Central(CentralEvent::Time { civil, fresh }));
}

#[test]
fn notices_appear_and_disappear_on_their_days_by_themselves() {
    let mut bench = with_notices();
    assert_eq!(shown(&bench), ["river", "bridge", "ends-today"]);
    time(&mut bench, date(2026, 11, 23), 23, true);
    bench.pass(Duration::from_secs(29));
    assert_eq!(shown(&bench), ["river", "bridge", "ends-today"]);
    bench.pass(Duration::from_secs(2));
    assert_eq!(shown(&bench), ["begins-later", "river", "bridge"], "midnight passed");
}

#[test]
fn a_notice_on_the_screen_at_its_last_midnight_goes_too() {
    let mut bench = with_notices();
    time(&mut bench, date(2026, 11, 23), 23, true);
    bench.press(UiEvent::Choose(2));
    assert!(matches!(bench.body(), Body::Notice(view) if view.days_left == 0));
    bench.pass(Duration::from_secs(31));
    assert_eq!(shown(&bench), ["begins-later", "river", "bridge"]);
}

#[test]
fn before_the_first_contact_the_last_trusted_time_decides_whatever_the_wall_clock_says() {
    let mut bench = with_notices();
    time(&mut bench, date(2026, 11, 6), 9, false);
    assert_eq!(shown(&bench), ["bridge", "is-over"]);
    for wall in [date(1970, 1, 1), date(2031, 1, 1)] {
        let mut jumped = now(bench.uptime);
        jumped.civil = wall.at(0, 0, 0, 0);
        bench.session.on(Event::Tick, jumped);
        assert_eq!(shown(&bench), ["bridge", "is-over"], "a clock that jumped to {wall}");
    }
    time(&mut bench, date(2026, 11, 25), 9, true);
    assert_eq!(shown(&bench), ["begins-later", "river", "bridge"]);
    time(&mut bench, date(2026, 11, 6), 9, false);
    assert_eq!(shown(&bench), ["begins-later", "river", "bridge"], "the older word counts no more");
}

#[test]
fn spring_festival_is_a_day_like_any_other_for_what_is_posted() {
    let mut bench = Bench::new();
    // 2027-02-06 is the first day of the year of the goat.
    let posted = notice("n", "河湾镇", Publicity, date(2027, 2, 1), date(2027, 2, 7));
    bench.on(Event::Central(CentralEvent::Public(PublicContent::Notices(Arc::new(vec![posted])))));
    bench.press(UiEvent::Open(Service::Notices));
    for (day, there) in [(31, false), (1, true), (6, true), (7, true), (8, false)] {
        let month = if day == 31 { 1 } else { 2 };
        time(&mut bench, date(2027, month, day), 12, true);
        assert_eq!(!shown(&bench).is_empty(), there, "day {day}");
    }
}

#[test]
fn the_list_is_narrowed_by_what_occurs_in_it() {
    let mut bench = with_notices();
    bench.press(UiEvent::Narrow(Narrowing::Town));
    let Body::Choices(view) = bench.body() else { panic!("the towns") };
    assert_eq!(view.options, Options::Towns(vec!["河湾镇".to_owned(), "石桥镇".to_owned()]));
    assert_eq!(view.chosen, 0);
    bench.press(UiEvent::Choose(1));
    assert_eq!(shown(&bench), ["river", "ends-today"]);
    bench.press(UiEvent::Narrow(Narrowing::Month));
    let Body::Choices(view) = bench.body() else { panic!("the months") };
    assert_eq!(view.options, Options::Months(vec![(2026, 11), (2026, 10)]));
    bench.press(UiEvent::Choose(2));
    assert_eq!(shown(&bench), Vec::<String>::new());
    bench.press(UiEvent::Narrow(Narrowing::Town));
    bench.press(UiEvent::Choose(0));
    assert_eq!(shown(&bench), ["bridge"]);
    bench.press(UiEvent::Narrow(Narrowing::Kind));
    bench.press(UiEvent::Back);
    assert_eq!(shown(&bench), ["bridge"], "going back narrows nothing");
    bench.press(UiEvent::Choose(0));
    bench.press(UiEvent::Back);
    assert_eq!(shown(&bench), ["bridge"], "the list keeps its narrowing");
    bench.press(UiEvent::Show(NoticePart::Standards));
    assert!(matches!(bench.body(), Body::Notices(view) if view.notices.is_none()));
}

#[test]
fn a_search_narrows_with_every_key_and_goes_with_the_list() {
    let mut bench = Bench::new();
    bench.on(Event::Central(CentralEvent::Public(policies())));
    bench.press(UiEvent::Open(Service::Policies));
    let found = |bench: &Bench| match bench.body() {
        Body::Policies(view) => (view.found, view.query),
        _ => panic!("the list"),
    };
    assert_eq!(found(&bench), (vec![0, 1], None));
    bench.press(UiEvent::Key(Key::Letter('l')));
    assert_eq!(found(&bench), (vec![0, 1], None), "the keys are hidden");
    bench.press(UiEvent::Search);
    for letter in "linshi".chars() {
        bench.press(UiEvent::Key(Key::Letter(letter)));
    }
    assert_eq!(found(&bench), (vec![1], Some("linshi".to_owned())));
    bench.press(UiEvent::Choose(0));
    assert!(matches!(bench.body(), Body::Policy(view) if view.policy.id == "policy-temporary"));
    bench.press(UiEvent::Back);
    assert_eq!(found(&bench), (vec![1], Some("linshi".to_owned())), "the list keeps its place");
    bench.press(UiEvent::Home);
    bench.press(UiEvent::Open(Service::Policies));
    assert_eq!(found(&bench), (vec![0, 1], None));
}

#[test]
fn papers_are_ticked_off_and_printed_with_their_ticks() {
    let mut bench = Bench::new();
    bench.on(Event::Central(CentralEvent::Public(policies())));
    bench.press(UiEvent::Open(Service::Policies));
    bench.press(UiEvent::Choose(0));
    let ticked = |bench: &Bench| match bench.body() {
        Body::Policy(view) => view.ticked,
        _ => panic!("the policy"),
    };
    assert_eq!(ticked(&bench), [false]);
    bench.press(UiEvent::Tick(0));
    bench.press(UiEvent::Tick(9));
    assert_eq!(ticked(&bench), [true]);
    let actions = bench.press(UiEvent::Print);
    let [Action::Print(_, receipt)] = &actions[..] else { panic!("a slip") };
    let visit::Sheet::Policy(sheet) = &receipt.what else { panic!("of the policy") };
    assert_eq!(sheet.ticked, [true]);
}

#[test]
fn what_was_missing_is_shown_as_soon_as_it_comes_and_after_a_press() {
    let mut bench = Bench::new();
    bench.press(UiEvent::Open(Service::Policies));
    bench.on(Event::Central(CentralEvent::PublicMissing(Service::Policies)));
    assert!(matches!(bench.body(), Body::Problem(_)));
    bench.on(Event::Central(CentralEvent::Public(policies())));
    assert!(matches!(bench.body(), Body::Policies(view) if view.found == [0, 1]));
}
