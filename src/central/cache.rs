//! Public content on the kiosk's disk: what central said last, readable without a network.
//!
//! It holds nothing of any resident. A broken file is thrown away and filled anew; while the disk
//! takes nothing, content is kept in memory.

mod contents;
mod notices;
mod refuge;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::store::{self, Keeping, StoreError};
pub(super) use contents::{Kind, parse};
pub(super) use notices::Position;

const FILE: &str = "cache.db";
const STEPS: [&str; 2] = [
    include_str!("migrations/cache_0001_content.sql"),
    include_str!("migrations/cache_0002_anew.sql"),
];

/// Public content on the disk.
pub(super) struct Cache {
    db: Connection,
    path: PathBuf,
    /// Otherwise it is in memory.
    on_disk: bool,
}

/// A moment worth remembering.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moment {
    /// The last time that could be trusted.
    Trusted,
    /// When all content was as central has it.
    Synced,
}

impl Moment {
    fn name(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Synced => "synced",
        }
    }
}

impl Cache {
    /// Opens the cache; a broken one is made anew, and without a disk it is in memory.
    pub(super) fn open(directory: &Path) -> Self {
        let path = directory.join(FILE);
        match open_file(&path) {
            Ok(db) => Self { db, path, on_disk: true },
            Err(error) => {
                tracing::error!(code = "CACHE-DISK", ?error, "content is kept in memory only");
                let db = store::open_in_memory(&STEPS).expect("SQLite needs memory only");
                Self { db, path, on_disk: false }
            }
        }
    }

    /// Whether it outlives the kiosk.
    pub(super) fn is_on_disk(&self) -> bool {
        self.on_disk
    }

    /// A moment remembered.
    pub(super) fn moment(&mut self, which: Moment) -> Result<Option<Timestamp>, StoreError> {
        let note = self.use_it(|db| note(db, which.name()))?;
        Ok(note.and_then(|moment| moment.parse().ok()))
    }

    /// Remembers moments.
    pub(super) fn remember(&mut self, moments: &[(Moment, Timestamp)]) -> Result<(), StoreError> {
        self.use_it(|db| {
            let change = db.transaction()?;
            for (which, moment) in moments {
                set_note(&change, which.name(), Some(&moment.to_string()))?;
            }
            Ok(change.commit()?)
        })
    }

    /// Works with the database; if that turns out to be broken, it is made anew, empty.
    fn use_it<T>(
        &mut self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let done = work(&mut self.db);
        if let Err(error) = &done
            && error.is_damage()
        {
            self.rebuild(error)?;
        }
        done
    }

    fn rebuild(&mut self, error: &StoreError) -> Result<(), StoreError> {
        // The old one must be closed before its file goes.
        self.db = store::open_in_memory(&STEPS)?;
        if std::mem::take(&mut self.on_disk) {
            self.db = make_anew(&self.path, error)?;
            self.on_disk = true;
        }
        Ok(())
    }
}

fn open_file(path: &Path) -> Result<Connection, StoreError> {
    match store::open(path, &STEPS, Keeping::Consistent) {
        Err(error) if error.is_damage() => make_anew(path, &error),
        opened => opened,
    }
}

fn make_anew(path: &Path, error: &StoreError) -> Result<Connection, StoreError> {
    tracing::warn!(code = "CACHE-REBUILT", ?error, "the cache was broken and is filled anew");
    store::remove(path)?;
    store::open(path, &STEPS, Keeping::Consistent)
}

/// When all content was as central has it, for `kiosk diagnose`; none if nothing is held. The file is
/// only read.
pub(super) fn look(directory: &Path) -> Result<Option<Timestamp>, StoreError> {
    let path = directory.join(FILE);
    if !path.exists() {
        return Ok(None);
    }
    let db = store::look(&path)?;
    Ok(note(&db, Moment::Synced.name())?.and_then(|moment| moment.parse().ok()))
}

fn note(db: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT value FROM note WHERE name = ?";
    Ok(db.query_row(sql, [name], |row| row.get(0)).optional()?)
}

fn set_note(db: &Connection, name: &str, value: Option<&str>) -> Result<(), StoreError> {
    match value {
        Some(value) => {
            db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", params![name, value])?
        }
        None => db.execute("DELETE FROM note WHERE name = ?", [name])?,
    };
    Ok(())
}
