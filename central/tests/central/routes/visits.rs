//! `/v1/visits`: what each kind of evidence opens.

use central_api::{
    Application, Category, DecisionOutcome, ProblemCode, Programme, Stage, StepState, VisitLevel,
    VisitOpened,
};
use jiff::{SignedDuration, civil::date};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{County, SAM, WANG, WANG_CODE, ZHE, ZHE_CODE, card, problem, typed};

const CURRENT: &str = "/v1/visits/current";
const APPLICATIONS: &str = "/v1/visits/current/applications";

#[tokio::test]
async fn a_card_through_an_enrolled_reader_opens_everything_of_ones_own() {
    let county = County::start().await;
    let opened = county.kiosk("k1").await.open(card(WANG, SAM)).await;
    assert_eq!(opened.level, VisitLevel::Full);
    let [dibao, temporary] = opened.applications.as_slice() else { panic!("two applications") };
    assert_eq!(dibao.applicant, "王*兰");
    assert_eq!(dibao.category, Some(Category::Dibao));
    assert_eq!(dibao.members.len(), 3);
    assert!(dibao.members.iter().all(|member| member.name.contains('*')));
    let step = dibao.current_step().expect("a current step");
    assert_eq!(step.stage, Stage::Publicity);
    let deadline = step.deadline.as_ref().expect("a deadline");
    assert_eq!((deadline.due, deadline.overdue_days), (Some(date(2026, 11, 27)), 0));
    assert_eq!(temporary.grant_fen.map(|fen| fen.0), Some(320_000));
    assert_eq!(temporary.payments.len(), 2);
    assert!(temporary.payments[0].paid_on > temporary.payments[1].paid_on);
}

#[tokio::test]
async fn number_and_code_open_the_way_and_no_amounts() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    for evidence in [
        typed(WANG, WANG_CODE),
        typed(WANG, "7kom lq2x"),
        json!({"kind": "unauthenticated_card", "number": WANG, "query_code": WANG_CODE}),
    ] {
        let opened = kiosk.open(evidence).await;
        assert_eq!(opened.level, VisitLevel::Basic);
        assert_eq!(opened.applications.len(), 2);
        for application in &opened.applications {
            assert!(application.category.is_none() && application.grant_fen.is_none());
            assert!(application.members.is_empty() && application.payments.is_empty());
            assert!(!application.office.phone.is_empty());
        }
    }
}

#[tokio::test]
async fn a_refusal_shows_its_reason_only_to_the_card() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let refused = |opened: &VisitOpened| {
        let found = opened.applications.iter().find(|a| a.programme == Programme::Dibao);
        found.and_then(|a| a.decision.clone()).expect("a decision")
    };
    let full = refused(&kiosk.open(card(ZHE, SAM)).await);
    let basic = refused(&kiosk.open(typed(ZHE, ZHE_CODE)).await);
    assert!(full.reason.zh_hans.contains("1186元"));
    assert!(!basic.reason.zh_hans.contains("元"));
    assert!(basic.reason.zh_hans.contains("或者刷身份证查看"), "{}", basic.reason.zh_hans);
    for decision in [full, basic] {
        assert_eq!(decision.outcome, DecisionOutcome::Refused);
        assert!(!decision.articles.is_empty());
        let until: Vec<_> = decision.remedies.iter().map(|r| r.until).collect();
        assert_eq!(until, [Some(date(2026, 12, 14)), Some(date(2027, 4, 15))]);
    }
}

#[tokio::test]
async fn one_who_only_handed_in_is_not_told_to_be_accepted() {
    let county = County::start().await;
    let opened = county.kiosk("k1").await.open(card(&holder("张有福"), SAM)).await;
    let [waiting] = opened.applications.as_slice() else { panic!("one application") };
    let step = waiting.current_step().expect("a current step");
    assert_eq!((step.stage, step.on, &step.deadline), (Stage::Accepted, None, &None));
    assert!(waiting.next.zh_hans.starts_with("申请已提交，等待受理"), "{}", waiting.next.zh_hans);
}

#[tokio::test]
async fn a_grown_up_member_sees_the_stage_and_a_child_nothing() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let (husband, granddaughter) = (holder("李建国"), holder("李小雨"));
    let opened = kiosk.open(card(&husband, SAM)).await;
    assert_eq!(opened.level, VisitLevel::Full);
    assert_eq!(opened.applications.len(), 2);
    for application in &opened.applications {
        assert!(application.steps.iter().any(|step| step.state == StepState::Done));
        assert!(application.grant_fen.is_none() && application.members.is_empty());
        assert!(application.payments.is_empty());
    }
    // His card lies there already: it is hers that opens the reason.
    let decision = opened.applications[1].decision.as_ref().expect("a decision");
    let reason = &decision.reason.zh_hans;
    assert!(reason.contains("由申请人本人刷身份证查看") && !reason.contains("或者刷"), "{reason}");
    assert!(kiosk.open(card(&granddaughter, SAM)).await.applications.is_empty());
}

