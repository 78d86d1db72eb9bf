//! Neither what central keeps nor what it logs joins an anonymous complaint to a visit.
//!
//! The same morning is lived through twice: once the complaint is filed during the first resident's
//! visit, once during the second's. Whatever central keeps or logs must look the same.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use sqlx::{
    Column, Connection, Row, SqliteConnection, TypeInfo, ValueRef,
    sqlite::{SqliteConnectOptions, SqliteRow},
};

use crate::{
    filing::{CODE, ask, complaint, id, seal, send},
    secrecy::{Log, holds},
    support::{County, Kiosk, SAM, WANG, ZHE, card},
};

const TRACKING: &str = "7K0M1Q2X9Z";

/// A table's rows, each value as text, by table and column.
type Dump = BTreeMap<String, Vec<BTreeMap<String, String>>>;

async fn dump(path: &Path) -> Dump {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut database = SqliteConnection::connect_with(&options).await.expect("it opens");
    let names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_sqlx%' \
                 ESCAPE '\\' ORDER BY name";
    let names = sqlx::query(names).fetch_all(&mut database).await.expect("tables");
    let mut dump = Dump::new();
    for name in names.iter().map(|row| row.get::<String, _>("name")) {
        let query = sqlx::AssertSqlSafe(format!("SELECT * FROM {name}"));
        let rows = sqlx::query(query).fetch_all(&mut database).await.expect("rows");
        dump.insert(name, rows.iter().map(values).collect());
    }
    dump
}

fn values(row: &SqliteRow) -> BTreeMap<String, String> {
    row.columns()
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let raw = row.try_get_raw(index).expect("a value");
            let text = match raw.type_info().name() {
                _ if raw.is_null() => String::new(),
                "INTEGER" => row.get::<i64, _>(index).to_string(),
                "REAL" => row.get::<f64, _>(index).to_string(),
                "BLOB" => format!("{:02x?}", row.get::<Vec<u8>, _>(index)),
                _ => row.get::<String, _>(index),
            };
            (column.name().to_owned(), text)
        })
        .collect()
}

/// Main database and its log, byte for byte.
fn main_files(county: &County) -> Vec<Vec<u8>> {
    let database = county.app.database().display().to_string();
    ["", "-wal"]
        .iter()
        .map(|end| fs::read(format!("{database}{end}")).unwrap_or_default())
        .collect()
}

fn complaint_files(county: &County) -> Vec<Vec<u8>> {
    let database = county.app.complaints().display().to_string();
    ["", "-wal"]
        .iter()
        .map(|end| fs::read(format!("{database}{end}")).unwrap_or_default())
        .collect()
}

async fn file_complaint(county: &County, kiosk: &Kiosk) {
    let sealed = seal(kiosk, &id(0x5e), &complaint(TRACKING)).await;
    let before = main_files(county);
    look_up(county, kiosk, StatusCode::NOT_FOUND).await;
    assert_eq!(send(kiosk, &sealed).await.status(), StatusCode::CREATED);
    assert_eq!(send(kiosk, &sealed).await.status(), StatusCode::CREATED);
    look_up(county, kiosk, StatusCode::OK).await;
    assert!(main_files(county) == before, "a complaint left a trace beside the visits");
}

/// Asks with the receipt's number and code, before and after pairs that are wrong.
async fn look_up(county: &County, kiosk: &Kiosk, expected: StatusCode) {
    let before = (main_files(county), complaint_files(county));
    for (number, code, status) in [
        (TRACKING, "0000-0000", StatusCode::NOT_FOUND),
        (TRACKING, CODE, expected),
        ("no number", CODE, StatusCode::NOT_FOUND),
        (TRACKING, CODE, expected),
    ] {
        assert_eq!(ask(kiosk, number, code).await.status(), status);
        let now = (main_files(county), complaint_files(county));
        assert!(now == before, "looking a complaint up left a trace");
    }
}

async fn visit(county: &County, kiosk: &Kiosk, number: &str, complain: bool) {
    let opened = kiosk.open(card(number, SAM)).await;
    county.clock.advance(SignedDuration::from_mins(2));
    if complain {
        file_complaint(county, kiosk).await;
    }
    county.clock.advance(SignedDuration::from_mins(1));
    let before = complaint_files(county);
    kiosk.with_token(Method::DELETE, "/v1/visits/current", &opened.token).await;
    county.clock.advance(SignedDuration::from_mins(10));
    kiosk.open(card(number, SAM)).await;
    assert!(complaint_files(county) == before, "a visit left a trace beside the complaints");
}

