//! Public content between the disk and the session: what is held, what was told, how fresh it is.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp, Unit};
use visit::{CentralEvent, Event, PublicContent, Service};

use super::cache::{Cache, Kind, Moment};
use super::disk::{Disk, DiskFault};
use super::outbox::Outbox;
use super::store::StoreError;
use super::sync::Found;
use super::trusted::TrustedClock;
use crate::inbox::Inbox;
use crate::zone::civil;

/// Time between two notes of what time it is, so that flash memory lives long.
const NOTE_EVERY: Duration = Duration::from_mins(10);
/// A trusted time that goes back further than this shows that the one before was wrong.
const WENT_BACK: SignedDuration = SignedDuration::from_hours(24);

/// Public content held. Clones share it.
#[derive(Clone)]
pub(super) struct Shelf {
    inbox: Inbox,
    pub(super) clock: Arc<TrustedClock>,
    outbox: Outbox,
    disk: Arc<Disk>,
    cache: Arc<Mutex<Cache>>,
    told: Arc<Mutex<Told>>,
}

/// What the session was told, and what it waits for.
#[derive(Default)]
struct Told {
    held: BTreeSet<Kind>,
    wanted: BTreeSet<Kind>,
    synced: Option<Timestamp>,
    noted: Option<Instant>,
}

impl Shelf {
    pub(super) fn new(
        inbox: Inbox,
        clock: Arc<TrustedClock>,
        outbox: Outbox,
        disk: Arc<Disk>,
        cache: Cache,
    ) -> Self {
        disk.report(DiskFault::Cache, !cache.is_on_disk());
        let cache = Arc::new(Mutex::new(cache));
        Self { inbox, clock, outbox, disk, cache, told: Arc::default() }
    }

    /// Tells the session what is on the disk, before any network is there.
    pub(super) fn restore(&self) {
        let done = self.cache().and_then(|mut cache| {
            if let Some(moment) = cache.moment(Moment::Trusted)? {
                let civil = civil(moment);
                self.send(CentralEvent::Time { civil, fresh: false });
                cache.purge(civil.date())?;
            }
            for kind in Kind::ALL {
                if kind == Kind::Notices {
                    self.publish_notices(&mut cache)?;
                } else if let Some(content) = cache.content(kind)? {
                    self.publish(kind, content);
                }
            }
            let synced = cache.moment(Moment::Synced)?;
            self.told().synced = synced;
            if let Some(synced) = synced {
                self.send(CentralEvent::Synced(civil(synced)));
            }
            Ok(())
        });
        if let Err(error) = &done {
            self.complain(error);
        }
    }

    /// Gives content to the session.
    pub(super) fn publish(&self, kind: Kind, content: PublicContent) {
        if let PublicContent::Hall(hall) = &content {
            // Before the session knows of a hall it takes no complaint.
            self.outbox.seal_to(hall.seal_key.clone());
        }
        self.told().held.insert(kind);
        self.send(CentralEvent::Public(content));
    }

    /// Gives all notices held to the session, if they ever came.
    pub(super) fn publish_notices(&self, cache: &mut Cache) -> Result<(), StoreError> {
        if !cache.holds_notices()? {
            return Ok(());
        }
        let notices = cache.notices()?;
        if cache.holds_notices()? {
            self.publish(Kind::Notices, PublicContent::Notices(notices.into()));
        }
        Ok(())
    }

    pub(super) fn holds(&self, kind: Kind) -> bool {
        self.told().held.contains(&kind)
    }

    /// The session waits for this.
    pub(super) fn want(&self, service: Service) {
        self.told().wanted.insert(kind_of(service));
    }

    /// Whether the session waits for anything.
    pub(super) fn is_wanted(&self) -> bool {
        !self.told().wanted.is_empty()
    }

    /// What the session waits for comes first.
    pub(super) fn order(&self) -> Vec<Kind> {
        let mut kinds = Kind::ALL.to_vec();
        let told = self.told();
        kinds.sort_by_key(|kind| !told.wanted.contains(kind));
        kinds
    }

    /// An attempt at one kind, or at all, is over: whoever waits for it in vain is told.
    pub(super) fn attempted(&self, kind: Option<Kind>) {
        for service in [Service::Policies, Service::Notices, Service::Complaints] {
            let of = kind_of(service);
            let over = kind.is_none_or(|kind| kind == of) && self.told().wanted.remove(&of);
            if over && !self.holds(of) {
                self.send(CentralEvent::PublicMissing(service));
            }
        }
    }

    /// A sync is over. True if notices must be asked for once more, all of them.
    pub(super) fn finish(&self, cache: &mut Cache, found: Found) -> Result<bool, StoreError> {
        let Some(now) = self.clock.now() else { return Ok(false) };
        // By a time that was wrong, notices may have been thrown away that still stand.
        let before = cache.moment(Moment::Trusted)?;
        let again = before.is_some_and(|before| before.duration_since(now) > WENT_BACK);
        if again {
            cache.begin_anew()?;
            note(cache, now, self.told().synced)?;
            return Ok(true);
        }
        if found.whole {
            self.tell_synced(now);
        }
        let due = self.told().noted.is_none_or(|noted| noted.elapsed() >= NOTE_EVERY);
        if due && found.whole {
            cache.return_to_disk();
        }
        if due || found.changed {
            note(cache, now, self.told().synced)?;
            self.told().noted = Some(Instant::now());
        }
        cache.purge(civil(now).date())?;
        self.disk.report(DiskFault::Cache, !(found.kept && cache.is_on_disk()));
        Ok(false)
    }

    /// Notes the time when the kiosk is closed.
    pub(super) fn close(&self) {
        let Some(now) = self.clock.now() else { return };
        let synced = self.told().synced;
        if let Err(error) = self.cache().and_then(|mut cache| note(&mut cache, now, synced)) {
            self.complain(&error);
        }
    }

    /// To the minute: nobody reads more of it.
    fn tell_synced(&self, now: Timestamp) {
        let minute = |moment: Timestamp| civil(moment).round(Unit::Minute).ok();
        let before = self.told().synced.replace(now);
        if before.and_then(minute) != minute(now) {
            self.send(CentralEvent::Synced(civil(now)));
        }
    }

    /// Works with the cache on a thread that may wait for the disk.
    pub(super) async fn with_cache<T, E>(
        &self,
        work: impl FnOnce(&Self, &mut Cache) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let shelf = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&shelf, &mut *shelf.cache()?));
        done.await.unwrap_or_else(|_| Err(StoreError::Stopped.into()))
    }

    /// Tells that the cache could not be used.
    pub(super) fn complain(&self, error: &StoreError) {
        tracing::warn!(code = "CACHE-DISK", ?error, "public content cannot be kept");
        self.disk.report(DiskFault::Cache, true);
    }

    fn cache(&self) -> Result<MutexGuard<'_, Cache>, StoreError> {
        self.cache.lock().map_err(|_| StoreError::Stopped)
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send(&self, event: CentralEvent) {
        self.inbox.send(Event::Central(event));
    }
}

fn note(cache: &mut Cache, now: Timestamp, synced: Option<Timestamp>) -> Result<(), StoreError> {
    let synced = synced.map(|synced| (Moment::Synced, synced));
    let moments: Vec<_> = [(Moment::Trusted, now)].into_iter().chain(synced).collect();
    cache.remember(&moments)
}

fn kind_of(service: Service) -> Kind {
    match service {
        Service::Policies => Kind::Policies,
        Service::Notices => Kind::Notices,
        Service::Complaints | Service::Progress => Kind::Hall,
    }
}
