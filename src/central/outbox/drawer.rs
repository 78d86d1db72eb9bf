//! The outbox's file. A commit here survives power loss; what is damaged is set aside, never deleted.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::{Letter, Step};
use crate::central::disk::{Disk, DiskFault};
use crate::central::store::{self, Keeping, StoreError};

const FILE: &str = "outbox.db";
const STEPS: [&str; 1] = [include_str!("../migrations/outbox_0001_sealed.sql")];

pub(super) struct Drawer {
    /// None while the file cannot be opened; tried again each time.
    db: Option<Connection>,
    directory: PathBuf,
    disk: Arc<Disk>,
}

/// A letter that waits.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) not_before: Option<i64>,
}

/// How many letters lie there, for `kiosk diagnose`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Waiting {
    pub(crate) waiting: u32,
    pub(crate) refused: u32,
    /// Damaged files beside it.
    pub(crate) damaged: u32,
}

impl Drawer {
    pub(super) fn new(directory: &Path, disk: Arc<Disk>) -> Self {
        disk.report(DiskFault::OutboxDamaged, damaged(directory) > 0);
        Self { db: None, directory: directory.to_owned(), disk }
    }

    /// All letters, those central refused included: they are offered again.
    pub(super) fn waiting(&mut self) -> Result<Vec<Row>, StoreError> {
        let rows = self.use_it(|db| {
            let mut all = db.prepare("SELECT id, not_before FROM sealed")?;
            let rows =
                all.query_map([], |row| Ok(Row { id: row.get(0)?, not_before: row.get(1)? }));
            Ok(rows?.collect::<Result<Vec<_>, _>>()?)
        })?;
        self.tell_refused()?;
        Ok(rows)
    }

    /// How many letters wait; refused ones take nobody's place.
    pub(super) fn count(&mut self) -> Result<u32, StoreError> {
        self.count_where(false)
    }

    /// Tells whether letters lie here that central refused.
    fn tell_refused(&mut self) -> Result<(), StoreError> {
        let refused = self.count_where(true)?;
        self.disk.report(DiskFault::OutboxRefused, refused > 0);
        Ok(())
    }

    fn count_where(&mut self, refused: bool) -> Result<u32, StoreError> {
        let sql = "SELECT count(*) FROM sealed WHERE refused = ?";
        self.use_it(|db| Ok(db.query_row(sql, [refused], |row| row.get(0))?))
    }

    /// Puts a letter in; once this returns it survives power loss.
    pub(super) fn put(
        &mut self,
        letter: &Letter,
        not_before: Option<i64>,
        witness: &dyn Fn(Step),
    ) -> Result<(), StoreError> {
        self.use_it(|db| {
            let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let sql = "INSERT INTO sealed (id, body, not_before) VALUES (?, ?, ?)";
            change.execute(sql, params![letter.id, letter.body, not_before])?;
            witness(Step::Written);
            change.commit()?;
            witness(Step::Committed);
            Ok(())
        })
    }

    pub(super) fn body(&mut self, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT body FROM sealed WHERE id = ?";
        self.use_it(|db| Ok(db.query_row(sql, [id], |row| row.get(0)).optional()?))
    }

    /// Deletes a letter that central keeps.
    pub(super) fn strike(&mut self, id: &str, witness: &dyn Fn(Step)) -> Result<(), StoreError> {
        self.use_it(|db| {
            let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            change.execute("DELETE FROM sealed WHERE id = ?", [id])?;
            witness(Step::Struck);
            change.commit()?;
            witness(Step::Gone);
            Ok(())
        })?;
        self.tell_refused()
    }

    pub(super) fn postpone(&mut self, id: &str, not_before: i64) -> Result<(), StoreError> {
        let sql = "UPDATE sealed SET not_before = ? WHERE id = ?";
        self.use_it(|db| Ok(db.execute(sql, params![not_before, id]).map(drop)?))
    }

    /// Counts an attempt; says how many there were.
    pub(super) fn count_attempt(&mut self, id: &str) -> Result<u32, StoreError> {
        let sql = "UPDATE sealed SET attempts = attempts + 1 WHERE id = ? RETURNING attempts";
        let attempts =
            self.use_it(|db| Ok(db.query_row(sql, [id], |row| row.get(0)).optional()?));
        Ok(attempts?.unwrap_or(1))
    }

    /// Notes that central refused a letter.
    pub(super) fn refuse(&mut self, id: &str) -> Result<(), StoreError> {
        let sql = "UPDATE sealed SET refused = 1 WHERE id = ?";
        self.use_it(|db| Ok(db.execute(sql, [id]).map(drop)?))
    }

