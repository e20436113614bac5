//! Routes of a channel's settings.

use super::{ChannelForm, ChannelSettings, IdentitySecret};
use crate::app::App;
use crate::auth::{Administrator, Operator};
use crate::channels;
use crate::channels::view::Channel;
use crate::http::extract::{Json, Path, Upload};
use crate::images::UPLOAD_MAX_BYTES;
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use frontdesk_domain::{ChannelId, OperatorId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    let pictures = OpenApiRouter::new()
        .routes(routes!(show_channel_image, hide_channel_image))
        .layer(DefaultBodyLimit::max(UPLOAD_MAX_BYTES));
    OpenApiRouter::new()
        .routes(routes!(create_channel))
        .routes(routes!(find_channel_settings, save_channel_settings))
        .routes(routes!(delete_channel))
        .routes(routes!(archive_channel, restore_channel))
        .routes(routes!(add_channel_operator, remove_channel_operator))
        .routes(routes!(find_identity_secret, renew_channel_identity_secret))
        .merge(pictures)
}

/// A channel to be made.
#[derive(Deserialize, ToSchema)]
struct NewChannel {
    /// Its name.
    name: String,
}

/// Make a channel.
#[utoipa::path(post, path = "/channels", tag = "operator", request_body = NewChannel,
    responses((status = 201, body = ChannelSettings)))]
async fn create_channel(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Json(new): Json<NewChannel>,
) -> Result<(StatusCode, Answer<ChannelSettings>), Problem> {
    let id = super::create(&app, caller.id, &new.name).await?;
    let settings = super::find(&app, caller.id, id).await?;
    Ok((StatusCode::CREATED, Answer(settings)))
}

/// A channel with everything that its form shows.
#[utoipa::path(get, path = "/channels/{id}/settings", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = ChannelSettings)))]
async fn find_channel_settings(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ChannelId>,
) -> Result<Answer<ChannelSettings>, Problem> {
    super::find(&app, operator.id, id).await.map(Answer)
}

/// Write a channel's form, whole.
#[utoipa::path(put, path = "/channels/{id}/settings", tag = "operator",
    params(("id" = i64, Path)), request_body = ChannelForm,
    responses((status = 200, body = ChannelSettings)))]
async fn save_channel_settings(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Path(id): Path<ChannelId>,
    Json(form): Json<ChannelForm>,
) -> Result<Answer<ChannelSettings>, Problem> {
    super::save(&app, id, form).await?;
    super::find(&app, caller.id, id).await.map(Answer)
}

/// Delete a channel. Its conversations stay readable.
#[utoipa::path(delete, path = "/channels/{id}", tag = "operator",
    params(("id" = i64, Path)), responses((status = 204)))]
async fn delete_channel(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ChannelId>,
) -> Result<StatusCode, Problem> {
    super::delete(&app, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Put a channel into the archive: websites show it no more.
#[utoipa::path(put, path = "/channels/{id}/archive", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = ChannelSettings)))]
async fn archive_channel(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Path(id): Path<ChannelId>,
) -> Result<Answer<ChannelSettings>, Problem> {
    super::archive(&app, id, true).await?;
    super::find(&app, caller.id, id).await.map(Answer)
}

/// Take a channel out of the archive.
#[utoipa::path(delete, path = "/channels/{id}/archive", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = ChannelSettings)))]
async fn restore_channel(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Path(id): Path<ChannelId>,
) -> Result<Answer<ChannelSettings>, Problem> {
    super::archive(&app, id, false).await?;
    super::find(&app, caller.id, id).await.map(Answer)
}

/// Show an image: the body is a PNG, JPEG, WebP or GIF file.
#[utoipa::path(put, path = "/channels/{id}/image", tag = "operator",
    params(("id" = i64, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = ChannelSettings)))]
async fn show_channel_image(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Path(id): Path<ChannelId>,
    Upload(bytes): Upload,
) -> Result<Answer<ChannelSettings>, Problem> {
    super::show_image(&app, id, bytes).await?;
    super::find(&app, caller.id, id).await.map(Answer)
}

/// Show no image.
#[utoipa::path(delete, path = "/channels/{id}/image", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = ChannelSettings)))]
async fn hide_channel_image(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Path(id): Path<ChannelId>,
) -> Result<Answer<ChannelSettings>, Problem> {
    super::hide_image(&app, id).await?;
    super::find(&app, caller.id, id).await.map(Answer)
}

/// Make somebody one of a channel's operators.
#[utoipa::path(put, path = "/channels/{id}/operators/{operator}", tag = "operator",
    params(("id" = i64, Path), ("operator" = i64, Path)),
    responses((status = 200, body = Channel)))]
async fn add_channel_operator(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Path((id, operator)): Path<(ChannelId, OperatorId)>,
) -> Result<Answer<Channel>, Problem> {
    channels::join(&app, operator, id).await?;
    channels::find(&app, caller.id, id).await.map(Answer)
}

/// Take somebody off a channel's operators.
#[utoipa::path(delete, path = "/channels/{id}/operators/{operator}", tag = "operator",
    params(("id" = i64, Path), ("operator" = i64, Path)),
    responses((status = 200, body = Channel)))]
async fn remove_channel_operator(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Path((id, operator)): Path<(ChannelId, OperatorId)>,
) -> Result<Answer<Channel>, Problem> {
    channels::leave(&app, operator, id).await?;
    channels::find(&app, caller.id, id).await.map(Answer)
}

/// The secret that the website's server signs its users' ids with.
#[utoipa::path(get, path = "/channels/{id}/secret", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = IdentitySecret)))]
async fn find_identity_secret(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ChannelId>,
) -> Result<Answer<IdentitySecret>, Problem> {
    super::identity_secret(&app, id).await.map(Answer)
}

/// Make a new secret; the old one is worth nothing from then on.
#[utoipa::path(post, path = "/channels/{id}/secret", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = IdentitySecret)))]
async fn renew_channel_identity_secret(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ChannelId>,
) -> Result<Answer<IdentitySecret>, Problem> {
    super::renew_identity_secret(&app, id).await.map(Answer)
}
