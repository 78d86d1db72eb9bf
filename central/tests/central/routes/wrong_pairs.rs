//! `/v1/visits` with number and code that do not belong together.

use central_api::ProblemCode;
use jiff::SignedDuration;
use reqwest::StatusCode;

use crate::support::{County, SAM, WANG, WANG_CODE, card, problem, typed};

#[tokio::test]
async fn unknown_malformed_and_wrong_look_the_same_to_the_byte() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let mut answers = Vec::new();
    for (number, code) in [
        (WANG, "0000-0000"),
        (WANG, "no code!"),
        ("110101199003070134", WANG_CODE),
        ("not a number", WANG_CODE),
        ("", ""),
        // Known, but without a query code of her own.
        ("639926201312051070", "0000-0000"),
    ] {
        let response = kiosk.visit(typed(number, code)).await;
        let status = response.status();
        let headers: Vec<_> = response
            .headers()
            .iter()
            .filter(|(name, _)| *name != "date")
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        answers.push((status, headers, response.bytes().await.expect("a body")));
    }
    assert_eq!(answers[0].0, StatusCode::NOT_FOUND);
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn waits_grow_survive_a_restart_and_never_touch_a_card() {
    let mut county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    for _ in 0..3 {
        let wrong = problem(kiosk.visit(typed(WANG, "00000000")).await).await;
        assert_eq!(wrong.code, ProblemCode::NotFound);
    }
    county.restart().await;
    let kiosk = kiosk.moved_to(county.address);
    let response = kiosk.visit(typed(WANG, WANG_CODE)).await;
    assert_eq!(response.headers()["retry-after"], "30");
    let blocked = problem(response).await;
    assert_eq!(blocked.code, ProblemCode::TooManyAttempts);
    assert_eq!(blocked.retry_after_s, Some(30));
    kiosk.open(card(WANG, SAM)).await;
    county.clock.advance(SignedDuration::from_secs(30));
    let wrong = problem(kiosk.visit(typed(WANG, "00000000")).await).await;
    assert_eq!(wrong.code, ProblemCode::NotFound);
    let longer = problem(kiosk.visit(typed(WANG, WANG_CODE)).await).await;
    assert_eq!(longer.retry_after_s, Some(60));
    county.clock.advance(SignedDuration::from_secs(60));
    kiosk.open(typed(WANG, WANG_CODE)).await;
    let forgiven = problem(kiosk.visit(typed(WANG, "00000000")).await).await;
    assert_eq!(forgiven.code, ProblemCode::NotFound);
}

#[tokio::test]
async fn a_number_has_a_daily_cap_over_all_kiosks() {
    let county = County::start_with(|config| config.limits.wrong_pairs_per_day = 4).await;
    let (one, two) = (county.kiosk("k1").await, county.kiosk("k2").await);
    for kiosk in [&one, &two, &one, &two] {
        kiosk.visit(typed(WANG, "00000000")).await;
    }
    let third = county.kiosk("k3").await;
    let capped = problem(third.visit(typed(WANG, WANG_CODE)).await).await;
    assert_eq!(capped.code, ProblemCode::TooManyAttempts);
    assert_eq!(capped.retry_after_s, Some(12 * 3600));
    third.open(card(WANG, SAM)).await;
    county.clock.advance(SignedDuration::from_hours(12));
    third.open(typed(WANG, WANG_CODE)).await;
}

#[tokio::test]
async fn many_at_once_get_no_more_free_tries() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let tries = (0..12).map(|_| kiosk.visit(typed(WANG, "00000000")));
    let mut looked_at = 0;
    for response in futures_all(tries).await {
        looked_at += usize::from(response.status() == StatusCode::NOT_FOUND);
    }
    assert_eq!(looked_at, 3);
}

async fn futures_all<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    use std::{pin::pin, task::Poll};
    let mut waiting: Vec<_> = futures.map(Box::pin).map(Some).collect();
    let mut done = Vec::new();
    let all = std::future::poll_fn(|context| {
        for slot in &mut waiting {
            if let Some(future) = slot
                && let Poll::Ready(output) = future.as_mut().poll(context)
            {
                done.push(output);
                *slot = None;
            }
        }
        if waiting.iter().all(Option::is_none) { Poll::Ready(()) } else { Poll::Pending }
    });
    pin!(all).await;
    done
}
