//! Routes of the setup link.

use super::{check, complete};
use crate::app::App;
use crate::auth::Browser;
use crate::http::ClientAddress;
use crate::http::extract::Json;
use crate::http::origin::{self, OwnOrigin};
use crate::operators::{self, Me, Newcomer};
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use frontdesk_domain::operator::Role;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(check_setup)).routes(routes!(complete_setup))
}

/// The token of a setup link.
#[derive(Deserialize, ToSchema)]
pub struct SetupCheck {
    token: String,
}

/// The first administrator.
#[derive(Deserialize, ToSchema)]
pub struct SetupRequest {
    /// Of the setup link.
    token: String,
    /// For the team; also the first chat name.
    name: String,
    /// The address to sign in with.
    email: String,
    /// At least 10 characters.
    password: String,
    /// Language of the console.
    #[serde(default)]
    language: Option<String>,
}

/// Ask whether a setup link still works.
#[utoipa::path(post, path = "/setup/check", tag = "operator", request_body = SetupCheck,
    responses((status = 204), (status = 410, description = "unknown, used or expired")))]
async fn check_setup(
    State(app): State<App>,
    address: ClientAddress,
    Json(request): Json<SetupCheck>,
) -> Result<StatusCode, Problem> {
    app.limits.sign_ins.check(address)?;
    check(&app, &request.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Use a setup link: the first administrator, signed in.
#[utoipa::path(post, path = "/setup", tag = "operator", request_body = SetupRequest,
    responses((status = 201, body = Me)))]
async fn complete_setup(
    State(app): State<App>,
    address: ClientAddress,
    OwnOrigin(own): OwnOrigin,
    browser: Browser,
    headers: HeaderMap,
    Json(request): Json<SetupRequest>,
) -> Result<impl IntoResponse, Problem> {
    origin::check_browser(&app, &headers)?;
    app.limits.sign_ins.check(address)?;
    let newcomer = Newcomer {
        name: request.name,
        email: request.email,
        password: request.password,
        role: Role::Administrator,
        language: request.language.unwrap_or_default(),
    };
    let operator = complete(&app, &request.token, newcomer).await?;
    operators::signed_in(&app, (operator, browser), true, &own).await
}
