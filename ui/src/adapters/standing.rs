//! How a complaint stands.

use slint::ComponentHandle;
use visit::{Body, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, ComplaintState, StandingAdapter, StandingView, Words};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window.global::<StandingAdapter>().on_print(sink.says(UiEvent::Print));
}

shows!(StandingAdapter, |window| Body::Standing(standing) => view(window, standing));

fn view(window: &AppWindow, shown: &visit::StandingView) -> StandingView {
    let standing = &shown.standing;
    let reply = standing.reply.as_ref();
    StandingView {
        tracking_number: words::grouped(&standing.tracking_number, &[5]),
        kind: window.global::<Words>().invoke_complaint(words::complaint_kind(standing.kind)),
        received: words::day(Some(standing.received_on)),
        state: match standing.state {
            central_api::ComplaintState::Received => ComplaintState::Received,
            central_api::ComplaintState::Accepted => ComplaintState::Accepted,
            central_api::ComplaintState::Routed => ComplaintState::Routed,
            central_api::ComplaintState::Answered => ComplaintState::Answered,
        },
        receiver: standing.receiver.zh_hans.as_str().into(),
        office: words::office(window, standing.office.as_ref()),
        limit: words::limit(standing.deadline.as_ref()),
        answered_on: words::day(reply.map(|reply| reply.on)),
        reply: reply.map(|reply| reply.text.zh_hans.as_str().into()).unwrap_or_default(),
        can_print: shown.can_print,
    }
}
