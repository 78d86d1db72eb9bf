//! Lines of what the county makes known and of complaints: every kind of wrong has its message.

use serde_json::{Value, json};

use crate::{import::refused, support::County};

fn zh(text: &str) -> Value {
    json!({ "zh-Hans": text })
}

fn rule() -> Value {
    json!({"instrument": "中华人民共和国社会救助法", "article": "第四十五条"})
}

fn limit() -> Value {
    json!({"days": 5, "unit": "working_days", "rule": rule()})
}

fn good(kind: &str) -> Value {
    match kind {
        "office" => json!({"type": "office", "id": "o1", "area": "639926101", "name": zh("甲"),
            "address": zh("乙"), "phone": "0979-8230001", "hours": zh("丙"),
            "at": {"latitude": 36.58, "longitude": 101.61}}),
        "policy" => json!({"type": "policy", "id": "p1", "area": "639926", "position": 1,
            "about": {"category": "dibao_edge"}, "title": zh("甲"), "summary": zh("乙"),
            "who": [zh("丙")], "what": [zh("丁")],
            "papers": [{"name": zh("身份证"), "note": zh("带原件")}, {"name": zh("户口簿")}],
            "steps": [{"stage": "submitted", "title": zh("申请"), "what": zh("递交"),
                "place": zh("窗口"), "bring": zh("材料"), "limit": limit()},
                {"title": zh("等"), "what": zh("等")}],
            "place": zh("窗口"), "phone": "0979-8210018", "articles": [rule()],
            "also_called": ["吃低保"]}),
        "standard" => json!({"type": "standard", "id": "s1", "area": "639926101",
            "about": {"programme": "dibao"}, "name": zh("甲"), "value": {"money_fen": 74500},
            "per": zh("每人每月"), "from": "2026-07-01", "until": "2027-06-30", "source": zh("乙")}),
        "fund_use" => json!({"type": "fund_use", "id": "f1", "area": "639926", "title": zh("甲"),
            "from": "2026-07-01", "until": "2026-09-30", "published_on": "2026-10-10",
            "rows": [{"item": zh("低保金"), "households": 3, "persons": 5, "amount_fen": 100},
                {"item": zh("棉被"), "quantity": zh("320床")}],
            "source": zh("乙"), "rule": rule()}),
        "notice" => json!({"type": "notice", "id": "n1", "area": "639926101003",
            "kind": "publicity", "programme": "dibao", "place": zh("东沟村"), "applicant": "钱某某",
            "member_count": 3, "from": "2026-11-20", "until": "2026-11-26", "rule": rule()}),
        "notice_withdrawal" => {
            json!({"type": "notice_withdrawal", "id": "w1", "notice": "notice-001"})
        }
        "complaint_route" => {
            json!({"type": "complaint_route", "id": "route-question", "area": "639926",
            "kind": "question", "receiver": zh("甲"), "phone": "12345", "promise": zh("乙"),
            "accept_within": limit(), "answer_within": limit(), "articles": [rule()]})
        }
        "complaint" => json!({"type": "complaint", "id": "0123456789abcdef0123456789abcdef",
            "tracking_number": "9AAA-AAAA-A9", "query_code": "BBBB-BBBB", "kind": "accusation",
            "subject": {"office": "hw"}, "text": "第一行\n第二行 😀",
            "writer": {"name": "钱某某", "number": "639926195103080244", "phone": "0979-8239900"},
            "received_on": "2026-11-02", "state": "answered", "office": "hw",
            "accepted_on": "2026-11-03", "reply": {"on": "2026-11-20", "text": zh("已处理")}}),
        "complaint_reply" => json!({"type": "complaint_reply", "id": "r1",
            "tracking_number": "9AAAAAAAA9", "complaint": "0123456789abcdef0123456789abcdef",
            "on": "2026-11-21", "office": "hw", "text": zh("已处理")}),
        _ => unreachable!("a kind of line"),
    }
}

