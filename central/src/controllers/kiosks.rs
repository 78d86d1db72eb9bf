//! `/v1/kiosks`.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use central_api::{Enrolled, Enrolment, Problem};

use super::extract::Body;
use crate::{authority::AuthorityError, crypto::sha256, refusal::Refusal, shared::Shared};

/// Trades a one-time token and a certificate request for a kiosk certificate.
#[utoipa::path(
    post,
    path = "/v1/kiosks/enrolment",
    request_body = Enrolment,
    responses(
        (status = 201, body = Enrolled),
        (status = 400, description = "bad_request: also a request whose own signature does not hold", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "kiosk_not_enrolled: token unknown, used or expired", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "bad_request: body too large", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn enrol(
    State(app): State<Arc<Shared>>,
    body: Body<Enrolment>,
) -> Result<(StatusCode, Json<Enrolled>), Refusal> {
    let enrolment = body.value;
    let issued = match app.authority.kiosk(&enrolment.kiosk, &enrolment.csr_pem) {
        Ok(issued) => issued,
        Err(AuthorityError::Request) => return Err(Refusal::BadRequest),
        Err(error) => {
            tracing::error!(code = "authority.failed", %error, "no certificate made");
            return Err(Refusal::Unavailable);
        }
    };
    let token = sha256(enrolment.token.as_bytes());
    let now = app.clock.now();
    let enrolled =
        app.store.enrol_kiosk(&enrolment.kiosk, &token, &issued.fingerprint, now).await?;
    if !enrolled {
        tracing::warn!(
            code = "kiosk.enrolment_refused",
            "enrolment with a token that is unknown, used or expired"
        );
        return Err(Refusal::KioskNotEnrolled);
    }
    app.fleet.forget();
    tracing::info!(code = "kiosk.enrolled", kiosk = %enrolment.kiosk, "kiosk enrolled");
    let authority_pem = app.authority.pem.clone();
    Ok((StatusCode::CREATED, Json(Enrolled { certificate_pem: issued.pem, authority_pem })))
}