struct Morning {
    complaints: Dump,
    visits: Dump,
    log: Vec<String>,
    files: Vec<Vec<u8>>,
}

async fn morning(complains: &str) -> Morning {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .without_time()
        .with_ansi(false)
        .with_env_filter("central=trace,info")
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    for number in [WANG, ZHE] {
        visit(&county, &kiosk, number, number == complains).await;
    }
    county.stop().await;
    let log = log.text().replace(&county.address.port().to_string(), "PORT");
    Morning {
        complaints: dump(county.app.complaints()).await,
        visits: dump(county.app.database()).await,
        log: log.lines().map(str::to_owned).collect(),
        files: main_files(&county),
    }
}

/// The complaint as it is kept, without what is random in it.
fn told(morning: &Morning) -> BTreeMap<String, String> {
    let rows = &morning.complaints["complaint"];
    let mut row = rows.iter().find(|row| row["id"] == id(0x5e)).expect("the complaint").clone();
    for random in ["tracking_index", "code_hash", "body_index", "content_sealed"] {
        assert!(!row.remove(random).expect("a column").is_empty());
    }
    row
}

#[tokio::test]
async fn it_makes_no_difference_in_whose_visit_it_was_filed() {
    let (one, two) = (morning(WANG).await, morning(ZHE).await);
    assert_eq!(told(&one), told(&two));
    let id = id(0x5e);
    let expected = [
        ("id", id.as_str()),
        ("area", "639926"),
        ("tracking_index_key", "c1"),
        ("code_key", "c1"),
        ("kind", "petition"),
        ("received_on", "2026-11-23"),
        ("state", "received"),
        ("office", ""),
        ("accepted_on", ""),
        ("reply_on", ""),
        ("reply_sealed", ""),
    ];
    let expected = expected.map(|(column, value)| (column.to_owned(), value.to_owned()));
    assert_eq!(told(&one), expected.into());
    assert_eq!(one.log, two.log);
    let count = |morning: &Morning| -> Vec<(String, usize)> {
        morning.visits.iter().map(|(table, rows)| (table.clone(), rows.len())).collect()
    };
    assert_eq!(count(&one), count(&two));
}

#[tokio::test]
async fn no_value_of_a_complaint_stands_anywhere_beside_a_visit() {
    let morning = morning(ZHE).await;
    let rows = &morning.complaints["complaint"];
    let filed: BTreeSet<&String> = rows
        .iter()
        .filter(|row| row["id"] == id(0x5e))
        .flat_map(BTreeMap::values)
        .filter(|value| !value.is_empty())
        .collect();
    for table in ["visit", "audit", "idempotency", "attempt", "enrolment_answer"]
        .into_iter()
        .chain(["kiosk", "kiosk_certificate", "kiosk_reader", "probe"])
    {
        for row in &morning.visits[table] {
            for (column, value) in row {
                assert!(!filed.contains(value), "{table}.{column}");
                assert!(
                    !value.contains(TRACKING) && !value.contains(&id(0x5e)),
                    "{table}.{column}"
                );
            }
        }
    }
    for bytes in &morning.files {
        assert!(!holds(bytes, TRACKING) && !holds(bytes, &id(0x5e)));
        assert!(!bytes.windows(16).any(|window| window == [0x5e; 16]));
    }
    for line in &morning.log {
        assert!(
            !line.contains(TRACKING) && !line.contains(&id(0x5e)) && !line.contains("complaint")
        );
    }
}

#[tokio::test]
async fn the_file_of_complaints_forgets_the_order_they_came_in() {
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let mut long = complaint(TRACKING);
    long.text = "字".repeat(1000);
    for n in [0xf1, 0x11, 0x91, 0x51] {
        let sealed = seal(&kiosk, &id(n), &long).await;
        assert_eq!(send(&kiosk, &sealed).await.status(), StatusCode::CREATED);
    }
    county.stop().await;
    let [bytes, log] = complaint_files(&county).try_into().expect("two files");
    assert!(log.is_empty());
    let place = |n: u8| {
        let id = id(n);
        bytes.windows(id.len()).position(|window| window == id.as_bytes()).expect("kept")
    };
    // Cells fill a page from its end: in the order of the ids, the later ones stand before.
    let mut places = [0x11, 0x51, 0x91, 0xf1].map(|n| (place(n) / 4096, usize::MAX - place(n)));
    let kept = places;
    places.sort_unstable();
    assert_eq!(places, kept);
}
