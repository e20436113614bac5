//! Routes of who a visitor is.

use super::{IdentityRequest, VisitorAttribute};
use crate::app::App;
use crate::auth::{Operator, Visitor};
use crate::http::extract::{Json, Path};
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use frontdesk_domain::ConversationId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/visitor`.
pub fn visitor_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(identify_visitor))
}

/// Routes below `/api/v1/operator`.
pub fn operator_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_visitor_attributes))
}

/// What is known of a visitor.
#[derive(Serialize, ToSchema)]
struct VisitorAttributeList {
    /// By key.
    attributes: Vec<VisitorAttribute>,
}

/// Say who the visitor is on the website.
#[utoipa::path(put, path = "/identity", tag = "visitor", request_body = IdentityRequest,
    responses((status = 200, body = VisitorAttributeList)))]
async fn identify_visitor(
    State(app): State<App>,
    visitor: Visitor,
    Json(request): Json<IdentityRequest>,
) -> Result<Answer<VisitorAttributeList>, Problem> {
    let attributes = super::identify(&app, &visitor, request).await?;
    Ok(Answer(VisitorAttributeList { attributes }))
}

/// What is known of a conversation's visitor.
#[utoipa::path(get, path = "/conversations/{id}/attributes", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = VisitorAttributeList)))]
async fn list_visitor_attributes(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ConversationId>,
) -> Result<Answer<VisitorAttributeList>, Problem> {
    let conversation = operator.conversation(&app, id).await?;
    let attributes = super::attributes_of(&app, conversation).await?;
    Ok(Answer(VisitorAttributeList { attributes }))
}
