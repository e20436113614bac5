//! The visitor's socket: hello, subscribe, send, mark, typing.

use super::connection::{Link, Outgoing, SILENCE_MAX, close_code};
use super::frames::{
    OperatorServerFrame, Refusal, VisitorClientFrame, VisitorServerFrame, encoded,
};
use super::marks::{PendingMarks, SignalPacer};
use super::socket::{self, Heard};
use super::visitor_session::VisitorSession;
use crate::app::App;
use crate::auth::{SecretHash, Visitor};
use crate::clock::rfc3339;
use crate::conversations;
use crate::events::AuthorView;
use crate::http::{ClientAddress, rate_limit::Asker};
use crate::messages::{self, NewMessage};
use crate::problem::Problem;
use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use frontdesk_domain::conversation::Marks;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// A connection that does not say who it is within this time is closed.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// Conversations that one connection may follow.
const FOLLOWED_MAX: usize = 4;

/// The route of the socket.
pub fn routes() -> Router<App> {
    Router::new().route("/visitor/socket", get(open))
}

async fn open(
    State(app): State<App>,
    address: ClientAddress,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Problem> {
    app.limits.connections.check(address)?;
    Ok(socket::bounded(upgrade, socket::VISITOR_READ_BYTES).on_upgrade(|mut socket| async move {
        let code = match greet(&app, &mut socket).await {
            Ok(visitor) => VisitorSocket::new(app, visitor).run(&mut socket).await,
            Err(code) => code,
        };
        socket::close(socket, code).await;
    }))
}

/// Waits for the hello and looks the visitor up; an error is the code to close with.
async fn greet(app: &App, socket: &mut WebSocket) -> Result<Visitor, Option<u16>> {
    let Ok(received) = tokio::time::timeout(HELLO_WITHIN, socket.recv()).await else {
        return Err(Some(close_code::TIMED_OUT));
    };
    let secret = match socket::heard(received) {
        Heard::Frame(VisitorClientFrame::Hello { secret }) => secret,
        Heard::End(code) => return Err(code),
        Heard::Frame(_) | Heard::Nothing => return Err(Some(close_code::BAD_FRAME)),
    };
    let hash = SecretHash::of(&secret).map_err(|_| Some(close_code::NOT_SIGNED_IN))?;
    match hash.visitor(app).await {
        Ok(Some(visitor)) => Ok(visitor),
        Ok(None) => Err(Some(close_code::NOT_SIGNED_IN)),
        Err(problem) => {
            problem.log();
            Err(Some(close_code::RESTARTS))
        }
    }
}

struct VisitorSocket {
    app: App,
    visitor: Visitor,
    link: Arc<Link>,
    waiting: mpsc::Receiver<Outgoing>,
    sessions: Vec<VisitorSession>,
    marks: PendingMarks<String>,
    typing: SignalPacer,
}

impl VisitorSocket {
    fn new(app: App, visitor: Visitor) -> Self {
        let (link, waiting) = Link::new();
        let (marks, typing) = (PendingMarks::new(), SignalPacer::new());
        Self { app, visitor, link, waiting, sessions: Vec::new(), marks, typing }
    }

    /// Runs until one side ends it; answers the code to close with.
    async fn run(mut self, socket: &mut WebSocket) -> Option<u16> {
        let ready = vec![encoded(&VisitorServerFrame::Ready)];
        if let Err(code) = socket::send(socket, &self.link, ready).await {
            return code;
        }
        let mut heard_at = Instant::now();
        let code = loop {
            // What idles here is what a connection costs, so the work is boxed apart.
            let frames = tokio::select! {
                code = self.link.closed() => break Some(code),
                received = socket.recv() => {
                    heard_at = Instant::now();
                    match socket::heard(received) {
                        Heard::Frame(frame) => match Box::pin(self.hear(frame)).await {
                            Ok(frames) => frames,
                            Err(code) => break Some(code),
                        },
                        Heard::Nothing => continue,
                        Heard::End(code) => break code,
                    }
                }
                Some(outgoing) = self.waiting.recv() => Box::pin(self.pass_on(outgoing)).await,
                () = self.marks.due() => { Box::pin(self.write_marks()).await; continue }
                () = tokio::time::sleep_until(heard_at + SILENCE_MAX) => {
                    break Some(close_code::TIMED_OUT);
                }
            };
            if let Err(code) = socket::send(socket, &self.link, frames).await {
                break code;
            }
        };
        self.write_marks().await;
        code
    }

    async fn hear(&mut self, frame: VisitorClientFrame) -> Result<Vec<Utf8Bytes>, u16> {
        let frames = self.answer(frame).await?;
        Ok(self.with_waiting(frames).await)
    }

    async fn pass_on(&mut self, first: Outgoing) -> Vec<Utf8Bytes> {
        let frames = self.frames(first).await;
        self.with_waiting(frames).await
    }

    /// With everything that waits, so that several frames are one write: an author's own event waits already when the
    /// acknowledgement is ready.
    async fn with_waiting(&mut self, mut frames: Vec<Utf8Bytes>) -> Vec<Utf8Bytes> {
        while let Ok(outgoing) = self.waiting.try_recv() {
            frames.extend(self.frames(outgoing).await);
        }
        frames
    }

    async fn frames(&mut self, outgoing: Outgoing) -> Vec<Utf8Bytes> {
        let id = match &outgoing {
            Outgoing::Frame(frame) => return vec![frame.clone()],
            Outgoing::Event(delivery) => delivery.conversation,
            Outgoing::CatchUp(conversation) | Outgoing::Signal(conversation, _) => *conversation,
        };
        let Some(session) = self.sessions.iter_mut().find(|it| it.conversation.id == id) else {
            return Vec::new();
        };
        session.frames(outgoing).await.unwrap_or_else(|problem| {
            // The gap stays a gap: the browser comes back and asks again.
            problem.log();
            self.link.close(close_code::RESTARTS);
            Vec::new()
        })
    }

    async fn answer(&mut self, frame: VisitorClientFrame) -> Result<Vec<Utf8Bytes>, u16> {
        match frame {
            VisitorClientFrame::Hello { .. } => Err(close_code::BAD_FRAME),
            VisitorClientFrame::Ping => Ok(vec![encoded(&VisitorServerFrame::Pong)]),
            VisitorClientFrame::Subscribe { conversation, after } => {
                Ok(self.subscribe(&conversation, after).await)
            }
            VisitorClientFrame::Send { conversation, client_id, text, answer } => {
                let message = NewMessage { client_id, text, answer };
                Ok(vec![self.send(&conversation, message).await])
            }
            VisitorClientFrame::Mark { conversation, marks } => Ok(self.mark(conversation, marks)),
            VisitorClientFrame::Typing { conversation } => {
                self.tell_typing(&conversation);
                Ok(Vec::new())
            }
        }
    }

    async fn subscribe(&mut self, conversation: &str, after: i64) -> Vec<Utf8Bytes> {
        match self.try_subscribe(conversation, after).await {
            Ok(frames) => frames,
            Err(problem) => vec![refused(conversation, None, &problem)],
        }
    }

    async fn try_subscribe(
        &mut self,
        conversation: &str,
        after: i64,
    ) -> Result<Vec<Utf8Bytes>, Problem> {
        self.app.limits.requests.check(Asker::Visitor(self.visitor.id))?;
        let found = self.visitor.conversation(&self.app, conversation).await?;
        // Subscribing again starts over at the given number.
        self.sessions.retain(|it| it.conversation.id != found.id);
        if self.sessions.len() >= FOLLOWED_MAX {
            self.sessions.remove(0);
        }
        let (session, frames) = VisitorSession::begin(&self.app, &self.link, found, after).await?;
        self.sessions.push(session);
        Ok(frames)
    }

    async fn send(&mut self, conversation: &str, message: NewMessage) -> Utf8Bytes {
        let client_id = message.client_id.clone();
        match self.try_send(conversation, message).await {
            Ok(posted) => encoded(&VisitorServerFrame::Sent {
                conversation,
                client_id: &client_id,
                seq: posted.visitor_seq.unwrap_or_default(),
                at: rfc3339(posted.at),
            }),
            Err(problem) => refused(conversation, Some(&client_id), &problem),
        }
    }

    async fn try_send(
        &self,
        conversation: &str,
        message: NewMessage,
    ) -> Result<crate::events::StoredEvent, Problem> {
        self.app.limits.messages.check(Asker::Visitor(self.visitor.id))?;
        let session = self.session(conversation).ok_or(Problem::NotFound)?;
        let posted = messages::post_by_visitor(&self.app, &session.conversation, message).await?;
        Ok(posted.event)
    }

    fn mark(&mut self, conversation: String, marks: Marks) -> Vec<Utf8Bytes> {
        if self.session(&conversation).is_none() {
            return vec![refused(&conversation, None, &Problem::NotFound)];
        }
        self.marks.add(conversation, marks);
        Vec::new()
    }

    async fn write_marks(&mut self) {
        for (conversation, marks) in self.marks.take() {
            let Some(session) = self.session(&conversation) else {
                continue;
            };
            let written =
                conversations::mark_by_visitor(&self.app, &session.conversation, marks).await;
            if let Err(problem) = written {
                tracing::warn!(error = %problem, "could not write a visitor's marks");
            }
        }
    }

    fn tell_typing(&mut self, conversation: &str) {
        let Some(id) = self.session(conversation).map(|it| it.conversation.id) else {
            return;
        };
        if self.typing.passes() {
            let frame = OperatorServerFrame::Typing { conversation: id, by: AuthorView::Visitor };
            self.app.live.signal_operators(id, &frame, None);
        }
    }

    fn session(&self, conversation: &str) -> Option<&VisitorSession> {
        self.sessions.iter().find(|it| it.conversation.client_id == conversation)
    }
}

fn refused(conversation: &str, client_id: Option<&str>, problem: &Problem) -> Utf8Bytes {
    let refusal = Refusal::new(client_id, problem);
    encoded(&VisitorServerFrame::Refused { conversation, refusal })
}
