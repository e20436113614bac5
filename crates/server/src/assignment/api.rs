//! Routes of what channels allow their operators.

use super::view::ChannelLimits;
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
    OpenApiRouter::new().routes(routes!(find_limits))
}

/// What a channel allows each of its operators, and what is left of it.
#[utoipa::path(get, path = "/channels/{id}/limits", tag = "operator", params(("id" = i64, Path)),
    responses((status = 200, body = ChannelLimits)))]
async fn find_limits(
    State(app): State<App>,
    _operator: Operator,
    Path(id): Path<ChannelId>,
) -> Result<Answer<ChannelLimits>, Problem> {
    super::limits(&app, id).await.map(Answer)
}
