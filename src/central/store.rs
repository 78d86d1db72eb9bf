//! The kiosk's SQLite files: made readable by the kiosk only, checked, brought up to date.

use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

/// Longest wait for another process, such as `kiosk diagnose`, to have looked.
const BUSY: Duration = Duration::from_secs(2);
/// What SQLite puts beside a file; empty for the file itself, which goes first.
const PARTS: [&str; 3] = ["", "-wal", "-shm"];

/// How much a commit survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeping {
    /// Power loss at any instant: what was committed stays.
    Durable,
    /// Power loss may undo the last commits, whole ones.
    Consistent,
}

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum StoreError {
    /// SQLite says so.
    #[error("the database cannot be used")]
    Sql(#[from] rusqlite::Error),
    /// File or directory.
    #[error("the database's directory cannot be used")]
    Disk(#[from] std::io::Error),
    /// It is no database of this kiosk's, or not all of it is there.
    #[error("the database is damaged")]
    Damaged,
    /// The thread that worked with it came to grief.
    #[error("work on the database was not finished")]
    Stopped,
}

impl StoreError {
    /// Whether the file itself is broken, as opposed to a disk that is full or does not answer.
    pub(super) fn is_damage(&self) -> bool {
        match self {
            Self::Damaged => true,
            Self::Disk(_) | Self::Stopped => false,
            Self::Sql(error) => match error.sqlite_error_code() {
                Some(code) => matches!(
                    code,
                    // A table that is not there is an unknown error to SQLite.
                    ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::Unknown
                ),
                // A column holds what was never put there.
                None => true,
            },
        }
    }
}

/// Opens a file, made if need be, and carries out the steps it has not seen yet.
pub(super) fn open(
    path: &Path,
    steps: &[&str],
    keeping: Keeping,
) -> Result<Connection, StoreError> {
    create(path)?;
    let mut db = Connection::open(path)?;
    db.busy_timeout(BUSY)?;
    let mode: String = db.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(std::io::Error::other("the file system keeps no write-ahead log").into());
    }
    let synchronous = if keeping == Keeping::Durable { "FULL" } else { "NORMAL" };
    db.pragma_update(None, "synchronous", synchronous)?;
    db.pragma_update(None, "secure_delete", keeping == Keeping::Durable)?;
    let word: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if word != "ok" {
        return Err(StoreError::Damaged);
    }
    bring_up_to_date(&mut db, steps)?;
    sync_directory(path)?;
    Ok(db)
}

/// Opens a file that is there, for reading.
pub(super) fn look(path: &Path) -> Result<Connection, StoreError> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    db.busy_timeout(BUSY)?;
    Ok(db)
}

/// A database that ends with the kiosk.
pub(super) fn open_in_memory(steps: &[&str]) -> Result<Connection, StoreError> {
    let mut db = Connection::open_in_memory()?;
    bring_up_to_date(&mut db, steps)?;
    Ok(db)
}

/// Steps are only ever added at the end: a file remembers how many it has seen.
fn bring_up_to_date(db: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let seen: u32 = change.pragma_query_value(None, "user_version", |row| row.get(0))?;
    // One from a later kiosk is not ours either.
    let missing = steps.get(seen as usize..).ok_or(StoreError::Damaged)?;
    for step in missing {
        change.execute_batch(step)?;
    }
    let seen = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    change.pragma_update(None, "user_version", seen)?;
    Ok(change.commit()?)
}

/// Deletes a database.
pub(super) fn remove(path: &Path) -> std::io::Result<()> {
    for part in PARTS {
        match fs::remove_file(beside(path, part)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    sync_directory(path)
}

/// Renames a database, all that belongs to it included.
pub(super) fn set_aside(path: &Path, to: &Path) -> std::io::Result<()> {
    for part in PARTS {
        match fs::rename(beside(path, part), beside(to, part)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    sync_directory(path)
}

fn beside(path: &Path, part: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(part);
    name.into()
}

/// SQLite would let others read a file it makes; one that is there keeps its mode, and lends it to
/// what is put beside it.
fn create(path: &Path) -> std::io::Result<()> {
    if let Some(directory) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    }
    File::options().append(true).create(true).mode(0o600).open(path).map(drop)
}

/// A new file's name survives power loss only once its directory was written.
fn sync_directory(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(directory) => File::open(directory)?.sync_all(),
        None => Ok(()),
    }
}
