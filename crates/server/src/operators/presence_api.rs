//! Route of an operator's own presence.

use super::Me;
use crate::app::App;
use crate::auth::Operator;
use crate::conversations;
use crate::http::extract::Json;
use crate::problem::Problem;
use crate::realtime::frames::Changed;
use axum::Json as Answer;
use axum::extract::State;
use frontdesk_domain::operator::Presence;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(choose_presence))
}

/// What an operator chooses to be.
#[derive(Deserialize, ToSchema)]
pub struct PresenceRequest {
    /// Only online ones get new conversations.
    choice: Presence,
}

/// Choose whether to be available.
#[utoipa::path(put, path = "/presence", tag = "operator", request_body = PresenceRequest,
    responses((status = 200, body = Me)))]
async fn choose_presence(
    State(app): State<App>,
    operator: Operator,
    Json(request): Json<PresenceRequest>,
) -> Result<Answer<Me>, Problem> {
    super::choose(&app, operator.id, request.choice).await?;
    app.live.changed(Changed::Operator, operator.id.0);
    if request.choice == Presence::Online {
        conversations::offer_later(&app, None);
    }
    super::me(&app, operator.id).await.map(Answer)
}
