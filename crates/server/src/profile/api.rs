//! Routes of an operator's own profile.

use super::password::PasswordRequest;
use super::{ProfileRequest, avatar, password};
use crate::app::App;
use crate::auth::Operator;
use crate::http::extract::{Json, Upload};
use crate::images::UPLOAD_MAX_BYTES;
use crate::operators::Me;
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    let pictures = OpenApiRouter::new()
        .routes(routes!(show_avatar, hide_avatar))
        .layer(DefaultBodyLimit::max(UPLOAD_MAX_BYTES));
    OpenApiRouter::new()
        .routes(routes!(update_profile))
        .routes(routes!(change_password))
        .merge(pictures)
}

/// Change what the caller says of oneself.
#[utoipa::path(put, path = "/profile", tag = "operator", request_body = ProfileRequest,
    responses((status = 200, body = Me)))]
async fn update_profile(
    State(app): State<App>,
    operator: Operator,
    Json(request): Json<ProfileRequest>,
) -> Result<Answer<Me>, Problem> {
    super::update(&app, operator.id, request).await.map(Answer)
}

/// Change the caller's password.
#[utoipa::path(put, path = "/password", tag = "operator", request_body = PasswordRequest,
    responses((status = 204)))]
async fn change_password(
    State(app): State<App>,
    operator: Operator,
    Json(request): Json<PasswordRequest>,
) -> Result<StatusCode, Problem> {
    password::change(&app, &operator, request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Show a picture: the body is a PNG, JPEG, WebP or GIF file.
#[utoipa::path(put, path = "/avatar", tag = "operator",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Me)))]
async fn show_avatar(
    State(app): State<App>,
    operator: Operator,
    Upload(bytes): Upload,
) -> Result<Answer<Me>, Problem> {
    avatar::show(&app, operator.id, bytes).await.map(Answer)
}

/// Show no picture.
#[utoipa::path(delete, path = "/avatar", tag = "operator", responses((status = 200, body = Me)))]
async fn hide_avatar(State(app): State<App>, operator: Operator) -> Result<Answer<Me>, Problem> {
    avatar::hide(&app, operator.id).await.map(Answer)
}
