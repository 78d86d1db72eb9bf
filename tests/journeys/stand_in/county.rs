//! What the stand-in knows: a hall, a few notices, and the complaints it was given.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use central_api::{
    Application, Article, Complaint, ComplaintKind, ComplaintRoute, ComplaintStanding,
    ComplaintState, FundUse, KioskHall, Notice, NoticeKind, NoticePage, Office, Policy,
    ProblemCode, Programme, ReplyQuestion, SealedComplaint, Standard, Status, Subject, Text, Value,
};
use complaint_seal::KeyPair;
use jiff::civil::{Date, date};

/// How an answer is spoilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lie {
    /// JSON of another shape.
    WrongTypes,
    /// Status 500 with words.
    Broken,
    /// Less than was promised.
    Truncated,
    /// Two megabytes of anything.
    Garbage,
    /// Nothing at all.
    Silence,
    /// Pages that lead to themselves; anything else is empty.
    Circle,
}

impl Lie {
    pub(crate) const ALL: [Self; 6] = [
        Self::WrongTypes,
        Self::Broken,
        Self::Truncated,
        Self::Garbage,
        Self::Silence,
        Self::Circle,
    ];
}

/// What the stand-in knows.
pub(crate) struct County {
    pub(crate) hall: KioskHall,
    pub(crate) policies: Vec<Policy>,
    pub(crate) standards: Vec<Standard>,
    pub(crate) funds: Vec<FundUse>,
    /// In the order in which they changed: a notice, or the id of one taken back.
    pub(crate) changes: Vec<Result<Notice, String>>,
    /// Most changes of a page.
    pub(crate) page: usize,
    /// A cursor of another name is not known.
    pub(crate) cursors: &'static str,
    /// What spoils all public content.
    pub(crate) lie: Option<Lie>,
    /// What the `Date` header says; none if there is none.
    pub(crate) date: Option<&'static str>,
    /// Complaints as they came, repeated ones too.
    pub(crate) complaints: Vec<SealedComplaint>,
    /// How complaints are refused; none if they are taken.
    pub(crate) refuses_complaints: Option<(u16, ProblemCode)>,
    pub(crate) keys: KeyPair,
}

impl County {
    pub(super) fn new() -> Self {
        let keys = KeyPair::generate();
        let kinds = [
            ComplaintKind::Question,
            ComplaintKind::Complaint,
            ComplaintKind::Petition,
            ComplaintKind::Accusation,
        ];
        let hall = KioskHall {
            name: Text::zh("云岭县政务服务大厅"),
            offices: vec![office()],
            complaint_routes: kinds.map(route).to_vec(),
            seal_key: keys.public(),
        };
        Self {
            hall,
            policies: vec![policy()],
            standards: vec![standard()],
            funds: Vec::new(),
            changes: vec![Ok(notice("n1", date(2026, 11, 20), date(2099, 12, 31)))],
            page: 1000,
            cursors: "c",
            lie: None,
            date: None,
            complaints: Vec::new(),
            refuses_complaints: None,
            keys,
        }
    }

    /// What was written, each once, in the order of arrival.
    pub(crate) fn opened(&self) -> Vec<Complaint> {
        let mut seen: HashMap<&str, &SealedComplaint> = HashMap::new();
        let mut opened = Vec::new();
        for sealed in &self.complaints {
            match seen.insert(&sealed.id, sealed) {
                None => opened.push(complaint_seal::open(&self.keys, sealed).expect("a seal")),
                Some(before) => assert_eq!(before, sealed, "the same id is the same complaint"),
            }
        }
        opened
    }

    /// Public content as JSON, if there is such a path.
    pub(super) fn content(&self, path: &str, query: &str) -> Option<Vec<u8>> {
        let json = match path {
            "hall" => serde_json::to_vec(&self.hall),
            "policies" => serde_json::to_vec(&self.policies),
            "standards" => serde_json::to_vec(&self.standards),
            "funds" => serde_json::to_vec(&self.funds),
            "notices" => serde_json::to_vec(&self.page(query)),
            _ => return None,
        };
        Some(json.expect("plain data"))
    }

