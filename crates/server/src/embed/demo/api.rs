//! Routes of what the demonstration site shows.

use crate::app::App;
use crate::auth::{Administrator, Operator};
use crate::http::extract::Json;
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use frontdesk_domain::ChannelId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(find_demonstration_site, set_demonstration_site))
}

/// What the demonstration site shows.
#[derive(Serialize, Deserialize, ToSchema)]
struct DemonstrationSite {
    /// The channel; null: the site has no widget.
    #[schema(required)]
    channel_id: Option<ChannelId>,
}

/// What the demonstration site shows.
#[utoipa::path(get, path = "/demonstration-site", tag = "operator",
    responses((status = 200, body = DemonstrationSite)))]
async fn find_demonstration_site(
    State(app): State<App>,
    _: Operator,
) -> Result<Answer<DemonstrationSite>, Problem> {
    shown(&app).await
}

/// Choose what the demonstration site shows.
#[utoipa::path(put, path = "/demonstration-site", tag = "operator",
    request_body = DemonstrationSite, responses((status = 200, body = DemonstrationSite)))]
async fn set_demonstration_site(
    State(app): State<App>,
    _: Administrator,
    Json(request): Json<DemonstrationSite>,
) -> Result<Answer<DemonstrationSite>, Problem> {
    super::choose(&app, request.channel_id).await?;
    shown(&app).await
}

async fn shown(app: &App) -> Result<Answer<DemonstrationSite>, Problem> {
    Ok(Answer(DemonstrationSite { channel_id: super::channel(app).await? }))
}
