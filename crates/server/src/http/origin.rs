//! Origins: which pages may change something with an operator's cookie, and under which address we are known.

use super::client_address;
use crate::app::App;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use frontdesk_domain::channel::website_origin;
use std::convert::Infallible;

/// The address under which the client reached us, without a slash at the end.
pub struct OwnOrigin(pub String);

impl FromRequestParts<App> for OwnOrigin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let own = match (&app.config.base_url, host(&parts.headers)) {
            (Some(base_url), _) => base_url.clone(),
            (None, Some(host)) => format!("{}://{host}", client_address::scheme(app, parts)),
            (None, None) => app.config.public_url(),
        };
        Ok(Self(own))
    }
}

/// Which website's page asks, as its browser says.
pub struct Asking {
    /// The page's origin, where the browser named one.
    pub origin: Option<String>,
    /// Our own.
    pub own: String,
}

impl Asking {
    /// The origin of a website other than this installation.
    #[must_use]
    pub fn website(&self) -> Option<&str> {
        self.origin.as_deref().filter(|origin| *origin != self.own)
    }
}

impl FromRequestParts<App> for Asking {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let OwnOrigin(own) = OwnOrigin::from_request_parts(parts, app).await?;
        let origin = parts.headers.get(ORIGIN).and_then(|value| value.to_str().ok());
        Ok(Self { origin: origin.and_then(website_origin), own })
    }
}

/// Refuses requests that change something and come from a page of another origin (or from no page at all).
pub fn check_unsafe(app: &App, method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    check(app, headers)
}

/// Refuses what a browser sends for a page of another origin; a script, which names none, may pass.
pub fn check_browser(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    if headers.contains_key(ORIGIN) { check(app, headers) } else { Ok(()) }
}

/// Refuses everything that does not name our own origin.
pub fn check(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    let origin = headers.get(ORIGIN).and_then(|value| value.to_str().ok());
    let authority = origin.and_then(authority).ok_or(Problem::WrongOrigin)?;
    let own = match &app.config.base_url {
        Some(base_url) => self::authority(base_url),
        None => host(headers),
    };
    if own.is_some_and(|own| own.eq_ignore_ascii_case(authority)) {
        return Ok(());
    }
    Err(Problem::WrongOrigin)
}

fn authority(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split('/').next()
}

fn host(headers: &HeaderMap) -> Option<&str> {
    let host = headers.get(HOST)?.to_str().ok()?;
    let sound = host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    sound.then_some(host)
}
