//! Devices as the session sees them: each on threads of its own, speaking events.

mod cards;
mod pinyin;
mod printer;

pub(crate) use cards::{configured, watch_readers};
pub(crate) use pinyin::{Pinyin, dictionary};
pub(crate) use printer::{Desk, printer_config};
