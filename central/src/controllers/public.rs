//! What anyone at the hall may read: `/v1/hall`, `/v1/policies`, `/v1/notices`.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use central_api::{KioskHall, Notice, PolicySummary, Problem};
use serde::Serialize;

use super::extract::Kiosk;
use crate::{audit::anchor::hex, crypto::sha256, refusal::Refusal, shared::Shared};

/// The hall the kiosk stands in, with the offices of its areas.
#[utoipa::path(
    get,
    path = "/v1/hall",
    params(("If-None-Match" = Option<String>, Header, description = "ETag held by the kiosk")),
    responses(
        (status = 200, body = KioskHall),
        (status = 304, description = "Unchanged"),
        (status = 403, description = "kiosk_not_enrolled", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "no_such_resource: the kiosk has no hall yet", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn hall(
    State(app): State<Arc<Shared>>,
    Kiosk(kiosk): Kiosk,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let hall = kiosk.hall.as_deref().ok_or(Refusal::NoSuchResource)?;
    let hall = app.store.hall(hall).await?.ok_or(Refusal::NoSuchResource)?;
    tagged(&hall, &headers)
}

/// Programmes in plain words, for the hall's areas.
#[utoipa::path(
    get,
    path = "/v1/policies",
    params(("If-None-Match" = Option<String>, Header, description = "ETag held by the kiosk")),
    responses(
        (status = 200, body = Vec<PolicySummary>),
        (status = 304, description = "Unchanged"),
        (status = 403, description = "kiosk_not_enrolled", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn policies(
    State(app): State<Arc<Shared>>,
    Kiosk(kiosk): Kiosk,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let policies = match kiosk.hall.as_deref() {
        Some(hall) => app.store.policies(hall).await?,
        None => Vec::new(),
    };
    tagged(&policies, &headers)
}

/// 公示 and 公布 to be shown today in the hall's areas.
#[utoipa::path(
    get,
    path = "/v1/notices",
    params(("If-None-Match" = Option<String>, Header, description = "ETag held by the kiosk")),
    responses(
        (status = 200, body = Vec<Notice>),
        (status = 304, description = "Unchanged"),
        (status = 403, description = "kiosk_not_enrolled", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn notices(
    State(app): State<Arc<Shared>>,
    Kiosk(kiosk): Kiosk,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let notices = match kiosk.hall.as_deref() {
        Some(hall) => app.store.notices(hall, app.clock.today()).await?,
        None => Vec::new(),
    };
    tagged(&notices, &headers)
}

/// The value as JSON with its ETag, or 304 if the kiosk holds it already.
fn tagged(value: &impl Serialize, headers: &HeaderMap) -> Result<Response, Refusal> {
    let body = serde_json::to_vec(value).map_err(|_| Refusal::Unavailable)?;
    let tag = format!("\"{}\"", &hex(&sha256(&body))[..32]);
    let held = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|held| held.trim().trim_start_matches("W/"))
        .any(|held| held == tag || held == "*");
    let mut response = if held {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let json = HeaderValue::from_static("application/json");
        ([(header::CONTENT_TYPE, json)], body).into_response()
    };
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    Ok(response)
}