    /// Works with the file; a damaged one is set aside and the work done once more on a new one.
    fn use_it<T>(
        &mut self,
        mut work: impl FnMut(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match self.opened().and_then(&mut work) {
            Err(error) if error.is_damage() => {
                self.set_aside(&error)?;
                self.opened().and_then(work)
            }
            done => done,
        }
    }

    fn opened(&mut self) -> Result<&mut Connection, StoreError> {
        match &mut self.db {
            Some(db) => Ok(db),
            db => {
                let path = self.directory.join(FILE);
                Ok(db.insert(store::open(&path, &STEPS, Keeping::Durable)?))
            }
        }
    }

    fn set_aside(&mut self, error: &StoreError) -> Result<(), StoreError> {
        self.db = None;
        let name = |n: u32| self.directory.join(format!("outbox-damaged-{n}.db"));
        let free = (1..).map(name).find(|path| !path.exists()).ok_or(StoreError::Damaged)?;
        store::set_aside(&self.directory.join(FILE), &free)?;
        let file = free.file_name().unwrap_or_default().to_string_lossy().into_owned();
        tracing::error!(code = "OUTBOX-DAMAGED", file, ?error, "the outbox was set aside");
        self.disk.report(DiskFault::OutboxDamaged, true);
        Ok(())
    }
}

/// What lies there. Files are only read.
pub(in crate::central) fn look(directory: &Path) -> Result<Waiting, StoreError> {
    let damaged = damaged(directory);
    let path = directory.join(FILE);
    if !path.exists() {
        return Ok(Waiting { damaged, ..Waiting::default() });
    }
    let db = store::look(&path)?;
    let sql = "SELECT count(*) FILTER (WHERE refused = 0), count(*) FILTER (WHERE refused = 1) \
               FROM sealed";
    let (waiting, refused) = db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Waiting { waiting, refused, damaged })
}

fn damaged(directory: &Path) -> u32 {
    let Ok(entries) = std::fs::read_dir(directory) else { return 0 };
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let count = names.filter(|name| name.starts_with("outbox-damaged-") && name.ends_with(".db"));
    u32::try_from(count.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inbox::channel;

    fn letter(id: u32) -> Letter {
        Letter { id: format!("{id:032x}"), body: vec![7; 3000] }
    }

    #[test]
    fn a_full_disk_keeps_whole_letters_only_and_takes_more_once_there_is_room() {
        let home = tempfile::tempdir().expect("writable");
        let (inbox, _mail) = channel();
        let mut drawer = Drawer::new(home.path(), Arc::new(Disk::new(inbox)));
        let limit = |drawer: &mut Drawer, pages: u32| {
            let db = drawer.opened().expect("opened");
            db.pragma_update(None, "max_page_count", pages).expect("a limit");
        };
        limit(&mut drawer, 12);
        let mut kept = 0;
        let full = loop {
            match drawer.put(&letter(kept), None, &|_| ()) {
                Ok(()) => kept += 1,
                Err(error) => break error,
            }
        };
        assert!(kept > 0 && !full.is_damage(), "{full:?}");
        assert_eq!(drawer.count().expect("readable"), kept);
        // Also for whoever opens it next.
        let mut drawer = Drawer::new(home.path(), Arc::clone(&drawer.disk));
        assert_eq!(drawer.waiting().expect("readable").len(), kept as usize);
        for row in drawer.waiting().expect("readable") {
            assert_eq!(drawer.body(&row.id).expect("readable"), Some(vec![7; 3000]));
        }
        drawer.strike(&letter(0).id, &|_| ()).expect("deleting needs no room");
        drawer.put(&letter(kept), None, &|_| ()).expect("room");
        assert_eq!(damaged(home.path()), 0);
    }

    #[test]
    fn refused_letters_take_nobody_s_place_and_are_offered_again() {
        let home = tempfile::tempdir().expect("writable");
        let (inbox, _mail) = channel();
        let mut drawer = Drawer::new(home.path(), Arc::new(Disk::new(inbox)));
        drawer.put(&letter(1), Some(0), &|_| ()).expect("room");
        drawer.put(&letter(2), Some(0), &|_| ()).expect("room");
        drawer.refuse(&letter(1).id).expect("room");
        assert_eq!(drawer.count().expect("readable"), 1);
        assert_eq!(drawer.waiting().expect("readable").len(), 2);
        assert!(drawer.body(&letter(1).id).expect("readable").is_some());
        let found = look(home.path()).expect("readable");
        assert_eq!(found, Waiting { waiting: 1, refused: 1, damaged: 0 });
    }

    #[test]
    fn a_file_that_breaks_while_it_is_used_is_set_aside() {
        let home = tempfile::tempdir().expect("writable");
        let (inbox, _mail) = channel();
        let mut drawer = Drawer::new(home.path(), Arc::new(Disk::new(inbox)));
        drawer.put(&letter(1), Some(0), &|_| ()).expect("room");
        drawer.opened().expect("opened").execute_batch("DROP TABLE sealed").expect("dropped");
        drawer.put(&letter(2), Some(0), &|_| ()).expect("a new file");
        assert_eq!(drawer.count().expect("readable"), 1);
        assert_eq!(damaged(home.path()), 1);
    }
}
