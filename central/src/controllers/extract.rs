//! What handlers take from a request: the kiosk, the visit's token, a JSON body.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use serde::de::DeserializeOwned;

use crate::{refusal::Refusal, shared::Shared, store::KioskRecord, tls::Peer};

/// The enrolled, unrevoked kiosk at the other end.
pub(crate) struct Kiosk(pub(crate) Arc<KioskRecord>);

impl FromRequestParts<Arc<Shared>> for Kiosk {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<Shared>) -> Result<Self, Refusal> {
        let certificate = parts
            .extensions
            .get::<ConnectInfo<Peer>>()
            .and_then(|ConnectInfo(peer)| peer.certificate)
            .ok_or(Refusal::KioskNotEnrolled)?;
        let kiosk = app.fleet.kiosk(&app.store, &certificate).await?;
        kiosk.map(Kiosk).ok_or(Refusal::KioskNotEnrolled)
    }
}

/// The bearer token of a visit.
pub(crate) struct Token(pub(crate) String);

impl FromRequestParts<Arc<Shared>> for Token {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Shared>) -> Result<Self, Refusal> {
        std::future::ready(
            parts
                .headers
                .get(header::AUTHORIZATION)
                .and_then(|value| value.to_str().ok())
                .and_then(|value| value.strip_prefix("Bearer "))
                .map(|token| Self(token.to_owned()))
                .ok_or(Refusal::VisitEnded),
        )
        .await
    }
}

/// A JSON body, with the bytes it came as.
pub(crate) struct Body<T> {
    pub(crate) value: T,
    pub(crate) bytes: Bytes,
}

impl<T: DeserializeOwned> FromRequest<Arc<Shared>> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &Arc<Shared>) -> Result<Self, Refusal> {
        let json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                value.split(';').next().map(str::trim) == Some("application/json")
            });
        if !json {
            return Err(Refusal::BadRequest);
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|rejection| match rejection
            .into_response()
            .status()
        {
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge,
            _ => Refusal::BadRequest,
        })?;
        let value = serde_json::from_slice(&bytes).map_err(|_| Refusal::BadRequest)?;
        Ok(Self { value, bytes })
    }
}

/// Longest idempotency key, in bytes.
const KEY_MAX: usize = 128;

/// The key of a request that may be repeated, if it has one.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().map_err(|_| Refusal::BadRequest)?;
    if key.is_empty() || key.len() > KEY_MAX { Err(Refusal::BadRequest) } else { Ok(Some(key)) }
}
