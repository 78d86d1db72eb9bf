//! The receipt of a complaint.

use slint::ComponentHandle;
use visit::{Body, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, FiledAdapter, FiledView};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window.global::<FiledAdapter>().on_print(sink.says(UiEvent::Print));
}

shows!(FiledAdapter, |window| Body::Filed(filed) => view(filed));

fn view(filed: &visit::FiledView) -> FiledView {
    let (receiver, promise) = words::route(filed.route.as_ref());
    FiledView {
        signed: filed.signed,
        tracking_number: words::grouped(&filed.tracking_number, &[5]),
        query_code: words::grouped(&filed.query_code, &[4]),
        receiver,
        promise,
        can_print: filed.can_print,
    }
}
