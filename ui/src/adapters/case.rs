//! One application.

use central_api::{Application, Decision, Payment, Remedy, Step, VisitLevel};
use slint::{ComponentHandle, SharedString};
use visit::{Body, UiEvent, Worded};

use super::Sink;
use crate::generated::{AppWindow, CaseAdapter, CaseView, PaymentRow, RemedyRow, StepRow};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    let adapter = window.global::<CaseAdapter>();
    adapter.on_print(sink.says(UiEvent::Print));
    adapter.on_guide(sink.says_place(UiEvent::Guide));
    adapter.on_remedies(sink.says(UiEvent::Remedies));
    let tell = sink.says_with(|worded| Some(UiEvent::Complain(worded)));
    adapter.on_complain(move |about, text| tell(Worded { about: about.into(), text: text.into() }));
}

shows!(CaseAdapter, |window| Body::Case(case) => view(window, case));

fn view(window: &AppWindow, view: &visit::CaseView) -> CaseView {
    let application = &view.application;
    let shown = CaseView {
        number: view.number.as_str().into(),
        full: view.level == VisitLevel::Full,
        programme: words::programme(application.programme),
        tracking_number: application.tracking_number.as_str().into(),
        applicant: application.applicant.as_str().into(),
        status: words::status(application.status),
        steps: words::list(application.steps.iter().map(step)),
        next: application.next.zh_hans.as_str().into(),
        office: words::office(window, Some(&application.office)),
        yuan: application.grant_fen.map(words::yuan).unwrap_or_default(),
        members: members(application),
        payments: words::list(application.payments.iter().map(payment)),
        can_print: view.can_print,
        overdue: is_overdue(application),
        ..CaseView::default()
    };
    match &application.decision {
        Some(decision) => with_decision(shown, decision),
        None => shown,
    }
}

fn with_decision(shown: CaseView, decision: &Decision) -> CaseView {
    CaseView {
        decided: true,
        outcome: words::outcome(decision.outcome),
        decided_on: words::day(Some(decision.decided_on)),
        reason: decision.reason.zh_hans.as_str().into(),
        articles: words::list(decision.articles.iter().map(words::article)),
        remedies: words::list(decision.remedies.iter().map(remedy)),
        ..shown
    }
}

fn step(step: &Step) -> StepRow {
    StepRow {
        stage: words::stage(step.stage),
        state: words::step_state(step.state),
        on: words::day(step.on),
        limit: words::limit(step.deadline.as_ref()),
    }
}

fn is_overdue(application: &Application) -> bool {
    let deadline = application.current_step().and_then(|step| step.deadline.as_ref());
    deadline.is_some_and(|deadline| deadline.overdue_days > 0)
}

pub(super) fn remedy(remedy: &Remedy) -> RemedyRow {
    RemedyRow {
        way: remedy.way.zh_hans.as_str().into(),
        body: remedy.body.zh_hans.as_str().into(),
        until: words::day(remedy.until),
        instrument: remedy.article.instrument.as_str().into(),
        article: remedy.article.article.as_str().into(),
    }
}

fn payment(payment: &Payment) -> PaymentRow {
    PaymentRow {
        on: words::day(Some(payment.paid_on)),
        yuan: words::yuan(payment.amount_fen),
        purpose: payment.purpose.zh_hans.as_str().into(),
    }
}

/// Masked names with their relation, as in 王*(配偶)、王*宁(女儿).
fn members(application: &Application) -> SharedString {
    let mut shown = SharedString::default();
    for member in &application.members {
        if !shown.is_empty() {
            shown.push_str("、");
        }
        shown.push_str(&member.name);
        shown.push_str("(");
        shown.push_str(&member.relation);
        shown.push_str(")");
    }
    shown
}
