//! An application as its own people may see it.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Category, Fen, Programme, Stage, Status, Text, Unit};

/// One application of the visiting resident's household.
///
/// `grant_fen`, `members` and `payments` are present only in a visit of level
/// [`Full`](crate::VisitLevel::Full) (design: who may see what).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Application {
    /// 受理编号, printed on the acceptance slip.
    pub tracking_number: String,
    /// What is applied for.
    pub programme: Programme,
    /// Category confirmed or sought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// Applicant's name, masked (`张*三`).
    pub applicant: String,
    /// Day of submission.
    pub submitted_on: Date,
    /// Standing as a whole.
    pub status: Status,
    /// The way it goes, in order; exactly one step is [`StepState::Current`] while on its way.
    pub steps: Vec<Step>,
    /// What happens next and what the applicant must do or bring.
    pub next: Text,
    /// Office that holds the application now.
    pub office: Office,
    /// The decision, once made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// Monthly or single grant in 分.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_fen: Option<Fen>,
    /// Household members covered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<HouseholdMember>,
    /// Payments made, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<Payment>,
}

impl Application {
    /// The step the application is at, if it is on its way.
    #[must_use]
    pub fn current_step(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.state == StepState::Current)
    }
}

impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Application").field("programme", &self.programme).finish_non_exhaustive()
    }
}

/// A station and where the application is with regard to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Step {
    /// Which station.
    pub stage: Stage,
    /// Passed, here, or ahead.
    pub state: StepState,
    /// Day it was passed, or begun if it is the current one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Legal limit of the current or a coming step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
}

/// Where the application is with regard to a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Passed.
    Done,
    /// Here.
    Current,
    /// Ahead.
    Coming,
}

/// A legal time limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Deadline {
    /// What must have happened by then.
    pub binds: Binds,
    /// Number of days the rule gives.
    pub days: u16,
    /// How they count.
    pub unit: Unit,
    /// Last lawful day; absent beyond the last published year of the State Council calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Days past `due` in `unit`; 0 while in time.
    pub overdue_days: u16,
    /// The rule it comes from.
    pub article: Article,
}

/// What a legal time limit demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Binds {
    /// The step must have begun.
    Begin,
    /// The step must be done.
    FinishStep,
    /// The whole procedure up to the decision must be done.
    FinishAll,
}

/// A place in a law or ministry rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Article {
    /// Title of the instrument, e.g. 最低生活保障审核确认办法.
    pub instrument: String,
    /// Article as cited, e.g. 第十四条.
    pub article: String,
}

/// An office residents can go to or call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Office {
    /// Stable id.
    pub id: String,
    /// Code of the county (6 digits) or town (9) it serves.
    pub area: String,
    /// Straight distance from the hall in metres, where both places are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<u32>,
    /// Name.
    pub name: Text,
    /// Street address.
    pub address: Text,
    /// Telephone as printed.
    pub phone: String,
    /// Opening hours.
    pub hours: Text,
}

/// What was decided.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Decision {
    /// Which way.
    pub outcome: DecisionOutcome,
    /// Day of the decision.
    pub decided_on: Date,
    /// The reason in plain words.
    pub reason: Text,
    /// The articles it rests on.
    pub articles: Vec<Article>,
    /// Where to object (社会救助法 art. 76).
    pub remedies: Vec<Remedy>,
}

impl fmt::Debug for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decision").field("outcome", &self.outcome).finish_non_exhaustive()
    }
}

/// Which way a decision went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecisionOutcome {
    /// 予以确认.
    Granted,
    /// 不予确认.
    Refused,
    /// 停止救助.
    Stopped,
}

/// A way to object to a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Remedy {
    /// 行政复议 or 行政诉讼, in words.
    pub way: Text,
    /// Which body receives it.
    pub body: Text,
    /// Last day to lodge it, counted from notification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The rule it comes from.
    pub article: Article,
}

/// A covered household member.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HouseholdMember {
    /// Masked name.
    pub name: String,
    /// Relation to the applicant, e.g. 配偶.
    pub relation: String,
}

impl fmt::Debug for HouseholdMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HouseholdMember(..)")
    }
}

/// A payment made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Payment {
    /// Day of payment.
    pub paid_on: Date,
    /// Amount in 分.
    pub amount_fen: Fen,
    /// What it was for, e.g. 2026年10月低保金.
    pub purpose: Text,
}

impl fmt::Debug for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Payment(..)")
    }
}
