//! The resident's applications.

use central_api::{Application, VisitLevel};
use slint::ComponentHandle;
use visit::{Body, UiEvent};

use super::Sink;
use crate::generated::{AccountAdapter, AccountView, AppWindow, ApplicationRow};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window.global::<AccountAdapter>().on_choose(sink.says_place(UiEvent::Choose));
}

shows!(AccountAdapter, |window| Body::Account(account) => view(window, account));

fn view(window: &AppWindow, view: &visit::AccountView) -> AccountView {
    AccountView {
        number: view.number.as_str().into(),
        full: view.level == VisitLevel::Full,
        rows: words::list(view.applications.iter().map(row)),
        office: words::office(window, view.office.as_ref()),
    }
}

fn row(application: &Application) -> ApplicationRow {
    let step = application.current_step();
    ApplicationRow {
        programme: words::programme(application.programme),
        tracking_number: application.tracking_number.as_str().into(),
        status: words::status(application.status),
        submitted: words::day(Some(application.submitted_on)),
        at_stage: step.is_some(),
        waits: step.is_some_and(|step| step.on.is_none()),
        stage: step.map(|step| words::stage(step.stage)).unwrap_or_default(),
        limit: words::limit(step.and_then(|step| step.deadline.as_ref())),
    }
}
