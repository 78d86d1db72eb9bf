//! Requests that fit nothing, and the paths that need no certificate.

use central_api::ProblemCode;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{County, SAM, WANG, card, problem};

#[tokio::test]
async fn whatever_does_not_fit_is_a_problem_document() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    let missing = problem(kiosk.get("/v1/nothing").await).await;
    assert_eq!((missing.status, missing.code), (404, ProblemCode::NoSuchResource));
    assert_eq!(missing.kind, "urn:kiosk:problem:no_such_resource");
    let method = problem(kiosk.get("/v1/visits").await).await;
    assert_eq!((method.status, method.code), (405, ProblemCode::NoSuchResource));
    for body in ["", "{", "{}", "[]", r#"{"evidence":{"kind":"password"}}"#] {
        let request = kiosk.request(Method::POST, "/v1/visits");
        let request = request.header("content-type", "application/json").body(body);
        let bad = problem(request.send().await.expect("an answer")).await;
        assert_eq!((bad.status, bad.code), (400, ProblemCode::BadRequest), "{body}");
    }
    let request = kiosk.request(Method::POST, "/v1/visits").body("{}");
    let untyped = problem(request.send().await.expect("an answer")).await;
    assert_eq!(untyped.code, ProblemCode::BadRequest);
    let large = problem(kiosk.post("/v1/visits", &json!({"x": "x".repeat(70_000)})).await).await;
    assert_eq!((large.status, large.code), (413, ProblemCode::BadRequest));
    let request =
        kiosk.request(Method::POST, "/v1/visits").header("Idempotency-Key", "k".repeat(129));
    let request = request.json(&json!({ "evidence": card(WANG, SAM) }));
    let long_key = problem(request.send().await.expect("an answer")).await;
    assert_eq!(long_key.code, ProblemCode::BadRequest);
}

#[tokio::test]
async fn health_metrics_and_the_document_need_no_certificate() {
    let county = County::start().await;
    let kiosk = county.kiosk("k1").await;
    kiosk.open(card(WANG, SAM)).await;
    let stranger = county.stranger();
    for path in ["/healthz", "/readyz"] {
        assert_eq!(stranger.get(path).await.status(), StatusCode::OK, "{path}");
    }
    let metrics = stranger.get("/metrics").await.text().await.expect("metrics");
    assert!(
        metrics.contains(
            "central_visits_total{evidence=\"authenticated_card\",outcome=\"opened\"} 1\n"
        )
    );
    assert!(!metrics.contains(WANG));
    let document: Value = stranger.get("/v1/openapi.json").await.json().await.expect("a document");
    assert_eq!(document.to_string(), parsed(&central::openapi()).to_string());
    let paths = document["paths"].as_object().expect("paths");
    assert!(paths.len() >= 10);
    let answers = paths["/v1/visits"]["post"]["responses"].as_object().expect("answers");
    for status in ["201", "400", "401", "403", "404", "409", "413", "429", "503"] {
        assert!(answers.contains_key(status), "{status}");
    }
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}
