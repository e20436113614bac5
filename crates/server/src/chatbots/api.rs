//! Routes of chatbots.

use super::figures::{self, StepFigures};
use super::trial::{self, ScriptTrial, ScriptTrialRequest};
use super::view::{Chatbot, ChatbotList};
use super::{AnalysedScript, ChatbotForm, avatar, file};
use crate::app::App;
use crate::auth::Administrator;
use crate::http::extract::{Json, Path, Query, Upload};
use crate::images::UPLOAD_MAX_BYTES;
use crate::operators;
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use frontdesk_domain::chatbot::Script;
use frontdesk_domain::{ChatbotId, StepId};
use serde::{Deserialize, Serialize};
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
        .routes(routes!(try_script))
        .routes(routes!(import_chatbot))
        .layer(DefaultBodyLimit::max(SCRIPT_MAX_BYTES));
    let pictures = OpenApiRouter::new()
        .routes(routes!(show_chatbot_avatar, hide_chatbot_avatar))
        .layer(DefaultBodyLimit::max(UPLOAD_MAX_BYTES));
    OpenApiRouter::new()
        .routes(routes!(list_chatbots, create_chatbot))
        .routes(routes!(archive_chatbot, restore_chatbot))
        .routes(routes!(export_chatbot))
        .routes(routes!(find_figures))
        .merge(scripts)
        .merge(pictures)
        .merge(super::talk::operator_routes())
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

/// A chatbot as a file.
#[derive(Deserialize, ToSchema)]
struct ChatbotFile {
    /// What the file holds.
    file: String,
}

/// What became of visitors at each step.
#[derive(Serialize, ToSchema)]
struct Figures {
    /// Each step that was ever shown.
    steps: Vec<FiguresOfStep>,
}

/// What became of visitors at one step.
#[derive(Serialize, ToSchema)]
struct FiguresOfStep {
    /// Which.
    step: StepId,
    /// How many.
    #[serde(flatten)]
    figures: StepFigures,
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

/// Run a script, saved or not, as a visitor would see it. Nothing is kept.
#[utoipa::path(post, path = "/chatbots/trial", tag = "operator",
    request_body = ScriptTrialRequest, responses((status = 200, body = ScriptTrial)))]
async fn try_script(
    State(app): State<App>,
    Administrator(caller): Administrator,
    Json(request): Json<ScriptTrialRequest>,
) -> Result<Answer<ScriptTrial>, Problem> {
    let language = operators::me(&app, caller.id).await?.language;
    trial::run(request, &language).map(Answer)
}

/// A chatbot as a file that people read and write.
#[utoipa::path(get, path = "/chatbots/{id}/export", tag = "operator",
    params(("id" = i64, Path)),
    responses((status = 200, content_type = "application/toml", body = String)))]
async fn export_chatbot(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ChatbotId>,
) -> Result<Response, Problem> {
    let (name, file) = file::written(&app, id).await?;
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers =
        [(CONTENT_TYPE, "application/toml".to_owned()), (CONTENT_DISPOSITION, disposition)];
    Ok((headers, file).into_response())
}

/// Make a chatbot of a file.
#[utoipa::path(post, path = "/chatbots/import", tag = "operator", request_body = ChatbotFile,
    responses((status = 201, body = Chatbot)))]
async fn import_chatbot(
    State(app): State<App>,
    _: Administrator,
    Json(ChatbotFile { file }): Json<ChatbotFile>,
) -> Result<(StatusCode, Answer<Chatbot>), Problem> {
    let chatbot = file::read(&app, &file).await?;
    Ok((StatusCode::CREATED, Answer(chatbot)))
}

/// How many visitors saw each step, answered it, and left there.
#[utoipa::path(get, path = "/chatbots/{id}/figures", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = Figures)))]
async fn find_figures(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ChatbotId>,
) -> Result<Answer<Figures>, Problem> {
    let steps = figures::find(&app, id).await?.into_iter();
    Ok(Answer(Figures {
        steps: steps.map(|(step, figures)| FiguresOfStep { step, figures }).collect(),
    }))
}
