//! Central's configuration file, read strictly: a fault names file, line, key and what was
//! expected, and central does not start.

use std::{
    fmt, fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::domain::backoff::Patience;

/// Everything central can be told.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where it listens.
    #[serde(default)]
    pub server: Server,
    /// Where it keeps its records.
    pub store: Store,
    /// How much it bears.
    #[serde(default)]
    pub limits: Limits,
}

/// `[server]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Names and addresses its certificate holds.
    pub names: Vec<String>,
    /// File that gets the bound address once central answers.
    pub address_file: Option<PathBuf>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 7443)),
            names: vec!["localhost".to_owned(), "127.0.0.1".to_owned()],
            address_file: None,
        }
    }
}

/// `[store]`. Relative paths start from the directory of the configuration file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// The SQLite file.
    pub path: PathBuf,
    /// Directory of the key material.
    pub keys: PathBuf,
}

/// `[limits]`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Wrong pairs per number and kiosk before waits begin.
    pub wrong_pairs_free: u32,
    /// First wait after those, in seconds; doubles each time.
    pub wrong_pair_wait_s: u32,
    /// Longest wait, in seconds.
    pub wrong_pair_wait_max_s: u32,
    /// Wrong pairs per number and day over all kiosks; of a complaint, too.
    pub wrong_pairs_per_day: u32,
    /// Wrong pairs of complaints per kiosk, whatever the number, before waits begin.
    pub wrong_replies_free: u32,
    /// Wrong pairs of complaints per kiosk and day.
    pub wrong_replies_per_day: u32,
    /// Complaints taken from a kiosk within an hour, repeated ones included.
    pub complaints_per_kiosk_hour: u32,
    /// Questions how a complaint stands answered to a kiosk within an hour.
    pub complaint_replies_per_kiosk_hour: u32,
    /// Distinct persons per kiosk in any hour.
    pub persons_per_kiosk_hour: u32,
    /// Life of a visit, in seconds.
    pub visit_s: u32,
    /// Longest request body, in bytes.
    pub body_bytes: usize,
    /// Longest a request may take, in seconds.
    pub request_s: u32,
    /// Open connections at once.
    pub connections: u32,
    /// Longest a TLS handshake may take, in seconds.
    pub handshake_s: u32,
    /// Longest silence on an open connection, in seconds.
    pub silence_s: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            wrong_pairs_free: 3,
            wrong_pair_wait_s: 30,
            wrong_pair_wait_max_s: 3600,
            wrong_pairs_per_day: 20,
            wrong_replies_free: 10,
            wrong_replies_per_day: 100,
            complaints_per_kiosk_hour: 60,
            complaint_replies_per_kiosk_hour: 120,
            persons_per_kiosk_hour: 60,
            visit_s: 15 * 60,
            body_bytes: 64 * 1024,
            request_s: 10,
            connections: 4096,
            handshake_s: 10,
            silence_s: 120,
        }
    }
}

impl Limits {
    /// The part that concerns wrong pairs.
    #[must_use]
    pub fn patience(&self) -> Patience {
        Patience {
            free: self.wrong_pairs_free,
            first_wait_s: self.wrong_pair_wait_s,
            longest_wait_s: self.wrong_pair_wait_max_s,
            per_day: self.wrong_pairs_per_day,
        }
    }
}

