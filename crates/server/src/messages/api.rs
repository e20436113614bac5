//! Routes of messages.

use super::{EditedText, NewMessage, post_by_operator, post_by_visitor, revisions};
use crate::app::App;
use crate::auth::{Operator, Visitor};
use crate::events::{OperatorEvent, VisitorEvent};
use crate::http::extract::{Json, Path};
use crate::http::rate_limit::Asker;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_domain::ConversationId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/visitor`.
pub fn visitor_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(post_visitor_message))
}

/// Routes below `/api/v1/operator`.
pub fn operator_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(post_operator_message))
        .routes(routes!(edit_message, delete_message))
}

/// Say something, as the visitor.
#[utoipa::path(post, path = "/conversations/{id}/messages", tag = "visitor",
    params(("id" = String, Path, description = "client conversation id")),
    request_body = NewMessage,
    responses((status = 201, body = VisitorEvent), (status = 200, body = VisitorEvent, description = "known already")))]
async fn post_visitor_message(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Json(message): Json<NewMessage>,
) -> Result<(StatusCode, axum::Json<Option<VisitorEvent>>), Problem> {
    app.limits.messages.check(Asker::Visitor(visitor.id))?;
    let conversation = visitor.conversation(&app, &id).await?;
    let posted = post_by_visitor(&app, &conversation, message).await?;
    Ok((created(posted.repeated), axum::Json(posted.event.for_visitor())))
}

/// Say something, as an operator who takes part.
#[utoipa::path(post, path = "/conversations/{id}/messages", tag = "operator",
    params(("id" = i64, Path)),
    request_body = NewMessage,
    responses((status = 201, body = OperatorEvent), (status = 200, body = OperatorEvent, description = "known already")))]
async fn post_operator_message(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Json(message): Json<NewMessage>,
) -> Result<(StatusCode, axum::Json<OperatorEvent>), Problem> {
    app.limits.messages.check(Asker::Operator(operator.id))?;
    let posted = post_by_operator(&app, &operator, id, message).await?;
    Ok((created(posted.repeated), axum::Json(posted.event.for_operators())))
}

/// Write an own message anew, while the conversation is open.
#[utoipa::path(patch, path = "/conversations/{id}/messages/{seq}", tag = "operator",
    params(("id" = i64, Path), ("seq" = i64, Path, description = "the message's number")),
    request_body = EditedText,
    responses((status = 200, body = OperatorEvent, description = "the event that tells of it")))]
async fn edit_message(
    State(app): State<App>,
    operator: Operator,
    Path((id, seq)): Path<(ConversationId, i64)>,
    Json(edited): Json<EditedText>,
) -> Result<axum::Json<OperatorEvent>, Problem> {
    app.limits.messages.check(Asker::Operator(operator.id))?;
    let conversation = operator.conversation(&app, id).await?;
    let event = revisions::edit(&app, conversation, seq, &edited.text).await?;
    Ok(axum::Json(event.for_operators()))
}

/// Take an own message back, while the conversation is open. Twice is fine.
#[utoipa::path(delete, path = "/conversations/{id}/messages/{seq}", tag = "operator",
    params(("id" = i64, Path), ("seq" = i64, Path, description = "the message's number")),
    responses((status = 200, body = OperatorEvent, description = "the event that tells of it")))]
async fn delete_message(
    State(app): State<App>,
    operator: Operator,
    Path((id, seq)): Path<(ConversationId, i64)>,
) -> Result<axum::Json<OperatorEvent>, Problem> {
    app.limits.messages.check(Asker::Operator(operator.id))?;
    let conversation = operator.conversation(&app, id).await?;
    let event = revisions::delete(&app, conversation, seq).await?;
    Ok(axum::Json(event.for_operators()))
}

const fn created(repeated: bool) -> StatusCode {
    if repeated { StatusCode::OK } else { StatusCode::CREATED }
}
