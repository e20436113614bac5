//! Routes of chatbots that talk.

use super::begin::greeting;
use super::view::{ChatbotAnswer, ChatbotAnswers, Greeting};
use super::{continuation, restart, store};
use crate::app::App;
use crate::auth::{Operator, Visitor};
use crate::chatbots;
use crate::conversations::{VisitorConversationView, visitor_snapshot};
use crate::events::ChatbotRef;
use crate::http::ClientAddress;
use crate::http::extract::{Json, Path, Query};
use crate::http::rate_limit::Asker;
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use frontdesk_db::Tx;
use frontdesk_domain::{ChatbotId, ConversationId, StepId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A version is kept by browsers for this long; its text never changes, name and picture may.
const GREETING_CACHE: &str = "public, max-age=300";

/// Routes below `/api/v1/visitor`.
pub fn visitor_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(find_greeting))
        .routes(routes!(continue_chatbot))
        .routes(routes!(restart_chatbot))
}

/// Routes below `/api/v1/operator`.
pub fn operator_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_chatbot_answers))
}

#[derive(Deserialize, IntoParams)]
struct VersionQuery {
    /// The version of the script, as decided.
    version: i64,
}

/// The step that is complete.
#[derive(Deserialize, ToSchema)]
struct ContinuationRequest {
    /// Which.
    step: StepId,
}

/// How a chatbot greets, before anything is stored.
#[utoipa::path(get, path = "/chatbots/{id}/greeting", tag = "visitor",
    params(("id" = i64, Path), VersionQuery), responses((status = 200, body = Greeting)))]
async fn find_greeting(
    State(app): State<App>,
    address: ClientAddress,
    Path(id): Path<ChatbotId>,
    Query(query): Query<VersionQuery>,
) -> Result<([(HeaderName, &'static str); 1], Answer<Greeting>), Problem> {
    app.limits.requests.check(address)?;
    let greeting = greeting(&app, id, query.version).await?;
    Ok(([(CACHE_CONTROL, GREETING_CACHE)], Answer(greeting)))
}

/// Tell that a step which takes several messages has got all of them. Twice is fine.
#[utoipa::path(post, path = "/conversations/{id}/chatbot/continuation", tag = "visitor",
    params(("id" = String, Path, description = "client conversation id")),
    request_body = ContinuationRequest,
    responses((status = 200, body = VisitorConversationView)))]
async fn continue_chatbot(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Json(request): Json<ContinuationRequest>,
) -> Result<Answer<VisitorConversationView>, Problem> {
    app.limits.messages.check(Asker::Visitor(visitor.id))?;
    let conversation = visitor.conversation(&app, &id).await?;
    continuation::go_on(&app, conversation.id, request.step).await?;
    Ok(Answer(visitor_snapshot(&app, &conversation).await?.conversation))
}

/// Let a chatbot begin anew whose script is over. Twice is fine.
#[utoipa::path(post, path = "/conversations/{id}/chatbot/restart", tag = "visitor",
    params(("id" = String, Path, description = "client conversation id")),
    responses((status = 200, body = VisitorConversationView)))]
async fn restart_chatbot(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Answer<VisitorConversationView>, Problem> {
    app.limits.messages.check(Asker::Visitor(visitor.id))?;
    let conversation = visitor.conversation(&app, &id).await?;
    restart::restart(&app, conversation.id).await?;
    Ok(Answer(visitor_snapshot(&app, &conversation).await?.conversation))
}

/// What a conversation's visitor answered to a chatbot.
#[utoipa::path(get, path = "/conversations/{id}/chatbot-answers", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = ChatbotAnswers)))]
async fn list_chatbot_answers(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<ConversationId>,
) -> Result<Answer<ChatbotAnswers>, Problem> {
    let conversation = operator.conversation(&app, id).await?;
    let read = move |tx: &mut Tx<'_>| answers(tx, conversation.id);
    app.db.read(read).await.map(Answer)
}

fn answers(tx: &mut Tx<'_>, id: ConversationId) -> Result<ChatbotAnswers, Problem> {
    let Some(row) = store::run(tx, id)? else {
        return Ok(ChatbotAnswers { chatbot: None, answers: Vec::new() });
    };
    let script = chatbots::script(tx, row.chatbot.id, row.version)?;
    let question = |step| script.find_step(step).map(|it| it.message.clone()).unwrap_or_default();
    let given = store::answers(tx, id)?.into_iter().map(|it| ChatbotAnswer {
        step: it.step,
        question: question(it.step),
        answer: it.text,
        picked: it.picked,
    });
    let chatbot = ChatbotRef { id: row.chatbot.id, name: row.chatbot.name };
    Ok(ChatbotAnswers { chatbot: Some(chatbot), answers: given.collect() })
}