const KINDS: [&str; 9] = [
    "office",
    "policy",
    "standard",
    "fund_use",
    "notice",
    "notice_withdrawal",
    "complaint_route",
    "complaint",
    "complaint_reply",
];

#[tokio::test]
async fn good_lines_of_every_kind_are_taken_twice() {
    let county = County::start().await;
    let lines: Vec<String> = KINDS.iter().map(|kind| good(kind).to_string()).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    county.import(&lines).await;
    county.import(&lines).await;
    for (kind, pointer, value) in [
        ("standard", "/value", json!({"percent": 70})),
        ("standard", "/value", json!({"words": zh("据实")})),
        ("standard", "/per", zh("")),
        ("complaint", "/subject", json!("general")),
        ("complaint", "/subject", json!({"programme": "medical"})),
        ("complaint", "/subject", json!({"notice": "notice-001"})),
    ] {
        let mut line = good(kind);
        *line.pointer_mut(pointer).expect("a place") = value;
        county.import(&[&line.to_string()]).await;
    }
}

#[tokio::test]
async fn every_field_is_needed_but_those_that_are_not_and_none_is_unknown() {
    let county = County::start().await;
    let optional = [
        ("office", "at"),
        ("policy", "also_called"),
        ("standard", "until"),
        ("complaint_route", "accept_within"),
        ("complaint_route", "answer_within"),
        ("complaint", "writer"),
        ("complaint", "office"),
        ("complaint", "accepted_on"),
        ("complaint_reply", "complaint"),
        ("complaint_reply", "office"),
    ];
    for kind in KINDS {
        let line = good(kind);
        let fields = line.as_object().expect("an object").keys();
        for field in fields.filter(|field| *field != "type") {
            let mut line = line.clone();
            line.as_object_mut().expect("an object").remove(field);
            if optional.contains(&(kind, field.as_str())) {
                continue;
            }
            let shown = refused(&county, &line.to_string()).await;
            assert!(shown.starts_with(&format!("bad.jsonl:1:{field}: expected")), "{kind} {shown}");
        }
        let mut line = line.clone();
        line["shoe_size"] = json!(42);
        let shown = refused(&county, &line.to_string()).await;
        assert!(shown.starts_with("bad.jsonl:1:shoe_size: expected"), "{kind} {shown}");
    }
}

