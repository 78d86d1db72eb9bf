//! Complaints, in a database file of their own.
//!
//! The main file is written in the order things happen, and its pages say so: whoever has a copy
//! could lay a complaint between two visits. Here there is no kiosk, no time finer than a day, and no
//! order of arrival once [`Complaints::tidy`] has run.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use central_api::{ComplaintKind, ComplaintState};
use jiff::civil::Date;
use sqlx::{Row, SqliteConnection, SqlitePool, sqlite::SqliteRow};
use tokio::sync::Mutex;

use super::{StoreError, from_word, open, visits::digest, word};
use crate::crypto::{Digest, Keyed};

/// Readers; few ask how a complaint stands at once.
const READERS: u32 = 2;

/// A complaint as a kiosk filed it.
pub(crate) struct NewComplaint {
    pub(crate) id: String,
    pub(crate) county: Option<String>,
    pub(crate) tracking: Keyed,
    pub(crate) code: Keyed,
    pub(crate) body: Digest,
    pub(crate) kind: ComplaintKind,
    pub(crate) content_sealed: Vec<u8>,
    pub(crate) received_on: Date,
}

/// A complaint that is kept already under an id.
pub(crate) struct KeptComplaint {
    /// None when it was imported.
    pub(crate) body: Option<Digest>,
    pub(crate) content_sealed: Vec<u8>,
}

/// How a complaint stands, and what opens it.
pub(crate) struct ComplaintRow {
    pub(crate) id: String,
    pub(crate) county: Option<String>,
    pub(crate) code: Keyed,
    pub(crate) kind: ComplaintKind,
    pub(crate) received_on: Date,
    pub(crate) state: ComplaintState,
    pub(crate) office: Option<String>,
    pub(crate) accepted_on: Option<Date>,
    /// Day and sealed text.
    pub(crate) reply: Option<(Date, Vec<u8>)>,
}

/// The open file.
#[derive(Clone)]
pub(crate) struct Complaints {
    pub(crate) path: PathBuf,
    readers: SqlitePool,
    writer: Arc<Mutex<Option<SqliteConnection>>>,
}

impl Complaints {
    /// Opens or makes the file beside the main `database`.
    pub(super) async fn open(database: &Path) -> Result<Self, StoreError> {
        let stem = database.file_stem().unwrap_or_default().to_string_lossy();
        let path = database.with_file_name(format!("{stem}.complaints.db"));
        let mut connection = open::connect(&path).await?;
        sqlx::migrate!("./migrations/complaints").run(&mut connection).await?;
        open::restrict(&path)?;
        let readers = open::readers(&path, READERS).await?;
        Ok(Self { path, readers, writer: Arc::new(Mutex::new(Some(connection))) })
    }

    /// Whether any complaint is kept.
    pub(crate) async fn any(&self) -> Result<bool, StoreError> {
        let row =
            sqlx::query("SELECT 1 FROM complaint LIMIT 1").fetch_optional(&self.readers).await?;
        Ok(row.is_some())
    }

    /// The complaint kept under `id`.
    pub(crate) async fn kept(&self, id: &str) -> Result<Option<KeptComplaint>, StoreError> {
        let row = sqlx::query("SELECT body_index, content_sealed FROM complaint WHERE id = ?")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let body: Option<&[u8]> = row.try_get("body_index")?;
        Ok(Some(KeptComplaint {
            body: body.map(|body| digest("complaint.body_index", body)).transpose()?,
            content_sealed: row.try_get("content_sealed")?,
        }))
    }

