//! `/v1/openapi.json`, made from the handlers and the shared types.

use std::future::{Ready, ready};

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use utoipa::OpenApi;

use super::{complaints, health, kiosks, public, visits};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "central",
        description = "Service of record behind the kiosks. Every path but enrolment, health, metrics and this document needs a kiosk's client certificate."
    ),
    paths(
        visits::open,
        visits::applications,
        visits::end,
        public::hall,
        public::policies,
        public::standards,
        public::funds,
        public::notices,
        complaints::receive,
        complaints::reply,
        kiosks::enrol,
        health::alive,
        health::writable,
        health::metrics,
        document
    )
)]
struct Document;

/// The OpenAPI document as pretty JSON.
#[must_use]
pub(crate) fn text() -> String {
    Document::openapi().to_pretty_json().unwrap_or_default()
}

/// This document.
#[utoipa::path(get, path = "/v1/openapi.json", responses((status = 200, description = "OpenAPI 3.1", body = Object)))]
pub(crate) fn document() -> Ready<Response> {
    ready(([(header::CONTENT_TYPE, "application/json")], text()).into_response())
}
