//! What a line must satisfy beyond the types of its fields.

mod complaints;
mod public;

use central_api::{DecisionOutcome, Stage, Status};

use super::lines::{Application, Line, Office, StageEvent};

/// Field and expectation of a bad line.
pub(super) type Bad = (String, String);

/// The first rule a line breaks.
pub(super) fn check(line: &Line) -> Result<(), Bad> {
    match line {
        Line::Hall(hall) if hall.areas.is_empty() => bad("areas", "expected at least one area"),
        Line::Household(household) if household.members.is_empty() => {
            bad("members", "expected at least one member")
        }
        Line::Application(application) => check_application(application),
        Line::Payment(payment) if payment.amount_fen <= 0 => {
            bad("amount_fen", "expected 1 分 or more")
        }
        Line::TimeLimit(limit) if !(1..=3660).contains(&limit.days) => {
            bad("days", "expected 1 to 3660 days")
        }
        Line::Office(office) => check_office(office),
        Line::Policy(policy) => public::policy(policy),
        Line::Standard(standard) => public::standard(standard),
        Line::FundUse(fund_use) => public::fund_use(fund_use),
        Line::Notice(notice) => public::notice(notice),
        Line::ComplaintRoute(route) => complaints::route(route),
        Line::Complaint(complaint) => complaints::complaint(complaint),
        _ => Ok(()),
    }
}

fn check_application(application: &Application) -> Result<(), Bad> {
    let stages = &application.stages;
    match stages.first() {
        Some(first) if first.stage == Stage::Submitted => {}
        _ => return bad("stages[0].stage", "expected submitted"),
    }
    for (index, pair) in stages.windows(2).enumerate() {
        if pair[1].began.0 < pair[0].began.0 {
            let field = format!("stages[{}].began", index + 1);
            return bad(&field, "expected a day not before the stage before");
        }
        if pair[0].done.is_none() && !is_moment(&pair[0]) {
            let field = format!("stages[{index}].done");
            return bad(&field, "expected the day it was passed, as a later stage follows");
        }
    }
    for (index, stage) in stages.iter().enumerate() {
        if stage.done.as_ref().is_some_and(|done| done.0 < stage.began.0) {
            return bad(&format!("stages[{index}].done"), "expected a day not before began");
        }
    }
    if application.grant_fen.is_some_and(|fen| fen <= 0) {
        return bad("grant_fen", "expected 1 分 or more");
    }
    check_decision(application)
}

fn check_decision(application: &Application) -> Result<(), Bad> {
    let outcome = application.decision.as_ref().map(|d| d.outcome);
    let fitting: &[Option<DecisionOutcome>] = match application.status {
        Status::Granted => &[Some(DecisionOutcome::Granted)],
        Status::Refused => &[Some(DecisionOutcome::Refused)],
        Status::Ended => &[Some(DecisionOutcome::Stopped), Some(DecisionOutcome::Granted)],
        Status::WaitingForApplicant | Status::Withdrawn | Status::Transferred => &[None],
        Status::InProgress => {
            &[None, Some(DecisionOutcome::Granted), Some(DecisionOutcome::Refused)]
        }
    };
    if !fitting.contains(&outcome) {
        return bad("decision.outcome", "expected the outcome that the status says");
    }
    let Some(decision) = &application.decision else { return Ok(()) };
    if decision.articles.is_empty() {
        return bad("decision.articles", "expected at least one article");
    }
    match &decision.notified_on {
        Some(notified) if notified.0 < decision.decided_on.0 => {
            bad("decision.notified_on", "expected a day not before decided_on")
        }
        _ => Ok(()),
    }
}

fn check_office(office: &Office) -> Result<(), Bad> {
    match &office.at {
        Some(at) if !(-90.0..=90.0).contains(&at.latitude) => {
            bad("at.latitude", "expected -90 to 90 degrees")
        }
        Some(at) if !(-180.0..=180.0).contains(&at.longitude) => {
            bad("at.longitude", "expected -180 to 180 degrees")
        }
        _ => Ok(()),
    }
}

/// Stages that are passed by being entered.
fn is_moment(event: &StageEvent) -> bool {
    matches!(event.stage, Stage::Submitted | Stage::Accepted | Stage::Announcement)
}

fn bad(field: &str, expected: &str) -> Result<(), Bad> {
    Err((field.to_owned(), expected.to_owned()))
}
