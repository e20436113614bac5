//! Routes of an operator's sessions: which browsers are signed in, and signing them out from here.

use crate::app::App;
use crate::auth::{self, Operator, SessionRow};
use crate::clock::rfc3339;
use crate::http::extract::Path;
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_sessions, end_other_sessions))
        .routes(routes!(end_own_session))
}

/// A signed-in browser.
#[derive(Serialize, ToSchema)]
pub struct Session {
    /// Names it; signs nobody in.
    id: String,
    /// Browser and system, such as "Firefox, Linux".
    #[schema(required)]
    browser: Option<String>,
    /// Where it signed in: the address without its last part.
    #[schema(required)]
    network: Option<String>,
    /// When it signed in.
    created_at: String,
    /// When it last asked for something, give or take five minutes.
    seen_at: String,
    /// The one that asks.
    current: bool,
}

/// The caller's signed-in browsers.
#[derive(Serialize, ToSchema)]
pub struct SessionList {
    /// The caller's own first, then the last seen.
    sessions: Vec<Session>,
}

/// The caller's signed-in browsers.
#[utoipa::path(get, path = "/sessions", tag = "operator",
    responses((status = 200, body = SessionList)))]
async fn list_sessions(
    State(app): State<App>,
    operator: Operator,
) -> Result<Answer<SessionList>, Problem> {
    let rows = auth::sessions(&app, operator.id).await?;
    let mut sessions: Vec<_> = rows.into_iter().map(|row| view(row, &operator)).collect();
    sessions.sort_by_key(|session| !session.current);
    Ok(Answer(SessionList { sessions }))
}

/// Sign out every browser but this one.
#[utoipa::path(delete, path = "/sessions", tag = "operator", responses((status = 204)))]
async fn end_other_sessions(
    State(app): State<App>,
    operator: Operator,
) -> Result<StatusCode, Problem> {
    auth::end_other_sessions(&app, &operator).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out one of the caller's browsers.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "operator",
    params(("id" = String, Path)), responses((status = 204)))]
async fn end_own_session(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    auth::end_own_session(&app, &operator, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn view(row: SessionRow, operator: &Operator) -> Session {
    Session {
        current: operator.session.as_ref() == Some(&row.id),
        id: row.id,
        browser: row.browser,
        network: row.network,
        created_at: rfc3339(row.created_at),
        seen_at: rfc3339(row.seen_at),
    }
}
