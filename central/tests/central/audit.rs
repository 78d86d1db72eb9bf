//! The access log: durable before the answer, and every tampering found.

mod tampering;

use central::{App, VerifyError};
use central_api::ProblemCode;
use reqwest::Method;
use sqlx::{Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::support::{County, SAM, WANG, WANG_CODE, card, problem, typed};

async fn database(county: &County) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(county.app.database());
    SqliteConnection::connect_with(&options).await.expect("the database opens")
}

/// Some of everything: releases, a refusal, a re-read, an end.
async fn busy_morning(county: &County) {
    let kiosk = county.kiosk("k1").await;
    let opened = kiosk.open(card(WANG, SAM)).await;
    kiosk.with_token(Method::GET, "/v1/visits/current/applications", &opened.token).await;
    kiosk.with_token(Method::DELETE, "/v1/visits/current", &opened.token).await;
    kiosk.visit(typed(WANG, "00000000")).await;
    kiosk.open(typed(WANG, WANG_CODE)).await;
    kiosk.visit(card(WANG, "another reader")).await;
}

#[tokio::test]
async fn every_look_and_every_refusal_is_written_down() {
    let mut county = County::start().await;
    busy_morning(&county).await;
    county.stop().await;
    let mut database = database(&county).await;
    let rows =
        sqlx::query("SELECT kiosk, purpose, evidence, outcome, released FROM audit WHERE writer = 'main' ORDER BY seq")
            .fetch_all(&mut database)
            .await
            .expect("the audit");
    let seen: Vec<(String, String, usize)> = rows
        .iter()
        .map(|row| {
            let released: String = row.get("released");
            (row.get("evidence"), row.get("outcome"), released.split_whitespace().count())
        })
        .collect();
    let line =
        |evidence: &str, outcome: &str, released| (evidence.into(), outcome.into(), released);
    assert_eq!(
        seen,
        [
            line("authenticated_card", "opened", 2),
            line("authenticated_card", "read_again", 2),
            line("authenticated_card", "ended", 0),
            line("typed_number", "not_found", 0),
            line("typed_number", "opened", 2),
            line("authenticated_card", "reader_not_enrolled", 0),
        ]
    );
    assert!(rows.iter().all(|row| row.get::<&str, _>("kiosk") == "k1"));
    assert!(rows.iter().all(|row| row.get::<&str, _>("purpose") == "progress_query"));
}

#[tokio::test]
async fn every_change_of_the_fleet_is_written_down_with_it() {
    let county = County::start().await;
    county.kiosk("k1").await;
    county.app.revoke("k1").await.expect("revoked");
    assert!(county.app.revoke("k9").await.is_err());
    let mut database = database(&county).await;
    let rows = sqlx::query(
        "SELECT a.kiosk, a.purpose, a.evidence, a.outcome, a.released, c.fingerprint \
         FROM audit a, kiosk_certificate c WHERE writer = 'fleet' ORDER BY seq",
    )
    .fetch_all(&mut database)
    .await
    .expect("the audit");
    let seen: Vec<[String; 4]> = rows
        .iter()
        .map(|row| ["kiosk", "purpose", "evidence", "outcome"].map(|column| row.get(column)))
        .collect();
    assert_eq!(
        seen,
        [
            ["k1", "fleet", "operator", "admitted"],
            ["k1", "fleet", "one_time_token", "enrolled"],
            ["k1", "fleet", "operator", "revoked"],
        ]
    );
    let certificate: Vec<u8> = rows[1].get("fingerprint");
    let hex: String = certificate.iter().map(|byte| format!("{byte:02x}")).collect();
    let released: Vec<String> = rows.iter().map(|row| row.get("released")).collect();
    assert_eq!(released, [SAM, &hex, ""]);
    sqlx::query("DELETE FROM audit WHERE writer = 'fleet' AND seq = 3")
        .execute(&mut database)
        .await
        .expect("cut");
    match county.app.verify_audit().await {
        Err(VerifyError::Broken(found)) => {
            assert_eq!((found.writer.as_str(), found.seq), ("fleet", 3));
        }
        other => panic!("expected a break, got {other:?}"),
    }
}

/// The log takes no entry any more, as on a full disk.
async fn refuse_entries(database: &mut SqliteConnection) {
    sqlx::query(
        "CREATE TRIGGER disk_full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END",
    )
    .execute(database)
    .await
    .expect("a disk that refuses");
}

#[tokio::test]
async fn nothing_of_the_fleet_changes_when_the_log_cannot_be_written() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let waiting = county.app.admit("k2", &[], None).await.expect("admitted");
    let mut database = database(&county).await;
    refuse_entries(&mut database).await;
    assert!(county.app.revoke("k1").await.is_err());
    assert!(county.app.admit("k3", &[], None).await.is_err());
    assert_eq!(kiosk.get("/v1/hall").await.status(), 200);
    sqlx::query("DROP TRIGGER disk_full").execute(&mut database).await.expect("dropped");
    county.enrol(&waiting).await;
    assert!(county.app.verify_audit().await.is_ok());
}