/// What is wrong: kind of line, place in it, value, field that the fault names.
fn wrongs() -> Vec<(&'static str, &'static str, Value, &'static str)> {
    let long = "字".repeat(1001);
    vec![
        ("office", "/at/latitude", json!(90.5), "at.latitude"),
        ("office", "/at/longitude", json!(-180.5), "at.longitude"),
        ("office", "/at/longitude", json!("101"), "at.longitude"),
        ("office", "/at", json!({"latitude": 1.0}), "at.longitude"),
        ("policy", "/about", json!("dibao"), "about"),
        ("policy", "/about", json!({"programme": "unknown"}), "about.programme"),
        ("policy", "/about", json!({"category": "dibao", "programme": "dibao"}), "about"),
        ("policy", "/who", json!([]), "who"),
        ("policy", "/what", json!([]), "what"),
        ("policy", "/steps", json!([]), "steps"),
        ("policy", "/articles", json!([]), "articles"),
        ("policy", "/who/0", json!({"zh-Hans": " "}), "who[0].zh-Hans"),
        ("policy", "/steps/0/limit/days", json!(0), "steps[0].limit.days"),
        ("policy", "/steps/0/limit/days", json!(-1), "steps[0].limit.days"),
        ("policy", "/steps/0/limit/unit", json!("weeks"), "steps[0].limit.unit"),
        ("policy", "/steps/0/stage", json!("somewhere"), "steps[0].stage"),
        ("policy", "/papers/0/name", json!("身份证"), "papers[0].name"),
        ("policy", "/also_called/0", json!(""), "also_called[0]"),
        ("policy", "/position", json!(70000), "position"),
        ("policy", "/area", json!("639999"), "area"),
        ("standard", "/value", json!({"money_fen": 0}), "value.money_fen"),
        ("standard", "/value", json!({"money_fen": 1.5}), "value.money_fen"),
        ("standard", "/value", json!({"percent": 0}), "value.percent"),
        ("standard", "/value", json!({"percent": 1001}), "value.percent"),
        ("standard", "/value", json!({"euro": 1}), "value"),
        ("standard", "/value", json!(745), "value"),
        ("standard", "/until", json!("2026-06-30"), "until"),
        ("standard", "/from", json!("2026-02-30"), "from"),
        ("standard", "/from", json!("今年"), "from"),
        ("standard", "/area", json!("639999"), "area"),
        ("fund_use", "/until", json!("2026-06-30"), "until"),
        ("fund_use", "/published_on", json!("2026-06-30"), "published_on"),
        ("fund_use", "/rows", json!([]), "rows"),
        ("fund_use", "/rows/1", json!({"item": {"zh-Hans": "甲"}}), "rows[1]"),
        ("fund_use", "/rows/0/amount_fen", json!(-1), "rows[0].amount_fen"),
        ("fund_use", "/rows/0/persons", json!(-1), "rows[0].persons"),
        ("fund_use", "/area", json!("639999"), "area"),
        ("notice", "/area", json!("639926"), "area"),
        ("notice", "/area", json!("639926999"), "area"),
        ("notice", "/area", json!("63992610"), "area"),
        ("notice", "/until", json!("2026-11-27"), "until"),
        ("notice", "/until", json!("2026-11-25"), "until"),
        ("notice", "/until", json!("2026-11-19"), "until"),
        ("notice", "/from", json!("-009999-01-01"), "from"),
        ("notice", "/member_count", json!(0), "member_count"),
        ("notice", "/member_count", json!(300), "member_count"),
        ("notice", "/applicant", json!(""), "applicant"),
        ("notice", "/applicant", json!(long), "applicant"),
        ("notice_withdrawal", "/notice", json!("no-such"), "notice"),
        ("notice_withdrawal", "/notice", json!(1), "notice"),
        ("complaint_route", "/area", json!("639926101"), "area"),
        ("complaint_route", "/area", json!("639999"), "area"),
        ("complaint_route", "/id", json!("another"), "kind"),
        ("complaint_route", "/kind", json!("gossip"), "kind"),
        ("complaint_route", "/articles", json!([]), "articles"),
        ("complaint_route", "/phone", json!("call"), "phone"),
        ("complaint_route", "/accept_within/days", json!(0), "accept_within.days"),
        ("complaint_route", "/answer_within/days", json!(9999), "answer_within.days"),
        ("complaint", "/id", json!("0123"), "id"),
        ("complaint", "/id", json!("0123456789ABCDEF0123456789ABCDEF"), "id"),
        ("complaint", "/tracking_number", json!("9AAAAAAAA"), "tracking_number"),
        ("complaint", "/tracking_number", json!("9AAAAAAAAU"), "tracking_number"),
        ("complaint", "/query_code", json!("BBB"), "query_code"),
        ("complaint", "/text", json!(""), "text"),
        ("complaint", "/text", json!(" \n "), "text"),
        ("complaint", "/text", json!(long), "text"),
        ("complaint", "/text", json!("a\u{1b}[2J"), "text"),
        ("complaint", "/subject", json!("everything"), "subject"),
        ("complaint", "/subject", json!({"office": "no-such"}), "subject.office"),
        ("complaint", "/subject", json!({"notice": "no-such"}), "subject.notice"),
        ("complaint", "/subject", json!({"programme": "no-such"}), "subject.programme"),
        ("complaint", "/writer/number", json!("639926195103080245"), "writer.number"),
        ("complaint", "/writer/phone", json!("x"), "writer.phone"),
        ("complaint", "/writer/name", json!(" "), "writer.name"),
        ("complaint", "/writer", json!("钱某某"), "writer"),
        ("complaint", "/office", json!("no-such"), "office"),
        ("complaint", "/accepted_on", json!("2026-11-01"), "accepted_on"),
        ("complaint", "/reply/on", json!("2026-11-01"), "reply.on"),
        ("complaint", "/reply", json!(null), "reply"),
        ("complaint", "/state", json!("received"), "state"),
        ("complaint", "/state", json!("lost"), "state"),
        ("complaint_reply", "/tracking_number", json!("8AAAAAAAA8"), "complaint"),
        ("complaint_reply", "/complaint", json!("f".repeat(32)), "complaint"),
        ("complaint_reply", "/on", json!("2026-11-01"), "on"),
        ("complaint_reply", "/office", json!("no-such"), "office"),
        ("complaint_reply", "/text", zh(""), "text.zh-Hans"),
    ]
}

