//! Notices, one row each: a page and the cursor it leads to are written together or not at all.
//!
//! When all come anew they are collected beside those held, which stay until the last page is there.

use central_api::{Notice, NoticePage};
use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::super::store::StoreError;
use super::{Cache, note, set_note};

const CURSOR: &str = "notices.cursor";
const TAG: &str = "notices.tag";
/// While all come anew: where to go on from; empty before the first page.
const ANEW: &str = "notices.anew";

/// How far the notices held go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::central) struct Position {
    /// Where to go on from; none to ask for all.
    pub(in crate::central) cursor: Option<String>,
    /// Entity tag of the last answer, if that said that there is no more.
    pub(in crate::central) tag: Option<String>,
}

impl Cache {
    /// Where to go on.
    pub(in crate::central) fn position(&mut self) -> Result<Position, StoreError> {
        self.use_it(|db| {
            Ok(match note(db, ANEW)? {
                Some(cursor) => {
                    Position { cursor: Some(cursor).filter(|cursor| !cursor.is_empty()), tag: None }
                }
                None => Position { cursor: note(db, CURSOR)?, tag: note(db, TAG)? },
            })
        })
    }

    /// Whether all notices ever came.
    pub(in crate::central) fn holds_notices(&mut self) -> Result<bool, StoreError> {
        self.use_it(|db| Ok(note(db, CURSOR)?.is_some()))
    }

    /// Takes in a page, whole. True if what is held is not what it was.
    pub(in crate::central) fn take_page(
        &mut self,
        page: &NoticePage,
        tag: Option<&str>,
    ) -> Result<bool, StoreError> {
        self.change(|db| take_page(db, page, tag))
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
            self.use_it(|db| {
                let change = db.transaction()?;
                set_note(&change, CURSOR, None)?;
                set_note(&change, TAG, None)?;
                set_note(&change, ANEW, None)?;
                Ok(change.commit()?)
            })?;
            return Ok(Vec::new());
        };
        Ok(notices)
    }

    /// Lets the next page be the first of all; what is held stays until the last is there.
    pub(in crate::central) fn begin_anew(&mut self) -> Result<(), StoreError> {
        self.change(|db| set_note(db, ANEW, Some("")))
    }

    /// Throws away the notices whose last day was before `today`.
    pub(in crate::central) fn purge(&mut self, today: Date) -> Result<(), StoreError> {
        self.use_it(|db| purge(db, today))
    }
}

fn take_page(
    db: &mut Connection,
    page: &NoticePage,
    tag: Option<&str>,
) -> Result<bool, StoreError> {
    let change = db.transaction()?;
    let collects = page.anew || note(&change, ANEW)?.is_some();
    if page.anew {
        change.execute("DELETE FROM notice_anew", [])?;
    }
    let table = if collects { "notice_anew" } else { "notice" };
    {
        let mut withdraw = change.prepare(&format!("DELETE FROM {table} WHERE id = ?"))?;
        for id in &page.withdrawn {
            withdraw.execute([id])?;
        }
        let mut put =
            change.prepare(&format!("INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?)"))?;
        for notice in &page.notices {
            let body = serde_json::to_vec(notice).map_err(|_| StoreError::Damaged)?;
            let Notice { id, from, until, .. } = notice;
            put.execute(params![id, from.to_string(), until.to_string(), body])?;
        }
    }
    let last = !page.more;
    if collects && last {
        change.execute_batch(
            "DELETE FROM notice;
             INSERT INTO notice SELECT * FROM notice_anew;
             DELETE FROM notice_anew;",
        )?;
    }
    if collects && !last {
        set_note(&change, ANEW, Some(&page.next))?;
    } else {
        set_note(&change, ANEW, None)?;
        set_note(&change, CURSOR, Some(&page.next))?;
        set_note(&change, TAG, tag.filter(|_| last))?;
    }
    change.commit()?;
    let fills = !page.notices.is_empty() || !page.withdrawn.is_empty();
    Ok(if collects { last } else { fills })
}

fn purge(db: &Connection, today: Date) -> Result<(), StoreError> {
    db.execute("DELETE FROM notice WHERE until_day < ?", [today.to_string()])?;
    Ok(())
}

#[cfg(test)]
mod tests;
