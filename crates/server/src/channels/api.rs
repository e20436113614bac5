//! Routes of channels.

use super::view::{Channel, ChannelList};
use crate::app::App;
use crate::auth::Operator;
use crate::http::extract::Path;
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use frontdesk_domain::ChannelId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_channels))
        .routes(routes!(join_channel, leave_channel))
        .merge(super::settings::routes())
        .merge(super::rules::routes())
}

/// All channels.
#[utoipa::path(get, path = "/channels", tag = "operator",
    responses((status = 200, body = ChannelList)))]
async fn list_channels(
    State(app): State<App>,
    operator: Operator,
) -> Result<Answer<ChannelList>, Problem> {
    let channels = super::list(&app, operator.id).await?;
    Ok(Answer(ChannelList { channels }))
}

/// Become one of a channel's operators.
#[utoipa::path(put, path = "/channels/{id}/membership", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = Channel)))]
async fn join_channel(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ChannelId>,
) -> Result<Answer<Channel>, Problem> {
    super::join(&app, operator.id, id).await.map(Answer)
}

/// Be one of a channel's operators no more.
#[utoipa::path(delete, path = "/channels/{id}/membership", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = Channel)))]
async fn leave_channel(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ChannelId>,
) -> Result<Answer<Channel>, Problem> {
    super::leave(&app, operator.id, id).await.map(Answer)
}
