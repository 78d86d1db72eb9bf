//! Content while the disk takes nothing: in memory, as on the disk, until the disk takes it all.

use rusqlite::{Connection, params_from_iter, types::Value};

use super::super::store::{self, StoreError};
use super::{Cache, STEPS, open_file};

const TABLES: [&str; 4] = ["content", "notice", "notice_anew", "note"];

impl Cache {
    /// Changes the database; what the disk does not take is kept in memory.
    pub(super) fn change<T>(
        &mut self,
        mut work: impl FnMut(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match self.use_it(&mut work) {
            Err(error) if self.on_disk && !error.is_damage() => {
                self.leave_disk(&error)?;
                self.use_it(work)
            }
            done => done,
        }
    }

    fn leave_disk(&mut self, error: &StoreError) -> Result<(), StoreError> {
        tracing::error!(code = "CACHE-DISK", ?error, "content is kept in memory only");
        let memory = store::open_in_memory(&STEPS)?;
        let disk = std::mem::replace(&mut self.db, memory);
        self.on_disk = false;
        // In vain it only means that all is fetched anew.
        copy(&disk, &mut self.db)
    }

    /// Takes everything back to the disk, if that takes it.
    pub(in crate::central) fn return_to_disk(&mut self) {
        if self.on_disk {
            return;
        }
        let back = open_file(&self.path).and_then(|mut disk| {
            copy(&self.db, &mut disk)?;
            Ok(disk)
        });
        match back {
            Ok(disk) => {
                tracing::info!(code = "CACHE-BACK", "content is kept on the disk again");
                (self.db, self.on_disk) = (disk, true);
            }
            Err(error) => tracing::warn!(code = "CACHE-DISK", ?error, "the disk takes no content"),
        }
    }
}

/// Makes everything in `to` as it is in `from`, or changes nothing.
fn copy(from: &Connection, to: &mut Connection) -> Result<(), StoreError> {
    let change = to.transaction()?;
    for table in TABLES {
        change.execute(&format!("DELETE FROM {table}"), [])?;
        let mut all = from.prepare(&format!("SELECT * FROM {table}"))?;
        let width = all.column_count();
        let marks = vec!["?"; width].join(", ");
        let mut put = change.prepare(&format!("INSERT INTO {table} VALUES ({marks})"))?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let values = (0..width).map(|place| row.get::<_, Value>(place));
            put.execute(params_from_iter(values.collect::<Result<Vec<_>, _>>()?))?;
        }
    }
    Ok(change.commit()?)
}
