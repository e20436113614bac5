//! Routes of an operator's own session and profile.

use super::{Me, presence_api, session_api, store};
use crate::app::App;
use crate::auth::{Browser, Operator, REMEMBERED, end_session, open_session};
use crate::http::extract::Json;
use crate::http::origin::{self, OwnOrigin};
use crate::http::rate_limit::Asker;
use crate::http::{ClientAddress, cookie};
use crate::problem::{FieldProblem, Problem};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use frontdesk_domain::{OperatorId, text};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sign_in, sign_out, find_session))
        .merge(presence_api::routes())
        .merge(session_api::routes())
}

/// Who signs in.
#[derive(Deserialize, ToSchema)]
pub struct SignInRequest {
    email: String,
    password: String,
    /// Stay signed in on this computer.
    #[serde(default)]
    remember: bool,
}

/// Sign in with e-mail address and password.
#[utoipa::path(post, path = "/session", tag = "operator", request_body = SignInRequest,
    responses((status = 201, body = Me)))]
async fn sign_in(
    State(app): State<App>,
    address: ClientAddress,
    OwnOrigin(own): OwnOrigin,
    browser: Browser,
    headers: HeaderMap,
    Json(request): Json<SignInRequest>,
) -> Result<impl IntoResponse, Problem> {
    origin::check_browser(&app, &headers)?;
    app.limits.sign_ins.check(address)?;
    let key = text::email_key(&request.email).ok_or(FieldProblem::EmailInvalid)?;
    // Counted before the password is checked, so that guesses at one account are limited from all addresses together.
    app.limits.wrong_passwords.check(Asker::Email(key.clone()))?;
    let found = app.db.read(move |tx| store::find_by_email(tx, &key)).await?;
    let (id, hash) = found.map_or((None, None), |it| (Some(it.id), it.password_hash));
    let right = app.passwords.verify(request.password, hash).await?;
    let Some(id) = id.filter(|_| right) else {
        return Err(Problem::WrongCredentials);
    };
    signed_in(&app, (id, browser), request.remember, &own).await
}

/// A new session for an operator: the cookie and what the caller sees of itself.
pub async fn signed_in(
    app: &App,
    (id, browser): (OperatorId, Browser),
    remember: bool,
    own_origin: &str,
) -> Result<(StatusCode, AppendHeaders<[(axum::http::HeaderName, String); 1]>, Answer<Me>), Problem>
{
    let token = open_session(app, id, browser, remember).await?;
    let max_age = remember.then_some(REMEMBERED.as_secs());
    let cookie = cookie::set(&token, max_age, own_origin.starts_with("https://"));
    let me = super::me(app, id).await?;
    Ok((StatusCode::CREATED, AppendHeaders([(SET_COOKIE, cookie)]), Answer(me)))
}

/// Sign out. Fine without a session, too.
#[utoipa::path(delete, path = "/session", tag = "operator", responses((status = 204)))]
async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    origin::check(&app, &headers)?;
    if let Some(token) = cookie::read(&headers) {
        end_session(&app, token).await?;
    }
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(SET_COOKIE, cookie::clear())])))
}

/// Who the caller is. Nobody, in a browser that is not signed in: it has to ask to know, so that is no error.
#[utoipa::path(get, path = "/session", tag = "operator",
    responses((status = 200, body = Me), (status = 204, description = "a browser without a session")))]
async fn find_session(
    State(app): State<App>,
    headers: HeaderMap,
    operator: Result<Operator, Problem>,
) -> Result<Response, Problem> {
    match operator {
        Ok(operator) => Ok(Answer(super::me(&app, operator.id).await?).into_response()),
        Err(Problem::NotSignedIn) if !headers.contains_key(AUTHORIZATION) => {
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        Err(problem) => Err(problem),
    }
}
