//! A session, a clock under control, and invented people.

use std::time::Duration;

use central_api::{Application, Office, Programme, Status, Text, VisitLevel};
use id_number::IdNumber;
use jiff::civil::date;
use visit::{
    Action, Body, CardEvent, CardFacts, CentralEvent, Event, Now, Session, Settings, Trust,
    UiEvent, VisitId,
};
use zeroize::Zeroizing;

/// The standard's own example number.
pub(crate) const A: &str = "11010519491231002X";
/// A second resident.
pub(crate) const B: &str = "110101199003071348";

/// A session under test.
pub(crate) struct Bench {
    pub(crate) session: Session,
    pub(crate) uptime: Duration,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let session = Session::new(Settings::default(), now(Duration::ZERO));
        Self { session, uptime: Duration::ZERO }
    }

    /// A visit opened by card A, with so many applications released to it.
    pub(crate) fn visiting(applications: usize) -> (Self, VisitId) {
        let mut bench = Self::new();
        let visit = opened(&bench.card(A, sam()));
        bench.on(released(visit, applications));
        (bench, visit)
    }

    pub(crate) fn on(&mut self, event: Event) -> Vec<Action> {
        self.session.on(event, now(self.uptime))
    }

    pub(crate) fn press(&mut self, event: UiEvent) -> Vec<Action> {
        self.on(Event::Ui(event))
    }

    pub(crate) fn pass(&mut self, time: Duration) -> Vec<Action> {
        self.uptime += time;
        self.on(Event::Tick)
    }

    pub(crate) fn card(&mut self, number: &str, trust: Trust) -> Vec<Action> {
        self.on(read(number, trust))
    }

    pub(crate) fn body(&self) -> Body {
        self.session.screen().body
    }
}

pub(crate) fn now(uptime: Duration) -> Now {
    let start = date(2026, 11, 23).at(9, 0, 0, 0);
    let passed = jiff::SignedDuration::try_from(uptime).expect("short");
    Now { uptime, civil: start.checked_add(passed).expect("in range") }
}

pub(crate) fn sam() -> Trust {
    Trust::Authenticated { sam_serial: "05.03-20260301-0000012345-1234567890".to_owned() }
}

pub(crate) fn read(number: &str, trust: Trust) -> Event {
    let number = IdNumber::parse(number).expect("valid");
    let name = Zeroizing::new("王秀兰".to_owned());
    Event::Card(CardEvent::Read(Box::new(CardFacts { number, name, trust })))
}

pub(crate) fn opened(actions: &[Action]) -> VisitId {
    let opened = actions.iter().find_map(|action| match action {
        Action::OpenVisit(visit, _) => Some(*visit),
        _ => None,
    });
    opened.expect("central is asked")
}

pub(crate) fn released(visit: VisitId, count: usize) -> Event {
    let applications = vec![application(); count];
    Event::Central(CentralEvent::Released { visit, level: VisitLevel::Full, applications })
}

fn application() -> Application {
    Application {
        tracking_number: "YL2026-000123".to_owned(),
        programme: Programme::Dibao,
        category: None,
        applicant: "王*兰".to_owned(),
        submitted_on: date(2026, 11, 2),
        status: Status::InProgress,
        steps: Vec::new(),
        next: Text::zh("公示七天"),
        office: Office {
            name: Text::zh("河湾镇人民政府"),
            address: Text::zh("河湾镇"),
            phone: "0979-8000001".to_owned(),
            hours: Text::zh("工作日"),
        },
        decision: None,
        grant_fen: None,
        members: Vec::new(),
        payments: Vec::new(),
    }
}
