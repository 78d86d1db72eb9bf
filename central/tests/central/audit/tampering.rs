//! Every tampering with the log or its anchor is found.

use central::{App, VerifyError};

use super::{busy_morning, database};
use crate::support::{County, SAM, WANG, card};

/// What a check of the stopped county says after `tampering`: the seq it names.
async fn broken_at(tampering: &'static str) -> i64 {
    let mut county = County::start().await;
    busy_morning(&county).await;
    county.stop().await;
    let mut connection = database(&county).await;
    sqlx::query(tampering).execute(&mut connection).await.expect("tampered with");
    drop(connection);
    let app = App::open(&county.config, county.clock.clone()).await.expect("opens");
    match app.verify_audit().await {
        Err(VerifyError::Broken(found)) => found.seq,
        other => panic!("expected a break, got {other:?}"),
    }
}

#[tokio::test]
async fn a_changed_entry_is_found() {
    assert_eq!(broken_at("UPDATE audit SET kiosk = 'k2' WHERE seq = 3").await, 3);
    assert_eq!(broken_at("UPDATE audit SET released = '' WHERE seq = 1").await, 1);
    assert_eq!(broken_at("UPDATE audit SET person_index = NULL WHERE seq = 5").await, 5);
    assert_eq!(broken_at("UPDATE audit SET at = at + 1 WHERE seq = 2").await, 2);
}

#[tokio::test]
async fn a_removed_entry_is_found() {
    assert_eq!(broken_at("DELETE FROM audit WHERE seq = 2").await, 2);
    assert_eq!(broken_at("DELETE FROM audit WHERE seq = 1").await, 1);
}

#[tokio::test]
async fn a_cut_off_end_is_found() {
    assert_eq!(broken_at("DELETE FROM audit WHERE seq >= 5").await, 5);
    assert_eq!(broken_at("DELETE FROM audit").await, 1);
}

#[tokio::test]
async fn a_cut_off_end_is_found_even_after_new_entries() {
    let mut county = County::start().await;
    busy_morning(&county).await;
    county.stop().await;
    let mut connection = database(&county).await;
    sqlx::query("DELETE FROM audit WHERE seq >= 5").execute(&mut connection).await.expect("cut");
    drop(connection);
    county.restart().await;
    let kiosk = county.kiosk("k2").await;
    for _ in 0..4 {
        kiosk.open(card(WANG, SAM)).await;
    }
    match county.app.verify_audit().await {
        Err(VerifyError::Broken(found)) => assert_eq!(found.seq, 6),
        other => panic!("expected a break, got {other:?}"),
    }
}

#[tokio::test]
async fn a_forged_or_missing_anchor_is_found() {
    let mut county = County::start().await;
    busy_morning(&county).await;
    county.stop().await;
    let app = App::open(&county.config, county.clock.clone()).await.expect("opens");
    let head = county.directory.path().join("central.db.main.head");
    let line = std::fs::read_to_string(&head).expect("a head");
    std::fs::write(&head, line.replacen('6', "4", 1)).expect("forged");
    assert!(matches!(app.verify_audit().await, Err(VerifyError::Broken(_))));
    std::fs::remove_file(&head).expect("removed");
    assert!(matches!(app.verify_audit().await, Err(VerifyError::Broken(_))));
    std::fs::write(&head, line).expect("put back");
    assert!(app.verify_audit().await.is_ok());
}

#[tokio::test]
async fn an_added_or_swapped_entry_is_found() {
    let added = "INSERT INTO audit SELECT writer, 7, at, kiosk, purpose, evidence, person_index, \
         person_index_key, released, outcome, algorithm, key_id, hash, hash FROM audit WHERE seq = 6";
    assert_eq!(broken_at(added).await, 7);
    let swapped = "UPDATE audit SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3)";
    assert!(broken_at(swapped).await <= 2);
}
