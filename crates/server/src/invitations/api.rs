//! Routes of invitations, and of links at the door.

use super::{Invitation, InvitationRequest, Invited};
use crate::app::App;
use crate::auth::{Administrator, Browser};
use crate::http::ClientAddress;
use crate::http::extract::{Json, Path};
use crate::http::origin::{self, OwnOrigin};
use crate::http::rate_limit::Asker;
use crate::operators::{self, Me};
use crate::problem::{FieldProblem, Problem};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use frontdesk_domain::{OperatorId, text};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator` for administrators.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(invite_operator)).routes(routes!(renew_invitation))
}

/// Routes below `/api/v1/operator` for those who cannot sign in yet.
pub fn public_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(check_invitation))
        .routes(routes!(accept_invitation))
        .routes(routes!(forgot_password))
}

/// The token of a link.
#[derive(Deserialize, ToSchema)]
pub struct InvitationCheck {
    token: String,
}

/// A password for whom the link is for.
#[derive(Deserialize, ToSchema)]
pub struct AcceptRequest {
    /// Of the link.
    token: String,
    /// At least 10 characters.
    password: String,
}

/// Who forgot the password.
#[derive(Deserialize, ToSchema)]
pub struct PasswordLinkRequest {
    /// The address to sign in with.
    email: String,
}

/// Invite somebody, who chooses a password through the link.
#[utoipa::path(post, path = "/operators", tag = "operator", request_body = InvitationRequest,
    responses((status = 201, body = Invitation)))]
async fn invite_operator(
    State(app): State<App>,
    Administrator(administrator): Administrator,
    Json(request): Json<InvitationRequest>,
) -> Result<(StatusCode, Answer<Invitation>), Problem> {
    let invitation = super::invite(&app, &administrator.name, request).await?;
    Ok((StatusCode::CREATED, Answer(invitation)))
}

/// Make another link, for whoever lost the link or the password.
#[utoipa::path(post, path = "/operators/{id}/invitation", tag = "operator",
    params(("id" = i64, Path)), responses((status = 201, body = Invitation)))]
async fn renew_invitation(
    State(app): State<App>,
    Administrator(administrator): Administrator,
    Path(id): Path<OperatorId>,
) -> Result<(StatusCode, Answer<Invitation>), Problem> {
    let invitation = super::renew(&app, &administrator.name, id).await?;
    Ok((StatusCode::CREATED, Answer(invitation)))
}

/// Ask whom a link is for, and whether it still works.
#[utoipa::path(post, path = "/invitation/check", tag = "operator", request_body = InvitationCheck,
    responses((status = 200, body = Invited)))]
async fn check_invitation(
    State(app): State<App>,
    address: ClientAddress,
    Json(request): Json<InvitationCheck>,
) -> Result<Answer<Invited>, Problem> {
    app.limits.sign_ins.check(address)?;
    super::check(&app, &request.token).await.map(Answer)
}

/// Use a link: the operator has this password, and is signed in.
#[utoipa::path(post, path = "/invitation", tag = "operator", request_body = AcceptRequest,
    responses((status = 201, body = Me)))]
async fn accept_invitation(
    State(app): State<App>,
    address: ClientAddress,
    OwnOrigin(own): OwnOrigin,
    browser: Browser,
    headers: HeaderMap,
    Json(request): Json<AcceptRequest>,
) -> Result<impl IntoResponse, Problem> {
    origin::check_browser(&app, &headers)?;
    app.limits.sign_ins.check(address)?;
    let operator = super::accept(&app, &request.token, request.password).await?;
    operators::signed_in(&app, (operator, browser), true, &own).await
}

/// Ask for a link by mail. The answer is the same whether the address is known or not.
#[utoipa::path(post, path = "/password/link", tag = "operator", request_body = PasswordLinkRequest,
    responses((status = 202)))]
async fn forgot_password(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    Json(request): Json<PasswordLinkRequest>,
) -> Result<StatusCode, Problem> {
    origin::check_browser(&app, &headers)?;
    app.limits.sign_ins.check(address)?;
    let key = text::email_key(&request.email).ok_or(FieldProblem::EmailInvalid)?;
    app.limits.password_links.check(Asker::Email(key))?;
    super::forgot_password(&app, &request.email).await?;
    Ok(StatusCode::ACCEPTED)
}
