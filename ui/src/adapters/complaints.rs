//! The ways to complain.

use slint::ComponentHandle;
use visit::{UiEvent, Worded};

use super::Sink;
use crate::generated::{AppWindow, ComplaintsAdapter};

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    let adapter = window.global::<ComplaintsAdapter>();
    adapter.on_complain(sink.says(UiEvent::Complain(Worded::default())));
    adapter.on_ask_standing(sink.says(UiEvent::AskStanding));
    adapter.on_offices(sink.says(UiEvent::Offices));
}
