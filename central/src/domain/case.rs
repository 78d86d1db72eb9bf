//! One application as the store keeps it, opened. Carries personal data; reveals nothing through
//! `Debug` and leaves only through [`release`](super::release).

use std::fmt;

use central_api::{
    Article, Category, DecisionOutcome, Fen, Office, Payment, Programme, Stage, Status, Text,
};
use jiff::civil::Date;

use super::procedure::Limit;

/// An application with everything that belongs to it.
pub(crate) struct Case {
    /// 受理编号.
    pub tracking_number: String,
    /// What is applied for.
    pub programme: Programme,
    /// Category confirmed or sought.
    pub category: Option<Category>,
    /// Whether the person who looks is the applicant, not another household member.
    pub own: bool,
    /// Applicant's full name.
    pub applicant: String,
    /// Day of submission.
    pub submitted_on: Date,
    /// Standing as a whole.
    pub status: Status,
    /// 急难型: help first, papers after (社会救助法 art. 50).
    pub urgent: bool,
    /// The total limit was lawfully extended (最低生活保障审核确认办法 art. 22).
    pub extended: bool,
    /// What the applicant must bring or do now, in words.
    pub needs: Option<Text>,
    /// What happened, in order.
    pub events: Vec<StageEvent>,
    /// Limits the area adds to the national ones.
    pub local_limits: Vec<Limit>,
    /// Office that holds the application.
    pub office: Office,
    /// Body that hears a 行政复议.
    pub review_body: Text,
    /// Court that hears a 行政诉讼.
    pub court: Text,
    /// The decision, once made.
    pub decision: Option<CaseDecision>,
    /// Monthly or single grant in 分.
    pub grant_fen: Option<Fen>,
    /// Household members covered.
    pub members: Vec<Member>,
    /// Payments made, newest first.
    pub payments: Vec<Payment>,
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case").field("programme", &self.programme).finish_non_exhaustive()
    }
}

/// A station entered, and perhaps passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StageEvent {
    /// Which station.
    pub stage: Stage,
    /// Day it was entered.
    pub began: Date,
    /// Day it was passed.
    pub done: Option<Date>,
}

/// A decision as recorded.
pub(crate) struct CaseDecision {
    /// Which way.
    pub outcome: DecisionOutcome,
    /// Day of the decision.
    pub decided_on: Date,
    /// Day the applicant was told in writing; the remedies run from here.
    pub notified_on: Option<Date>,
    /// The reason in plain words.
    pub reason: Text,
    /// The articles it rests on.
    pub articles: Vec<Article>,
}

/// A covered household member.
pub(crate) struct Member {
    /// Full name.
    pub name: String,
    /// Relation to the applicant.
    pub relation: String,
}
