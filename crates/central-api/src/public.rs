//! What anyone may read: policies, standards, the use of funds, public notices.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Article, Category, Fen, Programme, Stage, Text, Unit};

/// What a policy page or a standard is about: who is helped (社会救助法 art. 13) or what help is given
/// (art. 15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A group of people.
    Category(Category),
    /// A kind of help.
    Programme(Programme),
}

/// A category or programme in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Policy {
    /// Stable id.
    pub id: String,
    /// What it is about.
    pub about: Subject,
    /// Its name.
    pub title: Text,
    /// One sentence for a list.
    pub summary: Text,
    /// Who qualifies, one condition an entry.
    pub who: Vec<Text>,
    /// What is given, one thing an entry.
    pub what: Vec<Text>,
    /// Papers to bring.
    pub papers: Vec<Paper>,
    /// How to apply, in order.
    pub steps: Vec<PolicyStep>,
    /// Where to apply, in one sentence.
    pub place: Text,
    /// Telephone for questions.
    pub phone: String,
    /// Legal basis.
    pub articles: Vec<Article>,
    /// What people call it besides its title (吃低保, 五保); for the search only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_called: Vec<String>,
}

/// A paper to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Paper {
    /// What it is called.
    pub name: Text,
    /// Who needs it or what to know about it, e.g. 有残疾的人才需要.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A step of an application, from the applicant's side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PolicyStep {
    /// The station of an application it corresponds to, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Its name in plain words.
    pub title: Text,
    /// What happens and what to do.
    pub what: Text,
    /// Where to go, if anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    /// What to bring, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bring: Option<Text>,
    /// How long it may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<DayLimit>,
}

/// A number of days a rule gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DayLimit {
    /// Days.
    pub days: u16,
    /// How they count.
    pub unit: Unit,
    /// The rule it comes from.
    pub article: Article,
}

/// A figure of an area: how much, for whom, from when to when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Standard {
    /// Stable id.
    pub id: String,
    /// What it is about.
    pub about: Subject,
    /// Its name, e.g. 城市低保标准.
    pub name: Text,
    /// The area it holds for, in words.
    pub area_name: Text,
    /// The figure.
    pub value: Value,
    /// What the figure is counted by, e.g. 每人每月; empty if nothing.
    pub per: Text,
    /// First day it holds.
    pub from: Date,
    /// Last day it holds; none while it holds until changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The document that sets it.
    pub source: Text,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Money in 分.
    Money(Fen),
    /// A share in percent.
    Percent(u16),
    /// Something that is neither.
    Words(Text),
}

/// How funds or goods were used over a period (社会救助法 art. 67).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FundUse {
    /// Stable id.
    pub id: String,
    /// Title, e.g. 2026年第三季度社会救助资金使用情况.
    pub title: Text,
    /// First day of the period.
    pub from: Date,
    /// Last day of the period.
    pub until: Date,
    /// Day it was made public.
    pub published_on: Date,
    /// Lines of the table.
    pub rows: Vec<FundRow>,
    /// Who is answerable for the figures.
    pub source: Text,
    /// The rule that orders it.
    pub article: Article,
}

/// A line of a [`FundUse`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FundRow {
    /// What was given, e.g. 城市低保金 or 棉被.
    pub item: Text,
    /// Households helped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households: Option<u32>,
    /// Persons helped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persons: Option<u32>,
    /// Money spent, in 分.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_fen: Option<Fen>,
    /// Goods given, e.g. 320床.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Text>,
}

/// 公示 before a decision, or 公布 of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// 公示: 7 days before the decision (最低生活保障审核确认办法 art. 19).
    Publicity,
    /// 公布: of a decision (最低生活保障审核确认办法 art. 24, 社会救助法 art. 45).
    Announcement,
}

/// A public notice; only whitelisted fields, names masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Notice {
    /// Stable id.
    pub id: String,
    /// 公示 or 公布.
    pub kind: NoticeKind,
    /// Programme concerned.
    pub programme: Programme,
    /// Town or street, in words; what the list is filtered by.
    pub town: Text,
    /// Village or community, in words.
    pub place: Text,
    /// Masked applicant name (`张*三`).
    pub applicant: String,
    /// Number of household members.
    pub member_count: u8,
    /// Monthly amount in 分; only in 公布.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_fen: Option<Fen>,
    /// First day shown.
    pub from: Date,
    /// Last day shown.
    pub until: Date,
    /// The rule that orders it.
    pub article: Article,
}

/// `GET /v1/notices?since=CURSOR`: what changed since then, oldest change first.
///
/// Notices that begin later are among them, so that a kiosk can show them on their day without a
/// network; those that have ended are not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NoticePage {
    /// The cursor was not known here: forget all notices held, this is the first page of all.
    pub anew: bool,
    /// New and changed notices.
    pub notices: Vec<Notice>,
    /// Ids of notices taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<String>,
    /// Where to go on from.
    pub next: String,
    /// Whether there is more at once.
    pub more: bool,
}
