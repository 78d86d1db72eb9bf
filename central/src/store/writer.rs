//! The one writer: takes all entries that wait, writes them in one transaction, and answers them
//! after the commit is on the disk. Whoever awaits [`Writer::commit`] knows its entry is durable.

mod group;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use jiff::Timestamp;
use sqlx::SqliteConnection;
use tokio::sync::{Mutex, mpsc, oneshot};

use self::group::write;
pub(super) use self::group::{append_to, last_head};
use super::{Effect, StoreError};
use crate::{
    audit::{
        Record, WRITER,
        anchor::{Anchors, Head},
    },
    crypto::Keyring,
};

/// How long the answer of a probe is believed.
const BELIEVED: Duration = Duration::from_secs(1);
/// Most entries of one transaction.
const GROUP: usize = 256;

/// One indivisible change with its audit.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    pub(crate) audit: Option<Record>,
    pub(crate) effects: Vec<Effect>,
}

enum Message {
    Write(Entry, oneshot::Sender<bool>),
    Stop(oneshot::Sender<()>),
}

/// What the writer has done since it started.
#[derive(Debug, Default)]
pub(crate) struct WriterStats {
    pub(crate) commits: AtomicU64,
    pub(crate) entries: AtomicU64,
    pub(crate) failures: AtomicU64,
}

/// Handle to the writer task.
#[derive(Clone)]
pub(crate) struct Writer {
    sender: mpsc::Sender<Message>,
    probed: Arc<Mutex<Option<(Instant, bool)>>>,
    pub(crate) stats: Arc<WriterStats>,
}

impl Writer {
    /// Starts the task on `connection`.
    pub(crate) fn start(
        connection: SqliteConnection,
        database: &Path,
        keys: Arc<Keyring>,
    ) -> Result<Self, StoreError> {
        let (sender, receiver) = mpsc::channel(1024);
        let stats = Arc::new(WriterStats::default());
        let anchors = Anchors::open(database, WRITER)?;
        let task = Task {
            connection,
            database: database.to_owned(),
            keys,
            anchors,
            head: None,
            anchored: None,
            stats: Arc::clone(&stats),
        };
        tokio::spawn(task.run(receiver));
        Ok(Self { sender, probed: Arc::default(), stats })
    }

    /// Returns once `entry` is durable.
    ///
    /// # Errors
    /// When it is not: the disk refused, or central is stopping. Nothing of it was written.
    pub(crate) async fn commit(&self, entry: Entry) -> Result<(), StoreError> {
        let (answer, committed) = oneshot::channel();
        self.sender.send(Message::Write(entry, answer)).await.map_err(|_| StoreError::Stopped)?;
        match committed.await {
            Ok(true) => Ok(()),
            Ok(false) => Err(StoreError::NotCommitted),
            Err(_) => Err(StoreError::Stopped),
        }
    }

    /// Whether the disk takes a durable write. The answer is believed for a second: whoever asks,
    /// and how often, makes no more work for the disk.
    ///
    /// # Errors
    /// When it does not, or did not within the last second.
    pub(crate) async fn probe(&self, now: Instant, at: Timestamp) -> Result<(), StoreError> {
        let mut probed = self.probed.lock().await;
        let writable = match *probed {
            Some((asked, writable)) if now.saturating_duration_since(asked) < BELIEVED => writable,
            _ => {
                let effects = vec![Effect::Probe { at }];
                let writable = self.commit(Entry { audit: None, effects }).await.is_ok();
                *probed = Some((now, writable));
                writable
            }
        };
        if writable { Ok(()) } else { Err(StoreError::NotCommitted) }
    }

    /// Commits what waits, then ends the task.
    pub(crate) async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.sender.send(Message::Stop(done)).await.is_ok() {
            let _ = stopped.await;
        }
    }
}

struct Task {
    connection: SqliteConnection,
    database: PathBuf,
    keys: Arc<Keyring>,
    anchors: Anchors,
    head: Option<Head>,
    anchored: Option<Head>,
    stats: Arc<WriterStats>,
}

impl Task {
    /// A fresh connection after a failure: `SQLite` ends a transaction by itself when the disk is full,
    /// and the old connection would go on believing in it.
    async fn reconnect(&mut self) {
        match super::open::connect(&self.database).await {
            Ok(connection) => {
                let old = std::mem::replace(&mut self.connection, connection);
                super::open::close(old).await;
            }
            Err(error) => {
                tracing::error!(code = "store.reconnect_failed", %error, "no new connection yet");
            }
        }
    }

    async fn run(mut self, mut receiver: mpsc::Receiver<Message>) {
        let mut waiting = Vec::with_capacity(GROUP);
        while receiver.recv_many(&mut waiting, GROUP).await > 0 {
            let mut entries = Vec::with_capacity(waiting.len());
            let mut stop = None;
            for message in waiting.drain(..) {
                match message {
                    Message::Write(entry, answer) => entries.push((entry, answer)),
                    Message::Stop(done) => stop = Some(done),
                }
            }
            self.commit(entries).await;
            if let Some(done) = stop {
                super::open::close(self.connection).await;
                let _ = done.send(());
                return;
            }
        }
    }

    /// Writes the group; if it fails, each entry alone, so that one bad entry harms no other.
    async fn commit(&mut self, entries: Vec<(Entry, oneshot::Sender<bool>)>) {
        let group: Vec<&Entry> = entries.iter().map(|(entry, _)| entry).collect();
        if group.is_empty() {
            return;
        }
        if self.try_commit(&group).await {
            // The first answer of all waits for its anchor: entries without any are a break.
            if self.anchored.is_none() {
                self.anchor();
            }
            for (_, answer) in entries {
                let _ = answer.send(true);
            }
        } else {
            let alone = entries.len() == 1;
            for (entry, answer) in entries {
                let committed = !alone && self.try_commit(&[&entry]).await;
                let _ = answer.send(committed);
            }
        }
        // After the answers: this anchor may lag behind the chain, an answer need not wait for it.
        self.anchor();
    }

    async fn try_commit(&mut self, group: &[&Entry]) -> bool {
        match write(&mut self.connection, &self.keys, self.head.clone(), group).await {
            Ok(head) => {
                self.head = head;
                self.stats.commits.fetch_add(1, Ordering::Relaxed);
                self.stats.entries.fetch_add(group.len() as u64, Ordering::Relaxed);
                true
            }
            Err(error) => {
                self.reconnect().await;
                // Read the head afresh: another process may have written to this chain.
                self.head = None;
                self.stats.failures.fetch_add(1, Ordering::Relaxed);
                tracing::error!(code = "store.commit_failed", %error, cause = ?error.kind(), entries = group.len(), "commit failed, nothing of it was released");
                false
            }
        }
    }

    fn anchor(&mut self) {
        if self.head == self.anchored {
            return;
        }
        if let Some(head) = self.head.as_ref().filter(|head| head.seq > 0)
            && let Err(error) = self.anchors.note(&self.keys, WRITER, head)
        {
            tracing::error!(code = "audit.anchor_failed", %error, "head of the audit chain not anchored");
        }
        self.anchored.clone_from(&self.head);
    }
}

impl StoreError {
    /// The kind of fault in words that hold no stored value.
    fn kind(&self) -> String {
        match self {
            Self::Database(sqlx::Error::Database(error)) => {
                format!("sqlite {}", error.code().unwrap_or_default())
            }
            other => other.to_string(),
        }
    }
}

#[cfg(test)]
mod tests;
