//! Routes of conversations for operators.

use super::membership::Coming;
use super::view::{ConversationList, ConversationSummary, OperatorSnapshot, Queue};
use super::visitor_api::EventQuery;
use super::{closure, invitation, lists, marks, membership, needs, status};
use crate::app::App;
use crate::auth::Operator;
use crate::events::{self, EventPage, PAGE_MAX, Range, StoredEvent};
use crate::http::extract::{Json, Path, Query};
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_domain::conversation::{Marks, Status};
use frontdesk_domain::message::Author;
use frontdesk_domain::{ConversationId, ExpertiseId, OperatorId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Conversations of a page, unless told.
const PAGE: i64 = 100;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_conversations))
        .routes(routes!(find_queue))
        .routes(routes!(find_conversation))
        .routes(routes!(list_events))
        .routes(routes!(mark_conversation))
        .routes(routes!(join_conversation, leave_conversation))
        .routes(routes!(set_status))
        .routes(routes!(write_needs))
        .routes(routes!(invite_operators))
        .routes(routes!(end_conversation))
}

#[derive(Deserialize, IntoParams)]
struct ListQuery {
    /// `next` of the page before.
    before: Option<String>,
    /// At most so many, 1 to 200; 100 unless told.
    limit: Option<i64>,
}

impl ListQuery {
    fn before(&self) -> Result<(i64, i64), Problem> {
        let Some(before) = &self.before else {
            return Ok((i64::MAX, i64::MAX));
        };
        before
            .split_once('.')
            .and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)))
            .ok_or_else(|| Problem::BadRequest("before is the next of another page".to_owned()))
    }

    fn limit(&self) -> Result<i64, Problem> {
        let limit = self.limit.unwrap_or(PAGE);
        if !(1..=PAGE_MAX).contains(&limit) {
            return Err(Problem::BadRequest(format!("limit is a number from 1 to {PAGE_MAX}")));
        }
        Ok(limit)
    }
}

/// The caller's own conversations, last active first.
#[utoipa::path(get, path = "/conversations", tag = "operator", params(ListQuery),
    responses((status = 200, body = ConversationList)))]
async fn list_conversations(
    State(app): State<App>,
    operator: Operator,
    Query(query): Query<ListQuery>,
) -> Result<Answer<ConversationList>, Problem> {
    lists::own_list(&app, operator.id, query.before()?, query.limit()?).await.map(Answer)
}

/// The conversations that any operator may take, the oldest first.
#[utoipa::path(get, path = "/conversations/queue", tag = "operator",
    responses((status = 200, body = Queue)))]
async fn find_queue(State(app): State<App>, operator: Operator) -> Result<Answer<Queue>, Problem> {
    lists::queue(&app, operator.id).await.map(Answer)
}

/// A conversation with its newest events and what is known of its visitor.
#[utoipa::path(get, path = "/conversations/{id}", tag = "operator", params(("id" = i64, Path)),
    responses((status = 200, body = OperatorSnapshot)))]
async fn find_conversation(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ConversationId>,
) -> Result<Answer<OperatorSnapshot>, Problem> {
    let conversation = operator.conversation(&app, id).await?;
    lists::operator_snapshot(&app, conversation).await.map(Answer)
}

/// Events of a conversation, by number.
#[utoipa::path(get, path = "/conversations/{id}/events", tag = "operator",
    params(("id" = i64, Path), EventQuery), responses((status = 200, body = EventPage)))]
async fn list_events(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Query(query): Query<EventQuery>,
) -> Result<Answer<EventPage>, Problem> {
    let conversation = operator.conversation(&app, id).await?;
    let range = match query.read()? {
        (true, edge, limit) => Range::After(edge, limit),
        (false, edge, limit) => Range::Before(edge, limit),
    };
    let (stored, more) = events::page(&app, conversation.id, range).await?;
    let events = stored.iter().map(StoredEvent::for_operators).collect();
    Ok(Answer(EventPage { events, more }))
}

/// Tell how far the caller has received and read.
#[utoipa::path(put, path = "/conversations/{id}/marks", tag = "operator",
    params(("id" = i64, Path)), request_body = Marks, responses((status = 204)))]
