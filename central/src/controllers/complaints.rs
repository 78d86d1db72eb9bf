//! `/v1/complaints`.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use central_api::{ComplaintReceived, ComplaintStanding, Problem, ReplyQuestion, SealedComplaint};

use super::{
    extract::{Body, Kiosk, idempotency_key},
    private,
};
use crate::{complaints, refusal::Refusal, shared::Shared};

/// Keeps a sealed complaint. The same one again gets the same answer and is kept once.
#[utoipa::path(
    post,
    path = "/v1/complaints",
    params(("Idempotency-Key" = String, Header, description = "The complaint's id")),
    request_body = SealedComplaint,
    responses(
        (status = 201, body = ComplaintReceived),
        (status = 400, description = "bad_request: also a seal that does not open, or content that does not fit", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "kiosk_not_enrolled", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "idempotency_conflict: another complaint has this id", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "bad_request: body too large", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_attempts (Retry-After)", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable: also while the key it is sealed to is missing here; send it again later", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn receive(
    State(app): State<Arc<Shared>>,
    Kiosk(kiosk): Kiosk,
    headers: HeaderMap,
    body: Body<SealedComplaint>,
) -> Result<Response, Refusal> {
    let key = idempotency_key(&headers)?;
    let received = complaints::receive(&app, &kiosk, key, &body.value).await?;
    let mut response = private(received);
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// How a complaint stands, and the answer once given; never what was written.
#[utoipa::path(
    post,
    path = "/v1/complaints/replies",
    request_body = ReplyQuestion,
    responses(
        (status = 200, body = ComplaintStanding),
        (status = 400, description = "bad_request", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "kiosk_not_enrolled", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "not_found: one neutral answer for every wrong pair", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "bad_request: body too large", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "too_many_attempts (Retry-After)", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn reply(
    State(app): State<Arc<Shared>>,
    Kiosk(kiosk): Kiosk,
    body: Body<ReplyQuestion>,
) -> Result<Response, Refusal> {
    Ok(private(complaints::standing(&app, &kiosk, &body.value).await?))
}
