//! `/healthz`, `/readyz`, `/metrics`.

use std::{
    future::{Ready, ready},
    sync::Arc,
};

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use central_api::Problem;

use crate::{refusal::Refusal, shared::Shared};

/// The process lives.
#[utoipa::path(get, path = "/healthz", responses((status = 200, description = "Alive", body = String, content_type = "text/plain")))]
pub(crate) fn alive() -> Ready<&'static str> {
    ready("ok\n")
}

/// The database takes durable writes.
#[utoipa::path(
    get,
    path = "/readyz",
    responses(
        (status = 200, description = "Ready", body = String, content_type = "text/plain"),
        (status = 503, description = "unavailable", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn writable(State(app): State<Arc<Shared>>) -> Result<&'static str, Refusal> {
    app.ready().await?;
    Ok("ok\n")
}

/// Counters in the Prometheus text format.
#[utoipa::path(get, path = "/metrics", responses((status = 200, description = "Counters", body = String, content_type = "text/plain")))]
pub(crate) fn metrics(State(app): State<Arc<Shared>>) -> Ready<Response> {
    let text = app.metrics.render(&app.store.writer.stats);
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    ready((kind, text).into_response())
}
