//! Routes of conversations for visitors.

use super::start::{StartRequest, StartedFrom, start};
use super::view::{VisitorConversation, VisitorConversationList, VisitorSnapshot};
use super::{closure, lists, marks};
use crate::app::App;
use crate::auth::{SecretHash, Visitor};
use crate::events::{self, PAGE_MAX, Range, SNAPSHOT, StoredEvent, VisitorEventPage};
use crate::http::ClientAddress;
use crate::http::extract::{Json, Path, Query};
use crate::http::origin::Asking;
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_domain::ChannelId;
use frontdesk_domain::conversation::Marks;
use frontdesk_domain::message::Author;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/visitor`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(start_conversation, list_visitor_conversations))
        .routes(routes!(find_visitor_conversation))
        .routes(routes!(list_visitor_events))
        .routes(routes!(mark_visitor_conversation))
        .routes(routes!(end_visitor_conversation))
}

/// Which events.
#[derive(Deserialize, IntoParams)]
pub struct EventQuery {
    /// Events after this number.
    after: Option<i64>,
    /// The last events before this number.
    before: Option<i64>,
    /// At most so many, 1 to 200; 50 unless told.
    limit: Option<i64>,
}

impl EventQuery {
    /// The number and the limit: after it, or before it.
    pub fn read(&self) -> Result<(bool, i64, i64), Problem> {
        let limit = self.limit.unwrap_or(SNAPSHOT);
        if !(1..=PAGE_MAX).contains(&limit) {
            return Err(Problem::BadRequest(format!("limit is a number from 1 to {PAGE_MAX}")));
        }
        match (self.after, self.before) {
            (Some(_), Some(_)) => {
                Err(Problem::BadRequest("give after or before, not both".to_owned()))
            }
            (None, Some(before)) => Ok((false, before, limit)),
            (after, None) => Ok((true, after.unwrap_or(0), limit)),
        }
    }
}

#[derive(Deserialize, IntoParams)]
struct ChannelQuery {
    /// Which channel.
    channel_id: i64,
}

/// Start a conversation with its first message.
#[utoipa::path(post, path = "/conversations", tag = "visitor", request_body = StartRequest,
    responses((status = 201, body = VisitorSnapshot), (status = 200, body = VisitorSnapshot, description = "started before")))]
async fn start_conversation(
    State(app): State<App>,
    address: ClientAddress,
    asking: Asking,
    secret: SecretHash,
    Json(request): Json<StartRequest>,
) -> Result<(StatusCode, Answer<VisitorSnapshot>), Problem> {
    app.limits.starts.check(address)?;
    let from = StartedFrom { asking, country: app.config.countries.of(address.0) };
    let started = start(&app, secret, request, from).await?;
    let status = if started.repeated { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Answer(started.snapshot)))
}

/// The visitor's newest conversations in a channel.
#[utoipa::path(get, path = "/conversations", tag = "visitor", params(ChannelQuery),
    responses((status = 200, body = VisitorConversationList)))]
async fn list_visitor_conversations(
    State(app): State<App>,
    address: ClientAddress,
    secret: SecretHash,
    Query(query): Query<ChannelQuery>,
) -> Result<Answer<VisitorConversationList>, Problem> {
    app.limits.requests.check(address)?;
    let visitor = secret.visitor(&app).await?;
    lists::visitor_list(&app, visitor, ChannelId(query.channel_id)).await.map(Answer)
}

/// A conversation with its newest events.
#[utoipa::path(get, path = "/conversations/{id}", tag = "visitor",
    params(("id" = String, Path, description = "client conversation id")),
    responses((status = 200, body = VisitorSnapshot)))]
async fn find_visitor_conversation(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Answer<VisitorSnapshot>, Problem> {
    let conversation = visitor.conversation(&app, &id).await?;
    lists::visitor_snapshot(&app, &conversation).await.map(Answer)
}

/// Events of a conversation, by number.
#[utoipa::path(get, path = "/conversations/{id}/events", tag = "visitor",
    params(("id" = String, Path, description = "client conversation id"), EventQuery),
    responses((status = 200, body = VisitorEventPage)))]
async fn list_visitor_events(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(query): Query<EventQuery>,
) -> Result<Answer<VisitorEventPage>, Problem> {
    let conversation = visitor.conversation(&app, &id).await?;
    let range = match query.read()? {
        (true, edge, limit) => Range::VisitorAfter(edge, limit),
        (false, edge, limit) => Range::VisitorBefore(edge, limit),
    };
    let (stored, more) = events::page(&app, conversation.id, range).await?;
    let events = stored.iter().filter_map(StoredEvent::for_visitor).collect();
    Ok(Answer(VisitorEventPage { events, more }))
}

/// Tell how far the visitor has received and read.
#[utoipa::path(put, path = "/conversations/{id}/marks", tag = "visitor",
    params(("id" = String, Path, description = "client conversation id")),
    request_body = Marks, responses((status = 204)))]
async fn mark_visitor_conversation(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Json(reported): Json<Marks>,
) -> Result<StatusCode, Problem> {
    let conversation = visitor.conversation(&app, &id).await?;
    marks::mark_by_visitor(&app, &conversation, reported).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End a conversation.
#[utoipa::path(post, path = "/conversations/{id}/closure", tag = "visitor",
    params(("id" = String, Path, description = "client conversation id")),
    responses((status = 200, body = VisitorConversation)))]
async fn end_visitor_conversation(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Answer<VisitorConversation>, Problem> {
    let conversation = visitor.conversation(&app, &id).await?;
    closure::end(&app, conversation.id, Author::Visitor, None).await?;
    let snapshot = lists::visitor_snapshot(&app, &conversation).await?;
    Ok(Answer(snapshot.conversation))
}
