//! A session, a clock under control, and invented people.

use std::sync::Arc;
use std::time::Duration;

use central_api::{
    Application, Article, ComplaintKind, ComplaintStanding, ComplaintState, KioskHall, Notice,
    NoticeKind, Office, Paper, Policy, PolicyStep, Programme, SealKey, Stage, Status, Step,
    StepState, Subject, Text, VisitLevel,
};
use id_number::IdNumber;
use jiff::civil::{Date, date};
use visit::{
    Action, Body, CardEvent, CardFacts, CentralEvent, Event, Now, PublicContent, Session, Settings,
    Trust, UiEvent, VisitId,
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
    let applications = vec![application(visit); count];
    Event::Central(CentralEvent::Released { visit, level: VisitLevel::Full, applications })
}

/// Everything in it tells whose visit it was released to.
fn application(visit: VisitId) -> Application {
    Application {
        tracking_number: format!("visit-{}", visit.0),
        programme: Programme::Dibao,
        category: None,
        applicant: format!("of-visit-{}", visit.0),
        submitted_on: date(2026, 11, 2),
        status: Status::InProgress,
        steps: vec![Step {
            stage: Stage::Publicity,
            state: StepState::Current,
            on: Some(date(2026, 11, 20)),
            deadline: None,
        }],
        next: Text::zh("公示七天"),
        office: office("hw", "河湾镇人民政府"),
        decision: None,
        grant_fen: None,
        members: Vec::new(),
        payments: Vec::new(),
    }
}

pub(crate) fn office(id: &str, name: &str) -> Office {
    Office {
        id: id.to_owned(),
        area: "639926101".to_owned(),
        distance_m: None,
        name: Text::zh(name),
        address: Text::zh("河湾镇"),
        phone: "0979-8000001".to_owned(),
        hours: Text::zh("工作日"),
    }
}

pub(crate) fn hall() -> PublicContent {
    PublicContent::Hall(Arc::new(KioskHall {
        name: Text::zh("云岭县民政服务大厅"),
        offices: vec![office("yl", "云岭县民政局"), office("hw", "河湾镇人民政府")],
        complaint_routes: Vec::new(),
        seal_key: SealKey {
            id: "k1".to_owned(),
            algorithm: "none".to_owned(),
            public_key: String::new(),
        },
    }))
}

pub(crate) fn policies() -> PublicContent {
    let article =
        || Article { instrument: "社会救助法".into(), article: "第十八条".into() };
    let policy = |id: &str, programme, title: &str| Policy {
        id: id.to_owned(),
        about: Subject::Programme(programme),
        title: Text::zh(title),
        summary: Text::zh("一句话"),
        who: vec![Text::zh("人均收入低于标准的家庭")],
        what: vec![Text::zh("按月补差额")],
        papers: vec![Paper { name: Text::zh("身份证"), note: None }],
        steps: vec![PolicyStep {
            stage: Some(Stage::Publicity),
            title: Text::zh("公示七天"),
            what: Text::zh("在村里张贴"),
            place: None,
            bring: None,
            limit: None,
        }],
        place: Text::zh("户籍所在乡镇"),
        phone: "0979-8000001".to_owned(),
        articles: vec![article()],
        also_called: Vec::new(),
    };
    PublicContent::Policies(Arc::new(vec![
        policy("policy-dibao", Programme::Dibao, "最低生活保障"),
        policy("policy-temporary", Programme::Temporary, "临时救助"),
    ]))
}

/// A notice shown from one day to another.
pub(crate) fn notice(id: &str, town: &str, kind: NoticeKind, from: Date, until: Date) -> Notice {
    Notice {
        id: id.to_owned(),
        kind,
        programme: Programme::Dibao,
        town: Text::zh(town),
        place: Text::zh("东沟村"),
        applicant: "王*兰".to_owned(),
        member_count: 2,
        amount_fen: None,
        from,
        until,
        article: Article {
            instrument: "最低生活保障审核确认办法".into(),
            article: "第十九条".into(),
        },
    }
}

pub(crate) fn standing(visit: VisitId) -> Event {
    let standing = ComplaintStanding {
        tracking_number: "7K3M9QTX2B".to_owned(),
        kind: ComplaintKind::Complaint,
        received_on: date(2026, 11, 20),
        state: ComplaintState::Received,
        office: None,
        receiver: Text::zh("云岭县民政局"),
        deadline: None,
        reply: None,
    };
    Event::Central(CentralEvent::Standing { visit, standing: Box::new(standing) })
}