async fn mark_conversation(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Json(reported): Json<Marks>,
) -> Result<StatusCode, Problem> {
    let conversation = operator.conversation(&app, id).await?;
    marks::mark_by_operator(&app, conversation, reported).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How to come in.
#[derive(Deserialize, IntoParams)]
struct JoinQuery {
    /// Only to take what waits or looks for help: 409 `already_taken` when a colleague was faster.
    #[serde(default)]
    first: bool,
}

/// Take part in a conversation.
#[utoipa::path(put, path = "/conversations/{id}/membership", tag = "operator",
    params(("id" = i64, Path), JoinQuery), responses((status = 200, body = ConversationSummary)))]
async fn join_conversation(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Query(query): Query<JoinQuery>,
) -> Result<Answer<ConversationSummary>, Problem> {
    let conversation = operator.conversation(&app, id).await?;
    let coming = if query.first { Coming::First } else { Coming::Anyway };
    membership::join(&app, &operator, conversation, coming).await.map(Answer)
}

/// Leave a conversation, which goes on.
#[utoipa::path(delete, path = "/conversations/{id}/membership", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = ConversationSummary)))]
async fn leave_conversation(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ConversationId>,
) -> Result<Answer<ConversationSummary>, Problem> {
    let conversation = operator.conversation(&app, id).await?;
    membership::leave(&app, &operator, conversation).await.map(Answer)
}

/// Where a conversation is to stand.
#[derive(Deserialize, ToSchema)]
struct StatusRequest {
    /// Where.
    status: Status,
}

/// Say where a conversation stands.
#[utoipa::path(put, path = "/conversations/{id}/status", tag = "operator",
    params(("id" = i64, Path)), request_body = StatusRequest,
    responses((status = 200, body = ConversationSummary)))]
async fn set_status(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Json(request): Json<StatusRequest>,
) -> Result<Answer<ConversationSummary>, Problem> {
    let conversation = operator.conversation(&app, id).await?;
    status::set(&app, &operator, conversation, request.status).await.map(Answer)
}

/// What a conversation needs.
#[derive(Deserialize, ToSchema)]
struct NeedsRequest {
    /// What whoever takes it should know.
    expertise: Vec<ExpertiseId>,
}

/// Say which expertise a conversation needs.
#[utoipa::path(put, path = "/conversations/{id}/expertise", tag = "operator",
    params(("id" = i64, Path)), request_body = NeedsRequest,
    responses((status = 200, body = ConversationSummary)))]
async fn write_needs(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Json(request): Json<NeedsRequest>,
) -> Result<Answer<ConversationSummary>, Problem> {
    let conversation = operator.conversation(&app, id).await?;
    needs::write(&app, &operator, conversation, request.expertise).await.map(Answer)
}

/// Whom to bring in.
#[derive(Deserialize, ToSchema)]
struct ColleaguesRequest {
    /// At most 20.
    operators: Vec<OperatorId>,
}

/// Bring colleagues into a conversation.
#[utoipa::path(post, path = "/conversations/{id}/invitations", tag = "operator",
    params(("id" = i64, Path)), request_body = ColleaguesRequest,
    responses((status = 200, body = ConversationSummary)))]
async fn invite_operators(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Json(request): Json<ColleaguesRequest>,
) -> Result<Answer<ConversationSummary>, Problem> {
    let conversation = operator.conversation(&app, id).await?;
    invitation::invite(&app, &operator, conversation, request.operators).await.map(Answer)
}

/// End a conversation that the caller takes part in.
#[utoipa::path(post, path = "/conversations/{id}/closure", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = ConversationSummary)))]
async fn end_conversation(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ConversationId>,
) -> Result<Answer<ConversationSummary>, Problem> {
    let conversation = operator.conversation(&app, id).await?;
    if !conversation.member {
        return Err(Problem::NotAMember);
    }
    closure::end(&app, id, Author::Operator(operator.id), Some(operator.names())).await?;
    lists::summary(&app, operator.id, id).await.map(Answer)
}
