//! What the county makes known.

use central_api::{NoticeKind, Programme, Stage, Subject, Unit};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    domain::procedure::{Binds, CountsFrom},
    import::values::{
        AreaCode, ArticleRef, Day, FullName, Id, Languages, Limit, PerhapsEmpty, Phone, Words,
    },
};

/// A time limit an area adds to the national ones.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct TimeLimit {
    pub(in crate::import) id: Id,
    pub(in crate::import) area: AreaCode,
    pub(in crate::import) programme: Programme,
    pub(in crate::import) stage: Stage,
    pub(in crate::import) binds: Binds,
    pub(in crate::import) counts_from: CountsFrom,
    #[schemars(range(min = 1, max = 3660))]
    pub(in crate::import) days: u16,
    pub(in crate::import) unit: Unit,
    pub(in crate::import) rule: ArticleRef,
    /// First day of submission it applies to.
    pub(in crate::import) valid_from: Day,
    /// Last day of submission it applies to.
    pub(in crate::import) valid_until: Option<Day>,
}

/// A category or programme in plain words.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct Policy {
    pub(in crate::import) id: Id,
    pub(in crate::import) area: AreaCode,
    /// Place in the list.
    pub(in crate::import) position: u16,
    pub(in crate::import) about: Subject,
    pub(in crate::import) title: Languages,
    /// One sentence for a list.
    pub(in crate::import) summary: Languages,
    /// Who qualifies, one condition an entry.
    #[schemars(length(min = 1))]
    pub(in crate::import) who: Vec<Languages>,
    /// What is given, one thing an entry.
    #[schemars(length(min = 1))]
    pub(in crate::import) what: Vec<Languages>,
    /// Papers to bring.
    pub(in crate::import) papers: Vec<Paper>,
    /// How to apply, in order.
    #[schemars(length(min = 1))]
    pub(in crate::import) steps: Vec<PolicyStep>,
    /// Where to apply, in one sentence.
    pub(in crate::import) place: Languages,
    pub(in crate::import) phone: Phone,
    #[schemars(length(min = 1))]
    pub(in crate::import) articles: Vec<ArticleRef>,
    /// What people call it besides its title; for the search only.
    #[serde(default)]
    pub(in crate::import) also_called: Vec<Words>,
}

/// A paper to bring.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct Paper {
    pub(in crate::import) name: Languages,
    /// Who needs it or what to know about it.
    pub(in crate::import) note: Option<Languages>,
}

/// A step of an application, from the applicant's side.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct PolicyStep {
    pub(in crate::import) stage: Option<Stage>,
    pub(in crate::import) title: Languages,
    pub(in crate::import) what: Languages,
    pub(in crate::import) place: Option<Languages>,
    pub(in crate::import) bring: Option<Languages>,
    pub(in crate::import) limit: Option<Limit>,
}

/// A figure of an area.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct Standard {
    pub(in crate::import) id: Id,
    pub(in crate::import) area: AreaCode,
    pub(in crate::import) about: Subject,
    pub(in crate::import) name: Languages,
    pub(in crate::import) value: Figure,
    /// What the figure is counted by, e.g. 每人每月; empty if nothing.
    pub(in crate::import) per: PerhapsEmpty,
    /// First day it holds.
    pub(in crate::import) from: Day,
    /// Last day it holds; left out while it holds until changed.
    pub(in crate::import) until: Option<Day>,
    /// The document that sets it.
    pub(in crate::import) source: Languages,
}

/// A figure: an amount in 分, a share in percent, or words.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::import) enum Figure {
    MoneyFen(i64),
    Percent(u16),
    Words(Languages),
}

/// How funds or goods were used over a period (社会救助法 art. 67).
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct FundUse {
    pub(in crate::import) id: Id,
    pub(in crate::import) area: AreaCode,
    pub(in crate::import) title: Languages,
    pub(in crate::import) from: Day,
    pub(in crate::import) until: Day,
    pub(in crate::import) published_on: Day,
    #[schemars(length(min = 1))]
    pub(in crate::import) rows: Vec<FundRow>,
    /// Who is answerable for the figures.
    pub(in crate::import) source: Languages,
    pub(in crate::import) rule: ArticleRef,
}

/// A line of it; at least one figure is there.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct FundRow {
    pub(in crate::import) item: Languages,
    pub(in crate::import) households: Option<u32>,
    pub(in crate::import) persons: Option<u32>,
    #[schemars(range(min = 0))]
    pub(in crate::import) amount_fen: Option<i64>,
    /// Goods given, e.g. 320床.
    pub(in crate::import) quantity: Option<Languages>,
}

/// 公示 or 公布. Only these fields exist; the name is masked as it is read. The town's name is kept as
/// it is when the notice is imported.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct Notice {
    pub(in crate::import) id: Id,
    /// Town (9 digits) or village (12); a notice keeps it.
    pub(in crate::import) area: AreaCode,
    pub(in crate::import) kind: NoticeKind,
    pub(in crate::import) programme: Programme,
    /// Village or community.
    pub(in crate::import) place: Languages,
    pub(in crate::import) applicant: FullName,
    #[schemars(range(min = 1))]
    pub(in crate::import) member_count: u8,
    /// Monthly amount in 分; only in 公布.
    #[schemars(range(min = 1))]
    pub(in crate::import) amount_fen: Option<i64>,
    pub(in crate::import) from: Day,
    /// Last day shown; of a 公示 for 低保 or 特困 the seventh day.
    pub(in crate::import) until: Day,
    pub(in crate::import) rule: ArticleRef,
}

/// A notice taken back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct NoticeWithdrawal {
    #[expect(dead_code, reason = "every line has an id; this one's is checked and not kept")]
    pub(in crate::import) id: Id,
    pub(in crate::import) notice: Id,
}
