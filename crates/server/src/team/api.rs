//! Routes of the team.

use super::{TeamMember, TeamMemberRequest};
use crate::app::App;
use crate::auth::{Administrator, Operator};
use crate::http::extract::{Json, Path};
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use frontdesk_domain::OperatorId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_operators))
        .routes(routes!(update_operator))
        .routes(routes!(deactivate_operator, reactivate_operator))
}

/// Everybody who may sign in, or might.
#[derive(Serialize, ToSchema)]
pub struct Team {
    /// By name, those who may sign in first.
    operators: Vec<TeamMember>,
}

/// Everybody.
#[utoipa::path(get, path = "/operators", tag = "operator", responses((status = 200, body = Team)))]
async fn list_operators(State(app): State<App>, _: Operator) -> Result<Answer<Team>, Problem> {
    let operators = super::list(&app).await?;
    Ok(Answer(Team { operators }))
}

/// Change an operator's names and role.
#[utoipa::path(put, path = "/operators/{id}", tag = "operator", params(("id" = i64, Path)),
    request_body = TeamMemberRequest, responses((status = 200, body = TeamMember)))]
async fn update_operator(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<OperatorId>,
    Json(request): Json<TeamMemberRequest>,
) -> Result<Answer<TeamMember>, Problem> {
    super::update(&app, id, request).await.map(Answer)
}

/// Let an operator in no more: signed out everywhere, out of all channels and conversations.
#[utoipa::path(put, path = "/operators/{id}/deactivation", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = TeamMember)))]
async fn deactivate_operator(
    State(app): State<App>,
    Administrator(administrator): Administrator,
    Path(id): Path<OperatorId>,
) -> Result<Answer<TeamMember>, Problem> {
    super::deactivate(&app, administrator.id, id).await.map(Answer)
}

/// Let an operator in again.
#[utoipa::path(delete, path = "/operators/{id}/deactivation", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = TeamMember)))]
async fn reactivate_operator(
    State(app): State<App>,
    _: Administrator,
    Path(id): Path<OperatorId>,
) -> Result<Answer<TeamMember>, Problem> {
    super::reactivate(&app, id).await.map(Answer)
}
