//! One question to central, for `kiosk diagnose`.

use jiff::Timestamp;
use kiosk_config::Config;

use super::client::Client;
use super::identity::Identity;

/// What came of it.
pub(crate) enum Probe {
    /// Central knows this kiosk; its wall clock, if it told.
    Answered(Option<Timestamp>),
    /// Still to be enrolled.
    NotEnrolled,
    /// A stable code.
    Failed(&'static str),
}

/// Asks central for the hall, as the kiosk does.
pub(crate) fn probe(config: &Config) -> Probe {
    super::install_cryptography();
    let identity = match Identity::load(&config.central.identity) {
        Ok(Some(identity)) => identity,
        Ok(None) => return Probe::NotEnrolled,
        Err(_) => return Probe::Failed("IDENTITY-UNREADABLE"),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let Ok(runtime) = runtime else { return Probe::Failed("CENTRAL-THREAD") };
    let answer = runtime.block_on(async { Client::new(&config.central, &identity)?.date().await });
    match answer {
        Ok(date) => {
            Probe::Answered(date.and_then(|date| {
                jiff::fmt::rfc2822::parse(&date).ok().map(|date| date.timestamp())
            }))
        }
        Err(error) => Probe::Failed(error.code()),
    }
}
