//! The outbox's thread: takes complaints in, hands letters out, strikes them off.

use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use central_api::SealKey;
use jiff::Timestamp;
use kiosk_config::Store;
use tokio::sync::Notify;
use visit::{Event, Filed, Filing, FilingFault};

use super::drawer::Drawer;
use super::letter::{self, SealFault};
use super::schedule::Schedule;
use super::{Fate, Job, Letter, Step, Witness};
use crate::central::disk::{Disk, DiskFault};
use crate::central::store::StoreError;
use crate::inbox::Inbox;

pub(super) struct Clerk {
    drawer: Drawer,
    schedule: Schedule,
    cap: u32,
    key: Option<Box<SealKey>>,
    inbox: Inbox,
    disk: Arc<Disk>,
    wake: Arc<Notify>,
    witness: Witness,
}

impl Clerk {
    pub(super) fn new(
        config: &Store,
        inbox: Inbox,
        disk: Arc<Disk>,
        wake: Arc<Notify>,
        witness: Witness,
    ) -> Self {
        let drawer = Drawer::new(&config.directory, Arc::clone(&disk));
        let schedule = Schedule::new(config.complaint_delay_min, config.complaint_delay_max);
        let cap = config.outbox_cap;
        Self { drawer, schedule, cap, key: None, inbox, disk, wake, witness }
    }

    /// Works until nobody can hand anything in any more.
    pub(super) fn run(mut self, jobs: &Receiver<Job>) {
        match self.drawer.waiting() {
            Ok(waiting) => self.schedule.load(waiting),
            Err(error) => self.complain(&error),
        }
        while let Ok(job) = jobs.recv() {
            match job {
                Job::Key(key) => self.key = Some(key),
                Job::File(visit, filing) => {
                    let filed = self.file(&filing);
                    drop(filing);
                    let done = filed.is_ok();
                    self.inbox.send(Event::Filed(visit, filed));
                    if done {
                        (self.witness)(Step::Acknowledged);
                        self.wake.notify_one();
                    }
                }
                // Whoever asked may be gone: the kiosk is being closed.
                Job::Next(now, reply) => drop(reply.send(self.next(now))),
                Job::Settle(id, fate, reply) => {
                    if let Err(error) = self.settle(&id, fate) {
                        self.complain(&error);
                    }
                    reply.send(()).unwrap_or(());
                }
            }
        }
    }

    fn file(&mut self, filing: &Filing) -> Result<Filed, FilingFault> {
        let held = self.drawer.count().map_err(|error| self.refuse(&error))?;
        if held >= self.cap {
            tracing::warn!(code = "OUTBOX-FULL", held, "a complaint is refused");
            return Err(FilingFault::Full);
        }
        let key = self.key.as_ref().ok_or(FilingFault::NoKey)?;
        let (letter, filed) = letter::seal(key, filing).map_err(|fault| {
            tracing::error!(code = "OUTBOX-SEAL", error = ?fault, "a complaint cannot be sealed");
            match fault {
                SealFault::Key(_) => FilingFault::NoKey,
                SealFault::Random | SealFault::Json => FilingFault::Disk,
            }
        })?;
        (self.witness)(Step::Sealed);
        let planned = self.schedule.plan(filing.writer.is_some());
        self.drawer
            .put(&letter, planned.not_before(), &*self.witness)
            .map_err(|error| self.refuse(&error))?;
        self.disk.report(DiskFault::OutboxUnwritten, false);
        self.schedule.add(letter.id, planned);
        Ok(filed)
    }

    fn next(&mut self, now: Option<Timestamp>) -> Option<Letter> {
        if let Some(now) = now {
            for (id, not_before) in self.schedule.settle(now) {
                // In vain it only means that the wait begins anew after a restart.
                match self.drawer.postpone(&id, not_before) {
                    Ok(()) => (self.witness)(Step::Postponed),
                    Err(error) => self.complain(&error),
                }
            }
        }
        loop {
            let id = self.schedule.pick()?;
            match self.drawer.body(&id) {
                Ok(Some(body)) => return Some(Letter { id, body }),
                // It went with a file that was set aside.
                Ok(None) => self.schedule.remove(&id),
                Err(error) => {
                    self.complain(&error);
                    return None;
                }
            }
        }
    }

    fn settle(&mut self, id: &str, fate: Fate) -> Result<(), StoreError> {
        match fate {
            Fate::Kept => {
                // Should the disk refuse, central is asked again and says the same.
                self.schedule.later(id, 1, Duration::ZERO);
                self.drawer.strike(id, &*self.witness)?;
                self.schedule.remove(id);
            }
            Fate::Refused => {
                tracing::error!(code = "OUTBOX-REFUSED", "central refuses a complaint");
                self.disk.report(DiskFault::OutboxRefused, true);
                self.schedule.refused(id);
                self.drawer.refuse(id)?;
            }
            Fate::Later(least) => {
                self.schedule.later(id, 1, least);
                let attempts = self.drawer.count_attempt(id)?;
                self.schedule.later(id, attempts, least);
            }
        }
        Ok(())
    }

    fn refuse(&self, error: &StoreError) -> FilingFault {
        self.complain(error);
        FilingFault::Disk
    }

    fn complain(&self, error: &StoreError) {
        tracing::error!(code = "OUTBOX-DISK", ?error, "the outbox cannot be used");
        self.disk.report(DiskFault::OutboxUnwritten, true);
    }
}