/// A fault in the configuration, as one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    file: String,
    line: usize,
    key: String,
    expected: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.key, self.expected)
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads `path`.
    ///
    /// # Errors
    /// The first fault: unreadable file, no TOML, unknown key, wrong type or impossible value.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let file = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| ConfigError {
            file: file.clone(),
            line: 1,
            key: "(file)".to_owned(),
            expected: format!("expected a readable file: {}", error.kind()),
        })?;
        let base = path.parent().unwrap_or(Path::new("."));
        Self::parse(&text, &file, base)
    }

    fn parse(text: &str, file: &str, base: &Path) -> Result<Self, ConfigError> {
        let fault = |line, key: &str, expected: String| ConfigError {
            file: file.to_owned(),
            line,
            key: if key == "." || key.is_empty() { "(file)" } else { key }.to_owned(),
            expected,
        };
        let document = toml::de::Deserializer::parse(text).map_err(|error| {
            fault(
                line_of(text, error.span().map(|s| s.start)),
                "(file)",
                expectation(error.message()),
            )
        })?;
        let mut config: Self = serde_path_to_error::deserialize(document).map_err(|error| {
            let line = line_of(text, error.inner().span().map(|s| s.start));
            fault(line, &error.path().to_string(), expectation(error.inner().message()))
        })?;
        for (key, value) in [
            ("limits.wrong_pair_wait_s", config.limits.wrong_pair_wait_s),
            ("limits.wrong_pairs_per_day", config.limits.wrong_pairs_per_day),
            ("limits.persons_per_kiosk_hour", config.limits.persons_per_kiosk_hour),
            ("limits.wrong_replies_per_day", config.limits.wrong_replies_per_day),
            ("limits.complaints_per_kiosk_hour", config.limits.complaints_per_kiosk_hour),
            (
                "limits.complaint_replies_per_kiosk_hour",
                config.limits.complaint_replies_per_kiosk_hour,
            ),
            ("limits.visit_s", config.limits.visit_s),
            ("limits.request_s", config.limits.request_s),
            ("limits.connections", config.limits.connections),
            ("limits.handshake_s", config.limits.handshake_s),
            ("limits.silence_s", config.limits.silence_s),
        ] {
            if value == 0 {
                let name = key.rsplit('.').next().unwrap_or(key);
                let line = text.lines().position(|l| l.trim_start().starts_with(name));
                return Err(fault(line.map_or(1, |l| l + 1), key, "expected 1 or more".to_owned()));
            }
        }
        if config.server.names.is_empty() {
            let line = text.lines().position(|l| l.trim_start().starts_with("names"));
            let expected = "expected at least one name or address".to_owned();
            return Err(fault(line.map_or(1, |l| l + 1), "server.names", expected));
        }
        config.store.path = base.join(&config.store.path);
        config.store.keys = base.join(&config.store.keys);
        config.server.address_file = config.server.address_file.map(|p| base.join(p));
        Ok(config)
    }

    /// A configuration for `directory` alone, on a free port of the loopback: for tests and trials.
    #[must_use]
    pub fn in_directory(directory: &Path) -> Self {
        Self {
            server: Server { listen: SocketAddr::from(([127, 0, 0, 1], 0)), ..Server::default() },
            store: Store { path: directory.join("central.db"), keys: directory.join("keys") },
            limits: Limits::default(),
        }
    }
}

fn line_of(text: &str, offset: Option<usize>) -> usize {
    let offset = offset.unwrap_or(0).min(text.len());
    text.as_bytes()[..offset].iter().filter(|b| **b == b'\n').count() + 1
}

/// The parser's words from "expected" on, on one line.
fn expectation(message: &str) -> String {
    let message = message.replace('\n', " ");
    match message.find("expected") {
        Some(0) => message,
        Some(_) | None if message.contains("expected") => {
            let (found, expected) = message.split_once("expected").unwrap_or(("", ""));
            format!("expected{expected} ({})", found.trim_end_matches([',', ' ']))
        }
        _ => format!("expected valid TOML of this configuration ({message})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_file_holds_the_defaults() {
        let text = include_str!("../central.toml");
        let config = Config::parse(text, "central.toml", Path::new("/srv")).expect("no fault");
        assert_eq!(format!("{:?}", config.limits), format!("{:?}", Limits::default()));
        assert_eq!(format!("{:?}", config.server), format!("{:?}", Server::default()));
        assert_eq!(config.store.path, Path::new("/srv/central.db"));
    }
}
