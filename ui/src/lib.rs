//! The kiosk's screens: shows a [`visit::Screen`], sends [`visit::UiEvent`]s, words slips.
//!
//! The only crate that names Slint. It decides how things look and what they are called, never what
//! is shown. One adapter file for each screen file, of the same stem.

mod adapters;
mod slip;
mod window;
mod words;

#[allow(
    clippy::all,
    clippy::allow_attributes,
    missing_docs,
    unreachable_pub,
    unsafe_code,
    reason = "generated code follows its own rules"
)]
#[rustfmt::skip]
mod generated {
    #![allow(warnings)]
    slint::include_modules!();
}

pub use generated::AppWindow;
pub use window::{Ui, UiError, UiHandle};
