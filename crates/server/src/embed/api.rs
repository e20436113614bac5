//! Route of the decision.

use super::{Decision, DecisionRequest, decide};
use crate::app::App;
use crate::http::ClientAddress;
use crate::http::extract::{JsonText, Path};
use crate::http::origin::Asking;
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use frontdesk_domain::ChannelId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/visitor`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(decide_for_page))
}

/// What the widget does on a page. The body is JSON; as `text/plain` it needs no preflight.
#[utoipa::path(post, path = "/channels/{channel_id}/decision", tag = "visitor",
    params(("channel_id" = i64, Path)), request_body = DecisionRequest,
    responses((status = 200, body = Decision)))]
async fn decide_for_page(
    State(app): State<App>,
    address: ClientAddress,
    asking: Asking,
    Path(channel): Path<ChannelId>,
    JsonText(request): JsonText<DecisionRequest>,
) -> Result<Answer<Decision>, Problem> {
    app.limits.requests.check(address)?;
    let country = app.config.countries.of(address.0);
    decide(&app, channel, request, (asking, country)).await.map(Answer)
}
