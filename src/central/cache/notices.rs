//! Notices, one row each: a page and the cursor it leads to are written together or not at all.

use central_api::{Notice, NoticePage};
use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::super::store::StoreError;
use super::{Cache, note, set_note};

const CURSOR: &str = "notices.cursor";
const TAG: &str = "notices.tag";

/// How far the notices held go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::central) struct Position {
    /// Where to go on from; none if nothing is held.
    pub(in crate::central) cursor: Option<String>,
    /// Entity tag of the last answer, if that said that there is no more.
    pub(in crate::central) tag: Option<String>,
}

impl Cache {
    /// How far the notices held go.
    pub(in crate::central) fn position(&mut self) -> Result<Position, StoreError> {
        self.use_it(|db| Ok(Position { cursor: note(db, CURSOR)?, tag: note(db, TAG)? }))
    }

    /// Takes in a page, whole.
    pub(in crate::central) fn take_page(
        &mut self,
        page: &NoticePage,
        tag: Option<&str>,
    ) -> Result<(), StoreError> {
        self.use_it(|db| {
            let change = db.transaction()?;
            if page.anew {
                change.execute("DELETE FROM notice", [])?;
            }
            {
                let mut withdraw = change.prepare("DELETE FROM notice WHERE id = ?")?;
                for id in &page.withdrawn {
                    withdraw.execute([id])?;
                }
                let sql = "INSERT OR REPLACE INTO notice VALUES (?, ?, ?, ?)";
                let mut put = change.prepare(sql)?;
                for notice in &page.notices {
                    let body = serde_json::to_vec(notice).map_err(|_| StoreError::Damaged)?;
                    let Notice { id, from, until, .. } = notice;
                    put.execute(params![id, from.to_string(), until.to_string(), body])?;
                }
            }
            set_note(&change, CURSOR, Some(&page.next))?;
            set_note(&change, TAG, tag.filter(|_| !page.more))?;
            Ok(change.commit()?)
        })
    }

    /// All notices held, newest first. If one is not understood any more, all are fetched anew.
    pub(in crate::central) fn notices(&mut self) -> Result<Vec<Notice>, StoreError> {
        let read = self.use_it(|db| {
            let mut all = db.prepare("SELECT body FROM notice ORDER BY from_day DESC, id")?;
            let mut rows = all.query([])?;
            let mut notices = Vec::new();
            while let Some(row) = rows.next()? {
                match serde_json::from_slice::<Notice>(row.get_ref(0)?.as_blob().unwrap_or(b"")) {
                    Ok(notice) => notices.push(notice),
                    Err(_) => return Ok(None),
                }
            }
            Ok(Some(notices))
        })?;
        let Some(notices) = read else {
            tracing::warn!(code = "CACHE-STALE", kind = "notices", "held content is fetched anew");
            self.begin_anew()?;
            return Ok(Vec::new());
        };
        Ok(notices)
    }

    /// Lets the next page be the first of all; what is held stays until it is there.
    pub(in crate::central) fn begin_anew(&mut self) -> Result<(), StoreError> {
        self.use_it(|db| {
            let change = db.transaction()?;
            set_note(&change, CURSOR, None)?;
            set_note(&change, TAG, None)?;
            Ok(change.commit()?)
        })
    }

    /// Throws away the notices whose last day was before `today`.
    pub(in crate::central) fn purge(&mut self, today: Date) -> Result<(), StoreError> {
        self.use_it(|db| purge(db, today))
    }
}

fn purge(db: &Connection, today: Date) -> Result<(), StoreError> {
    db.execute("DELETE FROM notice WHERE until_day < ?", [today.to_string()])?;
    Ok(())
}
