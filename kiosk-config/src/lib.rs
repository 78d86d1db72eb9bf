//! The kiosk's settings: types, defaults, and one clear line for each fault.
//!
//! Reads TOML and `KIOSK__SECTION__KEY` variables; knows no device, screen or network. All faults of
//! a file are found at once, so that a technician mends it in one go. The documented defaults are
//! [`DEFAULTS`].
//!
//! ```
//! let variables = [("KIOSK__KIOSK__ID".to_owned(), "hall-7".to_owned())];
//! let config = kiosk_config::parse("[display]\nfullscreen = false", "kiosk.toml", variables)?;
//! assert!(!config.display.fullscreen && config.kiosk.id == "hall-7");
//! let faults = kiosk_config::parse("[display]\nwide = 1", "kiosk.toml", []).unwrap_err();
//! assert!(faults.to_string().starts_with("kiosk.toml:2: display.wide: expected a known key"));
//! # Ok::<(), kiosk_config::Faults>(())
//! ```

mod config;
mod fault;
mod kind;
mod reader;
mod sections;

use std::path::Path;

pub use config::{
    CardReader, Central, Config, Display, FontLevel, Kiosk, LogFormat, LogLevel, ReceiptPrinter,
    Session, Speech, Store,
};
pub use fault::{Fault, Faults, Place};

/// Every key with its default and what it does.
pub const DEFAULTS: &str = include_str!("../kiosk.toml");

/// Prefix of the variables that override the file.
pub const PREFIX: &str = "KIOSK__";

/// Reads a file and the process's environment.
///
/// # Errors
/// With every fault found in either.
pub fn load(path: &Path) -> Result<Config, Faults> {
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
        .map(|(name, value)| (name, value.to_string_lossy().into_owned()));
    let file = path.display().to_string();
    match std::fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => parse(&text, &file, variables),
            Err(error) => {
                let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = 1 + good.iter().filter(|&&byte| byte == b'\n').count();
                Err(Faults::one(Place::Line(file, line), "text in UTF-8", "other bytes"))
            }
        },
        Err(error) => Err(Faults::one(Place::File(file), "a readable file", &error.to_string())),
    }
}

/// Reads settings from `text`, which `file` names in faults, and from variables.
///
/// # Errors
/// With every fault found in either.
pub fn parse(
    text: &str,
    file: &str,
    variables: impl IntoIterator<Item = (String, String)>,
) -> Result<Config, Faults> {
    let mut reader = reader::Reader::new(text, file, variables);
    let config = sections::read(&mut reader);
    reader.finish().map(|()| config)
}
