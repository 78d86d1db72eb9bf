//! What of a case leaves central, by the evidence of the visit.
//!
//! Full: everything of one's own. Basic: programme, stage, dates, next step, office and phone, and
//! of a decision its direction, date, articles and remedies, but not its reason, which can tell an
//! income. A household member who is not the applicant sees a case as at Basic.

use central_api::{Application, Decision, DecisionOutcome, HouseholdMember, Text, VisitLevel};
use jiff::civil::Date;

use super::case::{Case, CaseDecision};
use super::timeline::{self, Course};
use super::{masking, procedure, remedies, wording};

/// The case as `level` may see it on `today`.
#[must_use]
pub(crate) fn release(case: &Case, level: VisitLevel, today: Date) -> Application {
    let full = level == VisitLevel::Full && case.own;
    let stations = procedure::stations(case.programme, case.urgent);
    let mut limits = procedure::limits(case.programme);
    limits.extend(case.local_limits.iter().cloned());
    let refused = case.decision.as_ref().is_some_and(|d| d.outcome == DecisionOutcome::Refused);
    let course = Course {
        events: &case.events,
        stations: &stations,
        limits: &limits,
        status: case.status,
        extended: case.extended,
        refused,
    };
    let mut application = Application {
        tracking_number: case.tracking_number.clone(),
        programme: case.programme,
        category: case.category.filter(|_| full),
        applicant: masking::name(&case.applicant),
        submitted_on: case.submitted_on,
        status: case.status,
        steps: timeline::steps(&course, today),
        next: Text::zh(""),
        office: case.office.clone(),
        decision: case.decision.as_ref().map(|d| decision(d, case, full)),
        grant_fen: case.grant_fen.filter(|_| full),
        members: Vec::new(),
        payments: if full { case.payments.clone() } else { Vec::new() },
    };
    let step = application.current_step();
    application.next = wording::next(case.status, step, case.programme, case.needs.as_ref());
    if full {
        application.members = case
            .members
            .iter()
            .map(|m| HouseholdMember { name: masking::name(&m.name), relation: m.relation.clone() })
            .collect();
    }
    application
}

fn decision(decision: &CaseDecision, case: &Case, full: bool) -> Decision {
    let reason = if full { decision.reason.clone() } else { neutral_reason(case.own) };
    Decision {
        outcome: decision.outcome,
        decided_on: decision.decided_on,
        reason,
        articles: decision.articles.clone(),
        remedies: remedies::remedies(decision.notified_on, &case.review_body, &case.court),
    }
}

/// Where the reason is to be found; only the applicant's own card opens it here.
fn neutral_reason(own: bool) -> Text {
    let (zh, en) = if own {
        (
            "理由见书面决定书，或者刷身份证查看。",
            "See the written decision, or read your identity card here.",
        )
    } else {
        (
            "理由见书面决定书；也可以由申请人本人刷身份证查看。",
            "See the written decision; or the applicant reads their own identity card here.",
        )
    };
    Text { en: Some(en.to_owned()), ..Text::zh(zh) }
}
