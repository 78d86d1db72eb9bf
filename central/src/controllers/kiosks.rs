//! `/v1/kiosks`.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use central_api::{Enrolled, Enrolment, Problem};

use super::extract::{Body, idempotency_key};
use crate::{enrolment, refusal::Refusal, shared::Shared, visits::Repeatable};

/// Trades a one-time token and a certificate request for a kiosk certificate.
#[utoipa::path(
    post,
    path = "/v1/kiosks/enrolment",
    params(("Idempotency-Key" = Option<String>, Header, description = "Same key and body within 24 hours: same certificate; up to 128 visible ASCII characters")),
    request_body = Enrolment,
    responses(
        (status = 201, body = Enrolled),
        (status = 400, description = "bad_request: also a request whose own signature does not hold", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "kiosk_not_enrolled: token unknown, used or expired; or the certificate of a repeated request no longer counts", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "idempotency_conflict", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "bad_request: body too large", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn enrol(
    State(app): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Body<Enrolment>,
) -> Result<(StatusCode, Json<Enrolled>), Refusal> {
    let repeat = Repeatable { key: idempotency_key(&headers)?, body: &body.bytes };
    let enrolled = enrolment::enrol(&app, &body.value, repeat).await?;
    Ok((StatusCode::CREATED, Json(enrolled)))
}
