//! Every way a request can end other than well, as RFC 9457 problems. No refusal carries anything
//! of the request.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use central_api::{Problem, ProblemCode};

use crate::{crypto::KeyError, crypto::SealError, store::StoreError};

/// Why a request gets no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// One neutral answer for an unknown number, a malformed one, and a wrong code.
    #[error("no such number and code")]
    NotFound,
    #[error("too many tries")]
    TooManyAttempts { retry_after_s: u32 },
    #[error("no enrolled kiosk")]
    KioskNotEnrolled,
    #[error("reader not enrolled with this kiosk")]
    ReaderNotEnrolled,
    #[error("visit ended")]
    VisitEnded,
    #[error("request does not fit the schema")]
    BadRequest,
    #[error("request body too large")]
    TooLarge,
    #[error("idempotency key used with another body")]
    IdempotencyConflict,
    #[error("no such resource")]
    NoSuchResource,
    #[error("no such method here")]
    NoSuchMethod,
    #[error("kiosk served too many persons this hour")]
    KioskCapReached,
    #[error("central cannot answer now")]
    Unavailable,
    #[error("central failed")]
    Failed,
}

impl Refusal {
    /// The problem document of this refusal.
    pub(crate) fn problem(&self) -> Problem {
        use ProblemCode as Code;
        let (status, code, word) = match self {
            Self::NotFound => (404, Code::NotFound, "not_found"),
            Self::TooManyAttempts { .. } => (429, Code::TooManyAttempts, "too_many_attempts"),
            Self::KioskNotEnrolled => (403, Code::KioskNotEnrolled, "kiosk_not_enrolled"),
            Self::ReaderNotEnrolled => (403, Code::ReaderNotEnrolled, "reader_not_enrolled"),
            Self::VisitEnded => (401, Code::VisitEnded, "visit_ended"),
            Self::BadRequest => (400, Code::BadRequest, "bad_request"),
            Self::TooLarge => (413, Code::BadRequest, "bad_request"),
            Self::IdempotencyConflict => (409, Code::IdempotencyConflict, "idempotency_conflict"),
            Self::NoSuchResource => (404, Code::NoSuchResource, "no_such_resource"),
            Self::NoSuchMethod => (405, Code::NoSuchResource, "no_such_resource"),
            Self::KioskCapReached => (429, Code::KioskCapReached, "kiosk_cap_reached"),
            Self::Unavailable => (503, Code::Unavailable, "unavailable"),
            Self::Failed => (500, Code::Unavailable, "unavailable"),
        };
        let retry_after_s = match self {
            Self::TooManyAttempts { retry_after_s } => Some(*retry_after_s),
            _ => None,
        };
        Problem {
            kind: format!("urn:kiosk:problem:{word}"),
            title: self.to_string(),
            status,
            code,
            retry_after_s,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = self.problem();
        let status =
            StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = problem.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The one place where a store's fault on the request path is logged.
impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        if !matches!(error, StoreError::NotCommitted) {
            tracing::error!(code = "store.failed", %error, "request refused");
        }
        Self::Unavailable
    }
}

impl From<SealError> for Refusal {
    fn from(error: SealError) -> Self {
        tracing::error!(code = "seal.failed", %error, "request refused");
        Self::Unavailable
    }
}

impl From<KeyError> for Refusal {
    fn from(error: KeyError) -> Self {
        tracing::error!(code = "keys.failed", %error, "request refused");
        Self::Unavailable
    }
}
