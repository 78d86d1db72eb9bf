//! Screens of what anyone may read.

use std::fmt;
use std::sync::Arc;

use central_api::{
    FundUse, Notice, NoticeKind, Office, Paper, Policy, PolicyStep, Programme, Stage, Standard,
};
use jiff::civil::{Date, DateTime};

use crate::event::{Narrowing, NoticePart};

/// How old public content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Freshness {
    /// Central does not answer now.
    pub stale: bool,
    /// When all of it was as central has it.
    pub synced: Option<DateTime>,
}

/// The list of policies.
#[derive(Clone, PartialEq, Eq)]
pub struct PoliciesView {
    /// All of them; none while the first are being fetched.
    pub policies: Option<Arc<Vec<Policy>>>,
    /// Places of those found, best first.
    pub found: Vec<usize>,
    /// What is searched for; none while the keys are hidden.
    pub query: Option<String>,
    /// How old it is.
    pub freshness: Freshness,
}

/// One policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyView {
    /// The policy.
    pub policy: Policy,
    /// What holds in this county today.
    pub standards: Vec<Standard>,
    /// Which papers are ticked off.
    pub ticked: Vec<bool>,
    /// Where to go, nearest first.
    pub offices: Vec<Office>,
    /// Whether a slip can be printed now.
    pub can_print: bool,
    /// How old it is.
    pub freshness: Freshness,
}

/// Notices, standards, or the use of funds.
#[derive(Clone, PartialEq, Eq)]
pub struct NoticesView {
    /// Which part.
    pub part: NoticePart,
    /// All notices held; none while the first are being fetched.
    pub notices: Option<Arc<Vec<Notice>>>,
    /// Places of those to show today, newest first.
    pub found: Vec<usize>,
    /// What is searched for; none while the keys are hidden.
    pub query: Option<String>,
    /// Town the list is narrowed to.
    pub town: Option<String>,
    /// Programme the list is narrowed to.
    pub programme: Option<Programme>,
    /// Kind the list is narrowed to.
    pub kind: Option<NoticeKind>,
    /// Year and month the list is narrowed to.
    pub month: Option<(i16, i8)>,
    /// Standards that hold today.
    pub standards: Vec<Standard>,
    /// The use of funds, newest first.
    pub funds: Option<Arc<Vec<FundUse>>>,
    /// How old it is.
    pub freshness: Freshness,
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeView {
    /// The notice.
    pub notice: Notice,
    /// Offices that take an objection: those of its town and the county, nearest first.
    pub offices: Vec<Office>,
    /// Last day on which it stands here, counted from today.
    pub days_left: i32,
}

/// One out of several. The first option always means all, or nothing in particular.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoicesView {
    /// What there is to choose from.
    pub options: Options,
    /// The one chosen now.
    pub chosen: usize,
}

/// What there is to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Options {
    /// Towns and streets.
    Towns(Vec<String>),
    /// Programmes.
    Programmes(Vec<Programme>),
    /// 公示 or 公布.
    Kinds(Vec<NoticeKind>),
    /// Years and months, newest first.
    Months(Vec<(i16, i8)>),
    /// What a complaint can be about.
    Subjects {
        /// Programmes.
        programmes: Vec<Programme>,
        /// Offices, after the programmes.
        offices: Vec<Office>,
    },
    /// Kinds of complaint: no first option that means all.
    ComplaintKinds(Vec<central_api::ComplaintRoute>),
}

impl Options {
    /// By what it narrows a list, if it does.
    #[must_use]
    pub fn narrowing(&self) -> Option<Narrowing> {
        Some(match self {
            Self::Towns(_) => Narrowing::Town,
            Self::Programmes(_) => Narrowing::Programme,
            Self::Kinds(_) => Narrowing::Kind,
            Self::Months(_) => Narrowing::Month,
            Self::Subjects { .. } | Self::ComplaintKinds(_) => return None,
        })
    }
}

/// What happens at a station of an application, and what to bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideView {
    /// Programme applied for.
    pub programme: Programme,
    /// Which station.
    pub stage: Stage,
    /// What is said of it; texts are empty where nothing is.
    pub step: PolicyStep,
    /// Papers, where this is a station at which they are handed in.
    pub papers: Vec<Paper>,
    /// Office that holds the application now.
    pub office: Office,
    /// Whether a slip can be printed now.
    pub can_print: bool,
}

/// What is searched for is not for the log.
macro_rules! counts_only {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let found = self.found.len();
                f.debug_struct(stringify!($name)).field("found", &found).finish_non_exhaustive()
            }
        }
    )*};
}
counts_only!(PoliciesView, NoticesView);

impl NoticesView {
    /// Days from today to a notice's last.
    pub(crate) fn days_left(notice: &Notice, today: Date) -> i32 {
        today.until(notice.until).map_or(0, |span| span.get_days())
    }
}
