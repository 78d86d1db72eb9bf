//! How to object to a decision.

use slint::ComponentHandle;
use visit::{Body, UiEvent};

use super::{Sink, case};
use crate::generated::{AppWindow, RemediesAdapter, RemediesView};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window.global::<RemediesAdapter>().on_print(sink.says(UiEvent::Print));
}

shows!(RemediesAdapter, |window| Body::Remedies(case) => view(case));

fn view(shown: &visit::CaseView) -> RemediesView {
    let application = &shown.application;
    let decision = application.decision.as_ref();
    RemediesView {
        programme: words::programme(application.programme),
        tracking_number: application.tracking_number.as_str().into(),
        reason: decision.map(|of| of.reason.zh_hans.as_str().into()).unwrap_or_default(),
        remedies: words::list(decision.iter().flat_map(|of| &of.remedies).map(case::remedy)),
        can_print: shown.can_print,
    }
}
