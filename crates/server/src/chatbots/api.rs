//! Routes of chatbots.

use super::view::{Chatbot, ChatbotList};
use super::{AnalysedScript, ChatbotForm, avatar};
use crate::app::App;
use crate::auth::Administrator;
use crate::http::extract::{Json, Path, Query, Upload};
use crate::images::UPLOAD_MAX_BYTES;
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use frontdesk_domain::ChatbotId;
use frontdesk_domain::chatbot::Script;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The largest script that a request may carry, in bytes: 200 long steps fit.
const SCRIPT_MAX_BYTES: usize = 4 * 1024 * 1024;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    let scripts = OpenApiRouter::new()
        .routes(routes!(find_chatbot, save_chatbot, delete_chatbot))
        .routes(routes!(analyse_script))
        .layer(DefaultBodyLimit::max(SCRIPT_MAX_BYTES));
    let pictures = OpenApiRouter::new()
        .routes(routes!(show_chatbot_avatar, hide_chatbot_avatar))
        .layer(DefaultBodyLimit::max(UPLOAD_MAX_BYTES));
    OpenApiRouter::new()
        .routes(routes!(list_chatbots, create_chatbot))
        .routes(routes!(archive_chatbot, restore_chatbot))
        .merge(scripts)
        .merge(pictures)
}

/// Which chatbots.
#[derive(Deserialize, IntoParams)]
struct ChatbotQuery {
    /// Those in the archive.
    #[serde(default)]
    archived: bool,
}

/// A chatbot to be made.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
enum NewChatbot {
    /// Like another one.
    Copy {
        /// Which.
        copy_of: ChatbotId,
    },
    /// One that says nothing yet.
    Empty {
        /// Its name.
        name: String,
    },
}

/// A script, saved or not.
#[derive(Deserialize, ToSchema)]
struct ScriptRequest {
    /// What it says.
    script: Script,
}

/// The chatbots, by name.
#[utoipa::path(get, path = "/chatbots", tag = "operator", params(ChatbotQuery),
    responses((status = 200, body = ChatbotList)))]
async fn list_chatbots(
    State(app): State<App>,
    _: Administrator,
    Query(query): Query<ChatbotQuery>,
) -> Result<Answer<ChatbotList>, Problem> {
    let chatbots = super::list(&app, query.archived).await?;
    Ok(Answer(ChatbotList { chatbots }))
}

/// Make a chatbot, or a copy of one.
#[utoipa::path(post, path = "/chatbots", tag = "operator", request_body = NewChatbot,
    responses((status = 201, body = Chatbot)))]
async fn create_chatbot(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Json(new): Json<NewChatbot>,
) -> Result<(StatusCode, Answer<Chatbot>), Problem> {
    let chatbot = match new {
        NewChatbot::Copy { copy_of } => super::copy(&app, copy_of, caller.id).await?,
        NewChatbot::Empty { name } => super::create(&app, &name).await?,
    };
    Ok((StatusCode::CREATED, Answer(chatbot)))
}

/// A chatbot with its script.
#[utoipa::path(get, path = "/chatbots/{id}", tag = "operator", params(("id" = i64, Path)),
    responses((status = 200, body = Chatbot)))]
async fn find_chatbot(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ChatbotId>,
) -> Result<Answer<Chatbot>, Problem> {
    super::find(&app, id).await.map(Answer)
}

/// Write a chatbot's name and script, whole. Conversations that have begun go on as they were.
#[utoipa::path(put, path = "/chatbots/{id}", tag = "operator", params(("id" = i64, Path)),
    request_body = ChatbotForm, responses((status = 200, body = Chatbot)))]
async fn save_chatbot(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ChatbotId>,
    Json(form): Json<ChatbotForm>,
) -> Result<Answer<Chatbot>, Problem> {
    super::save(&app, id, form).await.map(Answer)
}

/// Delete a chatbot. Rules lose it; its conversations go on.
#[utoipa::path(delete, path = "/chatbots/{id}", tag = "operator", params(("id" = i64, Path)),
    responses((status = 204)))]
async fn delete_chatbot(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ChatbotId>,
) -> Result<StatusCode, Problem> {
    super::delete(&app, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Put a chatbot into the archive: rules that name it are passed over.
#[utoipa::path(put, path = "/chatbots/{id}/archive", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = Chatbot)))]
async fn archive_chatbot(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ChatbotId>,
) -> Result<Answer<Chatbot>, Problem> {
    super::archive(&app, id, true).await.map(Answer)
}

/// Take a chatbot out of the archive.
#[utoipa::path(delete, path = "/chatbots/{id}/archive", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = Chatbot)))]
async fn restore_chatbot(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ChatbotId>,
) -> Result<Answer<Chatbot>, Problem> {
    super::archive(&app, id, false).await.map(Answer)
}

/// Show a picture: the body is a PNG, JPEG, WebP or GIF file.
#[utoipa::path(put, path = "/chatbots/{id}/avatar", tag = "operator", params(("id" = i64, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Chatbot)))]
async fn show_chatbot_avatar(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ChatbotId>,
    Upload(bytes): Upload,
) -> Result<Answer<Chatbot>, Problem> {
    avatar::show(&app, id, bytes).await?;
    super::find(&app, id).await.map(Answer)
}

/// Show no picture.
#[utoipa::path(delete, path = "/chatbots/{id}/avatar", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = Chatbot)))]
async fn hide_chatbot_avatar(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ChatbotId>,
) -> Result<Answer<Chatbot>, Problem> {
    avatar::hide(&app, id).await?;
    super::find(&app, id).await.map(Answer)
}

/// Find where visitors get stuck in a script, and draw it.
#[utoipa::path(post, path = "/chatbots/analysis", tag = "operator", request_body = ScriptRequest,
    responses((status = 200, body = AnalysedScript)))]
async fn analyse_script(
    _: Administrator,
    Json(request): Json<ScriptRequest>,
) -> Result<Answer<AnalysedScript>, Problem> {
    super::analysed(&request.script).map(Answer)
}
