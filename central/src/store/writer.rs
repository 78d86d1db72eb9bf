//! The one writer: takes all entries that wait, writes them in one transaction, and answers them
//! after the commit is on the disk. Whoever awaits [`Writer::commit`] knows its entry is durable.

mod group;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sqlx::SqliteConnection;
use tokio::sync::{mpsc, oneshot};

pub(super) use self::group::append_to;
use self::group::write;
use super::{Effect, StoreError};
use crate::{
    audit::{
        Record, WRITER,
        anchor::{Anchors, Head},
    },
    crypto::Keyring,
};

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
        Ok(Self { sender, stats })
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
mod tests {
    use super::*;
    use crate::{Clock, config::Config, store::Store};
    use sqlx::Executor;

    fn entry(released: usize) -> Entry {
        let record = Record {
            at: Clock::System.now(),
            kiosk: "hall-1".to_owned(),
            purpose: "progress",
            evidence: "card",
            person: None,
            released: vec!["x".repeat(released)],
            outcome: "released",
        };
        Entry { audit: Some(record), effects: Vec::new() }
    }

    #[tokio::test]
    async fn a_full_disk_is_forgotten_once_there_is_room() {
        let directory = tempfile::tempdir().expect("a directory");
        let config = Config::in_directory(directory.path());
        let keys = Arc::new(Keyring::open(&config.store.keys).expect("keys"));
        let store = Store::open(&config, Arc::clone(&keys)).await.expect("a store");
        store.close().await;
        let mut connection = store.connection().await.expect("a connection");
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count")
            .fetch_one(&mut connection)
            .await
            .expect("a count");
        let full = format!("PRAGMA max_page_count = {}", pages + 8);
        connection.execute(sqlx::AssertSqlSafe(full)).await.expect("a limit");
        let writer = Writer::start(connection, &store.path, keys).expect("a writer");

        let refused = writer.commit(entry(1_000_000)).await;
        assert!(matches!(refused, Err(StoreError::NotCommitted)), "{refused:?}");
        for _ in 0..2 {
            writer.commit(entry(10)).await.expect("there is room again");
        }
    }
}
