//! The doors as extractors: what a request shows is turned into who is asking.

use super::rate_limit::Asker;
use super::{ClientAddress, cookie, origin};
use crate::app::App;
use crate::auth::{Administrator, Browser, Operator, SecretHash, Visitor};
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, USER_AGENT};
use axum::http::request::Parts;

impl FromRequestParts<App> for SecretHash {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let secret = authorization(&parts.headers, "Visitor").ok_or(Problem::NotSignedIn)?;
        Self::of(secret)
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let secret = SecretHash::from_request_parts(parts, app).await?;
        // Whoever has no conversation yet has none that could be found.
        let found = secret.visitor(app).await?.ok_or(Problem::NotFound);
        limited(app, parts, found, |visitor| Asker::Visitor(visitor.id)).await
    }
}

impl FromRequestParts<App> for Operator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let found = operator(app, parts).await;
        limited(app, parts, found, |operator| Asker::Operator(operator.id)).await
    }
}

impl FromRequestParts<App> for Administrator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Operator::from_request_parts(parts, app).await?.try_into()
    }
}

impl FromRequestParts<App> for Browser {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let ClientAddress(address) = address(app, parts).await;
        let agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self::new(agent.unwrap_or_default(), address))
    }
}

async fn operator(app: &App, parts: &Parts) -> Result<Operator, Problem> {
    if let Some(key) = authorization(&parts.headers, "Bearer") {
        return Operator::by_key(app, key).await;
    }
    let token = cookie::read(&parts.headers).ok_or(Problem::NotSignedIn)?;
    origin::check_unsafe(app, &parts.method, &parts.headers)?;
    Operator::by_session(app, token).await
}

/// Counts the request for whoever was let in, else for the address: guesses are limited, too.
async fn limited<T>(
    app: &App,
    parts: &mut Parts,
    found: Result<T, Problem>,
    asker: impl FnOnce(&T) -> Asker,
) -> Result<T, Problem> {
    let asker = match &found {
        Ok(caller) => asker(caller),
        Err(_) => Asker::Address(address(app, parts).await),
    };
    app.limits.requests.check(asker)?;
    found
}

async fn address(app: &App, parts: &mut Parts) -> ClientAddress {
    let Ok(address) = ClientAddress::from_request_parts(parts, app).await;
    address
}

/// Who opens a socket: unlike a request that only reads, a handshake with the cookie must come from our own page.
pub async fn operator_of_handshake(app: &App, headers: &HeaderMap) -> Result<Operator, Problem> {
    if let Some(key) = authorization(headers, "Bearer") {
        return Operator::by_key(app, key).await;
    }
    let token = cookie::read(headers).ok_or(Problem::NotSignedIn)?;
    origin::check(app, headers)?;
    Operator::by_session(app, token).await
}

/// What follows a scheme in the `Authorization` header.
pub fn authorization<'a>(headers: &'a HeaderMap, scheme: &str) -> Option<&'a str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (used, rest) = value.split_once(' ')?;
    used.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}