    /// Keeps a complaint; returns once it is durable. `false` when its id is taken.
    pub(crate) async fn keep(&self, complaint: &NewComplaint) -> Result<bool, StoreError> {
        let mut writer = self.writer.lock().await;
        let connection = writer.as_mut().ok_or(StoreError::Stopped)?;
        let kept = sqlx::query(
            "INSERT INTO complaint (id, area, tracking_index, tracking_index_key, code_hash, \
             code_key, body_index, kind, content_sealed, received_on, state) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        )
        .bind(&complaint.id)
        .bind(&complaint.county)
        .bind(complaint.tracking.digest.as_slice())
        .bind(&complaint.tracking.key)
        .bind(complaint.code.digest.as_slice())
        .bind(&complaint.code.key)
        .bind(complaint.body.as_slice())
        .bind(word(&complaint.kind))
        .bind(&complaint.content_sealed)
        .bind(complaint.received_on.to_string())
        .bind(word(&ComplaintState::Received))
        .execute(connection)
        .await?;
        Ok(kept.rows_affected() == 1)
    }

    /// Complaints with this tracking number; as kiosks make the numbers, two could have the same.
    pub(crate) async fn by_tracking(
        &self,
        tracking: &Digest,
    ) -> Result<Vec<ComplaintRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, area, code_hash, code_key, kind, received_on, state, office, accepted_on, \
             reply_on, reply_sealed FROM complaint WHERE tracking_index = ? ORDER BY id",
        )
        .bind(tracking.as_slice())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(complaint).collect()
    }

    /// Writes the file anew, in the order of the ids, if something was written since the last time: by
    /// this process, by another, or by one that died.
    pub(crate) async fn tidy(&self) -> Result<(), StoreError> {
        let mut writer = self.writer.lock().await;
        let Some(connection) = writer.as_mut() else { return Ok(()) };
        tidy(connection, &self.path).await
    }

    /// Puts the file in order and closes it.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        if let Some(mut connection) = self.writer.lock().await.take() {
            if let Err(error) = tidy(&mut connection, &self.path).await {
                tracing::warn!(code = "complaints.not_tidied", %error, "order of arrival not removed yet");
            }
            open::close(connection).await;
        }
    }
}

async fn tidy(connection: &mut SqliteConnection, path: &Path) -> Result<(), StoreError> {
    if is_tidy(path)? {
        return Ok(());
    }
    sqlx::query("VACUUM").execute(&mut *connection).await?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut *connection).await?;
    Ok(())
}

/// Whether nothing was written since the log was last emptied, which is the last step of tidying; what
/// `SQLite` moves to the file by itself stays in the log.
fn is_tidy(path: &Path) -> io::Result<bool> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    match std::fs::metadata(log) {
        Ok(log) => Ok(log.len() == 0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn complaint(row: &SqliteRow) -> Result<ComplaintRow, StoreError> {
    let reply_on = optional_day("complaint.reply_on", row.try_get("reply_on")?)?;
    let reply_sealed: Option<Vec<u8>> = row.try_get("reply_sealed")?;
    Ok(ComplaintRow {
        id: row.try_get("id")?,
        county: row.try_get("area")?,
        code: Keyed {
            key: row.try_get("code_key")?,
            digest: digest("complaint.code_hash", row.try_get("code_hash")?)?,
        },
        kind: from_word("complaint.kind", row.try_get("kind")?)?,
        received_on: day("complaint.received_on", row.try_get("received_on")?)?,
        state: from_word("complaint.state", row.try_get("state")?)?,
        office: row.try_get("office")?,
        accepted_on: optional_day("complaint.accepted_on", row.try_get("accepted_on")?)?,
        reply: reply_on.zip(reply_sealed),
    })
}

fn optional_day(column: &'static str, text: Option<&str>) -> Result<Option<Date>, StoreError> {
    text.map(|text| day(column, text)).transpose()
}

fn day(column: &'static str, text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| StoreError::Content(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filed(id: &str) -> NewComplaint {
        let keyed = Keyed { key: "c1".to_owned(), digest: [7; 32] };
        NewComplaint {
            id: id.repeat(32),
            county: None,
            tracking: keyed.clone(),
            code: keyed,
            body: [7; 32],
            kind: ComplaintKind::Petition,
            content_sealed: vec![7; 16],
            received_on: jiff::civil::date(2026, 11, 23),
        }
    }

    #[tokio::test]
    async fn the_file_is_written_anew_only_after_something_was_written() {
        let directory = tempfile::tempdir().expect("a directory");
        let database = directory.path().join("central.db");
        let complaints = Complaints::open(&database).await.expect("opens");
        assert!(complaints.keep(&filed("1")).await.expect("kept"));
        let mut watcher = open::connect(&complaints.path).await.expect("opens");
        let mut version = async || {
            let version = sqlx::query_scalar::<_, i64>("PRAGMA data_version");
            version.fetch_one(&mut watcher).await.expect("a version")
        };
        let written = version().await;
        complaints.tidy().await.expect("tidy");
        let tidied = version().await;
        assert_ne!(tidied, written);
        assert!(!complaints.keep(&filed("1")).await.expect("known"));
        complaints.tidy().await.expect("tidy");
        assert_eq!(version().await, tidied);
        // Another process writes, and dies before it tidies.
        let other = Complaints::open(&database).await.expect("opens");
        assert!(other.keep(&filed("2")).await.expect("kept"));
        drop(other);
        assert!(!is_tidy(&complaints.path).expect("a log"));
        complaints.tidy().await.expect("tidy");
        assert!(is_tidy(&complaints.path).expect("a log"));
    }
}