#[tokio::test]
async fn what_is_wrong_is_named_by_its_field_and_never_repeated() {
    let county = County::start().await;
    county.import(&[&good("complaint").to_string()]).await;
    for (kind, pointer, value, field) in wrongs() {
        let mut line = good(kind);
        *line.pointer_mut(pointer).expect("a place") = value.clone();
        let shown = refused(&county, &line.to_string()).await;
        let wanted = format!("bad.jsonl:1:{field}: expected ");
        assert!(shown.starts_with(&wanted), "{kind} {pointer} {value}: {shown}");
        for secret in ["钱某", "639926195103080", "第一行", "9AAAAAAAA", "BBBB"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[tokio::test]
async fn what_a_line_refers_to_must_be_there_and_what_is_filed_stays_as_it_is() {
    let county = County::start().await;
    let mut reply = good("complaint_reply");
    reply.as_object_mut().expect("an object").remove("complaint");
    let shown = refused(&county, &reply.to_string()).await;
    assert!(shown.starts_with("bad.jsonl:1:tracking_number: expected"), "{shown}");

    let mut moved = good("notice");
    county.import(&[&moved.to_string()]).await;
    moved["area"] = json!("639926100001");
    let shown = refused(&county, &moved.to_string()).await;
    assert!(shown.starts_with("bad.jsonl:1:area: expected"), "{shown}");

    let mut accepted = good("complaint");
    accepted["state"] = json!("accepted");
    accepted["accepted_on"] = json!(null);
    accepted["reply"] = json!(null);
    let shown = refused(&county, &accepted.to_string()).await;
    assert!(shown.starts_with("bad.jsonl:1:accepted_on: expected"), "{shown}");

    let kiosk = county.kiosk("k1").await;
    let id = "0123456789abcdef0123456789abcdef";
    crate::filing::file(&kiosk, id, &crate::filing::complaint("7K0M1Q2X9Z")).await;
    let shown = refused(&county, &good("complaint").to_string()).await;
    assert!(shown.starts_with("bad.jsonl:1:id: expected"), "{shown}");

    let mut twin = crate::filing::complaint("7K0M1Q2X9Z");
    twin.code_hash = complaint_seal::code_hash("7K0M1Q2X9Z", "TW1N-TW1N");
    crate::filing::file(&kiosk, &crate::filing::id(2), &twin).await;
    reply["tracking_number"] = json!("7K0M1Q2X9Z");
    reply["on"] = json!("2026-11-23");
    let shown = refused(&county, &reply.to_string()).await;
    assert!(shown.starts_with("bad.jsonl:1:complaint: expected its id"), "{shown}");
}

#[tokio::test]
async fn a_file_with_a_bad_line_leaves_no_complaint_and_no_notice_behind() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let before = kiosk.get("/v1/notices").await.text().await.expect("a page");
    let mut dangling = good("notice_withdrawal");
    dangling["notice"] = json!("no-such");
    let lines = [good("complaint"), good("notice"), dangling].map(|line| line.to_string());
    refused(&county, &lines.join("\n")).await;
    assert_eq!(kiosk.get("/v1/notices").await.text().await.expect("a page"), before);
    let asked = crate::filing::ask(&kiosk, "9AAAAAAAA9", "BBBBBBBB").await;
    assert_eq!(asked.status(), 404);
}
