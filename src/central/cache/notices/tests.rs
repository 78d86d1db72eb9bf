//! Notices on the disk: kept page by page, replaced whole, there although the disk is full.

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
    assert_eq!(ids(&mut cache), ["n00004", "n00003", "n00002", "n00001"], "its last day counts");
    let withdrawn = vec!["n00003".to_owned(), "unknown".to_owned()];
    cache.take_page(&NoticePage { withdrawn, ..page(vec![], "d", false) }, None).expect("room");
    assert_eq!(ids(&mut cache), ["n00004", "n00002", "n00001"]);
    let anew = NoticePage { anew: true, ..page(vec![notice(7)], "e", false) };
    cache.take_page(&anew, None).expect("room");
    assert_eq!(ids(&mut cache), ["n00007"]);
}

#[test]
fn a_fresh_start_that_is_broken_off_replaces_nothing_and_goes_on_after_a_restart() {
    let home = tempfile::tempdir().expect("writable");
    let mut cache = Cache::open(home.path());
    cache.take_page(&page((0..5).map(notice).collect(), "c", false), Some("t")).expect("room");
    let anew = NoticePage { anew: true, ..page(vec![notice(7), notice(8)], "d", true) };
    cache.take_page(&anew, None).expect("room");
    assert_eq!(ids(&mut cache).len(), 5, "what is held stays");
    drop(cache);
    let mut cache = Cache::open(home.path());
    assert_eq!(ids(&mut cache).len(), 5);
    assert_eq!(cache.position().expect("readable").cursor.as_deref(), Some("d"));
    // What changed meanwhile concerns what is collected, not what is held.
    let withdrawn = vec!["n00001".to_owned(), "n00007".to_owned()];
    let second = NoticePage { withdrawn, ..page(vec![notice(9)], "e", true) };
    cache.take_page(&second, None).expect("room");
    assert_eq!(ids(&mut cache).len(), 5);
    cache.take_page(&page(vec![notice(10)], "f", false), Some("u")).expect("room");
    assert_eq!(ids(&mut cache), ["n00010", "n00009", "n00008"]);
    let position = cache.position().expect("readable");
    assert_eq!(position, Position { cursor: Some("f".into()), tag: Some("u".into()) });
    // Central's mind may change on the way: then what was collected goes.
    cache.take_page(&anew, None).expect("room");
    let again = NoticePage { anew: true, ..page(vec![notice(11)], "g", false) };
    cache.take_page(&again, None).expect("room");
    assert_eq!(ids(&mut cache), ["n00011"]);
    cache.take_page(&page(vec![notice(12)], "h", false), None).expect("room");
    assert_eq!(ids(&mut cache), ["n00012", "n00011"], "nothing is collected any more");
}

#[test]
fn notices_stay_while_all_are_asked_for_once_more() {
    let home = tempfile::tempdir().expect("writable");
    let mut cache = Cache::open(home.path());
    cache.take_page(&page(vec![notice(1)], "c", false), Some("t")).expect("room");
    cache.begin_anew().expect("room");
    assert_eq!(cache.position().expect("readable"), Position::default());
    assert!(cache.holds_notices().expect("readable"));
    assert_eq!(ids(&mut cache), ["n00001"]);
}

#[test]
fn what_a_full_disk_does_not_take_is_there_all_the_same_and_goes_to_the_disk_later() {
    let home = tempfile::tempdir().expect("writable");
    let mut cache = Cache::open(home.path());
    cache.take_page(&page(vec![notice(1)], "c1", false), Some("t")).expect("room");
    cache.keep(Kind::Policies, Some("p"), b"[]").expect("room");
    cache.db.pragma_update(None, "max_page_count", 20).expect("a limit");
    let many = page((2..2000).map(notice).collect(), "c2", false);
    cache.take_page(&many, None).expect("memory");
    assert!(!cache.is_on_disk());
    assert_eq!(ids(&mut cache).len(), 1999);
    assert_eq!(cache.tag(Kind::Policies).expect("readable").as_deref(), Some("p"));
    // The disk is as it was.
    let mut disk = Cache::open(home.path());
    let before = Position { cursor: Some("c1".into()), tag: Some("t".into()) };
    assert_eq!((disk.position().expect("readable"), ids(&mut disk).len()), (before, 1));
    drop(disk);
    cache.return_to_disk();
    assert!(cache.is_on_disk());
    assert_eq!(ids(&mut cache).len(), 1999);
    drop(cache);
    let mut cache = Cache::open(home.path());
    assert_eq!(cache.position().expect("readable").cursor.as_deref(), Some("c2"));
    assert_eq!(ids(&mut cache).len(), 1999);
    assert_eq!(cache.tag(Kind::Policies).expect("readable").as_deref(), Some("p"));
}

#[test]
fn a_disk_that_still_takes_nothing_is_left_alone() {
    let home = tempfile::tempdir().expect("writable");
    let path = home.path().join("cache.db");
    std::fs::create_dir(&path).expect("writable");
    let mut cache = Cache::open(home.path());
    cache.take_page(&page(vec![notice(1)], "c1", false), None).expect("memory");
    cache.return_to_disk();
    assert!(!cache.is_on_disk());
    assert_eq!(ids(&mut cache), ["n00001"]);
    std::fs::remove_dir(&path).expect("writable");
    cache.return_to_disk();
    assert!(cache.is_on_disk());
    assert_eq!(ids(&mut cache), ["n00001"]);
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
