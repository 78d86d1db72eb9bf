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
async fn whoever_asks_the_disk_is_written_to_once_a_second() {
    let directory = tempfile::tempdir().expect("a directory");
    let config = Config::in_directory(directory.path());
    let keys = Arc::new(Keyring::open(&config.store.keys).expect("keys"));
    let store = Store::open(&config, keys).await.expect("a store");
    let (begin, at) = (Instant::now(), Clock::System.now());
    let commits = || store.writer.stats.commits.load(Ordering::Relaxed);
    for millis in [0, 1, 500, 999] {
        let now = begin + Duration::from_millis(millis);
        store.writer.probe(now, at).await.expect("writable");
        assert_eq!(commits(), 1);
    }
    store.writer.probe(begin + BELIEVED, at).await.expect("writable");
    assert_eq!(commits(), 2);
    store.close().await;
    let later = begin + 3 * BELIEVED;
    assert!(store.writer.probe(later, at).await.is_err());
}

#[tokio::test]
async fn a_full_disk_is_forgotten_once_there_is_room() {
    let directory = tempfile::tempdir().expect("a directory");
    let config = Config::in_directory(directory.path());
    let keys = Arc::new(Keyring::open(&config.store.keys).expect("keys"));
    let store = Store::open(&config, Arc::clone(&keys)).await.expect("a store");
    store.close().await;
    let mut connection = store.connection().await.expect("a connection");
    let pages: i64 =
        sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut connection).await.expect("a count");
    let full = format!("PRAGMA max_page_count = {}", pages + 8);
    connection.execute(sqlx::AssertSqlSafe(full)).await.expect("a limit");
    let writer = Writer::start(connection, &store.path, keys).expect("a writer");

    let refused = writer.commit(entry(1_000_000)).await;
    assert!(matches!(refused, Err(StoreError::NotCommitted)), "{refused:?}");
    for _ in 0..2 {
        writer.commit(entry(10)).await.expect("there is room again");
    }
}
