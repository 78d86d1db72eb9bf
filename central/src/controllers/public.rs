//! What anyone at the hall may read: `/v1/hall`, `/v1/policies`, `/v1/standards`, `/v1/funds`,
//! `/v1/notices`.

use std::sync::Arc;

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use central_api::{FundUse, KioskHall, NoticePage, Policy, Problem, Standard};
use serde::{Deserialize, Serialize};

use super::extract::Kiosk;
use crate::{
    audit::anchor::hex, crypto::sha256, domain::complaints::with_national_limits, refusal::Refusal,
    shared::Shared, store::HallRow,
};

/// Notices of a page where the kiosk does not say.
const PAGE: u32 = 1000;
/// Most notices of a page.
const PAGE_MAX: u32 = 2000;

/// The hall the kiosk stands in: offices of its areas, who receives complaints, the key to seal them to.
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
    let row = app.store.hall(hall).await?.ok_or(Refusal::NoSuchResource)?;
    let HallRow { name, offices, complaint_routes } = row;
    let complaint_routes = complaint_routes.into_iter().map(with_national_limits).collect();
    let seal_key = app.seal_keys.offered().ok_or(Refusal::Unavailable)?;
    tagged(&KioskHall { name, offices, complaint_routes, seal_key }, &headers)
}

/// Categories and programmes in plain words, as they hold in the hall's areas.
#[utoipa::path(
    get,
    path = "/v1/policies",
    params(("If-None-Match" = Option<String>, Header, description = "ETag held by the kiosk")),
    responses(
        (status = 200, body = Vec<Policy>),
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

/// Figures that hold in the hall's areas: past, present and coming ones.
#[utoipa::path(
    get,
    path = "/v1/standards",
    params(("If-None-Match" = Option<String>, Header, description = "ETag held by the kiosk")),
    responses(
        (status = 200, body = Vec<Standard>),
        (status = 304, description = "Unchanged"),
        (status = 403, description = "kiosk_not_enrolled", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn standards(
    State(app): State<Arc<Shared>>,
    Kiosk(kiosk): Kiosk,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let standards = match kiosk.hall.as_deref() {
        Some(hall) => app.store.standards(hall).await?,
        None => Vec::new(),
    };
    tagged(&standards, &headers)
}

/// How funds and goods were used in the hall's areas, newest period first.
#[utoipa::path(
    get,
    path = "/v1/funds",
    params(("If-None-Match" = Option<String>, Header, description = "ETag held by the kiosk")),
    responses(
        (status = 200, body = Vec<FundUse>),
        (status = 304, description = "Unchanged"),
        (status = 403, description = "kiosk_not_enrolled", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn funds(
    State(app): State<Arc<Shared>>,
    Kiosk(kiosk): Kiosk,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let funds = match kiosk.hall.as_deref() {
        Some(hall) => app.store.funds(hall).await?,
        None => Vec::new(),
    };
    tagged(&funds, &headers)
}

/// Where to go on from, and how far.
#[derive(Deserialize)]
pub(crate) struct Since {
    since: Option<String>,
    limit: Option<u32>,
}

/// What changed of the notices of the hall's areas since a cursor, oldest change first.
///
/// Notices that begin later are among them; those that are over are not. Without a cursor, or with one
/// that is not known here, it is the first page of all. Once up to date, the same cursor gives the same
/// ETag until something changes.
#[utoipa::path(
    get,
    path = "/v1/notices",
    params(
        ("since" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "Most changes of a page: 1000 unless told, no more than 2000"),
        ("If-None-Match" = Option<String>, Header, description = "ETag held by the kiosk"),
    ),
    responses(
        (status = 200, body = NoticePage),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "bad_request: limit is no number or 0", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "kiosk_not_enrolled", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn notices(
    State(app): State<Arc<Shared>>,
    Kiosk(kiosk): Kiosk,
    query: Result<Query<Since>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Query(Since { since, limit }) = query.map_err(|_| Refusal::BadRequest)?;
    let limit = match limit {
        Some(0) => return Err(Refusal::BadRequest),
        Some(limit) => limit.min(PAGE_MAX),
        None => PAGE,
    };
    // No hall, no areas: an empty page.
    let hall = kiosk.hall.as_deref().unwrap_or_default();
    let today = app.clock.today();
    let page = app.store.notice_page(hall, since.as_deref(), limit, today).await?;
    tagged(&page, &headers)
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
