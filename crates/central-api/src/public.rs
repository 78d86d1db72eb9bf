//! What anyone may read: policies and public notices.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Article, Fen, Programme, Text};

/// A programme in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PolicySummary {
    /// Which programme.
    pub programme: Programme,
    /// Its name.
    pub title: Text,
    /// Who qualifies, in one or two sentences.
    pub who: Text,
    /// What is given.
    pub what: Text,
    /// Where and how to apply.
    pub how: Text,
    /// Telephone for questions.
    pub phone: String,
    /// Legal basis.
    pub articles: Vec<Article>,
}

/// 公示 before a decision, or 公布 of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
