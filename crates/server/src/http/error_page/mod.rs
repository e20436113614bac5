//! Errors for people: whoever opens an address that leads nowhere reads a page, not an envelope.

use crate::translations;
use axum::extract::Request;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// Where the page's style is.
pub const STYLE_PATH: &str = "/assets/page.css";

/// The page's style.
pub async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

/// Turns a refusal into a page where a person asked for one.
pub async fn for_people(request: Request, next: Next) -> Response {
    let language = wants_page(request.headers()).then(|| language(request.headers()));
    let response = next.run(request).await;
    match (language, response.status()) {
        (Some(language), status @ StatusCode::NOT_FOUND) => page(status, language, "not_found"),
        (Some(language), status @ StatusCode::TOO_MANY_REQUESTS) => {
            page(status, language, "too_many_requests")
        }
        (Some(language), status) if status.is_server_error() => page(status, language, "failed"),
        _ => response,
    }
}

fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|it| it.contains("text/html"))
}

fn language(headers: &HeaderMap) -> &'static str {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    translations::best(wanted.unwrap_or_default())
}

fn page(status: StatusCode, language: &'static str, what: &str) -> Response {
    let text = |part: &str| translations::text(language, &format!("page.{what}.{part}"));
    let html = TEMPLATE
        .replace("{language}", language)
        .replace("{style}", STYLE_PATH)
        .replace("{title}", text("title"))
        .replace("{text}", text("text"))
        .replace("{console}", translations::text(language, "page.console"));
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY)];
    (status, headers, html).into_response()
}
