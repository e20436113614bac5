//! Routes of what channels allow their operators.

use super::view::ChannelLimits;
use crate::app::App;
use crate::auth::{Administrator, Operator};
use crate::http::extract::{Json, Path};
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use frontdesk_domain::ChannelId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(find_limits, set_limits))
}

/// What a channel is to allow.
#[derive(Deserialize, ToSchema)]
pub struct LimitsRequest {
    /// Conversations that one operator has at a time, 1 to 1000; null: any number.
    #[schema(required)]
    max_sessions: Option<i64>,
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

/// Change it; only administrators do.
#[utoipa::path(put, path = "/channels/{id}/limits", tag = "operator", params(("id" = i64, Path)),
    request_body = LimitsRequest, responses((status = 200, body = ChannelLimits)))]
async fn set_limits(
    State(app): State<App>,
    _administrator: Administrator,
    Path(id): Path<ChannelId>,
    Json(request): Json<LimitsRequest>,
) -> Result<Answer<ChannelLimits>, Problem> {
    super::set_limits(&app, id, request.max_sessions).await.map(Answer)
}
