//! Problems as HTTP answers: one envelope for all.

use crate::problem::Problem;
use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::borrow::Cow;
use utoipa::ToSchema;

/// What every refused request answers.
#[derive(Serialize, ToSchema)]
pub struct ErrorBody {
    /// What was wrong; at least one.
    errors: Vec<ErrorDetail>,
}

/// One thing that was wrong.
#[derive(Serialize, ToSchema)]
pub struct ErrorDetail {
    /// Stable; has a text in the translation catalogue.
    code: &'static str,
    /// English, for the developer.
    detail: String,
    /// The field of the request that is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    #[schema(value_type = Option<String>)]
    field: Option<Cow<'static, str>>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.log();
        let detail =
            ErrorDetail { code: self.code(), detail: self.to_string(), field: self.field() };
        let body = Json(ErrorBody { errors: vec![detail] });
        let mut response = (self.status(), body).into_response();
        if let Some(seconds) = self.retry_after() {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}
