//! How much a kiosk may file and ask.

use central_api::ProblemCode;
use jiff::SignedDuration;
use reqwest::StatusCode;

use crate::{
    filing::{CODE, ask, complaint, file, id, seal, send, standing},
    support::{County, problem},
};

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
