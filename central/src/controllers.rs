//! One file per resource, one function per verb. Controllers read requests and write answers;
//! what may be seen is decided elsewhere.

pub(crate) mod complaints;
pub(crate) mod extract;
pub(crate) mod health;
pub(crate) mod kiosks;
pub(crate) mod openapi;
pub(crate) mod public;
pub(crate) mod visits;

use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

/// A value that nobody between here and the kiosk may keep.
fn private(value: impl serde::Serialize) -> Response {
    let mut response = Json(value).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
