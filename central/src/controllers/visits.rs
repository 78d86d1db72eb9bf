//! `/v1/visits`.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use central_api::{Application, OpenVisit, Problem, VisitOpened};

use super::{
    extract::{Body, Kiosk, Token, idempotency_key},
    private,
};
use crate::{refusal::Refusal, shared::Shared, visits};

/// Opens a visit on a card or on number and query code; answers with what the visit may see.
#[utoipa::path(
    post,
    path = "/v1/visits",
    params(("Idempotency-Key" = Option<String>, Header, description = "Same key and body: same answer; up to 128 visible ASCII characters")),
    request_body = OpenVisit,
    responses(
        (status = 201, body = VisitOpened),
        (status = 400, description = "bad_request", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "visit_ended: a repeated request whose visit is over", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "kiosk_not_enrolled, reader_not_enrolled", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found: one neutral answer for every wrong pair", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "idempotency_conflict", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "bad_request: body too large", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_attempts (Retry-After), kiosk_cap_reached", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn open(
    State(app): State<Arc<Shared>>,
    Kiosk(kiosk): Kiosk,
    headers: HeaderMap,
    body: Body<OpenVisit>,
) -> Result<Response, Refusal> {
    let key = idempotency_key(&headers)?;
    let repeat = visits::Repeatable { key, body: &body.bytes };
    let opened = visits::open(&app, &kiosk, &body.value, repeat).await?;
    let mut response = private(opened);
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// The visit's applications, read once more.
#[utoipa::path(
    get,
    path = "/v1/visits/current/applications",
    params(("Authorization" = String, Header, description = "Bearer and the visit's token")),
    responses(
        (status = 200, body = Vec<Application>),
        (status = 401, description = "visit_ended", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "kiosk_not_enrolled", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn applications(
    State(app): State<Arc<Shared>>,
    Kiosk(kiosk): Kiosk,
    Token(token): Token,
) -> Result<Response, Refusal> {
    Ok(private(visits::applications(&app, &kiosk, &token).await?))
}

/// Ends the visit.
#[utoipa::path(
    delete,
    path = "/v1/visits/current",
    params(("Authorization" = String, Header, description = "Bearer and the visit's token")),
    responses(
        (status = 204, description = "Ended"),
        (status = 401, description = "visit_ended", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "kiosk_not_enrolled", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn end(
    State(app): State<Arc<Shared>>,
    Kiosk(kiosk): Kiosk,
    Token(token): Token,
) -> Result<StatusCode, Refusal> {
    visits::end(&app, &kiosk, &token).await?;
    Ok(StatusCode::NO_CONTENT)
}
