//! One request at a time for the same number or the same idempotency key; others pass freely.

use tokio::sync::{Mutex, MutexGuard};

use crate::crypto::Digest;

const GATES: usize = 64;

/// A row of gates; equal digests share one.
pub(crate) struct Turnstile(Vec<Mutex<()>>);

impl Default for Turnstile {
    fn default() -> Self {
        Self((0..2 * GATES).map(|_| Mutex::new(())).collect())
    }
}

impl Turnstile {
    /// Waits for a number's gate.
    pub(crate) async fn number(&self, digest: &Digest) -> MutexGuard<'_, ()> {
        self.0[usize::from(digest[0]) % GATES].lock().await
    }

    /// Waits for an idempotency key's gate; held outside a number's.
    pub(crate) async fn key(&self, digest: &Digest) -> MutexGuard<'_, ()> {
        self.0[GATES + usize::from(digest[0]) % GATES].lock().await
    }
}
