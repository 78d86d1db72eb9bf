//! Any order of events: nothing of a resident outlives the visit or reaches another's screen.

use std::time::Duration;

use crate::bench::{A, B, Bench, read, released, sam};
use central_api::Evidence;
use id_number::IdNumber;
use proptest::prelude::*;
use visit::{
    Action, Body, CardEvent, CardFault, CentralEvent, CentralFault, Device, Event, Health, Key,
    PrintOutcome, Service, Trust, UiEvent, VisitId, timeouts,
};

fn any_press() -> impl Strategy<Value = Event> {
    prop::sample::select(vec![
        UiEvent::Open(Service::Progress),
        UiEvent::Open(Service::Policies),
        UiEvent::TypeNumber,
        UiEvent::Key(Key::Character('1')),
        UiEvent::Key(Key::Character('X')),
        UiEvent::Key(Key::Erase),
        UiEvent::Key(Key::Clear),
        UiEvent::Submit,
        UiEvent::Choose(0),
        UiEvent::Choose(7),
        UiEvent::Print,
        UiEvent::Retry,
        UiEvent::Back,
        UiEvent::Home,
        UiEvent::End,
        UiEvent::Help,
        UiEvent::Stay,
        UiEvent::SwitchCard(true),
        UiEvent::SwitchCard(false),
    ])
    .prop_map(Event::Ui)
}

fn any_event() -> impl Strategy<Value = Event> {
    let card = (prop::sample::select(vec![A, B]), any::<bool>())
        .prop_map(|(number, good)| read(number, if good { sam() } else { Trust::Unauthenticated }));
    let visit = (1u64..6).prop_map(VisitId);
    prop_oneof![
        6 => any_press(),
        2 => card,
        1 => Just(Event::Card(CardEvent::Seen)),
        1 => Just(Event::Card(CardEvent::Failed(CardFault::MovedTooEarly))),
        3 => (visit.clone(), 0usize..3).prop_map(|(visit, count)| released(visit, count)),
        1 => visit.clone().prop_map(|visit| {
            Event::Central(CentralEvent::Withheld { visit, fault: CentralFault::NotFound })
        }),
        1 => visit.prop_map(|visit| Event::Printed(visit, PrintOutcome::Printed)),
        1 => Just(Event::Health(Device::Printer, Health::Failed)),
        1 => Just(Event::Tick),
    ]
}

/// Whether a screen shows anything of a resident.
fn is_personal(body: &Body) -> bool {
    matches!(body, Body::Account(_) | Body::Case(_) | Body::Code(_))
        || matches!(body, Body::Number(view) if !view.typed.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn nothing_personal_outlives_the_visit(
        events in prop::collection::vec((any_event(), 0u64..40), 0..80),
    ) {
        let mut bench = Bench::new();
        let mut open = None;
        for (event, pause) in events {
            bench.uptime += Duration::from_secs(pause);
            let ends = matches!(event, Event::Ui(UiEvent::End | UiEvent::Home));
            for action in bench.on(event) {
                match action {
                    Action::OpenVisit(visit, _) => open = Some(visit),
                    Action::CloseVisit(visit) if open == Some(visit) => open = None,
                    Action::Print(visit, _) => prop_assert_eq!(open, Some(visit)),
                    _ => {}
                }
            }
            if ends {
                prop_assert!(bench.session.is_idle());
            }
            if bench.session.is_idle() {
                prop_assert!(!is_personal(&bench.body()));
                prop_assert!(bench.session.screen().overlay.is_none());
            }
            if matches!(bench.body(), Body::Account(_) | Body::Case(_)) {
                prop_assert!(open.is_some(), "records without an open visit");
            }
        }
        bench.pass(timeouts::IDLE_WARNING + timeouts::IDLE_GRACE);
        prop_assert!(bench.session.is_idle());
        prop_assert_eq!(bench.body(), Body::Home);
    }

    #[test]
    fn the_screen_holds_only_the_number_of_the_visit(
        events in prop::collection::vec(any_event(), 0..60),
    ) {
        let mut bench = Bench::new();
        let mut who: Option<String> = None;
        for event in events {
            for action in bench.on(event) {
                if let Action::OpenVisit(_, evidence) = action {
                    let number = match &evidence {
                        Evidence::AuthenticatedCard { number, .. }
                        | Evidence::UnauthenticatedCard { number, .. }
                        | Evidence::TypedNumber { number, .. } => number,
                    };
                    who = Some(IdNumber::parse(number).expect("valid").to_string());
                }
            }
            let shown = match bench.body() {
                Body::Account(view) => Some(view.number),
                Body::Case(view) => Some(view.number),
                _ => None,
            };
            if shown.is_some() {
                prop_assert_eq!(&shown, &who);
            }
        }
    }
}
