//! `kiosk diagnose`: how each thing the kiosk depends on is, and why.

mod checks;

use std::fmt;

use kiosk_config::Config;
use serde::Serialize;

/// How everything is.
#[derive(Debug, Serialize)]
pub struct Report {
    kiosk: String,
    devices: Vec<Finding>,
}

/// How one thing is.
#[derive(Debug, Serialize)]
struct Finding {
    name: &'static str,
    state: State,
    why: String,
}

/// How a thing can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// Works.
    Ok,
    /// Works, but staff should look.
    Degraded,
    /// Does not work.
    Failed,
}

/// Looks at everything once. Takes a few seconds at most.
#[must_use]
pub fn run(config: &Config) -> Report {
    let mut devices = checks::readers(&config.card_reader);
    devices.push(checks::printer(&config.receipt_printer));
    let probe = crate::central::probe(config);
    devices.push(checks::central(&probe));
    devices.push(checks::disk(&config.store));
    let stored = crate::central::stored(&config.store);
    devices.push(checks::cache(&stored, &probe));
    devices.push(checks::outbox(&stored));
    devices.push(checks::pinyin());
    devices.push(checks::fonts(config));
    devices.push(checks::clock(&probe));
    Report { kiosk: config.kiosk.id.clone(), devices }
}

impl Report {
    /// Whether anything does not work.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.devices.iter().any(|finding| finding.state == State::Failed)
    }

    /// As JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_else(|error| error.to_string())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kiosk)?;
        for Finding { name, state, why } in &self.devices {
            let state = match state {
                State::Ok => "ok",
                State::Degraded => "degraded",
                State::Failed => "failed",
            };
            write!(f, "\n{name:<14} {state:<9} {why}")?;
        }
        Ok(())
    }
}

impl Finding {
    fn ok(name: &'static str, why: impl Into<String>) -> Self {
        Self { name, state: State::Ok, why: why.into() }
    }

    fn degraded(name: &'static str, why: impl Into<String>) -> Self {
        Self { name, state: State::Degraded, why: why.into() }
    }

    fn failed(name: &'static str, why: impl Into<String>) -> Self {
        Self { name, state: State::Failed, why: why.into() }
    }
}
