//! Routes of the enabled languages.

use super::{enable, store};
use crate::app::App;
use crate::auth::{Administrator, Operator};
use crate::http::extract::Json;
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_languages, enable_languages))
}

/// The languages that operators may answer in.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct LanguageList {
    /// Without regions: `pt`, not `pt-BR`.
    languages: Vec<String>,
}

/// The enabled languages.
#[utoipa::path(get, path = "/languages", tag = "operator",
    responses((status = 200, body = LanguageList)))]
async fn list_languages(
    State(app): State<App>,
    _: Operator,
) -> Result<Answer<LanguageList>, Problem> {
    let languages = app.db.read(store::enabled).await?;
    Ok(Answer(LanguageList { languages }))
}

/// Enable exactly these languages.
#[utoipa::path(put, path = "/languages", tag = "operator", request_body = LanguageList,
    responses((status = 200, body = LanguageList)))]
async fn enable_languages(
    State(app): State<App>,
    _: Administrator,
    Json(request): Json<LanguageList>,
) -> Result<Answer<LanguageList>, Problem> {
    let languages = enable(&app, &request.languages).await?;
    Ok(Answer(LanguageList { languages }))
}
