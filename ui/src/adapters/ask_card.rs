//! Asking for a card.

use slint::ComponentHandle;
use visit::{Body, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, AskCardAdapter, AskCardView};

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window.global::<AskCardAdapter>().on_type_number(sink.says(UiEvent::TypeNumber));
}

shows!(AskCardAdapter, |window| Body::AskCard { id_cards, social_cards } => AskCardView {
    id_cards: *id_cards,
    social_cards: *social_cards,
});
