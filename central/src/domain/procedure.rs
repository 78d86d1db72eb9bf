//! Stations and legal clocks of each programme, as data with their articles.
//!
//! A clock stands here only where its text was read. Not here, because the texts were not: the
//! 20-day total for delegated towns and the grounds for 45 days (notice of 2022-10-20), and every
//! local limit. An area adds those as `time_limit` lines of an import, with their own article.
//! Nor is the county's 3 days to start a 信息核对 (最低生活保障审核确认办法 art. 17): they run from
//! the town's request, a day that no record holds.

use std::borrow::Cow;

use central_api::{Binds as Demand, Programme, Stage, Unit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const DIBAO: &str = "最低生活保障审核确认办法";
const TEKUN: &str = "特困人员认定办法";

/// A station on the way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Station {
    /// Which.
    pub stage: Stage,
    /// Whether every application passes it.
    pub presence: Presence,
}

/// Which applications pass a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// All.
    Always,
    /// Only those to which it happens.
    IfItHappens,
    /// Those that came through an objection.
    AfterObjection,
}

/// A time limit, as it is shown at one station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Limit {
    /// The station.
    pub stage: Stage,
    /// What must have happened by then.
    pub binds: Binds,
    /// From when it counts.
    pub counts_from: CountsFrom,
    /// Number of days.
    pub days: u16,
    /// Number of days where it was lawfully extended.
    pub days_extended: u16,
    /// How they count.
    pub unit: Unit,
    /// Title of the instrument.
    pub instrument: Cow<'static, str>,
    /// Article.
    pub article: Cow<'static, str>,
}

/// What a limit demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Binds {
    /// That work on the station begins.
    Beginning,
    /// That the station is passed.
    Finish,
    /// That it is passed, when the decision is a refusal.
    FinishOfRefusal,
    /// That the whole procedure up to the decision is done.
    FinishAll,
    /// That the station lasts so long, as a 公示 does; once over, nobody is late by it.
    Period,
}

impl Binds {
    /// The demand as it travels.
    pub(crate) fn demand(self) -> Demand {
        match self {
            Self::Beginning => Demand::Begin,
            Self::Finish | Self::FinishOfRefusal | Self::Period => Demand::FinishStep,
            Self::FinishAll => Demand::FinishAll,
        }
    }
}

/// From when a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CountsFrom {
    /// The day the station was entered.
    Entry,
    /// The day the station before it was passed.
    StationBefore,
    /// The day of 受理.
    Acceptance,
}

/// The stations of `programme`, in order; `urgent` only matters to 临时救助.
#[must_use]
pub(crate) fn stations(programme: Programme, urgent: bool) -> Vec<Station> {
    use Presence::{AfterObjection, Always, IfItHappens};
    use Stage::{
        Accepted, AdvanceAid, Announcement, Backfill, CountyConfirmation, Decision, Delivery,
        Objection, Publicity, Submitted, Supplement, Survey, TownReview, Verification,
    };
    let head = [(Submitted, Always), (Supplement, IfItHappens), (Accepted, Always)];
    let body: &[(Stage, Presence)] = match programme {
        // 2021 办法 art. 15–25.
        Programme::Dibao => &[
            (Verification, Always),
            (Survey, Always),
            (TownReview, Always),
            (Publicity, Always),
            (Objection, IfItHappens),
            (CountyConfirmation, Always),
            (Decision, Always),
            (Announcement, Always),
            (Delivery, Always),
        ],
        // 特困办法 art. 13–18; an objection leads to a second 公示 (art. 15).
        Programme::Tekun => &[
            (Survey, Always),
            (Publicity, Always),
            (Objection, IfItHappens),
            (Publicity, AfterObjection),
            (CountyConfirmation, Always),
            (Decision, Always),
            (Announcement, Always),
            (Delivery, Always),
        ],
        // 社会救助法 art. 50: help first; 民发〔2018〕23号 二(二): papers after, steps simplified.
        Programme::Temporary if urgent => {
            &[(AdvanceAid, Always), (Backfill, Always), (Announcement, Always)]
        }
        // 民发〔2018〕23号 二(二), 支出型; 社会救助法 art. 43–45.
        Programme::Temporary => &[
            (Verification, IfItHappens),
            (Survey, Always),
            (TownReview, Always),
            (Publicity, IfItHappens),
            (CountyConfirmation, Always),
            (Decision, Always),
            (Announcement, Always),
            (Delivery, Always),
        ],
        // 社会救助法 art. 42–45; no limit in days in the law.
        Programme::Medical => &[
            (Verification, Always),
            (TownReview, Always),
            (Publicity, IfItHappens),
            (CountyConfirmation, Always),
            (Decision, Always),
            (Announcement, IfItHappens),
            (Delivery, Always),
        ],
        // 社会救助法 art. 38: through the school.
        Programme::Education => &[(Verification, Always), (Decision, Always), (Delivery, Always)],
        // 社会救助法 art. 37, 38 ¶2, 43–45.
        Programme::Housing => &[
            (Verification, Always),
            (Survey, Always),
            (TownReview, Always),
            (Publicity, IfItHappens),
            (CountyConfirmation, Always),
            (Decision, Always),
            (Announcement, Always),
            (Delivery, Always),
        ],
        Programme::Employment => &[
            (Verification, Always),
            (CountyConfirmation, Always),
            (Decision, Always),
            (Delivery, Always),
        ],
        // 自然灾害救助条例 art. 20: 民主评议 and 公示 in the village, town, county.
        Programme::Disaster => &[
            (Survey, Always),
            (Publicity, Always),
            (Objection, IfItHappens),
            (TownReview, Always),
            (CountyConfirmation, Always),
            (Decision, Always),
            (Delivery, Always),
        ],
        // 社会救助法 art. 51: treatment first, the fund pays after.
        Programme::MedicalEmergency => {
            &[(AdvanceAid, Always), (Verification, Always), (Decision, Always), (Delivery, Always)]
        }
        // 社会救助法 art. 31, 52.
        Programme::Unsettled => &[(Delivery, Always)],
        // 社会救助法 art. 57–59: a referral.
        Programme::Charity => &[(Verification, Always), (Delivery, Always)],
    };
    head.into_iter()
        .chain(body.iter().copied())
        .map(|(stage, presence)| Station { stage, presence })
        .collect()
}

