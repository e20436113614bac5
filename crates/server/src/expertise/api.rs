//! Routes of expertise.

use super::{Expertise, ExpertiseRequest};
use crate::app::App;
use crate::auth::{Administrator, Operator};
use crate::http::extract::{Json, Path};
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_domain::ExpertiseId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_expertise, create_expertise))
        .routes(routes!(update_expertise, remove_expertise))
}

/// Every expertise.
#[derive(Serialize, ToSchema)]
pub struct ExpertiseList {
    /// By name.
    expertise: Vec<Expertise>,
}

/// Every expertise, and who has it.
#[utoipa::path(get, path = "/expertise", tag = "operator",
    responses((status = 200, body = ExpertiseList)))]
async fn list_expertise(
    State(app): State<App>,
    _: Operator,
) -> Result<Answer<ExpertiseList>, Problem> {
    let expertise = super::list(&app).await?;
    Ok(Answer(ExpertiseList { expertise }))
}

/// Make an expertise.
#[utoipa::path(post, path = "/expertise", tag = "operator", request_body = ExpertiseRequest,
    responses((status = 201, body = Expertise)))]
async fn create_expertise(
    State(app): State<App>,
    _: Administrator,
    Json(request): Json<ExpertiseRequest>,
) -> Result<(StatusCode, Answer<Expertise>), Problem> {
    let expertise = super::create(&app, request).await?;
    Ok((StatusCode::CREATED, Answer(expertise)))
}

/// Change an expertise's name and operators.
#[utoipa::path(put, path = "/expertise/{id}", tag = "operator", params(("id" = i64, Path)),
    request_body = ExpertiseRequest, responses((status = 200, body = Expertise)))]
async fn update_expertise(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ExpertiseId>,
    Json(request): Json<ExpertiseRequest>,
) -> Result<Answer<Expertise>, Problem> {
    super::update(&app, id, request).await.map(Answer)
}

/// Remove an expertise, from whoever has it too.
#[utoipa::path(delete, path = "/expertise/{id}", tag = "operator", params(("id" = i64, Path)),
    responses((status = 204)))]
async fn remove_expertise(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<ExpertiseId>,
) -> Result<StatusCode, Problem> {
    super::remove(&app, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
