//! Importing: wholly or not at all, faults by place, never by content.

use std::{fs, path::PathBuf};

use central::ImportError;
use serde_json::Value;

use crate::support::{County, SAM, WANG, WANG_CODE, card, typed};

const AREA: &str = r#"{"type":"area","code":"639926","name":{"zh-Hans":"甲"},"review_body":{"zh-Hans":"乙"},"court":{"zh-Hans":"丙"}}"#;

pub(crate) async fn refused(county: &County, text: &str) -> String {
    let file = county.directory.path().join("bad.jsonl");
    fs::write(&file, text).expect("written");
    match county.app.import(std::slice::from_ref(&file)).await {
        Err(error @ ImportError::Lines { .. }) => {
            error.to_string().replace(&file.display().to_string(), "bad.jsonl")
        }
        other => panic!("expected bad lines, got {other:?}"),
    }
}

#[tokio::test]
async fn each_bad_line_is_named_by_file_line_and_field() {
    let county = County::start().await;
    let text = [
        AREA,
        "",
        "not JSON",
        "[1]",
        r#"{"type":"castle"}"#,
        r#"{"type":"person","id":"x1","number":"639926195103080245","name":"钱某"}"#,
        r#"{"type":"person","id":"x1","number":"639926195103080244"}"#,
        r#"{"type":"person","id":"x1","number":"639926195103080244","name":"钱某","shoe_size":42}"#,
        r#"{"type":"area","639926195103080244":1}"#,
        r#"{"type":"area","a, expected 639926195103080244":1}"#,
        r#"{"type":"notice","id":"n","area":"639926101","kind":"publicity","programme":"dibao","place":{"zh-Hans":"村"},"applicant":"钱某","member_count":1,"amount_fen":5,"from":"2026-11-01","until":"2026-11-07","rule":{"instrument":"甲","article":"乙"}}"#,
        r#"{"type":"office","id":"o","area":"63","name":{"zh-Hans":"甲"},"address":{"en":"x"},"phone":"1","hours":{"zh-Hans":"甲"}}"#,
        r#"{"type":"policy","id":"p","area":"639926","position":"first","programme":"dibao"}"#,
    ]
    .join("\n");
    let shown = refused(&county, &text).await;
    let lines: Vec<&str> = shown.lines().collect();
    let places: Vec<String> = lines
        .iter()
        .map(|line| line.splitn(4, ':').take(3).collect::<Vec<_>>().join(":"))
        .collect();
    assert_eq!(
        places,
        [
            "bad.jsonl:3:(line)",
            "bad.jsonl:4:(line)",
            "bad.jsonl:5:type",
            "bad.jsonl:6:number",
            "bad.jsonl:7:name",
            "bad.jsonl:8:shoe_size",
            "bad.jsonl:9:(line)",
            "bad.jsonl:10:(line)",
            "bad.jsonl:11:amount_fen",
            "bad.jsonl:12:address.zh-Hans",
            "bad.jsonl:13:position",
        ]
    );
    assert!(lines.iter().all(|line| line.contains(": expected ")), "{shown}");
    for secret in ["639926195103080", "钱某", "42", "first"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn a_file_with_a_bad_line_leaves_nothing_behind() {
    let county = County::start().await;
    let good = r#"{"type":"person","id":"p001","number":"639926195103080244","name":"改名","query_code":"AAAAAAAA"}"#;
    let dangling = r#"{"type":"payment","id":"x","application":"none","paid_on":"2026-11-01","amount_fen":1,"purpose":{"zh-Hans":"甲"}}"#;
    let shown = refused(&county, &format!("{good}\n{dangling}\n")).await;
    assert_eq!(shown, "bad.jsonl:2:application: expected an application that is imported");
    let opened = county.kiosk("k1").await.open(typed(WANG, WANG_CODE)).await;
    assert_eq!(opened.applications[0].applicant, "王*兰");
}

#[tokio::test]
async fn lines_may_come_in_any_order_and_again() {
    let county = County::start().await;
    let text: String = central::sample_county()
        .iter()
        .map(|file| fs::read_to_string(file).expect("readable"))
        .collect();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.reverse();
    let file: PathBuf = county.directory.path().join("all.jsonl");
    fs::write(&file, lines.join("\n")).expect("written");
    let kiosk = county.kiosk("k1").await;
    let before = kiosk.open(card(WANG, SAM)).await.applications;
    for _ in 0..2 {
        county.app.import(std::slice::from_ref(&file)).await.expect("imported again");
    }
    assert_eq!(kiosk.open(card(WANG, SAM)).await.applications, before);
    kiosk.open(typed(WANG, WANG_CODE)).await;
}

#[tokio::test]
async fn no_more_than_twenty_bad_lines_are_named() {
    let county = County::start().await;
    let shown = refused(&county, &"{}\n".repeat(50)).await;
    assert_eq!(shown.lines().count(), 20);
}

#[tokio::test]
async fn a_number_belongs_to_one_person() {
    let county = County::start().await;
    let twin = r#"{"type":"person","id":"twin","number":"639926195103080244","name":"某某"}"#;
    let shown = refused(&county, twin).await;
    assert_eq!(shown, "bad.jsonl:1:number: expected a number that no other person holds");
}

#[tokio::test]
async fn a_query_code_has_as_many_characters_as_the_kiosk_takes() {
    let county = County::start().await;
    let line = |code: &str| {
        format!(
            r#"{{"type":"person","id":"p001","number":"{WANG}","name":"王秀兰","query_code":"{code}"}}"#
        )
    };
    let text = ["7K0M1Q2", "7K0M-1Q2X-3", "7K0M-1Q2U"].map(line).join("\n");
    let shown = refused(&county, &text).await;
    let expected = "query_code: expected a query code of 8 characters of Crockford base32";
    let wanted: Vec<_> = (1..=3).map(|n| format!("bad.jsonl:{n}:{expected}")).collect();
    assert_eq!(shown.lines().collect::<Vec<_>>(), wanted);
}

#[tokio::test]
async fn stages_and_outcomes_must_make_sense() {
    let county = County::start().await;
    let line = |status: &str, stages: &str, rest: &str| {
        format!(
            r#"{{"type":"application","id":"a","household":"h001","applicant":"p001","office":"hw","programme":"dibao","status":"{status}","stages":[{stages}]{rest}}}"#
        )
    };
    let submitted = r#"{"stage":"submitted","began":"2026-11-02"}"#;
    let text = [
        line("in_progress", r#"{"stage":"accepted","began":"2026-11-02"}"#, ""),
        line("in_progress", &format!(r#"{submitted},{{"stage":"accepted","began":"2026-11-01"}}"#), ""),
        line("in_progress", &format!(r#"{submitted},{{"stage":"survey","began":"2026-11-02"}},{{"stage":"publicity","began":"2026-11-03"}}"#), ""),
        line("granted", submitted, ""),
        line("in_progress", submitted, r#","grant_fen":0"#),
    ]
    .join("\n");
    let shown = refused(&county, &text).await;
    let fields: Vec<_> = shown.lines().map(|l| l.split(':').nth(2).expect("a field")).collect();
    assert_eq!(
        fields,
        ["stages[0].stage", "stages[1].began", "stages[1].done", "decision.outcome", "grant_fen"]
    );
}

#[test]
fn the_published_schema_is_the_one_in_use() {
    let published = include_str!("../../schema/import.schema.json");
    assert!(
        published == central::import_schema(),
        "run `central schema > schema/import.schema.json`"
    );
    let schema: Value = serde_json::from_str(published).expect("JSON");
    assert_eq!(schema["oneOf"].as_array().map(Vec::len), Some(16));
}
