//! The lines an import may hold. Their JSON Schema is published as `schema/import.schema.json`.

mod complaints;
mod public;

use central_api::{Category, DecisionOutcome, Programme, Stage, Status};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) use self::{
    complaints::{Complaint, ComplaintReply, ComplaintRoute, ComplaintSubject, ComplaintWriter},
    public::{
        Figure, FundRow, FundUse, Notice, NoticeWithdrawal, Policy, PolicyStep, Standard, TimeLimit,
    },
};
use super::values::{
    Account, AreaCode, ArticleRef, Day, FullName, Id, Languages, Number, Phone, QueryCode, Words,
};

/// One line; `type` says which.
#[derive(Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Line {
    Area(Area),
    Office(Office),
    Hall(Hall),
    Person(Person),
    Household(Household),
    Application(Application),
    Payment(Payment),
    TimeLimit(TimeLimit),
    Policy(Policy),
    Standard(Standard),
    FundUse(FundUse),
    Notice(Notice),
    NoticeWithdrawal(NoticeWithdrawal),
    ComplaintRoute(ComplaintRoute),
    Complaint(Complaint),
    ComplaintReply(ComplaintReply),
}

impl Line {
    /// Whether it goes into the file of complaints.
    pub(super) fn concerns_complaints(&self) -> bool {
        matches!(self, Self::Complaint(_) | Self::ComplaintReply(_))
    }
}

/// A county, town or village that central works for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Area {
    pub(super) code: AreaCode,
    pub(super) name: Languages,
    /// Body that hears a 行政复议 against its decisions.
    pub(super) review_body: Languages,
    /// Court that hears a 行政诉讼.
    pub(super) court: Languages,
}

/// An office residents can go to or call.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Office {
    pub(super) id: Id,
    pub(super) area: AreaCode,
    pub(super) name: Languages,
    pub(super) address: Languages,
    pub(super) phone: Phone,
    pub(super) hours: Languages,
    /// Where it stands, for the distance from a hall.
    pub(super) at: Option<Place>,
}

/// A place on the map, in degrees (WGS 84).
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    #[schemars(range(min = -90, max = 90))]
    pub(super) latitude: f64,
    #[schemars(range(min = -180, max = 180))]
    pub(super) longitude: f64,
}

/// A hall in which kiosks stand.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Hall {
    pub(super) id: Id,
    pub(super) name: Languages,
    /// The hall's own office.
    pub(super) office: Id,
    /// Areas whose policies, notices and offices it shows, each with all areas in it.
    #[schemars(length(min = 1))]
    pub(super) areas: Vec<AreaCode>,
}

/// A person; number, name, phone and account are encrypted at rest.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub(super) id: Id,
    pub(super) number: Number,
    pub(super) name: FullName,
    pub(super) phone: Option<Phone>,
    pub(super) account: Option<Account>,
    /// Code of the acceptance slip; left out, an earlier one stays. Kept as a keyed hash.
    pub(super) query_code: Option<QueryCode>,
}

/// People who live together.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Household {
    pub(super) id: Id,
    pub(super) area: AreaCode,
    #[schemars(length(min = 1))]
    pub(super) members: Vec<Member>,
}

/// One of them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Member {
    pub(super) person: Id,
    /// Relation to the applicant, e.g. 本人 or 配偶.
    pub(super) relation: Words,
}

/// An application and how far it has come.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Application {
    /// 受理编号.
    pub(super) id: Id,
    pub(super) household: Id,
    /// Person who applied; a member of the household.
    pub(super) applicant: Id,
    /// Office that holds it now.
    pub(super) office: Id,
    pub(super) programme: Programme,
    pub(super) category: Option<Category>,
    pub(super) status: Status,
    /// 急难型 (社会救助法 art. 50).
    #[serde(default)]
    pub(super) urgent: bool,
    /// The total limit was lawfully extended.
    #[serde(default)]
    pub(super) extended: bool,
    /// What the applicant must bring or do now.
    pub(super) needs: Option<Languages>,
    /// What happened, in order; the first is `submitted`.
    #[schemars(length(min = 1))]
    pub(super) stages: Vec<StageEvent>,
    pub(super) decision: Option<Decision>,
    /// Monthly or single grant in 分.
    #[schemars(range(min = 1))]
    pub(super) grant_fen: Option<i64>,
}

/// A station entered, and perhaps passed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StageEvent {
    pub(super) stage: Stage,
    pub(super) began: Day,
    pub(super) done: Option<Day>,
}

/// A decision; its reason is encrypted at rest.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    pub(super) outcome: DecisionOutcome,
    pub(super) decided_on: Day,
    /// Day of the written notice, from which the remedies run.
    pub(super) notified_on: Option<Day>,
    pub(super) reason: Languages,
    #[schemars(length(min = 1))]
    pub(super) articles: Vec<ArticleRef>,
}

/// A payment made.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Payment {
    pub(super) id: Id,
    pub(super) application: Id,
    pub(super) paid_on: Day,
    #[schemars(range(min = 1))]
    pub(super) amount_fen: i64,
    pub(super) purpose: Languages,
}
