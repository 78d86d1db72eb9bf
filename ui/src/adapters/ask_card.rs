//! Asking for a card.

use slint::ComponentHandle;
use visit::UiEvent;

use super::Sink;
use crate::generated::{AppWindow, AskCardAdapter, AskCardView};

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window.global::<AskCardAdapter>().on_type_number(sink.says(UiEvent::TypeNumber));
}

pub(super) fn view(can_read: bool) -> AskCardView {
    AskCardView { can_read }
}
