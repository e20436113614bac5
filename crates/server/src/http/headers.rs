//! Headers that every answer carries, unless its handler set stricter or wider ones.

use axum::Router;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName};
use tower_http::set_header::SetResponseHeaderLayer;

/// What an answer that is no page may do in a browser: nothing.
const NOTHING: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Puts the headers around `router`.
pub fn secured<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router
        .layer(unless_set(CONTENT_SECURITY_POLICY, NOTHING))
        .layer(unless_set(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(unless_set(X_FRAME_OPTIONS, "DENY"))
        .layer(unless_set(REFERRER_POLICY, "same-origin"))
        .layer(unless_set(CACHE_CONTROL, "no-store"))
}

fn unless_set(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// Whether the client reads gzip.
pub fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|it| it.split(',').any(|coding| coding.trim().starts_with("gzip")))
}
