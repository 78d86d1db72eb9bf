//! What the targets share: a bound on memory and ways to cut one input into several.

use std::alloc::System;
use std::panic;
use std::sync::Once;

use cap::Cap;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Telling where a panic was takes more memory than most targets may have.
static PANICS_ARE_TOLD: Once = Once::new();

/// Runs `work`, which may hold at most `bytes` at any time; more ends the process, a finding.
pub fn within(bytes: usize, work: impl FnOnce()) {
    PANICS_ARE_TOLD.call_once(|| {
        let tell = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            MEMORY.set_limit(usize::MAX).expect("no limit is below what is held");
            tell(panic);
        }));
    });
    MEMORY.set_limit(MEMORY.allocated() + bytes).expect("nothing else allocates");
    work();
    MEMORY.set_limit(usize::MAX).expect("no limit is below what is held");
}

/// Pieces of one input: each is as long as the byte before it says, the last as long as it can be.
pub fn pieces(mut input: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (&length, rest) = input.split_first()?;
        let (piece, rest) = rest.split_at(rest.len().min(length.into()));
        input = rest;
        Some(piece)
    })
}

/// Whether a text that goes to a terminal or a log can hold nothing of a resident: no character of a
/// name and no five digits of a number.
#[must_use]
pub fn is_discreet(text: &str) -> bool {
    let digits = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
    digits < Some(5) && text.chars().all(|c| c.is_ascii_graphic() || c == ' ' || c == '分')
}
