//! Every route, in one place.

use super::ClientAddress;
use super::extract::BODY_MAX_BYTES;
use super::headers::secured;
use super::{api_reader, error_page};
use crate::app::App;
use crate::problem::Problem;
use crate::{
    assignment, channels, chatbots, conversations, embed, expertise, health, images, invitations,
    languages, lists, messages, metrics, operators, page_views, profile, realtime, setup, team,
    visitors,
};
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderName, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::time::{Duration, Instant};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};
use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{Content, Ref, ResponseBuilder};
use utoipa_axum::router::OpenApiRouter;

/// The API's document, without its paths, which the routes bring.
#[derive(OpenApi)]
#[openapi(
    info(title = "Frontdesk", description = "Live chat for websites. See docs/protocol.md for how the parts work together."),
    tags((name = "visitor", description = "for the widget"), (name = "operator", description = "for the console and scripts")),
    components(schemas(
        super::error::ErrorBody,
        realtime::frames::VisitorClientFrame,
        realtime::frames::VisitorServerFrame,
        realtime::frames::OperatorClientFrame,
        realtime::frames::OperatorServerFrame,
    ))
)]
struct Document;

/// The whole API as an OpenAPI document.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    documented().1
}

/// Every refusal looks the same, on whichever route.
fn documented() -> (Router<App>, utoipa::openapi::OpenApi) {
    let (routes, mut document) = api().split_for_parts();
    for path in document.paths.paths.values_mut() {
        operations(path).for_each(|it| {
            it.responses.responses.insert("default".to_owned(), refused().into());
        });
    }
    (routes, document)
}

fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, patch, delete, .. } = path;
    [get, put, post, patch, delete].into_iter().flatten()
}

fn refused() -> utoipa::openapi::Response {
    let body = Ref::from_schema_name("ErrorBody");
    ResponseBuilder::new()
        .description("refused; `errors` says why")
        .content("application/json", Content::new(Some(body)))
        .build()
}

/// Everything that the server answers.
pub fn router(app: App) -> Router {
    let (api, document) = documented();
    let sockets = realtime::visitor_routes().merge(realtime::operator_routes());
    let routes = api
        .nest("/api/v1", sockets)
        .merge(pages(document).layer(from_fn_with_state(app.clone(), limited)))
        .merge(health::routes())
        .route(error_page::STYLE_PATH, get(error_page::style))
        .fallback(|| async { Problem::NotFound })
        // Not a fallback: that would answer in place of the visitor routes' preflight.
        .layer(map_response(hide_wrong_methods));
    secured(routes.layer(from_fn(error_page::for_people)))
        .layer(DefaultBodyLimit::max(BODY_MAX_BYTES))
        .layer(from_fn(finished))
        .layer(from_fn(counted))
        .layer(CatchPanicLayer::custom(|_| Problem::internal("a handler panicked").into_response()))
        .with_state(app)
}

/// What anybody may ask without showing who one is.
fn pages(document: utoipa::openapi::OpenApi) -> Router<App> {
    embed::page_routes().merge(images::page_routes()).merge(api_reader::routes(document))
}

/// A method that a route does not know reads like a route that is not there.
async fn hide_wrong_methods(response: Response) -> Response {
    match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => Problem::NotFound.into_response(),
        _ => response,
    }
}

fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .nest("/api/v1/visitor", visitor_api())
        .nest("/api/v1/operator", operator_api())
}

fn visitor_api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(embed::routes())
        .merge(visitors::visitor_routes())
        .merge(page_views::visitor_routes())
        .merge(conversations::visitor_routes())
        .merge(messages::visitor_routes())
        .merge(chatbots::visitor_routes())
        .merge(realtime::stream_routes())
        .layer(for_any_origin())
}

fn operator_api() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(setup::routes())
        .merge(operators::routes())
        .merge(profile::routes())
        .merge(languages::routes())
        .merge(expertise::routes())
        .merge(team::routes())
        .merge(invitations::routes())
        .merge(invitations::public_routes())
        .merge(channels::routes())
        .merge(chatbots::routes())
        .merge(visitors::operator_routes())
        .merge(page_views::operator_routes())
        .merge(assignment::routes())
        .merge(embed::operator_routes())
        .merge(conversations::operator_routes())
        .merge(messages::operator_routes())
        .merge(lists::routes())
}

/// Visitor routes take no cookies, so pages of any origin may ask.
fn for_any_origin() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::any())
        .allow_methods([Method::GET, Method::POST, Method::PUT])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE])
        .expose_headers([HeaderName::from_static("retry-after")])
        .max_age(Duration::from_secs(24 * 3600))
}

async fn limited(
    State(app): State<App>,
    address: ClientAddress,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    app.limits.requests.check(address)?;
    Ok(next.run(request).await)
}

/// A visitor who sends and leaves the page at once takes the connection along. What the request has begun is finished
/// nevertheless, so that what is committed is announced, too.
async fn finished(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(ended) => ended.try_into_panic().map_or_else(
            |_| Problem::Busy.into_response(),
            |panic| std::panic::resume_unwind(panic),
        ),
    }
}

async fn counted(path: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let response = next.run(request).await;
    let route = path.as_ref().map_or("", MatchedPath::as_str);
    metrics::count_request(route, response.status().as_u16(), started.elapsed());
    response
}
