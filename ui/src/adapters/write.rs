//! A text being written.

use slint::{ComponentHandle, SharedString};
use visit::{Body, Key, UiEvent, Writing};

use super::Sink;
use crate::generated::{AppWindow, WriteAdapter, WriteView};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    let adapter = window.global::<WriteAdapter>();
    adapter.on_letter(sink.says_with(|sign: SharedString| words::key(&sign, Key::Letter)));
    adapter.on_character(sink.says_with(|sign: SharedString| words::key(&sign, Key::Character)));
    adapter.on_erase(sink.says(UiEvent::Key(Key::Erase)));
    adapter.on_pick(sink.says_place(UiEvent::Pick));
    adapter.on_go_on(sink.says(UiEvent::Submit));
}

shows!(WriteAdapter, |window| Body::Write(write) => WriteView {
    name: write.what == Writing::Name,
    about: write.about.as_deref().unwrap_or_default().into(),
    text: write.text.as_str().into(),
    open: write.open.as_str().into(),
    candidates: words::list(write.candidates.iter().map(|of| of.as_str().into())),
    left: i32::try_from(write.left).unwrap_or(i32::MAX),
    complete: write.complete,
    card: write.card,
});
