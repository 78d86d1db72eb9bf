//! The list of routes, and what every request passes through.

use std::{future::ready, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    controllers::{complaints, health, kiosks, openapi, public, visits},
    refusal::Refusal,
    shared::Shared,
};

/// All of `/v1`, health and metrics.
pub(crate) fn router(app: Arc<Shared>) -> Router {
    Router::new()
        // no kiosk certificate needed
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::writable))
        .route("/metrics", get(health::metrics))
        .route("/v1/openapi.json", get(openapi::document))
        .route("/v1/kiosks/enrolment", post(kiosks::enrol))
        // enrolled kiosks
        .route("/v1/hall", get(public::hall))
        .route("/v1/policies", get(public::policies))
        .route("/v1/standards", get(public::standards))
        .route("/v1/funds", get(public::funds))
        .route("/v1/notices", get(public::notices))
        .route("/v1/complaints", post(complaints::receive))
        .route("/v1/complaints/replies", post(complaints::reply))
        // a resident's visit
        .route("/v1/visits", post(visits::open))
        .route("/v1/visits/current", axum::routing::delete(visits::end))
        .route("/v1/visits/current/applications", get(visits::applications))
        .fallback(|| ready(Refusal::NoSuchResource))
        .method_not_allowed_fallback(|| ready(Refusal::NoSuchMethod))
        .layer(CatchPanicLayer::custom(|_| panicked()))
        .layer(DefaultBodyLimit::max(app.limits.body_bytes))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), within_time))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), counted))
        .with_state(app)
}

async fn counted(State(app): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("other", MatchedPath::as_str);
    app.metrics.response(route, response.status().as_u16());
    response
}

async fn within_time(State(app): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let limit = Duration::from_secs(u64::from(app.limits.request_s));
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::Unavailable.into_response(),
    }
}

fn panicked() -> Response {
    tracing::error!(code = "request.panicked", "request failed");
    Refusal::Failed.into_response()
}
