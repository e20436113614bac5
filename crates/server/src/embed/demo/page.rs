//! Pages of the demonstration site.

use crate::app::App;
use crate::channels::view::embed_code;
use crate::embed::assets::Folder;
use crate::embed::{csp, page};
use crate::http::extract::Path;
use crate::problem::Problem;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};
use axum::routing::get;

/// Where a page of the site wants the line.
const EMBED_PLACEHOLDER: &str = "<!-- embed -->";
/// Where a page links to the console.
const BASE_URL_PLACEHOLDER: &str = "__FRONTDESK_BASE_URL__";

/// Routes at the root.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/demo", get(|| async { Redirect::to("/demo/") }))
        .route("/demo/", get(home))
        .route("/demo/{*path}", get(file))
}

async fn home(state: State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    file(state, headers, Path("index.html".to_owned())).await
}

async fn file(
    State(app): State<App>,
    headers: HeaderMap,
    Path(path): Path<String>,
) -> Result<Response, Problem> {
    if !path.ends_with(".html") {
        return page::stored(&app, &headers, (Folder::Demo, &path), "no-cache");
    }
    let html = app.assets.file(Folder::Demo, &path).ok_or(Problem::NotFound)?;
    let base = app.config.public_url();
    let embed = super::channel(&app).await?.map(|id| embed_code(&base, id)).unwrap_or_default();
    let html = String::from_utf8_lossy(&html.bytes)
        .replace(EMBED_PLACEHOLDER, &embed)
        .replace(BASE_URL_PLACEHOLDER, &base);
    Ok(page::page(html, csp::host_page(&base)))
}

/// Text that may stand in HTML.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
