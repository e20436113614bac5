//! Routes of health and metrics.

use crate::app::App;
use crate::http::ClientAddress;
use crate::http::doors::authorization;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use subtle::ConstantTimeEq;

/// Routes at the root.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(readiness))
        .route("/metrics", get(metrics))
}

/// What a load balancer asks.
#[derive(Serialize)]
struct Readiness {
    ready: bool,
    database: &'static str,
    bus: &'static str,
}

async fn readiness(State(app): State<App>) -> impl IntoResponse {
    let database = app.db.check().await.is_ok();
    let bus = app.live.reaches_other_nodes();
    let word = |works| if works { "ok" } else { "unavailable" };
    // Without the bus a node goes on by itself and catches up from the database, so only the latter decides.
    let readiness = Readiness { ready: database, database: word(database), bus: word(bus) };
    let status = if database { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(readiness))
}

async fn metrics(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    // A proxy on this computer that is not configured as trusted comes from the loopback with everybody's requests.
    let here = address.is_loopback() && !headers.contains_key("x-forwarded-for");
    if !here && !has_token(&app, &headers) {
        return Err(Problem::NotFound);
    }
    let text = crate::metrics::render(&app);
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4")], text))
}

fn has_token(app: &App, headers: &HeaderMap) -> bool {
    match (&app.config.metrics_token, authorization(headers, "Bearer")) {
        (Some(token), Some(shown)) => token.as_bytes().ct_eq(shown.as_bytes()).into(),
        _ => false,
    }
}
