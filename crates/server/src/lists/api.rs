//! Routes of lists.

use crate::app::App;
use crate::auth::Operator;
use crate::http::extract::{Json, Path};
use crate::problem::Problem;
use crate::query::{ListPage, Request};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(search_list))
        .routes(routes!(list_favorites, add_favorite))
        .routes(routes!(change_favorite, remove_favorite))
}

/// A search that somebody keeps.
#[derive(Serialize, ToSchema)]
pub struct Favorite {
    /// Which.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// The search as the console keeps it.
    #[schema(value_type = Object)]
    pub search: Value,
    /// Everybody sees it.
    pub shared: bool,
    /// Applied when the list is opened; a shared one for those who have none of their own.
    pub initial: bool,
    /// The caller's own.
    pub own: bool,
    /// Who made it.
    pub owner_name: String,
}

/// A search to keep.
#[derive(Deserialize, ToSchema)]
pub struct FavoriteRequest {
    /// What it is called.
    pub name: String,
    /// The search, as an object of at most 8 KiB.
    #[schema(value_type = Object)]
    pub search: Value,
    /// Everybody sees it.
    #[serde(default)]
    pub shared: bool,
    /// Applied when the list is opened, instead of the one before.
    #[serde(default)]
    pub initial: bool,
}

/// The favorites of a list.
#[derive(Serialize, ToSchema)]
pub struct FavoriteList {
    /// By name, the own ones first.
    pub favorites: Vec<Favorite>,
}

/// A page of a list's rows, or its groups.
#[utoipa::path(post, path = "/lists/{list}/search", tag = "operator",
    params(("list" = String, Path)), request_body = Request,
    responses((status = 200, body = ListPage)))]
async fn search_list(
    State(app): State<App>,
    operator: Operator,
    Path(list): Path<String>,
    Json(request): Json<Request>,
) -> Result<Answer<ListPage>, Problem> {
    super::search(&app, &operator, &list, &request).await.map(Answer)
}

/// The caller's favorites of a list, and those that others share.
#[utoipa::path(get, path = "/lists/{list}/favorites", tag = "operator",
    params(("list" = String, Path)), responses((status = 200, body = FavoriteList)))]
async fn list_favorites(
    State(app): State<App>,
    operator: Operator,
    Path(list): Path<String>,
) -> Result<Answer<FavoriteList>, Problem> {
    let favorites = super::favorites(&app, &operator, &list).await?;
    Ok(Answer(FavoriteList { favorites }))
}

/// Keep a search.
#[utoipa::path(post, path = "/lists/{list}/favorites", tag = "operator",
    params(("list" = String, Path)), request_body = FavoriteRequest,
    responses((status = 201, body = Favorite)))]
async fn add_favorite(
    State(app): State<App>,
    operator: Operator,
    Path(list): Path<String>,
    Json(request): Json<FavoriteRequest>,
) -> Result<(StatusCode, Answer<Favorite>), Problem> {
    let favorite = super::add_favorite(&app, &operator, &list, request).await?;
    Ok((StatusCode::CREATED, Answer(favorite)))
}

/// Replace a favorite.
#[utoipa::path(put, path = "/lists/{list}/favorites/{id}", tag = "operator",
    params(("list" = String, Path), ("id" = i64, Path)), request_body = FavoriteRequest,
    responses((status = 200, body = Favorite)))]
async fn change_favorite(
    State(app): State<App>,
    operator: Operator,
    Path((list, id)): Path<(String, i64)>,
    Json(request): Json<FavoriteRequest>,
) -> Result<Answer<Favorite>, Problem> {
    super::change_favorite(&app, &operator, &list, id, request).await.map(Answer)
}

/// Remove a favorite.
#[utoipa::path(delete, path = "/lists/{list}/favorites/{id}", tag = "operator",
    params(("list" = String, Path), ("id" = i64, Path)), responses((status = 204)))]
async fn remove_favorite(
    State(app): State<App>,
    operator: Operator,
    Path((list, id)): Path<(String, i64)>,
) -> Result<StatusCode, Problem> {
    super::remove_favorite(&app, &operator, &list, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
