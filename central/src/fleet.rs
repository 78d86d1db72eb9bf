//! What is remembered of kiosks between requests: who they are, for a second, and how many persons
//! each served in the last hour.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};

use crate::{
    crypto::{Digest, KeyedIndex},
    store::{KioskRecord, Store, StoreError},
};

/// How long a kiosk's record is believed; a revocation by another process takes effect within it.
const BELIEVED: Duration = Duration::from_secs(1);
/// The window of the cap on distinct persons.
const WINDOW: SignedDuration = SignedDuration::from_hours(1);

/// What was found behind a certificate, and when.
type Believed = (Instant, Option<Arc<KioskRecord>>);

/// The kiosks lately seen.
#[derive(Default)]
pub(crate) struct Fleet {
    known: Mutex<HashMap<Digest, Believed>>,
    served: Mutex<HashMap<String, HashMap<Digest, Timestamp>>>,
}

impl Fleet {
    /// Starts with the persons the database knows to have been served within the window.
    pub(crate) async fn load(store: &Store, now: Timestamp) -> Result<Self, StoreError> {
        let fleet = Self::default();
        let since = now.saturating_sub(WINDOW).unwrap_or(now);
        for (kiosk, person, at) in store.persons_served(since).await? {
            lock(&fleet.served).entry(kiosk).or_default().insert(person, at);
        }
        Ok(fleet)
    }

    /// The kiosk behind a certificate, unless revoked or unknown.
    pub(crate) async fn kiosk(
        &self,
        store: &Store,
        certificate: &Digest,
    ) -> Result<Option<Arc<KioskRecord>>, StoreError> {
        if let Some((since, kiosk)) = lock(&self.known).get(certificate)
            && since.elapsed() < BELIEVED
        {
            return Ok(kiosk.clone());
        }
        let asked = Instant::now();
        let kiosk = store.kiosk_by_certificate(certificate).await?.map(Arc::new);
        lock(&self.known).insert(*certificate, (asked, kiosk.clone()));
        Ok(kiosk)
    }

    /// Forgets every record, so that a change made by this process counts at once.
    pub(crate) fn forget(&self) {
        lock(&self.known).clear();
    }

    /// Counts `person` for `kiosk`; `false` when that would make more than `cap` distinct persons
    /// within the hour.
    pub(crate) fn admit(&self, kiosk: &str, person: &KeyedIndex, now: Timestamp, cap: u32) -> bool {
        let mut served = lock(&self.served);
        let persons = served.entry(kiosk.to_owned()).or_default();
        persons.retain(|_, at| now.duration_since(*at) < WINDOW);
        let known = person.all().find(|index| persons.contains_key(*index)).copied();
        if known.is_none() && persons.len() >= cap as usize {
            return false;
        }
        persons.insert(known.unwrap_or(person.current.digest), now);
        true
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
