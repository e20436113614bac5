//! Events as others see them: the team with everything, the visitor with its own numbers and chat names only.

use frontdesk_domain::assignment::Explanation;
use frontdesk_domain::chatbot::Answer;
use frontdesk_domain::conversation::Status;
use frontdesk_domain::message::AuthorKind;
use frontdesk_domain::{AnswerId, ChatbotId, OperatorId, StepId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An operator, as the team names one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OperatorRef {
    /// Who.
    pub id: OperatorId,
    /// The name for the team.
    pub name: String,
}

/// An operator, as visitors see one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChatName {
    /// The chat name.
    pub name: String,
}

/// A chatbot, as the team names one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChatbotRef {
    /// Which.
    pub id: ChatbotId,
    /// Its name.
    pub name: String,
}

/// What a visitor picked.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct PickedAnswer {
    /// The question.
    pub step: StepId,
    /// The answer.
    pub answer: AnswerId,
}

/// What a chatbot's message is besides its text; nothing of it for the messages of others.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Said {
    /// The step of the script.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub step: Option<StepId>,
    /// How long a client that is watching shows the chatbot as typing before it shows the message, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub delay: Option<u32>,
    /// What the visitor may pick; left out where it is no question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub answers: Vec<Answer>,
}

/// Who wrote something, as the team sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = Author)]
pub enum AuthorView {
    /// The conversation's visitor.
    Visitor,
    /// One of the team.
    Operator(OperatorRef),
    /// A script.
    Chatbot(ChatbotRef),
}

/// An event of the log, as the team sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OperatorEvent {
    /// Number in the log.
    pub seq: i64,
    /// Number in the visitor's log; null: the visitor never sees it.
    #[schema(required)]
    pub visitor_seq: Option<i64>,
    /// When.
    pub at: String,
    /// What.
    #[serde(flatten)]
    pub what: OperatorEventKind,
}

/// What happened, as the team sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind")]
pub enum OperatorEventKind {
    /// The visitor wrote for the first time.
    #[serde(rename = "conversation.opened")]
    ConversationOpened {
        /// Who was assigned.
        #[schema(required)]
        operator: Option<OperatorRef>,
        /// Why that one.
        #[schema(required)]
        why: Option<Explanation>,
    },
    /// Somebody said something.
    #[serde(rename = "message.posted")]
    MessagePosted {
        /// Who.
        author: AuthorView,
        /// The sender's id of this message; empty for a chatbot's.
        client_id: String,
        /// What, as typed.
        text: String,
        /// Its author wrote it anew since; left out where not.
        #[serde(skip_serializing_if = "is_false")]
        #[schema(required = false)]
        edited: bool,
        /// Its author took it back, and its text is empty; left out where not.
        #[serde(skip_serializing_if = "is_false")]
        #[schema(required = false)]
        deleted: bool,
        /// Of a chatbot's message: the step, and what it offers.
        #[serde(flatten)]
        said: Said,
        /// Of the visitor's: what was picked.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        answer: Option<PickedAnswer>,
    },
    /// An author wrote a message anew.
    #[serde(rename = "message.edited")]
    MessageEdited {
        /// The message's number.
        message: i64,
        /// How it reads now; empty where it was deleted since.
        text: String,
    },
    /// An author took a message back.
    #[serde(rename = "message.deleted")]
    MessageDeleted {
        /// The message's number.
        message: i64,
    },
    /// An operator came in.
    #[serde(rename = "member.joined")]
    MemberJoined {
        /// Who.
        operator: OperatorRef,
        /// Why assignment chose this one; none who came by hand.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        why: Option<Explanation>,
        /// The colleague who asked.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        invited_by: Option<OperatorId>,
        /// Name of the chatbot that looked for the operator, and left.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        forwarded_by: Option<String>,
    },
    /// An operator left.
    #[serde(rename = "member.left")]
    MemberLeft {
        /// Who.
        operator: OperatorRef,
    },
    /// It stands elsewhere; the visitor does not see it.
    #[serde(rename = "conversation.status_changed")]
    StatusChanged {
        /// Where it stands now.
        status: Status,
        /// Who said so, or brought it there by coming or leaving.
        operator: OperatorRef,
    },
    /// The visitor let the chatbot begin anew; the conversation is open again.
    #[serde(rename = "chatbot.restarted")]
    ChatbotRestarted {
        /// Which.
        chatbot: ChatbotRef,
    },
    /// Something that only a newer node knows: it counts for the cursor, and shows nothing.
    #[serde(rename = "unknown")]
    Unknown,
    /// The conversation is over.
    #[serde(rename = "conversation.ended")]
    ConversationEnded {
        /// Who ended it.
        by: AuthorView,
    },
}

/// An event of the log, as the visitor sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VisitorEvent {
    /// Number in the visitor's log.
    pub seq: i64,
    /// When.
    pub at: String,
    /// What.
    #[serde(flatten)]
    pub what: VisitorEventKind,
}

/// What happened, as the visitor sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind")]
pub enum VisitorEventKind {
    /// The visitor wrote for the first time.
    #[serde(rename = "conversation.opened")]
    ConversationOpened {
        /// Who answers.
        #[schema(required)]
        operator: Option<ChatName>,
    },
    /// Somebody said something.
    #[serde(rename = "message.posted")]
    MessagePosted {
        /// Which side.
        author: AuthorKind,
        /// The author's chat name; none for the visitor.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        name: Option<String>,
        /// The visitor's own id of the message; none for others' messages.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        client_id: Option<String>,
        /// What, as typed.
        text: String,
        /// Its author wrote it anew since; left out where not.
        #[serde(skip_serializing_if = "is_false")]
        #[schema(required = false)]
        edited: bool,
        /// Its author took it back, and its text is empty; left out where not.
        #[serde(skip_serializing_if = "is_false")]
        #[schema(required = false)]
        deleted: bool,
        /// Of a chatbot's message: the step, and what it offers.
        #[serde(flatten)]
        said: Said,
        /// Of the visitor's own: what was picked.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        answer: Option<PickedAnswer>,
    },
    /// An author wrote a message anew.
    #[serde(rename = "message.edited")]
    MessageEdited {
        /// The message's number in the visitor's log.
        message: i64,
        /// How it reads now; empty where it was deleted since.
        text: String,
    },
    /// An author took a message back.
    #[serde(rename = "message.deleted")]
    MessageDeleted {
        /// The message's number in the visitor's log.
        message: i64,
    },
    /// An operator came in.
    #[serde(rename = "member.joined")]
    MemberJoined {
        /// The chat name.
        name: String,
    },
    /// An operator left.
    #[serde(rename = "member.left")]
    MemberLeft {
        /// The chat name.
        name: String,
    },
    /// The visitor let the chatbot begin anew; the conversation is open again.
    #[serde(rename = "chatbot.restarted")]
    ChatbotRestarted {
        /// Its name.
        name: String,
    },
    /// Something that only a newer node knows: it counts for the cursor, and shows nothing.
    #[serde(rename = "unknown")]
    Unknown,
    /// The conversation is over.
    #[serde(rename = "conversation.ended")]
    ConversationEnded {
        /// Which side ended it.
        by: AuthorKind,
    },
}

/// Some events, ascending.
#[derive(Serialize, ToSchema)]
pub struct EventPage {
    /// The events.
    pub events: Vec<OperatorEvent>,
    /// There are more in that direction.
    pub more: bool,
}

/// Some events, ascending, as the visitor sees them.
#[derive(Serialize, ToSchema)]
pub struct VisitorEventPage {
    /// The events.
    pub events: Vec<VisitorEvent>,
    /// There are more in that direction.
    pub more: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}
