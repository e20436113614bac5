//! The operator's socket: heads first, then everything of the own list, live.

use super::connection::{Link, Outgoing, SILENCE_MAX, close_code};
use super::cursor::{Cursor, Passage};
use super::frames::{Head, OperatorClientFrame, OperatorServerFrame, Refusal, encoded};
use super::hub::{Audience, Delivery};
use super::marks::{PendingMarks, SignalPacer};
use super::presence;
use super::signal::VisitorSignal;
use super::socket::{self, Heard};
use crate::app::App;
use crate::auth::Operator;
use crate::clock::rfc3339;
use crate::conversations;
use crate::events::{self, AuthorView, OperatorRef, REPLAY_MAX, Range};
use crate::http::ClientAddress;
use crate::http::doors::operator_of_handshake;
use crate::http::rate_limit::Asker;
use crate::messages::{self, NewMessage};
use crate::problem::Problem;
use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use frontdesk_domain::ConversationId;
use frontdesk_domain::conversation::Marks;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// The route of the socket.
pub fn routes() -> Router<App> {
    Router::new().route("/operator/socket", get(open))
}

async fn open(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Problem> {
    app.limits.connections.check(address)?;
    let operator = operator_of_handshake(&app, &headers).await?;
    Ok(socket::bounded(upgrade, socket::OPERATOR_READ_BYTES).on_upgrade(|mut socket| async move {
        let code = OperatorSocket::new(app, operator).run(&mut socket).await;
        socket::close(socket, code).await;
    }))
}

struct OperatorSocket {
    app: App,
    operator: Operator,
    link: Arc<Link>,
    waiting: mpsc::Receiver<Outgoing>,
    cursors: HashMap<ConversationId, Cursor>,
    marks: PendingMarks<ConversationId>,
    typing: SignalPacer,
}

impl OperatorSocket {
    fn new(app: App, operator: Operator) -> Self {
        let (link, waiting) = Link::of_session(operator.session.clone());
        let (marks, typing) = (PendingMarks::new(), SignalPacer::new());
        Self { app, operator, link, waiting, cursors: HashMap::new(), marks, typing }
    }

    /// Runs until one side ends it; answers the code to close with.
    async fn run(mut self, socket: &mut WebSocket) -> Option<u16> {
        let first = self.app.live.connect(self.operator.id, &self.link);
        let code = match self.begin(first).await {
            Ok(heads) => self.talk(socket, heads).await,
            Err(problem) => {
                problem.log();
                Some(close_code::RESTARTS)
            }
        };
        self.write_marks().await;
        self.end(code).await;
        code
    }

    /// Presence, then the heads of the own list: live first, so that nothing slips in between.
    async fn begin(&mut self, first: bool) -> Result<Vec<Utf8Bytes>, Problem> {
        if first {
            presence::was_active(&self.app, self.operator.id).await?;
        }
        for id in conversations::listed_ids(&self.app, self.operator.id).await? {
            self.app.live.subscribe(id, Audience::Operators, &self.link);
            self.cursors.insert(id, Cursor::at(i64::MAX));
            self.app.live.signal_visitor(id, VisitorSignal::Presence { present: true });
        }
        let heads = conversations::heads(&self.app, self.cursors.keys().copied().collect()).await?;
        for head in &heads {
            self.cursors.insert(head.id, Cursor::at(head.last_seq));
        }
        Ok(vec![encoded(&OperatorServerFrame::Heads { conversations: &heads })])
    }

    async fn talk(&mut self, socket: &mut WebSocket, mut frames: Vec<Utf8Bytes>) -> Option<u16> {
        let mut heard_at = Instant::now();
        loop {
            if let Err(code) = socket::send(socket, &self.link, frames).await {
                return code;
            }
            frames = tokio::select! {
                code = self.link.closed() => return Some(code),
                received = socket.recv() => {
                    heard_at = Instant::now();
                    match socket::heard(received) {
                        Heard::Frame(frame) => Box::pin(self.hear(frame)).await,
                        Heard::Nothing => Vec::new(),
                        Heard::End(code) => return code,
                    }
                }
                Some(outgoing) = self.waiting.recv() => Box::pin(self.pass_on(outgoing)).await,
                () = self.marks.due() => { Box::pin(self.write_marks()).await; Vec::new() }
                () = tokio::time::sleep_until(heard_at + SILENCE_MAX) => {
                    return Some(close_code::TIMED_OUT);
                }
            };
        }
    }

    async fn end(&mut self, code: Option<u16>) {
        for id in self.cursors.keys() {
            self.app.live.unsubscribe(*id, Audience::Operators, &self.link);
        }
        let last = self.app.live.disconnect(self.operator.id, &self.link);
        if code == Some(close_code::RESTARTS) {
            // The node goes, not the operator, who counts as there until the console has come back.
            return;
        }
        if last {
            presence::went(&self.app, self.operator.id).await;
        }
    }

    async fn hear(&mut self, frame: OperatorClientFrame) -> Vec<Utf8Bytes> {
        let frames = self.answer(frame).await;
        self.with_waiting(frames).await
    }

    async fn pass_on(&mut self, first: Outgoing) -> Vec<Utf8Bytes> {
        let mut frames = Vec::new();
        self.add(first, &mut frames).await;
        self.with_waiting(frames).await
    }

    /// With everything that waits, so that several frames are one write: an author's own event waits already when the
    /// acknowledgement is ready.
    async fn with_waiting(&mut self, mut frames: Vec<Utf8Bytes>) -> Vec<Utf8Bytes> {
        while let Ok(outgoing) = self.waiting.try_recv() {
            self.add(outgoing, &mut frames).await;
        }
        frames
    }

    async fn add(&mut self, outgoing: Outgoing, frames: &mut Vec<Utf8Bytes>) {
        match self.frames(outgoing).await {
            Ok(more) => frames.extend(more),
            Err(problem) => {
                // The gap stays a gap: the browser comes back and asks again.
                problem.log();
                self.link.close(close_code::RESTARTS);
            }
        }
    }

    async fn frames(&mut self, outgoing: Outgoing) -> Result<Vec<Utf8Bytes>, Problem> {
        match outgoing {
            Outgoing::Frame(frame) => Ok(vec![frame]),
            Outgoing::Signal(..) => Ok(Vec::new()),
            Outgoing::CatchUp(conversation) => self.missing(conversation).await,
            Outgoing::Event(delivery) => self.event(&delivery).await,
        }
    }

    async fn event(&mut self, delivery: &Delivery) -> Result<Vec<Utf8Bytes>, Problem> {
        let id = delivery.conversation;
        // A conversation that is new to this connection begins with what is happening now.
        let cursor = self.cursors.entry(id).or_insert(Cursor::at(delivery.seq - 1));
        match cursor.pass(delivery.seq) {
            Passage::Next => Ok(vec![delivery.operator_frame.clone()]),
            Passage::Known => Ok(Vec::new()),
            Passage::Gap => self.missing(id).await,
        }
    }

    async fn missing(&mut self, id: ConversationId) -> Result<Vec<Utf8Bytes>, Problem> {
        let cursor = *self.cursors.entry(id).or_insert(Cursor::at(0));
        let (events, more) =
            events::page(&self.app, id, Range::After(cursor.seq(), REPLAY_MAX)).await?;
        if more {
            let heads = conversations::heads(&self.app, vec![id]).await?;
            for head in &heads {
                self.cursors.insert(id, Cursor::at(head.last_seq));
            }
            return Ok(vec![encoded(&OperatorServerFrame::Heads { conversations: &heads })]);
        }
        if let Some(last) = events.last() {
            self.cursors.insert(id, Cursor::at(last.seq));
        }
        let frame = |event: &events::StoredEvent| {
            encoded(&OperatorServerFrame::Event { conversation: id, event: event.for_operators() })
        };
        Ok(events.iter().map(frame).collect())
    }

    async fn answer(&mut self, frame: OperatorClientFrame) -> Vec<Utf8Bytes> {
        match frame {
            OperatorClientFrame::Ping => vec![encoded(&OperatorServerFrame::Pong)],
            OperatorClientFrame::Activity => {
                self.was_active().await;
                Vec::new()
            }
            OperatorClientFrame::Follow { conversation } => self.follow(conversation).await,
            OperatorClientFrame::Unfollow { conversation } => {
                self.app.live.unsubscribe(conversation, Audience::Operators, &self.link);
                self.cursors.remove(&conversation);
                Vec::new()
            }
            OperatorClientFrame::Send { conversation, client_id, text } => {
                vec![self.send(conversation, NewMessage { client_id, text, answer: None }).await]
            }
            OperatorClientFrame::Mark { conversation, marks } => {
                self.marks.add(conversation, marks);
                Vec::new()
            }
            OperatorClientFrame::Typing { conversation } => {
                self.tell_typing(conversation).await;
                Vec::new()
            }
        }
    }

    async fn was_active(&self) {
        if let Err(problem) = presence::was_active(&self.app, self.operator.id).await {
            tracing::warn!(error = %problem, "could not write that an operator was active");
        }
    }

    async fn follow(&mut self, id: ConversationId) -> Vec<Utf8Bytes> {
        match self.try_follow(id).await {
            Ok(head) => vec![encoded(&OperatorServerFrame::Followed {
                conversation: id,
                last_seq: head.last_seq,
            })],
            Err(problem) => vec![refused(id, None, &problem)],
        }
    }

    async fn try_follow(&mut self, id: ConversationId) -> Result<Head, Problem> {
        self.app.limits.requests.check(Asker::Operator(self.operator.id))?;
        let conversation = self.operator.conversation(&self.app, id).await?;
        self.app.live.subscribe(conversation.id, Audience::Operators, &self.link);
        let head = conversations::heads(&self.app, vec![id]).await?.pop();
        let head = head.ok_or(Problem::NotFound)?;
        self.cursors.insert(id, Cursor::at(head.last_seq));
        Ok(head)
    }

    async fn send(&self, id: ConversationId, message: NewMessage) -> Utf8Bytes {
        let client_id = message.client_id.clone();
        let posted = match self.app.limits.messages.check(Asker::Operator(self.operator.id)) {
            Ok(()) => messages::post_by_operator(&self.app, &self.operator, id, message).await,
            Err(problem) => Err(problem),
        };
        match posted {
            Ok(posted) => encoded(&OperatorServerFrame::Sent {
                conversation: id,
                client_id: &client_id,
                seq: posted.event.seq,
                at: rfc3339(posted.event.at),
            }),
            Err(problem) => refused(id, Some(&client_id), &problem),
        }
    }

    async fn write_marks(&mut self) {
        for (id, marks) in self.marks.take() {
            if let Err(problem) = self.write_mark(id, marks).await {
                tracing::debug!(error = %problem, "an operator's marks were not written");
            }
        }
    }

    async fn write_mark(&self, id: ConversationId, marks: Marks) -> Result<(), Problem> {
        let conversation = self.operator.conversation(&self.app, id).await?;
        conversations::mark_by_operator(&self.app, conversation, marks).await
    }

    async fn tell_typing(&mut self, id: ConversationId) {
        if !self.cursors.contains_key(&id) || !self.typing.passes() {
            return;
        }
        // Only those who take part are shown as typing; the rest look on.
        if !self.operator.conversation(&self.app, id).await.is_ok_and(|it| it.member) {
            return;
        }
        let name = self.operator.chat_name.clone();
        self.app.live.signal_visitor(id, VisitorSignal::Typing { name });
        let by = OperatorRef { id: self.operator.id, name: self.operator.name.clone() };
        let frame = OperatorServerFrame::Typing { conversation: id, by: AuthorView::Operator(by) };
        self.app.live.signal_operators(id, &frame, Some(&self.link));
    }
}

fn refused(id: ConversationId, client_id: Option<&str>, problem: &Problem) -> Utf8Bytes {
    let refusal = Refusal::new(client_id, problem);
    encoded(&OperatorServerFrame::Refused { conversation: id, refusal })
}
