//! Routes of page views.

use super::{PageView, PageViewRequest};
use crate::app::App;
use crate::auth::{Operator, Visitor};
use crate::http::extract::{Json, Path};
use crate::http::origin::Asking;
use crate::http::rate_limit::Asker;
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_domain::ConversationId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/visitor`.
pub fn visitor_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(view_page))
}

/// Routes below `/api/v1/operator`.
pub fn operator_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_page_views))
}

/// Pages that a visitor looked at.
#[derive(Serialize, ToSchema)]
struct PageViewList {
    /// The latest first, each once; at most 15.
    pages: Vec<PageView>,
}

/// Say which page the visitor looks at. Where the channel does not record it, nothing is kept.
#[utoipa::path(post, path = "/page-views", tag = "visitor", request_body = PageViewRequest,
    responses((status = 204)))]
async fn view_page(
    State(app): State<App>,
    visitor: Visitor,
    asking: Asking,
    Json(request): Json<PageViewRequest>,
) -> Result<StatusCode, Problem> {
    app.limits.page_views.check(Asker::Visitor(visitor.id))?;
    super::view(&app, visitor, request, &asking).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Pages that a conversation's visitor looked at.
#[utoipa::path(get, path = "/conversations/{id}/page-views", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = PageViewList)))]
async fn list_page_views(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ConversationId>,
) -> Result<Answer<PageViewList>, Problem> {
    let conversation = operator.conversation(&app, id).await?;
    let pages = super::of_conversation(&app, conversation).await?;
    Ok(Answer(PageViewList { pages }))
}
