//! Complaints on their way: sealed, on the disk before anyone is told so, sent later, once.
//!
//! One thread owns the file. Of a complaint it keeps the seal and when it may go; who wrote it, what
//! kind it is and when it was written are inside the seal.

mod clerk;
mod drawer;
mod letter;
mod post;
mod schedule;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use central_api::SealKey;
use jiff::Timestamp;
use kiosk_config::Store;
use tokio::sync::{Notify, oneshot};
use visit::{Event, Filing, FilingFault, VisitId};

use super::disk::Disk;
use crate::error::AppError;
use crate::inbox::Inbox;
use clerk::Clerk;
pub(crate) use drawer::Waiting;
pub(super) use drawer::look;
pub(super) use post::deliver;

/// Longest wait for the thread to end.
const FAREWELL: Duration = Duration::from_secs(2);

/// A step of a complaint's way, for whoever watches: each is a moment at which power may fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Sealed; nothing of it is on the disk.
    Sealed,
    /// Written, not yet committed.
    Written,
    /// Committed: it survives from now on. Nobody knows yet.
    Committed,
    /// The session was told.
    Acknowledged,
    /// How long it waits is noted by central's time, which was not known when it was written.
    Postponed,
    /// About to be sent.
    Picked,
    /// Central has it.
    Answered,
    /// Deleted, not yet committed.
    Struck,
    /// Nothing of it is left here.
    Gone,
}

impl Step {
    /// All, in their order.
    pub const ALL: [Self; 9] = [
        Self::Sealed,
        Self::Written,
        Self::Committed,
        Self::Acknowledged,
        Self::Postponed,
        Self::Picked,
        Self::Answered,
        Self::Struck,
        Self::Gone,
    ];
}

/// Told of each step as it is taken.
pub type Witness = Arc<dyn Fn(Step) + Send + Sync>;

/// Where complaints are handed in. Clones share it; handing in never blocks.
#[derive(Clone)]
pub(super) struct Outbox {
    jobs: Sender<Job>,
    inbox: Inbox,
    /// Something may be due.
    pub(super) wake: Arc<Notify>,
    pub(super) witness: Witness,
}

/// The outbox's thread.
pub(super) struct Thread(Receiver<()>);

/// A sealed complaint.
pub(super) struct Letter {
    /// Its id, also its idempotency key.
    pub(super) id: String,
    /// JSON of a [`central_api::SealedComplaint`].
    pub(super) body: Vec<u8>,
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Central keeps it.
    Kept,
    /// Central does not take it; it is offered again, seldom.
    Refused,
    /// Not yet, and not before this time has passed.
    Later(Duration),
}

enum Job {
    Key(Box<SealKey>),
    File(VisitId, Box<Filing>),
    Next(Option<Timestamp>, oneshot::Sender<Option<Letter>>),
    Settle(String, Fate, oneshot::Sender<()>),
}

impl Outbox {
    /// Opens the outbox and starts its thread.
    pub(super) fn start(
        config: &Store,
        inbox: &Inbox,
        disk: Arc<Disk>,
        witness: Witness,
    ) -> Result<(Self, Thread), AppError> {
        let (jobs, received) = channel();
        let (ending, ended) = channel();
        let wake = Arc::new(Notify::new());
        let outbox = Self { jobs, inbox: inbox.clone(), wake: Arc::clone(&wake), witness };
        let (config, inbox) = (config.clone(), inbox.clone());
        let (guard, witness) = (inbox.guard("outbox"), Arc::clone(&outbox.witness));
        let run = move || {
            let _ending: Sender<()> = ending;
            let _guard = guard;
            Clerk::new(&config, inbox, disk, wake, witness).run(&received);
        };
        let thread = std::thread::Builder::new().name("outbox".to_owned()).spawn(run);
        thread.map(drop).map_err(AppError::Thread)?;
        Ok((outbox, Thread(ended)))
    }

    /// Complaints are sealed to this key from now on.
    pub(super) fn seal_to(&self, key: SealKey) {
        self.tell(Job::Key(Box::new(key)));
    }

    /// Puts a complaint on the disk; what became of it is an event.
    pub(super) fn file(&self, visit: VisitId, filing: Box<Filing>) {
        if !self.tell(Job::File(visit, filing)) {
            self.inbox.send(Event::Filed(visit, Err(FilingFault::Disk)));
        }
    }

    /// A letter that is due, `now` being central's time, if it is known.
    pub(super) async fn next(&self, now: Option<Timestamp>) -> Option<Letter> {
        let (reply, letter) = oneshot::channel();
        self.tell(Job::Next(now, reply));
        letter.await.ok().flatten()
    }

    /// Takes in what became of a letter.
    pub(super) async fn settle(&self, letter: Letter, fate: Fate) {
        let (reply, settled) = oneshot::channel();
        self.tell(Job::Settle(letter.id, fate, reply));
        // A thread that ended has said so itself.
        settled.await.unwrap_or(());
    }

    fn tell(&self, job: Job) -> bool {
        let told = self.jobs.send(job).is_ok();
        if !told {
            tracing::error!(code = "OUTBOX-THREAD", "the outbox's thread has ended");
        }
        told
    }
}

impl Thread {
    /// Waits until the file is closed; every [`Outbox`] must be gone.
    pub(super) fn join(self) {
        if self.0.recv_timeout(FAREWELL) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
            tracing::warn!(code = "OUTBOX-FAREWELL", "the disk does not answer");
        }
    }
}