    fn page(&self, query: &str) -> NoticePage {
        let cursor = query.split('&').find_map(|pair| pair.strip_prefix("since="));
        let known = cursor.and_then(|cursor| cursor.strip_prefix(self.cursors));
        let start = known.and_then(|place| place.parse::<usize>().ok());
        let begin = start.unwrap_or(0).min(self.changes.len());
        let end = (begin + self.page).min(self.changes.len());
        let mut page = NoticePage {
            anew: start.is_none(),
            notices: Vec::new(),
            withdrawn: Vec::new(),
            next: format!("{}{end}", self.cursors),
            more: end < self.changes.len(),
        };
        for change in &self.changes[begin..end] {
            match change {
                Ok(notice) => page.notices.push(notice.clone()),
                Err(id) => page.withdrawn.push(id.clone()),
            }
        }
        page
    }

    /// How a complaint stands, if number and code belong together.
    pub(super) fn standing(&self, question: &ReplyQuestion) -> Option<ComplaintStanding> {
        let ReplyQuestion { tracking_number, query_code } = question;
        let hash = complaint_seal::code_hash(tracking_number, query_code);
        let found = self.opened().into_iter().find(|complaint| complaint.code_hash == hash)?;
        Some(ComplaintStanding {
            tracking_number: found.tracking_number.clone(),
            kind: found.kind,
            received_on: date(2026, 11, 23),
            state: ComplaintState::Received,
            office: None,
            receiver: Text::zh("县民政局"),
            deadline: None,
            reply: None,
        })
    }
}

/// An entity tag of these bytes.
pub(super) fn tag(body: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

pub(crate) fn notice(id: &str, from: Date, until: Date) -> Notice {
    Notice {
        id: id.to_owned(),
        kind: NoticeKind::Publicity,
        programme: Programme::Dibao,
        town: Text::zh("河湾镇"),
        place: Text::zh("河湾镇东沟村"),
        applicant: "王*兰".into(),
        member_count: 3,
        amount_fen: None,
        from,
        until,
        article: article(),
    }
}

pub(super) fn application() -> Application {
    Application {
        tracking_number: "YL2026-000123".into(),
        programme: Programme::Dibao,
        category: None,
        applicant: "王*兰".into(),
        submitted_on: date(2026, 11, 2),
        status: Status::InProgress,
        steps: Vec::new(),
        next: Text::zh("公示七天,请留意本村公示栏。"),
        office: office(),
        decision: None,
        grant_fen: None,
        members: Vec::new(),
        payments: Vec::new(),
    }
}

fn office() -> Office {
    Office {
        id: "office-1".into(),
        name: Text::zh("河湾镇民政办"),
        area: "639926101".into(),
        address: Text::zh("河湾镇人民路1号"),
        phone: "0870-0000000".into(),
        hours: Text::zh("周一至周五"),
        distance_m: None,
    }
}

fn route(kind: ComplaintKind) -> ComplaintRoute {
    ComplaintRoute {
        kind,
        receiver: Text::zh("县民政局"),
        phone: "0870-0000000".into(),
        promise: Text::zh("尽快答复。"),
        accept_within: None,
        answer_within: None,
        articles: vec![article()],
    }
}

fn policy() -> Policy {
    Policy {
        id: "policy-dibao".into(),
        about: Subject::Programme(Programme::Dibao),
        title: Text::zh("最低生活保障"),
        summary: Text::zh("按月发放低保金。"),
        who: Vec::new(),
        what: Vec::new(),
        papers: Vec::new(),
        steps: Vec::new(),
        place: Text::zh("乡镇窗口"),
        phone: "0870-0000000".into(),
        articles: vec![article()],
        also_called: vec!["吃低保".into()],
    }
}

fn standard() -> Standard {
    Standard {
        id: "std-1".into(),
        about: Subject::Programme(Programme::Dibao),
        name: Text::zh("城市低保标准"),
        area_name: Text::zh("云岭县"),
        value: Value::Words(Text::zh("见公告")),
        per: Text::zh(""),
        from: date(2026, 1, 1),
        until: None,
        source: Text::zh("县政府公告"),
    }
}

fn article() -> Article {
    Article {
        instrument: "中华人民共和国社会救助法".into(), article: "第四十五条".into()
    }
}
