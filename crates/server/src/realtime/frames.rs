//! The frames of both sockets (docs/protocol.md).

use crate::chatbots::ChatbotState;
use crate::events::{AuthorView, OperatorEvent, PickedAnswer, VisitorEvent};
use crate::problem::Problem;
use axum::extract::ws::Utf8Bytes;
use frontdesk_domain::ConversationId;
use frontdesk_domain::conversation::Marks;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a visitor's browser sends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum VisitorClientFrame {
    /// Who is asking; the first frame.
    Hello {
        /// The visitor's secret.
        secret: String,
    },
    /// Follow a conversation from a number on.
    Subscribe {
        /// The client conversation id.
        conversation: String,
        /// The last number that was applied.
        after: i64,
    },
    /// Say something.
    Send {
        /// The client conversation id.
        conversation: String,
        /// A UUID for this message.
        client_id: String,
        /// What.
        text: String,
        /// The answer of a chatbot's question that is picked.
        #[serde(default)]
        answer: Option<PickedAnswer>,
    },
    /// How far the visitor has received and read.
    Mark {
        /// The client conversation id.
        conversation: String,
        /// The marks.
        #[serde(flatten)]
        marks: Marks,
    },
    /// The visitor is typing.
    Typing {
        /// The client conversation id.
        conversation: String,
    },
    /// Is the line alive?
    Ping,
}

/// What the server sends to a visitor's browser.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum VisitorServerFrame<'a> {
    /// The secret is known.
    Ready,
    /// Following; the missing events come next.
    Subscribed {
        /// The client conversation id.
        conversation: &'a str,
        /// The newest number.
        last_seq: i64,
        /// How far the team has received and read.
        marks: Marks,
    },
    /// Something happened.
    Event {
        /// The client conversation id.
        conversation: &'a str,
        /// What.
        event: VisitorEvent,
    },
    /// The message is on disk.
    Sent {
        /// The client conversation id.
        conversation: &'a str,
        /// The message's UUID.
        client_id: &'a str,
        /// Its number.
        seq: i64,
        /// When.
        at: String,
    },
    /// A send, subscribe or mark was not accepted.
    Refused {
        /// The client conversation id.
        conversation: &'a str,
        /// Why.
        #[serde(flatten)]
        refusal: Refusal<'a>,
    },
    /// How far the team has received and read.
    Marks {
        /// The client conversation id.
        conversation: &'a str,
        /// The marks.
        #[serde(flatten)]
        marks: Marks,
    },
    /// An operator is typing.
    Typing {
        /// The client conversation id.
        conversation: &'a str,
        /// The operator's chat name.
        name: &'a str,
    },
    /// Whether an operator of the conversation is there.
    Presence {
        /// The client conversation id.
        conversation: &'a str,
        /// One is.
        present: bool,
    },
    /// The conversation waits for an operator.
    Waiting {
        /// The client conversation id.
        conversation: &'a str,
        /// 1: the next one. Null: it waits no longer.
        position: Option<i64>,
    },
    /// What the chatbot waits for.
    Chatbot {
        /// The client conversation id.
        conversation: &'a str,
        /// Null: an operator took over.
        chatbot: Option<&'a ChatbotState>,
    },
    /// Too much is missing: take a fresh snapshot.
    Reload {
        /// The client conversation id.
        conversation: &'a str,
    },
    /// The line is alive.
    Pong,
}

/// Why a frame was not accepted.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refusal<'a> {
    /// The message's UUID, where it was a send.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    client_id: Option<&'a str>,
    /// The code, as in HTTP errors.
    code: &'static str,
    /// English, for the developer.
    detail: String,
    /// Seconds after which the same may be sent again; null: never.
    retry_after: Option<u64>,
}

impl<'a> Refusal<'a> {
    /// What a problem tells; ours are logged.
    pub fn new(client_id: Option<&'a str>, problem: &Problem) -> Self {
        problem.log();
        Self {
            client_id,
            code: problem.code(),
            detail: problem.to_string(),
            retry_after: problem.retry_after(),
        }
    }
}

/// What an operator's browser or script sends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OperatorClientFrame {
    /// Follow a conversation outside the own list.
    Follow {
        /// Which.
        conversation: ConversationId,
    },
    /// Follow it no more.
    Unfollow {
        /// Which.
        conversation: ConversationId,
    },
    /// Say something.
    Send {
        /// Where.
        conversation: ConversationId,
        /// A UUID for this message.
        client_id: String,
        /// What.
        text: String,
    },
    /// How far the operator has received and read.
    Mark {
        /// Where.
        conversation: ConversationId,
        /// The marks.
        #[serde(flatten)]
        marks: Marks,
    },
    /// The operator is typing.
    Typing {
        /// Where.
        conversation: ConversationId,
    },
    /// A person is there.
    Activity,
    /// Is the line alive?
    Ping,
}

/// The newest number of a conversation.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Head {
    /// Which.
    pub id: ConversationId,
    /// Its newest number.
    pub last_seq: i64,
}

/// What the server sends to an operator's browser or script.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OperatorServerFrame<'a> {
    /// The conversations of the own list; comes first.
    Heads {
        /// Which, and how far they are.
        conversations: &'a [Head],
    },
    /// Following.
    Followed {
        /// Which.
        conversation: ConversationId,
        /// Its newest number.
        last_seq: i64,
    },
    /// Something happened.
    Event {
        /// Where.
        conversation: ConversationId,
        /// What.
        event: OperatorEvent,
    },
    /// The message is on disk.
    Sent {
        /// Where.
        conversation: ConversationId,
        /// The message's UUID.
        client_id: &'a str,
        /// Its number.
        seq: i64,
        /// When.
        at: String,
    },
    /// A send, follow or mark was not accepted.
    Refused {
        /// Where.
        conversation: ConversationId,
        /// Why.
        #[serde(flatten)]
        refusal: Refusal<'a>,
    },
    /// Marks have risen.
    Marks {
        /// Where.
        conversation: ConversationId,
        /// The visitor's, or the caller's own from another tab or device.
        by: MarkedBy,
        /// The marks.
        #[serde(flatten)]
        marks: Marks,
    },
    /// Somebody is typing.
    Typing {
        /// Where.
        conversation: ConversationId,
        /// Who.
        by: AuthorView,
    },
    /// Whether the visitor has the page open.
    VisitorPresence {
        /// Where.
        conversation: ConversationId,
        /// It is.
        present: bool,
    },
    /// Something outside the conversations' logs is not what it was: fetch it again.
    Changed {
        /// What kind of thing.
        what: Changed,
        /// Which.
        id: i64,
    },
    /// The line is alive.
    Pong,
}

/// Whose marks rose.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkedBy {
    /// The visitor's.
    Visitor,
    /// The caller's own.
    Operator,
}

/// Kinds of things that are announced when they change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// A channel: its operators, its look.
    Channel,
    /// A chatbot: its name, its script, whether it is in the archive.
    Chatbot,
    /// An operator: names, presence.
    Operator,
    /// Conversations began, changed or ended; told at most once a second, of the latest.
    Conversation,
    /// An expertise: its name, who has it.
    Expertise,
    /// The languages that are enabled.
    Language,
    /// The conversations that any operator may take: those that wait, and those looking for help.
    Queue,
}

/// A frame's bytes, serialised once and shared by all who receive it.
#[must_use]
pub fn encoded(frame: &impl Serialize) -> Utf8Bytes {
    // Frames are plain data with string keys, which always serialise.
    serde_json::to_string(frame).unwrap_or_default().into()
}
