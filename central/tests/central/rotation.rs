//! New keys, as the keyring's documentation says: add, name in `[current]`, restart. Whatever the
//! old ones made must still be found.

use std::fs;

use central::sample_county;
use central_api::{Application, ProblemCode};
use reqwest::Method;
use serde_json::json;
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::filing::{self, CODE, complaint, id};
use crate::support::{County, Kiosk, SAM, WANG, WANG_CODE, ZHE, ZHE_CODE, card, problem, typed};

const APPLICATIONS: &str = "/v1/visits/current/applications";

/// Adds a fresh key for every use and names it current.
fn rotate(county: &County, generation: u8) {
    let path = county.config.store.keys.join("keyring.toml");
    let mut ring: toml::Table =
        fs::read_to_string(&path).expect("a keyring").parse().expect("TOML");
    let uses = [("seal", "AES-256-GCM"), ("person", ""), ("code", ""), ("audit", "")];
    for (index, (name, algorithm)) in (0u8..).zip(uses) {
        let algorithm = if algorithm.is_empty() { "HMAC-SHA256" } else { algorithm };
        let id = format!("{name}-{generation}");
        // 32 bytes in base64: one varied character, then zeros.
        let letter = char::from(b'A' + generation * 4 + index);
        let material = format!("{letter}{}=", "A".repeat(42));
        ring["current"][name] = toml::Value::from(id.clone());
        let entry = toml::Table::from_iter([
            ("id".to_owned(), toml::Value::from(id)),
            ("algorithm".to_owned(), toml::Value::from(algorithm)),
            ("material".to_owned(), toml::Value::from(material)),
        ]);
        ring["key"].as_array_mut().expect("keys").push(entry.into());
    }
    fs::write(&path, ring.to_string()).expect("written");
}

async fn rotated(county: &mut County, kiosk: Kiosk, generation: u8) -> Kiosk {
    county.stop().await;
    rotate(county, generation);
    county.restart().await;
    kiosk.moved_to(county.address)
}

/// How many persons there are, and under which keys they are found.
async fn persons(county: &County) -> (i64, Vec<String>) {
    let options = SqliteConnectOptions::new().filename(county.app.database());
    let mut database = SqliteConnection::connect_with(&options).await.expect("the database opens");
    let count = sqlx::query_scalar("SELECT COUNT(*) FROM person").fetch_one(&mut database);
    let count = count.await.expect("a count");
    let keys = sqlx::query_scalar("SELECT DISTINCT number_index_key FROM person ORDER BY 1");
    (count, keys.fetch_all(&mut database).await.expect("keys"))
}

#[tokio::test]
async fn card_code_and_import_go_on_after_the_keys_are_new() {
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let before = kiosk.open(card(WANG, SAM)).await;
    let (count, _) = persons(&county).await;
    let kiosk = rotated(&mut county, kiosk, 1).await;

    assert_eq!(kiosk.open(card(WANG, SAM)).await.applications, before.applications);
    let basic = kiosk.open(typed(WANG, WANG_CODE)).await.applications;
    assert_eq!(basic.len(), before.applications.len());
    let wrong = problem(kiosk.visit(typed(WANG, "00000000")).await).await;
    assert_eq!(wrong.code, ProblemCode::NotFound);

    county.app.import(&sample_county()).await.expect("the county imports again");
    assert_eq!(persons(&county).await, (count, vec!["person-1".to_owned()]));
    assert_eq!(kiosk.open(card(WANG, SAM)).await.applications, before.applications);
    assert_eq!(kiosk.open(typed(WANG, WANG_CODE)).await.applications, basic);

    let kiosk = rotated(&mut county, kiosk, 2).await;
    assert_eq!(kiosk.open(card(WANG, SAM)).await.applications, before.applications);
    assert_eq!(kiosk.open(typed(WANG, WANG_CODE)).await.applications, basic);
    assert!(county.app.verify_audit().await.is_ok());
}

