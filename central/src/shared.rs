//! What every request works with: one of each, opened once and shared.

use std::{sync::Arc, time::Instant};

use crate::{
    authority::Authority,
    clock::Clock,
    complaints::Restraint,
    config::Limits,
    crypto::{Keyring, SealKeys},
    fleet::Fleet,
    metrics::Metrics,
    refusal::Refusal,
    store::Store,
    turnstile::Turnstile,
};

/// The parts of an open central.
pub(crate) struct Shared {
    pub(crate) store: Store,
    pub(crate) keys: Arc<Keyring>,
    pub(crate) seal_keys: SealKeys,
    pub(crate) clock: Clock,
    pub(crate) limits: Limits,
    pub(crate) authority: Authority,
    pub(crate) fleet: Fleet,
    pub(crate) turnstile: Turnstile,
    pub(crate) restraint: Restraint,
    pub(crate) metrics: Metrics,
}

impl Shared {
    /// Whether the database takes a durable write, or took one within the last second.
    pub(crate) async fn ready(&self) -> Result<(), Refusal> {
        Ok(self.store.writer.probe(Instant::now(), self.clock.now()).await?)
    }
}
