//! Pages and files: loader, widget, console, direct link, demonstration site.

use super::assets::{File, Folder};
use super::{csp, demo};
use crate::app::App;
use crate::channels;
use crate::http::extract::Path;
use crate::http::headers::accepts_gzip;
use crate::http::origin::OwnOrigin;
use crate::images;
use crate::problem::Problem;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use frontdesk_domain::ChannelId;

/// Files whose names change with their content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// The loader: the same for all pages of a channel; an upgrade reaches every page within the hour.
const FOR_AN_HOUR: &str = "public, max-age=3600, stale-while-revalidate=86400";
/// Pages: asked for each time, answered from the browser's store when unchanged.
const REVALIDATED: &str = "no-cache";
/// What the loader's build leaves open.
const CHANNEL_PLACEHOLDER: &str = "__FRONTDESK_CHANNEL__";

/// Routes at the root.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(|| async { Redirect::to("/console/") }))
        .route("/embed/{file}", get(loader))
        .route("/im_livechat/loader/{id}", get(loader_alias))
        .route("/im_livechat/assets_embed.js", get(nothing_more_to_load))
        .route("/assets/widget/{file}", get(widget_file))
        .route("/chat/{id}", get(chat))
        .route("/im_livechat/support/{id}", get(chat))
        .route("/console", get(|| async { Redirect::to("/console/") }))
        .route("/console/", get(console))
        .route("/console/{*path}", get(console_file))
        .merge(demo::routes())
}

async fn loader(
    state: State<App>,
    headers: HeaderMap,
    Path(file): Path<String>,
) -> Result<Response, Problem> {
    let id = file.strip_suffix(".js").and_then(|id| id.parse().ok());
    loader_alias(state, headers, Path(id.ok_or(Problem::ChannelNotFound)?)).await
}

/// The second script of the older embed code: the first one brings everything.
async fn nothing_more_to_load() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, FOR_AN_HOUR)], "")
}

async fn loader_alias(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    channels::known(&app, ChannelId(id)).await?;
    let file = file(&app, Folder::Widget, &app.assets.manifest().loader)?;
    let script = String::from_utf8_lossy(&file.bytes).replace(CHANNEL_PLACEHOLDER, &id.to_string());
    let mut response = (
        [(CONTENT_TYPE, file.media_type.as_str()), (CACHE_CONTROL, FOR_AN_HOUR)],
        compressed(&headers, script),
    )
        .into_response();
    allow_embedding(response.headers_mut());
    Ok(response)
}

async fn widget_file(
    State(app): State<App>,
    headers: HeaderMap,
    Path(path): Path<String>,
) -> Result<Response, Problem> {
    let mut response = stored(&app, &headers, (Folder::Widget, &path), FOR_EVER)?;
    allow_embedding(response.headers_mut());
    Ok(response)
}

async fn chat(
    State(app): State<App>,
    OwnOrigin(own): OwnOrigin,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    let id = ChannelId(id);
    let channel = channels::known(&app, id).await?;
    let name = demo::escaped(&channel.row.name);
    let icon = channel.row.image.as_deref().map_or("/console/logo.svg".to_owned(), images::path);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{name}</title>\n\
         <link rel=\"icon\" href=\"{icon}\">\n\
         <script async src=\"/embed/{id}.js\" data-mode=\"page\"></script>\n\
         </head>\n<body></body>\n</html>\n"
    );
    Ok(page(html, csp::own_page(&own)))
}

async fn console(
    State(app): State<App>,
    OwnOrigin(own): OwnOrigin,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut response = stored(&app, &headers, (Folder::Console, "index.html"), REVALIDATED)?;
    if let Ok(policy) = csp::own_page(&own).parse() {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

async fn console_file(
    State(app): State<App>,
    headers: HeaderMap,
    Path(path): Path<String>,
) -> Result<Response, Problem> {
    let age = if path.starts_with("assets/") { FOR_EVER } else { REVALIDATED };
    stored(&app, &headers, (Folder::Console, &path), age)
}

/// A page of HTML under a policy.
pub fn page(html: String, policy: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (CACHE_CONTROL, REVALIDATED.to_owned()),
        (CONTENT_SECURITY_POLICY, policy),
    ];
    (headers, html).into_response()
}

/// A file of a build as an answer: from the browser's store, gzipped, or as it is.
pub fn stored(
    app: &App,
    headers: &HeaderMap,
    (folder, path): (Folder, &str),
    cache: &'static str,
) -> Result<Response, Problem> {
    let file = file(app, folder, path)?;
    let known = headers.get(IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == file.etag.as_bytes());
    let common = [(ETAG, file.etag.clone()), (CACHE_CONTROL, cache.to_owned())];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, common).into_response());
    }
    let media_type = [(CONTENT_TYPE, file.media_type.clone())];
    if accepts_gzip(headers) && is_compressible(&file.media_type) {
        let bytes = app.assets.gzipped(folder, path, &file);
        let encoding = [(CONTENT_ENCODING, "gzip"), (VARY, "accept-encoding")];
        return Ok((common, media_type, encoding, bytes).into_response());
    }
    Ok((common, media_type, Body::from(file.bytes.into_owned())).into_response())
}

fn file(app: &App, folder: Folder, path: &str) -> Result<File, Problem> {
    app.assets.file(folder, path).ok_or(Problem::NotFound)
}

fn compressed(headers: &HeaderMap, text: String) -> Response {
    if !accepts_gzip(headers) {
        return text.into_response();
    }
    let bytes = Bytes::from(super::assets::gzip(text.as_bytes()));
    ([(CONTENT_ENCODING, "gzip"), (VARY, "accept-encoding")], bytes).into_response()
}

fn is_compressible(media_type: &str) -> bool {
    media_type.starts_with("text/") || media_type.contains("json") || media_type.contains("svg")
}

/// Pages of any origin may load the widget's files.
fn allow_embedding(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, axum::http::HeaderValue::from_static("*"));
    headers.insert(
        "cross-origin-resource-policy",
        axum::http::HeaderValue::from_static("cross-origin"),
    );
}
