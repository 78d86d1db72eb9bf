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

#[cfg(test)]
mod tests {
    use central_api::{Article, NoticeKind, Programme, Text};
    use jiff::civil::date;

    use super::*;
    use crate::central::cache::{Kind, Moment};

    fn notice(n: usize) -> Notice {
        let day = date(2026, 1, 1).saturating_add(jiff::Span::new().days(n as i64 % 300));
        Notice {
            id: format!("n{n:05}"),
            kind: NoticeKind::Publicity,
            programme: Programme::Dibao,
            town: Text::zh("河湾镇"),
            place: Text::zh("河湾镇东沟村"),
            applicant: "王*兰".into(),
            member_count: 3,
            amount_fen: None,
            from: day,
            until: day.saturating_add(jiff::Span::new().days(7)),
            article: Article {
                instrument: "最低生活保障审核确认办法".into(),
                article: "第十九条".into(),
            },
        }
    }

    fn page(notices: Vec<Notice>, next: &str, more: bool) -> NoticePage {
        let next = next.to_owned();
        NoticePage { anew: false, notices, withdrawn: Vec::new(), next, more }
    }

    fn ids(cache: &mut Cache) -> Vec<String> {
        cache.notices().expect("readable").into_iter().map(|notice| notice.id).collect()
    }

    #[test]
    fn a_sync_goes_on_where_it_was_broken_off() {
        let home = tempfile::tempdir().expect("writable");
        let mut cache = Cache::open(home.path());
        cache.take_page(&page(vec![notice(1), notice(2)], "c2", true), Some("t")).expect("room");
        drop(cache);
        let mut cache = Cache::open(home.path());
        let position = cache.position().expect("readable");
        assert_eq!(position, Position { cursor: Some("c2".into()), tag: None });
        cache.take_page(&page(vec![notice(3)], "c3", false), Some("t")).expect("room");
        assert_eq!(cache.position().expect("readable").tag.as_deref(), Some("t"));
        assert_eq!(ids(&mut cache), ["n00003", "n00002", "n00001"], "newest first");
    }

    #[test]
    fn what_is_over_is_thrown_away_and_a_withdrawn_one_goes_at_once() {
        let home = tempfile::tempdir().expect("writable");
        let mut cache = Cache::open(home.path());
        cache.take_page(&page((0..5).map(notice).collect(), "c", false), None).expect("room");
        cache.purge(date(2026, 1, 9)).expect("room");
        assert_eq!(
            ids(&mut cache),
            ["n00004", "n00003", "n00002", "n00001"],
            "its last day counts"
        );
        let withdrawn = vec!["n00003".to_owned(), "unknown".to_owned()];
        cache.take_page(&NoticePage { withdrawn, ..page(vec![], "d", false) }, None).expect("room");
        assert_eq!(ids(&mut cache), ["n00004", "n00002", "n00001"]);
        let anew = NoticePage { anew: true, ..page(vec![notice(7)], "e", false) };
        cache.take_page(&anew, None).expect("room");
        assert_eq!(ids(&mut cache), ["n00007"]);
    }

    #[test]
    fn a_full_disk_changes_nothing() {
        let home = tempfile::tempdir().expect("writable");
        let mut cache = Cache::open(home.path());
        cache.take_page(&page(vec![notice(1)], "c1", false), Some("t")).expect("room");
        let before = (cache.position().expect("readable"), ids(&mut cache));
        cache.db.pragma_update(None, "max_page_count", 20).expect("a limit");
        let many = page((2..2000).map(notice).collect(), "c2", false);
        let full = cache.take_page(&many, None).expect_err("no room");
        assert!(!full.is_damage(), "{full:?}");
        assert_eq!((cache.position().expect("readable"), ids(&mut cache)), before);
    }

    #[test]
    fn what_is_not_understood_any_more_is_fetched_anew() {
        let home = tempfile::tempdir().expect("writable");
        let mut cache = Cache::open(home.path());
        cache.take_page(&page(vec![notice(1)], "c1", false), Some("t")).expect("room");
        cache.keep(Kind::Policies, Some("t"), b"[]").expect("room");
        cache
            .remember(&[(Moment::Synced, "2026-11-23T01:00:00Z".parse().expect("a time"))])
            .expect("room");
        cache
            .db
            .execute_batch("UPDATE notice SET body = x'7b7d'; UPDATE content SET body = x'7b'")
            .expect("changed");
        assert!(cache.content(Kind::Policies).expect("readable").is_none());
        assert!(cache.tag(Kind::Policies).expect("readable").is_none());
        assert!(ids(&mut cache).is_empty());
        assert_eq!(cache.position().expect("readable"), Position::default());
        assert!(cache.moment(Moment::Synced).expect("readable").is_some());
        // A file that breaks while it is used is made anew, empty.
        cache.db.execute_batch("DROP TABLE content").expect("dropped");
        assert!(cache.content(Kind::Hall).is_err());
        assert!(cache.content(Kind::Hall).expect("readable").is_none());
    }
}
