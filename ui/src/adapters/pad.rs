//! Number and query code being typed.

use slint::{ComponentHandle, SharedString};
use visit::{Body, CodeView, Entry, EntryView, Key, NumberHint, NumberView, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, PadAdapter, PadFor, PadHint, PadView};
use crate::words;

/// Characters of a query code (40 bits in Crockford base32).
const CODE_LENGTH: usize = 8;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    let adapter = window.global::<PadAdapter>();
    adapter.on_key(sink.says_with(|sign: SharedString| words::key(&sign, Key::Character)));
    adapter.on_erase(sink.says(UiEvent::Key(Key::Erase)));
    adapter.on_submit(sink.says(UiEvent::Submit));
}

shows!(PadAdapter, |window|
    Body::Number(view) => number(view),
    Body::Code(view) => code(view),
    Body::Entry(view) => entry(view)
);

fn entry(view: &EntryView) -> PadView {
    let (what, code, groups): (_, _, &[usize]) = match view.what {
        Entry::Tracking => (PadFor::Tracking, true, &[5]),
        Entry::TrackingCode => (PadFor::TrackingCode, true, &[4]),
        Entry::Phone => (PadFor::Phone, false, &[4, 8]),
    };
    let phone = view.what == Entry::Phone;
    PadView {
        what,
        code,
        typed: words::grouped(&view.typed, groups),
        number: SharedString::default(),
        hint: match (view.complete, phone) {
            (true, true) if view.typed.is_empty() => PadHint::None,
            (true, _) => PadHint::Good,
            (false, _) => PadHint::Missing,
        },
        // The shortest telephone with its area code has seven digits to be called by.
        missing: i32::try_from(if phone {
            7_usize.saturating_sub(view.typed.len())
        } else {
            view.missing
        })
        .unwrap_or(0),
        complete: view.complete,
    }
}

fn number(view: &NumberView) -> PadView {
    let (hint, missing) = match view.hint {
        NumberHint::Missing(count) => (PadHint::Missing, i32::try_from(count).unwrap_or(0)),
        NumberHint::Good => (PadHint::Good, 0),
        NumberHint::Region => (PadHint::Region, 0),
        NumberHint::BirthDate => (PadHint::BirthDate, 0),
        NumberHint::Mistyped => (PadHint::Mistyped, 0),
    };
    PadView {
        what: PadFor::Number,
        code: false,
        typed: words::grouped(&view.typed, &[6, 14]),
        number: SharedString::default(),
        hint,
        missing,
        complete: view.complete,
    }
}

fn code(view: &CodeView) -> PadView {
    let missing = CODE_LENGTH.saturating_sub(view.typed.len());
    PadView {
        what: PadFor::Code,
        code: true,
        typed: words::grouped(&view.typed, &[4]),
        number: view.number.as_str().into(),
        hint: if view.complete { PadHint::Good } else { PadHint::Missing },
        missing: i32::try_from(missing).unwrap_or(0),
        complete: view.complete,
    }
}
