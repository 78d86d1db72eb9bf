//! From what happened to the way an application goes: stations passed, the one it is at with its
//! legal deadline, and those ahead.

use central_api::{Article, Deadline, Stage, Status, Step, StepState, Unit};
use jiff::civil::Date;

use super::calendar;
use super::case::StageEvent;
use super::procedure::{Binds, CountsFrom, Limit, Presence, Station};

/// Everything a timeline is made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Course<'a> {
    /// What happened, in order.
    pub events: &'a [StageEvent],
    /// The programme's stations.
    pub stations: &'a [Station],
    /// National and local limits.
    pub limits: &'a [Limit],
    /// Standing as a whole.
    pub status: Status,
    /// Whether limits that can be extended were.
    pub extended: bool,
    /// Whether a refusal was decided.
    pub refused: bool,
}

/// The steps, in order. Exactly one is current while the application is on its way, none after.
#[must_use]
pub(crate) fn steps(course: &Course<'_>, today: Date) -> Vec<Step> {
    let on_its_way = matches!(course.status, Status::InProgress | Status::WaitingForApplicant);
    let open = course.events.last().filter(|e| on_its_way && passed_on(e).is_none());
    let passed = course.events.len() - usize::from(open.is_some());
    let mut steps: Vec<Step> = course.events[..passed]
        .iter()
        .map(|e| step(e.stage, StepState::Done, Some(passed_on(e).unwrap_or(e.began))))
        .collect();
    let before = steps.last().and_then(|s| s.on);
    let mut ahead = stations_ahead(course).into_iter();
    let current = match open {
        Some(event) => Some((event.stage, Some(event.began))),
        None if on_its_way => ahead.next().map(|stage| (stage, None)),
        None => None,
    };
    if let Some((stage, entered)) = current {
        let deadline = deadline(course, stage, entered, before, today);
        steps.push(Step { deadline, ..step(stage, StepState::Current, entered) });
    }
    if on_its_way || course.status == Status::Granted {
        steps.extend(ahead.map(|stage| step(stage, StepState::Coming, None)));
    }
    // Every station passed and yet on its way: the last one is where it is.
    if on_its_way
        && current.is_none()
        && let Some(last) = steps.last_mut()
    {
        last.state = StepState::Current;
    }
    steps
}

fn step(stage: Stage, state: StepState, on: Option<Date>) -> Step {
    Step { stage, state, on, deadline: None }
}

/// The day a station was passed; some are moments and are passed by being entered.
fn passed_on(event: &StageEvent) -> Option<Date> {
    let moment = matches!(event.stage, Stage::Submitted | Stage::Accepted | Stage::Announcement);
    event.done.or(moment.then_some(event.began))
}

/// Stations not yet entered. Events that follow no rule stay in the timeline and move nothing.
fn stations_ahead(course: &Course<'_>) -> Vec<Stage> {
    let mut reached = 0;
    for event in course.events {
        let found = course.stations[reached..].iter().position(|s| s.stage == event.stage);
        if let Some(offset) = found {
            reached += offset + 1;
        }
    }
    let objection = course.events.iter().any(|e| e.stage == Stage::Objection);
    course.stations[reached..]
        .iter()
        .filter(|s| match s.presence {
            Presence::Always => true,
            Presence::AfterObjection => objection,
            Presence::IfItHappens => false,
        })
        .map(|s| s.stage)
        .collect()
}

/// The limit that matters next: of those still to be met the one that falls due first; one whose due
/// day is not yet known comes last. A beginning is met once the station is entered, even late, and a
/// period that is over demands nothing more.
fn deadline(
    course: &Course<'_>,
    stage: Stage,
    entered: Option<Date>,
    before: Option<Date>,
    today: Date,
) -> Option<Deadline> {
    let acceptance = course.events.iter().find(|e| e.stage == Stage::Accepted).map(|e| e.began);
    course
        .limits
        .iter()
        .filter(|l| l.stage == stage)
        .filter(|l| match l.binds {
            Binds::Beginning => entered.is_none(),
            Binds::Finish | Binds::FinishAll | Binds::Period => true,
            Binds::FinishOfRefusal => course.refused,
        })
        .filter_map(|l| {
            let start = match l.counts_from {
                CountsFrom::Entry => entered,
                CountsFrom::StationBefore => before,
                CountsFrom::Acceptance => acceptance,
            }?;
            let days = if course.extended { l.days_extended } else { l.days };
            let article = Article {
                instrument: l.instrument.clone().into_owned(),
                article: l.article.clone().into_owned(),
            };
            let deadline = running(l.binds.demand(), days, l.unit, article, start, today);
            (l.binds != Binds::Period || deadline.overdue_days == 0).then_some(deadline)
        })
        .min_by_key(|d| (d.due.is_none(), d.due))
}

/// A limit of `days` that started on `start`, as it stands on `today`.
#[must_use]
pub(crate) fn running(
    binds: central_api::Binds,
    days: u16,
    unit: Unit,
    article: Article,
    start: Date,
    today: Date,
) -> Deadline {
    let due = calendar::due(start, days, unit);
    let overdue_days = due.map_or(0, |due| calendar::overdue(due, today, unit));
    Deadline { binds, days, unit, due, overdue_days, article }
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