#[tokio::test]
async fn an_operators_process_and_a_serving_one_share_the_fleets_chain() {
    let county = County::start().await;
    county.kiosk("k1").await;
    let operator = App::open(&county.config, county.clock.clone()).await.expect("opens");
    let admission = operator.admit("k2", &[SAM.to_owned()], None).await.expect("admitted");
    let kiosk = county.enrol(&admission).await;
    operator.revoke("k1").await.expect("revoked");
    county.app.admit("k3", &[], None).await.expect("admitted");
    kiosk.open(card(WANG, SAM)).await;
    operator.close().await;
    let report = county.app.verify_audit().await.expect("unbroken");
    assert_eq!(report.chains, [("fleet".to_owned(), 6), ("main".to_owned(), 1)]);
}

#[tokio::test]
async fn a_power_cut_between_a_chains_first_entry_and_its_anchor_is_no_break() {
    let county = County::start().await;
    let files = || {
        let writers = ["fleet", "main"].map(|writer| {
            ["head", "anchors"]
                .map(|kind| county.directory.path().join(format!("central.db.{writer}.{kind}")))
        });
        writers.into_iter().flatten()
    };
    let before: Vec<_> = files().map(|path| std::fs::read(path).ok()).collect();
    let kiosk = county.kiosk("k1").await;
    kiosk.open(card(WANG, SAM)).await;
    for (path, content) in files().zip(before) {
        match content {
            Some(content) => std::fs::write(path, content).expect("put back"),
            None => std::fs::remove_file(path).expect("removed"),
        }
    }
    let report = county.app.verify_audit().await.expect("unbroken");
    assert_eq!(report.chains, [("fleet".to_owned(), 2), ("main".to_owned(), 1)]);
    county.app.revoke("k1").await.expect("revoked");
    assert!(county.app.verify_audit().await.is_ok());
}

#[tokio::test]
async fn a_chain_whose_anchors_were_taken_away_stays_broken_after_a_restart() {
    let mut county = County::start().await;
    county.kiosk("k1").await;
    county.stop().await;
    for kind in ["head", "anchors"] {
        let path = county.directory.path().join(format!("central.db.fleet.{kind}"));
        std::fs::remove_file(path).expect("removed");
    }
    county.restart().await;
    assert!(matches!(county.app.verify_audit().await, Err(VerifyError::Broken(_))));
}

#[tokio::test]
async fn nothing_is_released_when_the_log_cannot_be_written() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let opened = kiosk.open(card(WANG, SAM)).await;
    let mut database = database(&county).await;
    refuse_entries(&mut database).await;
    for evidence in [card(WANG, SAM), typed(WANG, WANG_CODE), typed(WANG, "00000000")] {
        let refused = problem(kiosk.visit(evidence).await).await;
        assert_eq!((refused.status, refused.code), (503, ProblemCode::Unavailable));
    }
    let path = "/v1/visits/current/applications";
    let refused = problem(kiosk.with_token(Method::GET, path, &opened.token).await).await;
    assert_eq!(refused.code, ProblemCode::Unavailable);
    sqlx::query("DROP TRIGGER disk_full").execute(&mut database).await.expect("dropped");
    kiosk.open(typed(WANG, WANG_CODE)).await;
    assert!(county.app.verify_audit().await.is_ok());
}

#[tokio::test]
async fn one_bad_entry_in_a_group_harms_no_other() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let mut database = database(&county).await;
    sqlx::query(
        "CREATE TRIGGER one_bad BEFORE INSERT ON audit WHEN NEW.evidence = 'typed_number' \
         BEGIN SELECT RAISE(ABORT, 'bad'); END",
    )
    .execute(&mut database)
    .await
    .expect("a trigger");
    let (bad, good, more) = tokio::join!(
        kiosk.visit(typed(WANG, WANG_CODE)),
        kiosk.visit(card(WANG, SAM)),
        kiosk.visit(card("110101199003070134", SAM)),
    );
    assert_eq!(bad.status(), 503);
    assert_eq!((good.status().as_u16(), more.status().as_u16()), (201, 201));
    assert!(county.app.verify_audit().await.is_ok());
}

#[tokio::test]
async fn the_chain_goes_on_after_a_restart() {
    let mut county = County::start().await;
    busy_morning(&county).await;
    county.restart().await;
    county.kiosk("k2").await.open(card(WANG, SAM)).await;
    let report = county.app.verify_audit().await.expect("unbroken");
    assert_eq!(report.chains, [("fleet".to_owned(), 4), ("main".to_owned(), 7)]);
}
