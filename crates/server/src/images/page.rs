//! Pictures as browsers ask for them: files that can do nothing, for pages of any origin.

use super::store;
use crate::app::App;
use crate::auth::token;
use crate::http::extract::Path;
use crate::problem::Problem;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderName;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use axum::response::IntoResponse;
use axum::routing::get;

/// A picture never changes under its name.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Opened as a page of its own it may not even have an origin.
const SANDBOX: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Routes at the root.
pub fn routes() -> Router<App> {
    Router::new().route("/images/{name}", get(image))
}

async fn image(
    State(app): State<App>,
    Path(name): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    if !token::is_sound(&name) {
        return Err(Problem::NotFound);
    }
    let found = app.db.read(move |tx| store::find(tx, &name)).await?;
    let (media_type, bytes) = found.ok_or(Problem::NotFound)?;
    let headers = [
        (CONTENT_TYPE, media_type.as_str()),
        (CACHE_CONTROL, FOR_EVER),
        (CONTENT_SECURITY_POLICY, SANDBOX),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (RESOURCE_POLICY, "cross-origin"),
    ];
    Ok((headers, bytes).into_response())
}
