//! Where WebSockets are blocked: the same frames in a response stream, and where streams are buffered, by long poll.

use super::connection::{Link, Outgoing};
use super::visitor_session::VisitorSession;
use crate::app::App;
use crate::auth::{Visitor, VisitorConversation};
use crate::http::extract::{Path, Query};
use crate::http::rate_limit::Asker;
use crate::problem::Problem;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::extract::ws::Utf8Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Proxies close what is silent for long.
const BLANK_EVERY: Duration = Duration::from_secs(15);
/// A poll answers at the latest after this long.
const POLL_MAX: Duration = Duration::from_secs(25);
/// Chunks that may wait for a slow reader.
const CHUNKS: usize = 16;

/// Routes below `/api/v1/visitor`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(stream_conversation)).routes(routes!(poll_conversation))
}

#[derive(Deserialize, IntoParams)]
struct AfterQuery {
    /// The last number that was applied.
    #[serde(default)]
    after: i64,
}

/// The frames of a conversation, one a line, for as long as the response is read.
#[utoipa::path(get, path = "/conversations/{id}/stream", tag = "visitor",
    params(("id" = String, Path, description = "client conversation id"), AfterQuery),
    responses((status = 200, content_type = "application/x-ndjson", body = String)))]
async fn stream_conversation(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(query): Query<AfterQuery>,
) -> Result<Response, Problem> {
    let following = Following::begin(&app, visitor, &id, query.after).await?;
    let (chunks, read) = mpsc::channel(CHUNKS);
    tokio::spawn(following.write(chunks));
    let headers =
        [(CONTENT_TYPE, "application/x-ndjson"), (CACHE_CONTROL, "no-store, no-transform")];
    let unbuffered = [("x-accel-buffering", "no")];
    Ok((headers, unbuffered, Body::from_stream(ReceiverStream::new(read))).into_response())
}

/// The frames of a conversation, as soon as there is something new.
#[utoipa::path(get, path = "/conversations/{id}/poll", tag = "visitor",
    params(("id" = String, Path, description = "client conversation id"), AfterQuery),
    responses((status = 200, description = "{\"frames\": […]}")))]
async fn poll_conversation(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(query): Query<AfterQuery>,
) -> Result<Response, Problem> {
    let following = Following::begin(&app, visitor, &id, query.after).await?;
    let frames = following.first_news().await;
    let list = frames.iter().map(Utf8Bytes::as_str).collect::<Vec<_>>().join(",");
    let body = format!("{{\"frames\":[{list}]}}");
    Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
}

/// A conversation that is followed without a socket.
struct Following {
    session: VisitorSession,
    link: std::sync::Arc<Link>,
    waiting: mpsc::Receiver<Outgoing>,
    first: Vec<Utf8Bytes>,
}

impl Following {
    async fn begin(app: &App, visitor: Visitor, id: &str, after: i64) -> Result<Self, Problem> {
        app.limits.connections.check(Asker::Visitor(visitor.id))?;
        let conversation: VisitorConversation = visitor.conversation(app, id).await?;
        let (link, waiting) = Link::new();
        let (session, first) = VisitorSession::begin(app, &link, conversation, after).await?;
        Ok(Self { session, link, waiting, first })
    }

    /// Writes lines until the reader or the server goes away.
    async fn write(mut self, chunks: mpsc::Sender<Result<Bytes, Infallible>>) {
        let mut frames = std::mem::take(&mut self.first);
        while chunks.send(Ok(lines(&frames))).await.is_ok() {
            frames = tokio::select! {
                _ = self.link.closed() => return,
                Some(outgoing) = self.waiting.recv() => match self.session.frames(outgoing).await {
                    Ok(frames) => frames,
                    Err(problem) => return problem.log(),
                },
                () = tokio::time::sleep(BLANK_EVERY) => Vec::new(),
            };
        }
    }

    /// What is new; waits for it where nothing is yet.
    async fn first_news(mut self) -> Vec<Utf8Bytes> {
        let deadline = tokio::time::Instant::now() + POLL_MAX;
        let mut frames = std::mem::take(&mut self.first);
        while frames.len() <= self.session.standing {
            tokio::select! {
                _ = self.link.closed() => break,
                Some(outgoing) = self.waiting.recv() => match self.session.frames(outgoing).await {
                    Ok(news) => frames.extend(news),
                    Err(problem) => { problem.log(); break }
                },
                () = tokio::time::sleep_until(deadline) => break,
            }
        }
        frames
    }
}

/// One frame a line; a blank line where there is none.
fn lines(frames: &[Utf8Bytes]) -> Bytes {
    let mut text = String::new();
    for frame in frames {
        text.push_str(frame);
        text.push('\n');
    }
    if frames.is_empty() {
        text.push('\n');
    }
    Bytes::from(text)
}
