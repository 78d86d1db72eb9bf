//! A complaint once more, before it is handed in.

use central_api::ComplaintSubject;
use slint::{ComponentHandle, SharedString};
use visit::{Body, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, ReviewAdapter, ReviewView, Words};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window.global::<ReviewAdapter>().on_hand_in(sink.says(UiEvent::Submit));
}

shows!(ReviewAdapter, |window| Body::Review(review) => view(window, review));

fn view(window: &AppWindow, review: &visit::ReviewView) -> ReviewView {
    let names = window.global::<Words>();
    let (receiver, promise) = words::route(review.route.as_ref());
    let about: SharedString = match (&review.about, &review.subject) {
        (Some(about), _) => about.into(),
        (None, ComplaintSubject::Programme(of)) => names.invoke_programme(words::programme(*of)),
        (None, ComplaintSubject::Application(of)) => names.invoke_own_application(of.into()),
        (None, _) => names.invoke_general(),
    };
    ReviewView {
        kind: names.invoke_complaint(words::complaint_kind(review.kind)),
        about,
        text: review.text.as_str().into(),
        signed: review.name.is_some(),
        by_card: review.by_card,
        name: review.name.as_ref().map(|name| name.as_str().into()).unwrap_or_default(),
        phone: review.phone.as_str().into(),
        receiver,
        promise,
    }
}
