//! What a visitor's connection follows, whatever carries it: socket, stream or poll.
//!
//! The [`Cursor`] decides what passes; a gap is read from the log.

use super::connection::{Link, Outgoing};
use super::cursor::{Beginning, Cursor, Passage};
use super::frames::{VisitorServerFrame, encoded};
use super::hub::Audience;
use crate::app::App;
use crate::auth::VisitorConversation;
use crate::conversations;
use crate::events::{self, REPLAY_MAX, Range};
use crate::problem::Problem;
use axum::extract::ws::Utf8Bytes;
use frontdesk_domain::ConversationId;
use std::sync::Arc;
use std::time::Duration;

/// Visitors reload pages and walk on, so a lost connection counts as leaving only after this long.
const REJOIN_GRACE: Duration = Duration::from_secs(10);

/// One followed conversation.
pub struct VisitorSession {
    app: App,
    link: Arc<Link>,
    /// Which.
    pub conversation: VisitorConversation,
    cursor: Cursor,
    /// Frames that tell where things stand; those after them are news.
    pub standing: usize,
}

impl VisitorSession {
    /// Follows `conversation` after a number; the frames to send first are answered.
    pub async fn begin(
        app: &App,
        link: &Arc<Link>,
        conversation: VisitorConversation,
        after: i64,
    ) -> Result<(Self, Vec<Utf8Bytes>), Problem> {
        // Live first, then what is missing: nothing can slip in between.
        app.live.subscribe(conversation.id, Audience::Visitor, link);
        let mut session = Self {
            app: app.clone(),
            link: Arc::clone(link),
            conversation,
            cursor: Cursor::at(after),
            standing: 0,
        };
        app.live.visitor_presence(session.conversation.id, true);
        let frames = session.first_frames().await?;
        Ok((session, frames))
    }

    async fn first_frames(&mut self) -> Result<Vec<Utf8Bytes>, Problem> {
        let head = conversations::visitor_head(&self.app, self.conversation.id).await?;
        let name = &self.conversation.client_id;
        let last_seq = head.last_visitor_seq;
        let subscribed =
            VisitorServerFrame::Subscribed { conversation: name, last_seq, marks: head.team_marks };
        let present = head.operator_present;
        let presence = VisitorServerFrame::Presence { conversation: name, present };
        let mut frames = vec![encoded(&subscribed), encoded(&presence)];
        if head.waiting.is_some() {
            let position = head.waiting;
            frames.push(encoded(&VisitorServerFrame::Waiting { conversation: name, position }));
        }
        if let Some(chatbot) = &head.chatbot {
            let chatbot = Some(chatbot);
            frames.push(encoded(&VisitorServerFrame::Chatbot { conversation: name, chatbot }));
        }
        self.standing = frames.len();
        match self.cursor.begin(last_seq) {
            Beginning::UpToDate => {}
            Beginning::Behind => frames.extend(self.missing().await?),
            Beginning::Ahead => frames.push(self.reload()),
        }
        Ok(frames)
    }

    /// The frames that something from the hub turns into.
    pub async fn frames(&mut self, outgoing: Outgoing) -> Result<Vec<Utf8Bytes>, Problem> {
        match outgoing {
            Outgoing::Frame(frame) => Ok(vec![frame]),
            Outgoing::Signal(_, signal) => Ok(vec![signal.frame(&self.conversation.client_id)]),
            Outgoing::CatchUp(_) => self.missing().await,
            Outgoing::Event(delivery) => {
                let (Some(seq), Some(frame)) = (delivery.visitor_seq, &delivery.visitor_frame)
                else {
                    return Ok(Vec::new());
                };
                match self.cursor.pass(seq) {
                    Passage::Next => Ok(vec![frame.clone()]),
                    Passage::Known => Ok(Vec::new()),
                    Passage::Gap => self.missing().await,
                }
            }
        }
    }

    async fn missing(&mut self) -> Result<Vec<Utf8Bytes>, Problem> {
        let range = Range::VisitorAfter(self.cursor.seq(), REPLAY_MAX);
        let (events, more) = events::page(&self.app, self.conversation.id, range).await?;
        if more {
            let head = conversations::visitor_head(&self.app, self.conversation.id).await?;
            self.cursor.move_to(head.last_visitor_seq);
            return Ok(vec![self.reload()]);
        }
        let conversation = &self.conversation.client_id;
        let visible = events.iter().filter_map(events::StoredEvent::for_visitor);
        let mut frames = Vec::with_capacity(events.len());
        for event in visible {
            self.cursor.move_to(event.seq);
            frames.push(encoded(&VisitorServerFrame::Event { conversation, event }));
        }
        Ok(frames)
    }

    fn reload(&self) -> Utf8Bytes {
        encoded(&VisitorServerFrame::Reload { conversation: &self.conversation.client_id })
    }
}

impl Drop for VisitorSession {
    fn drop(&mut self) {
        let id = self.conversation.id;
        let last = self.app.live.unsubscribe(id, Audience::Visitor, &self.link);
        if last {
            tokio::spawn(tell_absence(self.app.clone(), id));
        }
    }
}

async fn tell_absence(app: App, conversation: ConversationId) {
    tokio::time::sleep(REJOIN_GRACE).await;
    if !app.live.visitor_is_present(conversation) {
        app.live.visitor_presence(conversation, false);
    }
}
