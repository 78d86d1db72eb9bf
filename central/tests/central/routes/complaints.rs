//! `/v1/complaints` and `/v1/complaints/replies`.

mod limits;
mod seals;

use central_api::{
    Complaint, ComplaintKind, ComplaintReceived, ComplaintState, ComplaintSubject, ComplaintWriter,
    ProblemCode,
};
use jiff::{SignedDuration, civil::date};
use reqwest::{Method, StatusCode};

use crate::{
    filing::{CODE, ask, complaint, file, id, seal, send, standing},
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