/// The national limits of `programme`.
#[must_use]
pub(crate) fn limits(programme: Programme) -> Vec<Limit> {
    use Binds::{Beginning, Finish, FinishAll, FinishOfRefusal, Period};
    use CountsFrom::{Acceptance, Entry};
    use Stage::{CountyConfirmation, Decision, Objection, Publicity, Survey, Verification};
    use Unit::{CalendarDays, WorkingDays};
    match programme {
        Programme::Dibao => {
            let mut limits = vec![
                // The investigation must begin, by whichever means; 核对 is the first on the way.
                limit(Verification, Beginning, Acceptance, 3, WorkingDays, DIBAO, "第十五条"),
                limit(Publicity, Period, Entry, 7, CalendarDays, DIBAO, "第十九条"),
                limit(CountyConfirmation, Finish, Entry, 10, WorkingDays, DIBAO, "第二十条"),
                limit(Decision, FinishOfRefusal, Entry, 3, WorkingDays, DIBAO, "第二十一条"),
            ];
            // 审核确认 as a whole, wherever it stands.
            let stations = stations(programme, false);
            let within = stations.iter().map(|s| s.stage).skip_while(|s| *s != Verification);
            limits.extend(within.take_while(|s| *s != Decision).map(|stage| Limit {
                days_extended: 45,
                ..limit(stage, FinishAll, Acceptance, 30, WorkingDays, DIBAO, "第二十二条")
            }));
            limits
        }
        Programme::Tekun => vec![
            limit(Survey, Finish, Acceptance, 15, WorkingDays, TEKUN, "第十三条"),
            limit(Publicity, Period, Entry, 7, CalendarDays, TEKUN, "第十五条"),
            limit(Objection, Finish, Entry, 15, WorkingDays, TEKUN, "第十五条"),
            limit(CountyConfirmation, Finish, Entry, 15, WorkingDays, TEKUN, "第十六条"),
            limit(Decision, FinishOfRefusal, Entry, 3, WorkingDays, TEKUN, "第十八条"),
        ],
        _ => Vec::new(),
    }
}

fn limit(
    stage: Stage,
    binds: Binds,
    counts_from: CountsFrom,
    days: u16,
    unit: Unit,
    instrument: &'static str,
    article: &'static str,
) -> Limit {
    Limit {
        stage,
        binds,
        counts_from,
        days,
        days_extended: days,
        unit,
        instrument: Cow::Borrowed(instrument),
        article: Cow::Borrowed(article),
    }
}
