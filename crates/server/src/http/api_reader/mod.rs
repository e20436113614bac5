//! The API's document, and a page that reads it: Swagger UI, of which the build embeds the two files that the page needs.

use super::headers::accepts_gzip;
use crate::app::App;
use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::map_response;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use bytes::Bytes;
use flate2::read::GzDecoder;
use std::io::Read;

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
static READER_STYLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/swagger-ui.css.gz"));
static READER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/swagger-ui-bundle.js.gz"));

/// The document, and the page.
pub fn routes(document: utoipa::openapi::OpenApi) -> Router<App> {
    let reader = Router::new()
        .route("/api/docs", get(|| async { Redirect::to("/api/docs/") }))
        .route("/api/docs/", get(|| async { Html(include_str!("page.html")) }))
        .route("/api/docs/start.js", get(|| async { script(include_str!("start.js")) }))
        .route("/api/docs/swagger-ui.css", get(|headers| embedded(headers, CSS, READER_STYLE)))
        .route("/api/docs/swagger-ui-bundle.js", get(|headers| embedded(headers, SCRIPT, READER)))
        .layer(map_response(with_policy));
    reader.route("/api/openapi.json", get(|| async move { axum::Json(document) }))
}

fn script(text: &'static str) -> Response {
    ([(CONTENT_TYPE, SCRIPT)], text).into_response()
}

/// A file that is embedded in its gzipped form.
async fn embedded(
    headers: HeaderMap,
    media_type: &'static str,
    gzipped: &'static [u8],
) -> Response {
    let about =
        [(CONTENT_TYPE, media_type), (CACHE_CONTROL, "max-age=3600"), (VARY, "accept-encoding")];
    if accepts_gzip(&headers) {
        return (about, [(CONTENT_ENCODING, "gzip")], Bytes::from_static(gzipped)).into_response();
    }
    let mut bytes = Vec::new();
    match GzDecoder::new(gzipped).read_to_end(&mut bytes) {
        Ok(_) => (about, bytes).into_response(),
        Err(error) => crate::problem::Problem::internal(error).into_response(),
    }
}

/// The reader draws its icons from data and styles what it folds.
async fn with_policy(mut response: Response) -> Response {
    let policy = HeaderValue::from_static(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
    );
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    response
}