#[tokio::test]
async fn a_card_nobody_knows_opens_an_empty_visit() {
    let county = County::start().await;
    let opened = county.kiosk("k1").await.open(card("110101199003070134", SAM)).await;
    assert_eq!(opened.level, VisitLevel::Full);
    assert!(opened.applications.is_empty());
}

#[tokio::test]
async fn a_reader_of_another_kiosk_is_refused() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let refused = problem(kiosk.visit(card(WANG, "05.03-20260301-0000099999-1")).await).await;
    assert_eq!((refused.status, refused.code), (403, ProblemCode::ReaderNotEnrolled));
}

#[tokio::test]
async fn a_visit_is_read_again_and_ends_once() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let opened = kiosk.open(card(WANG, SAM)).await;
    let again = kiosk.with_token(Method::GET, APPLICATIONS, &opened.token).await;
    assert_eq!(again.headers()["cache-control"], "no-store");
    let again: Vec<Application> = again.json().await.expect("applications");
    assert_eq!(again, opened.applications);
    let ended = kiosk.with_token(Method::DELETE, CURRENT, &opened.token).await;
    assert_eq!(ended.status(), StatusCode::NO_CONTENT);
    for (method, path) in [(Method::GET, APPLICATIONS), (Method::DELETE, CURRENT)] {
        let ended = problem(kiosk.with_token(method, path, &opened.token).await).await;
        assert_eq!((ended.status, ended.code), (401, ProblemCode::VisitEnded));
    }
}

#[tokio::test]
async fn a_token_is_good_for_its_kiosk_and_its_time_only() {
    let county = County::start().await;
    let (kiosk, other) = (county.kiosk("k1").await, county.kiosk("k2").await);
    let opened = kiosk.open(card(WANG, SAM)).await;
    let stolen = other.with_token(Method::GET, APPLICATIONS, &opened.token).await;
    assert_eq!(problem(stolen).await.code, ProblemCode::VisitEnded);
    county.clock.advance(SignedDuration::from_mins(15));
    let late = kiosk.with_token(Method::GET, APPLICATIONS, &opened.token).await;
    assert_eq!(problem(late).await.code, ProblemCode::VisitEnded);
    let none = problem(kiosk.get(APPLICATIONS).await).await;
    assert_eq!(none.code, ProblemCode::VisitEnded);
}

#[tokio::test]
async fn the_same_key_and_body_give_the_same_answer() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let send = |key: &'static str, evidence: Value| {
        let body = json!({ "evidence": evidence });
        kiosk.request(Method::POST, "/v1/visits").header("Idempotency-Key", key).json(&body).send()
    };
    let first = send("one", card(WANG, SAM)).await.expect("an answer");
    assert_eq!(first.status(), StatusCode::CREATED);
    let first = first.text().await.expect("a body");
    let second = send("one", card(WANG, SAM)).await.expect("an answer");
    assert_eq!(second.status(), StatusCode::CREATED);
    assert_eq!(second.text().await.expect("a body"), first);
    let other = send("one", card(ZHE, SAM)).await.expect("an answer");
    assert_eq!(problem(other).await.code, ProblemCode::IdempotencyConflict);
    let opened: VisitOpened = serde_json::from_str(&first).expect("a visit");
    kiosk.with_token(Method::DELETE, CURRENT, &opened.token).await;
    let after = send("one", card(WANG, SAM)).await.expect("an answer");
    assert_eq!(problem(after).await.code, ProblemCode::VisitEnded);
}

#[tokio::test]
async fn repeated_at_once_it_still_opens_one_visit() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let body = json!({ "evidence": card(WANG, SAM) });
    let send = || {
        let request = kiosk.request(Method::POST, "/v1/visits").header("Idempotency-Key", "k");
        let request = request.json(&body).send();
        async { request.await.expect("an answer").text().await.expect("a body") }
    };
    let (a, b, c) = tokio::join!(send(), send(), send());
    assert!(a == b && b == c);
}

/// The number of a person of the sample county.
fn holder(name: &str) -> String {
    let files = central::sample_county();
    let residents = files.iter().find(|f| f.ends_with("residents.jsonl")).expect("residents");
    let text = std::fs::read_to_string(residents).expect("readable");
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .find(|line| line["name"] == name)
        .and_then(|line| line["number"].as_str().map(str::to_owned))
        .expect("a person of that name")
}
