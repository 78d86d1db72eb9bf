//! `/v1/complaints` and `/v1/complaints/replies`.

use central::App;
use central_api::{
    Complaint, ComplaintKind, ComplaintReceived, ComplaintState, ComplaintSubject, ComplaintWriter,
    ProblemCode, SealedComplaint,
};
use jiff::{SignedDuration, civil::date};
use reqwest::{Method, StatusCode};

use crate::{
    filing::{CODE, ask, complaint, file, id, seal, seal_key, send, send_under, standing},
    support::{County, Kiosk, problem},
};

#[tokio::test]
async fn what_was_filed_is_found_by_number_and_code_and_never_repeats_the_text() {
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    file(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    county.restart().await;
    let kiosk = kiosk.moved_to(county.address);
    for (number, code) in [("7K0M1Q2X9Z", CODE), ("7kom-1q2x-9z", "code4tes")] {
        let standing = standing(&kiosk, number, code).await;
        assert_eq!(standing.tracking_number, "7K0M1Q2X9Z");
        assert_eq!(standing.kind, ComplaintKind::Petition);
        assert_eq!(standing.received_on, date(2026, 11, 23));
        assert_eq!(standing.state, ComplaintState::Received);
        assert!(standing.receiver.zh_hans.starts_with("云岭县民政局信访接待室"));
        let deadline = standing.deadline.expect("a deadline");
        assert_eq!((deadline.due, deadline.overdue_days), (Some(date(2026, 12, 8)), 0));
        assert_eq!(deadline.article.article, "第二十三条");
        assert!(standing.reply.is_none() && standing.office.is_none());
    }
    county.clock.advance(SignedDuration::from_hours(24 * 20));
    let late = standing(&kiosk, "7K0M1Q2X9Z", CODE).await;
    assert_eq!(late.deadline.expect("a deadline").overdue_days, 5);
    let body = ask(&kiosk, "7K0M1Q2X9Z", CODE).await.text().await.expect("a body");
    assert!(!body.contains("补贴"));
}

#[tokio::test]
async fn sent_again_it_is_kept_once_and_answered_alike() {
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let sealed = seal(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    let (a, b, c) =
        tokio::join!(send(&kiosk, &sealed), send(&kiosk, &sealed), send(&kiosk, &sealed));
    county.restart().await;
    let kiosk = kiosk.moved_to(county.address);
    for response in [a, b, c, send(&kiosk, &sealed).await] {
        assert_eq!(response.status(), StatusCode::CREATED);
        let received: ComplaintReceived = response.json().await.expect("received");
        assert_eq!(received.tracking_number, "7K0M1Q2X9Z");
    }
    let metrics = county.stranger().get("/metrics").await.text().await.expect("metrics");
    assert!(metrics.contains("central_complaints_total{outcome=\"kept_before\"} 1\n"));
    let other = seal(&kiosk, &id(1), &complaint("8K0M1Q2X9Z")).await;
    let conflict = problem(send(&kiosk, &other).await).await;
    assert_eq!((conflict.status, conflict.code), (409, ProblemCode::IdempotencyConflict));
    // Sealed anew it is another one, though it says the same.
    let again = seal(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    assert_eq!(problem(send(&kiosk, &again).await).await.status, 409);
    assert_eq!(ask(&kiosk, "8K0M1Q2X9Z", CODE).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_key_of_the_request_is_the_complaints_id() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let sealed = seal(&kiosk, &id(0xab), &complaint("7K0M1Q2X9Z")).await;
    for key in [id(2), "x".to_owned(), id(0xab).to_uppercase()] {
        let bad = problem(send_under(&kiosk, &key, &sealed).await).await;
        assert_eq!(bad.code, ProblemCode::BadRequest, "{key}");
    }
    let without = kiosk.post("/v1/complaints", &sealed).await;
    assert_eq!(problem(without).await.code, ProblemCode::BadRequest);
    for bad in ["", "1", "not hexadecimal, thirty-two letters", &"0A".repeat(16), &"0".repeat(33)] {
        let sealed = seal(&kiosk, bad, &complaint("7K0M1Q2X9Z")).await;
        assert_eq!(problem(send(&kiosk, &sealed).await).await.code, ProblemCode::BadRequest);
    }
    let stranger = county.stranger();
    let refused = problem(send(&stranger, &sealed).await).await;
    assert_eq!((refused.status, refused.code), (403, ProblemCode::KioskNotEnrolled));
    assert_eq!(problem(ask(&stranger, "7K0M1Q2X9Z", CODE).await).await.status, 403);
}

#[tokio::test]
async fn a_seal_that_does_not_open_is_a_bad_request() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let whole = seal(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    let changed = |change: &dyn Fn(&mut SealedComplaint)| {
        let mut bent = whole.clone();
        change(&mut bent);
        bent
    };
    let foreign = complaint_seal::KeyPair::generate().public();
    let foreign = complaint_seal::seal(&foreign, &id(1), &complaint("7K0M1Q2X9Z")).expect("sealed");
    for bent in [
        changed(&|s| s.id = id(2)),
        changed(&|s| s.algorithm = "rot13".to_owned()),
        changed(&|s| s.encapsulated.clear()),
        changed(&|s| s.encapsulated = "厅".to_owned()),
        changed(&|s| s.ciphertext = "!".to_owned()),
        changed(&|s| s.ciphertext.replace_range(..4, "AAAA")),
        SealedComplaint { key: whole.key.clone(), ..foreign },
    ] {
        let bad = problem(send(&kiosk, &bent).await).await;
        assert_eq!((bad.status, bad.code), (400, ProblemCode::BadRequest));
    }
    let metrics = county.stranger().get("/metrics").await.text().await.expect("metrics");
    assert!(metrics.contains("central_complaints_total{outcome=\"refused\"} 7\n"));
}

#[tokio::test]
async fn a_complaint_sealed_to_a_key_that_is_missing_here_can_come_again() {
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let sealed = seal(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    let keys = county.config.store.keys.join("complaint-keys.toml");
    let kept = std::fs::read(&keys).expect("keys");
    county.stop().await;
    // Another pair, as of a central that was set up anew.
    let elsewhere = County::start().await;
    std::fs::copy(elsewhere.config.store.keys.join("complaint-keys.toml"), &keys).expect("copied");
    county.restart().await;
    let kiosk = kiosk.moved_to(county.address);
    let refused = problem(send(&kiosk, &sealed).await).await;
    assert_eq!((refused.status, refused.code), (503, ProblemCode::Unavailable));
    county.stop().await;
    std::fs::write(&keys, kept).expect("restored");
    county.restart().await;
    let kiosk = kiosk.moved_to(county.address);
    assert_eq!(send(&kiosk, &sealed).await.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn lost_keys_are_not_made_anew_behind_complaints_without_a_word_from_the_operator() {
    let mut county = County::start().await;
    let offered = seal_key(&county.kiosk("k1").await).await;
    county.stop().await;
    let keys = county.config.store.keys.join("complaint-keys.toml");
    let lost = county.config.store.keys.join("complaint-keys.lost");
    std::fs::remove_file(&keys).expect("removed");
    for _ in 0..2 {
        let refused = App::open(&county.config, county.clock.clone()).await;
        let words = refused.err().expect("a refusal").to_string();
        assert!(words.contains(&keys.display().to_string()), "{words}");
        assert!(words.contains("restore it") && words.contains(&lost.display().to_string()));
        assert!(!keys.exists());
    }
    std::fs::write(&lost, "").expect("a word");
    county.restart().await;
    assert_ne!(seal_key(&county.kiosk("k2").await).await, offered);
    // The word was for this once.
    assert!(!lost.exists());
}

async fn refused(kiosk: &Kiosk, change: impl FnOnce(&mut Complaint)) {
    let mut bad = complaint("7K0M1Q2X9Z");
    change(&mut bad);
    let response = send(kiosk, &seal(kiosk, &id(9), &bad).await).await;
    let bad = problem(response).await;
    assert_eq!((bad.status, bad.code), (400, ProblemCode::BadRequest));
}

#[tokio::test]
async fn content_that_does_not_fit_is_a_bad_request_and_any_script_fits() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    for text in ["", " \n\u{3000}", "a\u{0}b", "a\tb", "a\u{1b}[2Jb", &"字".repeat(1001)] {
        refused(&kiosk, |c| c.text = text.to_owned()).await;
    }
    refused(&kiosk, |c| c.tracking_number = "7K0M1Q2X9U".to_owned()).await;
    refused(&kiosk, |c| c.tracking_number = "7k0m1q2x9z".to_owned()).await;
    refused(&kiosk, |c| c.code_hash = "short".to_owned()).await;
    refused(&kiosk, |c| c.subject = ComplaintSubject::Office("no office!".to_owned())).await;
    refused(&kiosk, |c| {
        let name = "马某".to_owned();
        c.writer = Some(ComplaintWriter { name, number: Some("1".to_owned()), phone: None });
    })
    .await;
    let mut number = *b"7K0M1Q2X90";
    for text in ["😀👨‍👩‍👧", "一\n二", "བོད་ ئۇيغۇر и English", &"𠮷".repeat(1000)]
    {
        number[9] += 1;
        let number = std::str::from_utf8(&number).expect("ASCII");
        let mut good = complaint(number);
        good.text = text.to_owned();
        good.writer = Some(ComplaintWriter {
            name: "喆𠮷".to_owned(),
            number: Some("639926198909150313".to_owned()),
            phone: Some("0979-8210018".to_owned()),
        });
        file(&kiosk, &id(number.as_bytes()[9]), &good).await;
        standing(&kiosk, number, CODE).await;
    }
}

#[tokio::test]
async fn bodies_that_are_none_are_problems() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    for path in ["/v1/complaints", "/v1/complaints/replies"] {
        for body in ["", "{", "{}", "[]", r#"{"id":1}"#, r#"{"tracking_number":[],"query_code":1}"#]
        {
            let request = kiosk.request(Method::POST, path).header("Idempotency-Key", id(1));
            let request = request.header("content-type", "application/json").body(body);
            let bad = problem(request.send().await.expect("an answer")).await;
            assert_eq!((bad.status, bad.code), (400, ProblemCode::BadRequest), "{path} {body}");
        }
        let wrong = problem(kiosk.get(path).await).await;
        assert_eq!(wrong.status, 405, "{path}");
    }
    let mut large = seal(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    large.ciphertext = "A".repeat(70_000);
    assert_eq!(problem(send(&kiosk, &large).await).await.status, 413);
}

#[tokio::test]
async fn every_wrong_pair_looks_the_same_and_waits_grow() {
    let county = County::start_with(|config| config.limits.wrong_replies_free = 7).await;
    let kiosk = county.kiosk("k1").await;
    file(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    let mut answers = Vec::new();
    for (number, code) in [
        ("7K0M1Q2X9Z", "0000-0000"),
        ("7K0M1Q2X9Z", ""),
        ("7K0M1Q2X9Y", CODE),
        ("not a number", CODE),
        ("", ""),
        ("厅\u{0}", &"x".repeat(5000)),
    ] {
        let response = ask(&kiosk, number, code).await;
        answers.push((response.status(), response.bytes().await.expect("a body")));
    }
    assert_eq!(answers[0].0, StatusCode::NOT_FOUND);
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    ask(&kiosk, "7K0M1Q2X9Z", "0000-0000").await;
    let response = ask(&kiosk, "7K0M1Q2X9Z", CODE).await;
    assert_eq!(response.headers()["retry-after"], "30");
    assert_eq!(problem(response).await.code, ProblemCode::TooManyAttempts);
    standing(&county.kiosk("k2").await, "7K0M1Q2X9Z", CODE).await;
    county.clock.advance(SignedDuration::from_secs(30));
    standing(&kiosk, "7K0M1Q2X9Z", CODE).await;
    ask(&kiosk, "7K0M1Q2X9Z", "0000-0000").await;
    standing(&kiosk, "7K0M1Q2X9Z", CODE).await;
}

#[tokio::test]
async fn a_kiosk_files_and_asks_so_much_within_an_hour_and_no_more() {
    let county = County::start_with(|config| {
        config.limits.complaints_per_kiosk_hour = 2;
        config.limits.complaint_replies_per_kiosk_hour = 3;
    })
    .await;
    let (kiosk, other) = (county.kiosk("k1").await, county.kiosk("k2").await);
    let sealed = seal(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    for _ in 0..2 {
        assert_eq!(send(&kiosk, &sealed).await.status(), StatusCode::CREATED);
    }
    for _ in 0..3 {
        standing(&kiosk, "7K0M1Q2X9Z", CODE).await;
    }
    county.clock.advance(SignedDuration::from_mins(20));
    for response in [send(&kiosk, &sealed).await, ask(&kiosk, "7K0M1Q2X9Z", CODE).await] {
        assert_eq!(response.headers()["retry-after"], "2400");
        let capped = problem(response).await;
        assert_eq!((capped.status, capped.code), (429, ProblemCode::TooManyAttempts));
    }
    assert_eq!(send(&other, &sealed).await.status(), StatusCode::CREATED);
    standing(&other, "7K0M1Q2X9Z", CODE).await;
    county.clock.advance(SignedDuration::from_mins(40));
    assert_eq!(send(&kiosk, &sealed).await.status(), StatusCode::CREATED);
    standing(&kiosk, "7K0M1Q2X9Z", CODE).await;
}

#[tokio::test]
async fn wrong_pairs_have_a_daily_cap_at_a_kiosk_that_right_ones_do_not_lift() {
    let county = County::start_with(|config| config.limits.wrong_replies_per_day = 3).await;
    let kiosk = county.kiosk("k1").await;
    file(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    for number in ["7K0M1Q2X90", "7K0M1Q2X91", "no number"] {
        standing(&kiosk, "7K0M1Q2X9Z", CODE).await;
        assert_eq!(ask(&kiosk, number, CODE).await.status(), StatusCode::NOT_FOUND);
    }
    let capped = problem(ask(&kiosk, "7K0M1Q2X9Z", CODE).await).await;
    assert_eq!(capped.retry_after_s, Some(12 * 3600));
    standing(&county.kiosk("k2").await, "7K0M1Q2X9Z", CODE).await;
    county.clock.advance(SignedDuration::from_hours(12));
    standing(&kiosk, "7K0M1Q2X9Z", CODE).await;
}

#[tokio::test]
async fn wrong_codes_of_a_complaint_have_a_daily_cap_over_all_kiosks() {
    let county = County::start_with(|config| config.limits.wrong_pairs_per_day = 4).await;
    let (one, two) = (county.kiosk("k1").await, county.kiosk("k2").await);
    file(&one, &id(1), &complaint("7K0M1Q2X9Z")).await;
    for kiosk in [&one, &two, &one, &two] {
        ask(kiosk, "7K0M1Q2X9Z", "0000-0000").await;
    }
    let third = county.kiosk("k3").await;
    let capped = problem(ask(&third, "7K0M1Q2X9Z", CODE).await).await;
    assert_eq!(capped.code, ProblemCode::TooManyAttempts);
    assert_eq!(capped.retry_after_s, Some(12 * 3600));
    county.clock.advance(SignedDuration::from_hours(12));
    standing(&third, "7K0M1Q2X9Z", CODE).await;
}

#[tokio::test]
async fn a_clerk_answers_and_two_with_the_same_number_are_told_apart() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    file(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    county
        .import(&[
            r#"{"type":"complaint_reply","id":"r1","tracking_number":"7k0m-1q2x9z","on":"2026-11-23","office":"hw","text":{"zh-Hans":"已补发。"}}"#,
        ])
        .await;
    let answered = standing(&kiosk, "7K0M1Q2X9Z", CODE).await;
    assert_eq!(answered.state, ComplaintState::Answered);
    assert!(answered.deadline.is_none());
    let reply = answered.reply.expect("a reply");
    assert_eq!((reply.on, reply.text.zh_hans.as_str()), (date(2026, 11, 23), "已补发。"));
    assert_eq!(answered.office.expect("an office").id, "hw");
    // Another kiosk happened to make the same number.
    let mut twin = complaint("7K0M1Q2X9Z");
    twin.code_hash = complaint_seal::code_hash("7K0M1Q2X9Z", "TW1N-TW1N");
    twin.kind = ComplaintKind::Question;
    file(&kiosk, &id(2), &twin).await;
    let other = standing(&kiosk, "7K0M1Q2X9Z", "TW1N-TW1N").await;
    assert_eq!((other.kind, other.state), (ComplaintKind::Question, ComplaintState::Received));
    assert_eq!(standing(&kiosk, "7K0M1Q2X9Z", CODE).await.state, ComplaintState::Answered);
    let line = format!(
        r#"{{"type":"complaint_reply","id":"r2","tracking_number":"7K0M1Q2X9Z","complaint":"{}","on":"2026-11-24","text":{{"zh-Hans":"可以。"}}}}"#,
        id(2)
    );
    county.import(&[&line]).await;
    let other = standing(&kiosk, "7K0M1Q2X9Z", "TW1N-TW1N").await;
    assert_eq!(other.reply.expect("a reply").text.zh_hans, "可以。");
}

#[tokio::test]
async fn imported_complaints_stand_as_they_were_imported() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let line = format!(
        r#"{{"type":"complaint","id":"{}","tracking_number":"3AAAAAAAA3","query_code":"BBBB-BBBB","kind":"petition","subject":"general","text":"取暖补助没有收到。","received_on":"2026-10-26","state":"accepted","office":"hw","accepted_on":"2026-11-02"}}"#,
        id(7)
    );
    county.import(&[&line]).await;
    let standing = standing(&kiosk, "3AAAAAAAA3", "BBBBBBBB").await;
    assert_eq!(standing.state, ComplaintState::Accepted);
    assert_eq!(standing.office.expect("an office").name.zh_hans, "河湾镇人民政府社会救助窗口");
    let deadline = standing.deadline.expect("a deadline");
    assert_eq!(deadline.due, Some(date(2027, 1, 1)));
    assert_eq!(deadline.article.article, "第三十四条");
}

#[tokio::test]
async fn nothing_is_acknowledged_that_is_not_kept() {
    use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let sealed = seal(&kiosk, &id(1), &complaint("7K0M1Q2X9Z")).await;
    let options = SqliteConnectOptions::new().filename(county.app.complaints());
    let mut database = SqliteConnection::connect_with(&options).await.expect("it opens");
    sqlx::query(
        "CREATE TRIGGER full BEFORE INSERT ON complaint BEGIN SELECT RAISE(ABORT, 'full'); END",
    )
    .execute(&mut database)
    .await
    .expect("a disk that refuses");
    let refused = problem(send(&kiosk, &sealed).await).await;
    assert_eq!((refused.status, refused.code), (503, ProblemCode::Unavailable));
    sqlx::query("DROP TRIGGER full").execute(&mut database).await.expect("dropped");
    assert_eq!(send(&kiosk, &sealed).await.status(), StatusCode::CREATED);
    standing(&kiosk, "7K0M1Q2X9Z", CODE).await;
}
