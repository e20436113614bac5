//! Routes of rules.

use super::{ChannelRule, PatternCheck, PatternRequest, RuleForm, TrialRequest};
use crate::app::App;
use crate::auth::{Administrator, Operator};
use crate::http::extract::{Json, Path};
use crate::problem::Problem;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_domain::rule::Trial;
use frontdesk_domain::{ChannelId, RuleId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api/v1/operator`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_rules, add_rule))
        .routes(routes!(replace_rule, remove_rule))
        .routes(routes!(order_rules))
        .routes(routes!(try_rules))
        .routes(routes!(check_pattern))
}

/// A channel's rules.
#[derive(Serialize, ToSchema)]
struct RuleList {
    /// In the order in which they are tried.
    rules: Vec<ChannelRule>,
}

/// An order of rules.
#[derive(Deserialize, ToSchema)]
struct RuleOrder {
    /// Their ids, first to last.
    rules: Vec<RuleId>,
}

/// The rules of a channel, in their order.
#[utoipa::path(get, path = "/channels/{id}/rules", tag = "operator",
    params(("id" = i64, Path)), responses((status = 200, body = RuleList)))]
async fn list_rules(
    State(app): State<App>,
    _: Operator,
    Path(channel): Path<ChannelId>,
) -> Result<Answer<RuleList>, Problem> {
    super::super::known(&app, channel).await?;
    let rules = app.db.read(move |tx| super::all(tx, channel)).await?;
    Ok(Answer(RuleList { rules }))
}

/// Add a rule at the end.
#[utoipa::path(post, path = "/channels/{id}/rules", tag = "operator",
    params(("id" = i64, Path)), request_body = RuleForm,
    responses((status = 201, body = ChannelRule)))]
async fn add_rule(
    State(app): State<App>,
    _: Operator,
    Path(channel): Path<ChannelId>,
    Json(form): Json<RuleForm>,
) -> Result<(StatusCode, Answer<ChannelRule>), Problem> {
    let rule = super::add(&app, channel, form).await?;
    Ok((StatusCode::CREATED, Answer(rule)))
}

/// Write a rule anew.
#[utoipa::path(put, path = "/channels/{id}/rules/{rule}", tag = "operator",
    params(("id" = i64, Path), ("rule" = i64, Path)), request_body = RuleForm,
    responses((status = 200, body = ChannelRule)))]
async fn replace_rule(
    State(app): State<App>,
    _: Operator,
    Path(which): Path<(ChannelId, RuleId)>,
    Json(form): Json<RuleForm>,
) -> Result<Answer<ChannelRule>, Problem> {
    super::replace(&app, which, form).await.map(Answer)
}

/// Remove a rule.
#[utoipa::path(delete, path = "/channels/{id}/rules/{rule}", tag = "operator",
    params(("id" = i64, Path), ("rule" = i64, Path)), responses((status = 204)))]
async fn remove_rule(
    State(app): State<App>,
    _: Administrator,
    Path((channel, rule)): Path<(ChannelId, RuleId)>,
) -> Result<StatusCode, Problem> {
    super::remove(&app, channel, rule).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Put the rules into an order.
#[utoipa::path(put, path = "/channels/{id}/rules/order", tag = "operator",
    params(("id" = i64, Path)), request_body = RuleOrder,
    responses((status = 200, body = RuleList)))]
async fn order_rules(
    State(app): State<App>,
    _: Operator,
    Path(channel): Path<ChannelId>,
    Json(order): Json<RuleOrder>,
) -> Result<Answer<RuleList>, Problem> {
    let rules = super::reorder(&app, channel, order.rules).await?;
    Ok(Answer(RuleList { rules }))
}

/// Try the rules on a page.
#[utoipa::path(post, path = "/channels/{id}/rules/trial", tag = "operator",
    params(("id" = i64, Path)), request_body = TrialRequest,
    responses((status = 200, body = Trial)))]
async fn try_rules(
    State(app): State<App>,
    _: Operator,
    Path(channel): Path<ChannelId>,
    Json(request): Json<TrialRequest>,
) -> Result<Answer<Trial>, Problem> {
    super::try_on(&app, channel, request).await.map(Answer)
}

/// Check a pattern while it is being written.
#[utoipa::path(post, path = "/pattern/check", tag = "operator",
    request_body = PatternRequest, responses((status = 200, body = PatternCheck)))]
async fn check_pattern(
    _: Operator,
    Json(request): Json<PatternRequest>,
) -> Result<Answer<PatternCheck>, Problem> {
    Ok(Answer(super::check(&request)))
}
