//! One question to central, and a look at the disk, for `kiosk diagnose`.

use std::sync::Arc;

use jiff::Timestamp;
use kiosk_config::{Config, Store};

use super::cache;
use super::client::Client;
use super::identity::Identity;
use super::outbox::{self, Waiting};
use super::store::StoreError;
use super::trusted::TrustedClock;

/// What came of it.
pub(crate) enum Probe {
    /// Central knows this kiosk; its wall clock, if it told.
    Answered(Option<Timestamp>),
    /// Still to be enrolled.
    NotEnrolled,
    /// A stable code.
    Failed(&'static str),
}

/// What lies on the kiosk's disk; errors are for people.
pub(crate) struct Stored {
    /// When public content was last as central has it; none if none is held.
    pub(crate) synced: Result<Option<Timestamp>, String>,
    /// Complaints on their way.
    pub(crate) waiting: Result<Waiting, String>,
}

/// Looks at the disk without writing to it.
pub(crate) fn stored(config: &Store) -> Stored {
    let said = |error: StoreError| format!("{error}: {error:?}");
    Stored {
        synced: cache::look(&config.directory).map_err(said),
        waiting: outbox::look(&config.directory).map_err(said),
    }
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
    let answer = runtime.block_on(async {
        let clock = Arc::new(TrustedClock::silent());
        Client::new(&config.central, &identity, clock)?.date().await
    });
    match answer {
        Ok(date) => {
            Probe::Answered(date.and_then(|date| {
                jiff::fmt::rfc2822::parse(&date).ok().map(|date| date.timestamp())
            }))
        }
        Err(error) => Probe::Failed(error.code()),
    }
}
