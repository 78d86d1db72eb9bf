//! What anyone may read.

use slint::ComponentHandle;
use visit::{Body, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, PublicAdapter, PublicPage, PublicView};

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window
        .global::<PublicAdapter>()
        .on_choose(sink.says_with(|index| usize::try_from(index).ok().map(UiEvent::Choose)));
}

pub(super) fn view(body: &Body) -> Option<PublicView> {
    let page = |page, loading| PublicView { page, loading, ..PublicView::default() };
    Some(match body {
        Body::Help => page(PublicPage::Help, false),
        _ => return None,
    })
}