#[tokio::test]
async fn a_code_kept_under_an_old_key_outlives_a_line_without_one() {
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let kiosk = rotated(&mut county, kiosk, 1).await;
    let line = json!({"type": "person", "id": "p001", "number": WANG, "name": "王秀兰"});
    let file = county.directory.path().join("again.jsonl");
    fs::write(&file, line.to_string()).expect("written");
    county.app.import(&[file]).await.expect("imported");
    assert_eq!(kiosk.open(typed(WANG, WANG_CODE)).await.applications.len(), 2);
    let twin = json!({"type": "person", "id": "twin", "number": ZHE, "name": "某某"});
    let file = county.directory.path().join("twin.jsonl");
    fs::write(&file, twin.to_string()).expect("written");
    assert!(county.app.import(&[file]).await.is_err(), "one number, two persons");
}

#[tokio::test]
async fn an_open_visit_and_a_repeated_request_go_on() {
    let mut county = County::start_with(|c| c.limits.persons_per_kiosk_hour = 2).await;
    let kiosk = county.kiosk("k1").await;
    let request = |kiosk: &Kiosk| {
        kiosk
            .request(Method::POST, "/v1/visits")
            .header("Idempotency-Key", "one")
            .json(&json!({ "evidence": card(WANG, SAM) }))
    };
    let first = request(&kiosk).send().await.expect("an answer").text().await.expect("a body");
    kiosk.open(typed(ZHE, ZHE_CODE)).await;
    let kiosk = rotated(&mut county, kiosk, 1).await;
    let again = request(&kiosk).send().await.expect("an answer");
    assert_eq!(again.status(), 201);
    assert_eq!(again.text().await.expect("a body"), first);
    // Nor are those served within the hour other persons now.
    kiosk.open(card(ZHE, SAM)).await;
    let opened = kiosk.open(card(WANG, SAM)).await;
    let token = serde_json::from_str::<central_api::VisitOpened>(&first).expect("a visit").token;
    for again in [false, true] {
        if again {
            county.app.import(&sample_county()).await.expect("the county imports again");
        }
        for token in [&token, &opened.token] {
            let read = kiosk.with_token(Method::GET, APPLICATIONS, token).await;
            let read: Vec<Application> = read.json().await.expect("applications");
            assert_eq!(read, opened.applications);
        }
    }
}

#[tokio::test]
async fn wrong_pairs_are_remembered_and_forgiven_across_keys() {
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    for _ in 0..2 {
        kiosk.visit(typed(WANG, "00000000")).await;
    }
    let kiosk = rotated(&mut county, kiosk, 1).await;
    let third = problem(kiosk.visit(typed(WANG, "00000000")).await).await;
    assert_eq!(third.code, ProblemCode::NotFound);
    let fourth = problem(kiosk.visit(typed(WANG, WANG_CODE)).await).await;
    assert_eq!(fourth.retry_after_s, Some(30));
    county.clock.advance(jiff::SignedDuration::from_secs(30));
    let kiosk = rotated(&mut county, kiosk, 2).await;
    kiosk.open(typed(WANG, WANG_CODE)).await;
    for _ in 0..3 {
        let wrong = problem(kiosk.visit(typed(WANG, "00000000")).await).await;
        assert_eq!(wrong.code, ProblemCode::NotFound);
    }
    let limited = problem(kiosk.visit(typed(WANG, "00000000")).await).await;
    assert_eq!(limited.code, ProblemCode::TooManyAttempts);
}

#[tokio::test]
async fn a_complaint_whose_answer_was_not_heard_is_still_the_same_complaint() {
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let sealed = filing::seal(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    let other = filing::seal(&kiosk, &id(1), &complaint("8K0M1Q2X9Z")).await;
    assert_eq!(filing::send(&kiosk, &sealed).await.status(), 201);
    let kiosk = rotated(&mut county, kiosk, 1).await;
    assert_eq!(filing::send(&kiosk, &sealed).await.status(), 201);
    let conflict = problem(filing::send(&kiosk, &other).await).await;
    assert_eq!(conflict.code, ProblemCode::IdempotencyConflict);
    let standing = filing::standing(&kiosk, "7K0M1Q2X9Z", CODE).await;
    assert_eq!(standing.tracking_number, "7K0M1Q2X9Z");
}
