//! Slips of an application: how far it has come, and how to object to its decision.

use central_api::Application;
use receipt_printer::Receipt;

use super::Wording;
use crate::words;

pub(super) fn progress(
    w: &Wording<'_>,
    receipt: Receipt,
    number: &str,
    application: &Application,
) -> Receipt {
    let mut receipt = head(w, receipt, number, application)
        .pair(w.text.invoke_submitted(), w.day(application.submitted_on));
    if let Some(grant) = application.grant_fen {
        receipt = receipt.pair(w.text.invoke_grant(), w.names.invoke_money(words::yuan(grant)));
    }
    receipt = receipt.rule();
    receipt = match application.current_step() {
        Some(step) => {
            let stage = w.names.invoke_stage(words::stage(step.stage));
            let entered = step.on.is_some();
            let heading =
                if entered { w.text.invoke_now(stage) } else { w.text.invoke_waits(stage) };
            let receipt = receipt.heading(heading);
            match &step.deadline {
                Some(limit) => receipt
                    .line(w.names.invoke_limit(words::limit(Some(limit))))
                    .line(w.article(&limit.article)),
                None => receipt,
            }
        }
        None => {
            let status = w.names.invoke_status(words::status(application.status));
            receipt.heading(w.text.invoke_standing_of(status))
        }
    };
    if application.decision.is_some() {
        receipt = decision(w, receipt.feed(1), application);
    }
    w.office(
        receipt.feed(1).heading(w.text.invoke_next()).line(application.next.zh_hans.clone()).rule(),
        &application.office,
    )
    .feed(1)
    .qr(application.tracking_number.clone())
    .line(w.text.invoke_foot())
}

pub(super) fn remedies(
    w: &Wording<'_>,
    receipt: Receipt,
    number: &str,
    application: &Application,
) -> Receipt {
    let receipt = head(w, receipt, number, application).rule();
    let receipt = decision(w, receipt, application);
    w.office(receipt.feed(1).line(w.text.invoke_bring_to_object()).rule(), &application.office)
}

fn head(w: &Wording<'_>, receipt: Receipt, number: &str, application: &Application) -> Receipt {
    let programme = w.names.invoke_programme(words::programme(application.programme));
    receipt
        .pair(w.text.invoke_applicant(), application.applicant.clone())
        .pair(w.text.invoke_number(), number)
        .pair(w.text.invoke_programme(), programme)
        .pair(w.text.invoke_tracking(), application.tracking_number.clone())
}

/// The decision with its reason, and each way to object with its last day and article.
fn decision(w: &Wording<'_>, receipt: Receipt, application: &Application) -> Receipt {
    let Some(decision) = &application.decision else { return receipt };
    let outcome = w.names.invoke_outcome(words::outcome(decision.outcome));
    let mut receipt = receipt
        .heading(w.text.invoke_decision(outcome))
        .line(w.text.invoke_reason(decision.reason.zh_hans.as_str().into()));
    for remedy in &decision.remedies {
        receipt = receipt.line(w.text.invoke_remedy(
            remedy.way.zh_hans.as_str().into(),
            remedy.body.zh_hans.as_str().into(),
        ));
        if let Some(until) = remedy.until {
            receipt = receipt.line(w.text.invoke_until(w.day(until)));
        }
        receipt = receipt.line(w.article(&remedy.article));
    }
    receipt
}
