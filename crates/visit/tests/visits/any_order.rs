//! Any order of events: nothing of a resident outlives the visit or reaches another's screen or slip.

use std::time::Duration;

use crate::bench::{A, B, Bench, hall, policies, read, released, sam, standing};
use central_api::{Application, Evidence};
use id_number::IdNumber;
use proptest::prelude::*;
use visit::{
    Action, Body, CardEvent, CardFault, CentralEvent, CentralFault, Composed, Device, Event, Filed,
    FilingFault, Health, Key, Narrowing, NoticePart, PrintOutcome, PrinterFault, Service, Sheet,
    SlipId, Trust, UiEvent, VisitId, Worded, timeouts,
};
use zeroize::Zeroizing;

fn any_press() -> impl Strategy<Value = Event> {
    let worded = Worded { about: "关于".to_owned(), text: "超期了".to_owned() };
    prop::sample::select(vec![
        UiEvent::Open(Service::Progress),
        UiEvent::Open(Service::Policies),
        UiEvent::Open(Service::Notices),
        UiEvent::Open(Service::Complaints),
        UiEvent::TypeNumber,
        UiEvent::Key(Key::Character('1')),
        UiEvent::Key(Key::Character('X')),
        UiEvent::Key(Key::Letter('a')),
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
        UiEvent::Search,
        UiEvent::Pick(0),
        UiEvent::Tick(0),
        UiEvent::Show(NoticePart::Standards),
        UiEvent::Narrow(Narrowing::Town),
        UiEvent::Guide(0),
        UiEvent::Remedies,
        UiEvent::Offices,
        UiEvent::Complain(worded),
        UiEvent::AskStanding,
        UiEvent::Sign(true),
        UiEvent::Sign(false),
    ])
    .prop_map(Event::Ui)
}

fn any_event() -> impl Strategy<Value = Event> {
    let card = (prop::sample::select(vec![A, B]), any::<bool>())
        .prop_map(|(number, good)| read(number, if good { sam() } else { Trust::Unauthenticated }));
    let visit = (1u64..9).prop_map(VisitId);
    let slip = (1u64..40).prop_map(SlipId);
    let outcome = prop::sample::select(vec![
        PrintOutcome::Printed,
        PrintOutcome::NotStarted(PrinterFault::PaperOut),
        PrintOutcome::Unknown(PrinterFault::Gone),
    ]);
    prop_oneof![
        8 => any_press(),
        2 => card,
        1 => Just(Event::Card(CardEvent::Seen)),
        1 => Just(Event::Card(CardEvent::Failed(CardFault::MovedTooEarly))),
        3 => (visit.clone(), 0usize..3).prop_map(|(visit, count)| released(visit, count)),
        1 => visit.clone().prop_map(|visit| {
            Event::Central(CentralEvent::Withheld { visit, fault: CentralFault::NotFound })
        }),
        1 => visit.clone().prop_map(standing),
        1 => (visit.clone(), any::<bool>()).prop_map(|(visit, good)| Event::Filed(visit, filed(good))),
        1 => (slip, outcome).prop_map(|(slip, outcome)| Event::Printed(slip, outcome)),
        1 => (1u64..40, any::<bool>()).prop_map(|(turn, done)| Event::Composed(composed(turn, done))),
        1 => Just(Event::Central(CentralEvent::Public(policies()))),
        1 => Just(Event::Central(CentralEvent::Public(hall()))),
        1 => Just(Event::Health(Device::Printer, Health::Failed)),
        1 => Just(Event::Tick),
    ]
}

fn filed(good: bool) -> Result<Filed, FilingFault> {
    let text = |text: &str| Zeroizing::new(text.to_owned());
    let filed = Filed { tracking_number: text("7K3M9QTX2B"), query_code: text("7K3M9QTX") };
    if good { Ok(filed) } else { Err(FilingFault::Full) }
}

fn composed(turn: u64, done: bool) -> Composed {
    let text = || Zeroizing::new("好".to_owned());
    Composed { turn, done: done.then(text), shown: text(), candidates: vec![text()] }
}

/// Whether a screen shows anything of a resident.
fn is_personal(body: &Body) -> bool {
    match body {
        Body::Account(_) | Body::Case(_) | Body::Code(_) | Body::Guide(_) | Body::Remedies(_) => {
            true
        }
        Body::Write(_) | Body::Identity(_) | Body::Review(_) | Body::Filed(_) => true,
        Body::Standing(_) => true,
        Body::Number(view) => !view.typed.is_empty(),
        Body::Entry(view) => !view.typed.is_empty(),
        _ => false,
    }
}

/// The applications on a screen.
fn applications(body: &Body) -> Vec<&Application> {
    match body {
        Body::Account(view) => view.applications.iter().collect(),
        Body::Case(view) | Body::Remedies(view) => vec![&view.application],
        _ => Vec::new(),
    }
}

/// Number and application on a slip, if it is a personal one.
fn on_slip(sheet: &Sheet) -> Option<(&String, &Application)> {
    match sheet {
        Sheet::Progress { number, application } | Sheet::Remedies { number, application } => {
            Some((number, application))
        }
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

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
                    Action::Print(_, receipt) if on_slip(&receipt.what).is_some() => {
                        prop_assert!(open.is_some(), "a personal slip without a visit");
                    }
                    // What is filed must not be tied to a visit that is still open.
                    Action::File(..) => prop_assert_eq!(open, None),
                    _ => {}
                }
            }
            // A receipt that was not printed is asked about before it goes.
            if ends && !matches!(bench.body(), Body::Filed(_)) {
                prop_assert!(bench.session.is_idle());
            }
            if bench.session.is_idle() {
                prop_assert!(!is_personal(&bench.body()));
                prop_assert!(bench.session.screen().overlay.is_none());
            }
            if !applications(&bench.body()).is_empty() {
                prop_assert!(open.is_some(), "records without an open visit");
            }
        }
        bench.pass(timeouts::IDLE_WARNING + timeouts::IDLE_GRACE);
        prop_assert!(bench.session.is_idle());
        prop_assert_eq!(bench.body(), Body::Home);
    }

    #[test]
    fn screens_and_slips_hold_only_what_was_released_to_the_open_visit(
        events in prop::collection::vec(any_event(), 0..60),
    ) {
        let mut bench = Bench::new();
        let mut who: Option<(VisitId, String)> = None;
        for event in events {
            for action in bench.on(event) {
                if let Action::OpenVisit(visit, evidence) = &action {
                    let number = match evidence {
                        Evidence::AuthenticatedCard { number, .. }
                        | Evidence::UnauthenticatedCard { number, .. }
                        | Evidence::TypedNumber { number, .. } => number,
                    };
                    who = Some((*visit, IdNumber::parse(number).expect("valid").to_string()));
                }
                if let Action::Print(_, receipt) = &action
                    && let Some((number, application)) = on_slip(&receipt.what)
                {
                    let (visit, own) = who.as_ref().expect("a visit was opened");
                    prop_assert_eq!(number, own);
                    prop_assert_eq!(&application.tracking_number, &format!("visit-{}", visit.0));
                }
            }
            let body = bench.body();
            let shown = match &body {
                Body::Account(view) => Some(&view.number),
                Body::Case(view) | Body::Remedies(view) => Some(&view.number),
                _ => None,
            };
            if let Some(number) = shown {
                prop_assert_eq!(Some(number), who.as_ref().map(|(_, own)| own));
            }
            for application in applications(&body) {
                let own = who.as_ref().map(|(visit, _)| format!("visit-{}", visit.0));
                prop_assert_eq!(Some(&application.tracking_number), own.as_ref());
            }
        }
    }
}
