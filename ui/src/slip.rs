//! Words a slip in the language of the screen.

use receipt_printer::Receipt;
use slint::ComponentHandle;

use crate::generated::{AppWindow, SlipText, Words};
use crate::words;

/// The document of a slip.
pub(crate) fn word(window: &AppWindow, slip: &visit::Receipt) -> Receipt {
    let text = window.global::<SlipText>();
    let names = window.global::<Words>();
    let visit::Sheet::Progress { number, application } = &slip.what else { return Receipt::new() };
    let time = slip.printed_at;
    let printed =
        text.invoke_time(words::day(Some(time.date())), time.hour().into(), time.minute().into());
    let programme = names.invoke_programme(words::programme(application.programme));
    let mut receipt = Receipt::new()
        .title(text.invoke_title(slip.reprint))
        .feed(1)
        .pair(text.invoke_hall(), slip.hall.clone())
        .pair(text.invoke_printed(), printed)
        .rule()
        .pair(text.invoke_applicant(), application.applicant.clone())
        .pair(text.invoke_number(), number.clone())
        .pair(text.invoke_programme(), programme)
        .pair(text.invoke_tracking(), application.tracking_number.clone())
        .pair(
            text.invoke_submitted(),
            names.invoke_day(words::day(Some(application.submitted_on))),
        );
    if let Some(grant) = application.grant_fen {
        receipt = receipt.pair(text.invoke_grant(), names.invoke_money(words::yuan(grant)));
    }
    receipt = receipt.rule();
    receipt = match application.current_step() {
        Some(step) => {
            let stage = names.invoke_stage(words::stage(step.stage));
            let limit = step.deadline.as_ref();
            let receipt = receipt.heading(text.invoke_now(stage));
            match limit {
                Some(limit) => receipt.line(names.invoke_limit(words::limit(Some(limit)))).line(
                    names.invoke_article(
                        limit.article.instrument.as_str().into(),
                        limit.article.article.as_str().into(),
                    ),
                ),
                None => receipt,
            }
        }
        None => receipt
            .heading(text.invoke_standing(names.invoke_status(words::status(application.status)))),
    };
    if let Some(decision) = &application.decision {
        let outcome = names.invoke_outcome(words::outcome(decision.outcome));
        receipt = receipt
            .feed(1)
            .heading(text.invoke_decision(outcome))
            .line(decision.reason.zh_hans.clone());
        for remedy in &decision.remedies {
            receipt = receipt.line(text.invoke_remedy(
                remedy.way.zh_hans.as_str().into(),
                remedy.body.zh_hans.as_str().into(),
            ));
        }
    }
    receipt
        .feed(1)
        .heading(text.invoke_next())
        .line(application.next.zh_hans.clone())
        .rule()
        .pair(text.invoke_ask(), application.office.name.zh_hans.clone())
        .pair("", application.office.phone.clone())
        .feed(1)
        .qr(application.tracking_number.clone())
        .line(text.invoke_foot())
}
