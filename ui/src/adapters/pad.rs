//! Number and query code being typed.

use slint::{ComponentHandle, SharedString};
use visit::{CodeView, Key, NumberHint, NumberView, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, PadAdapter, PadHint, PadView};

/// Characters of a query code (40 bits in Crockford base32).
const CODE_LENGTH: usize = 8;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    let adapter = window.global::<PadAdapter>();
    adapter.on_key(sink.says_with(|sign: SharedString| {
        sign.chars().next().map(|c| UiEvent::Key(Key::Character(c)))
    }));
    adapter.on_erase(sink.says(UiEvent::Key(Key::Erase)));
    adapter.on_clear(sink.says(UiEvent::Key(Key::Clear)));
    adapter.on_submit(sink.says(UiEvent::Submit));
}

pub(super) fn number(view: &NumberView) -> PadView {
    let (hint, missing) = match view.hint {
        NumberHint::Missing(count) => (PadHint::Missing, i32::try_from(count).unwrap_or(0)),
        NumberHint::Good => (PadHint::Good, 0),
        NumberHint::Region => (PadHint::Region, 0),
        NumberHint::BirthDate => (PadHint::BirthDate, 0),
        NumberHint::Mistyped => (PadHint::Mistyped, 0),
    };
    PadView {
        code: false,
        typed: grouped(&view.typed, &[6, 14]),
        number: SharedString::default(),
        hint,
        missing,
        complete: view.complete,
    }
}

pub(super) fn code(view: &CodeView) -> PadView {
    let missing = CODE_LENGTH.saturating_sub(view.typed.len());
    PadView {
        code: true,
        typed: grouped(&view.typed, &[4]),
        number: view.number.as_str().into(),
        hint: if view.complete { PadHint::Good } else { PadHint::Missing },
        missing: i32::try_from(missing).unwrap_or(0),
        complete: view.complete,
    }
}

/// ASCII text with a wide gap before each of these places.
fn grouped(typed: &str, places: &[usize]) -> SharedString {
    let mut shown = SharedString::default();
    for (at, c) in typed.char_indices() {
        if places.contains(&at) {
            shown.push_str("  ");
        }
        shown.push_str(c.encode_utf8(&mut [0; 4]));
    }
    shown
}
