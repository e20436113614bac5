//! Events: what happens in a conversation, in the past tense. The log is the truth; everything shown follows from it.

use crate::assignment::Explanation;
use crate::chatbot::Answer;
use crate::conversation::Status;
use crate::message::{Author, AuthorKind, MessageSeq, Revision};
use crate::{AnswerId, ChatbotId, OperatorId, StepId};
use serde::{Deserialize, Serialize};

/// One thing that happened in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The visitor wrote for the first time, and somebody was found.
    ConversationOpened {
        /// Who was assigned.
        operator: Option<OperatorId>,
        /// Why that one.
        why: Option<Explanation>,
    },
    /// Somebody said something.
    MessagePosted {
        /// Who.
        author: Author,
        /// The sender's id of this message: a resend has the same.
        client_id: String,
        /// What, as typed; nothing where it was deleted.
        text: String,
        /// What its author did to it since.
        revision: Option<Revision>,
        /// What it has to do with a chatbot's script.
        scripted: Option<Box<Scripted>>,
    },
    /// An author wrote a message anew.
    MessageEdited {
        /// Who.
        author: Author,
        /// Which.
        message: MessageSeq,
        /// How it reads now, which later events may have changed again.
        text: String,
    },
    /// An author took a message back.
    MessageDeleted {
        /// Who.
        author: Author,
        /// Which.
        message: MessageSeq,
    },
    /// An operator came in.
    MemberJoined {
        /// Who.
        operator: OperatorId,
        /// What brought the operator.
        joining: Joining,
    },
    /// An operator left.
    MemberLeft {
        /// Who.
        operator: OperatorId,
    },
    /// An operator said where the conversation stands, or brought it there by coming or leaving.
    StatusChanged {
        /// Where it stands now.
        status: Status,
        /// By whom.
        by: OperatorId,
    },
    /// The visitor let a chatbot begin anew, which opens the conversation again.
    ChatbotRestarted {
        /// Which.
        chatbot: ChatbotId,
    },
    /// Something that only a newer program knows. It is never written.
    Unknown,
    /// The conversation is over.
    ConversationEnded {
        /// Who ended it.
        by: Author,
    },
}

/// What brought an operator into a conversation; nothing of it: the operator came by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joining {
    /// Why assignment chose the operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Explanation>,
    /// A colleague asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited_by: Option<OperatorId>,
    /// Name of the chatbot that looked for the operator, and left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded_by: Option<String>,
}

/// A message's place in a chatbot's script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scripted {
    /// Whose script.
    pub chatbot: ChatbotId,
    /// The step that says it, or that it answers.
    pub step: StepId,
    /// Which of both.
    pub part: ScriptPart,
}

/// The part of a step that a message is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScriptPart {
    /// The chatbot says it.
    Said {
        /// How long a client that is watching waits before it shows it, in milliseconds.
        delay: u32,
        /// What the visitor may pick.
        answers: Vec<Answer>,
    },
    /// The visitor answers it.
    Answered {
        /// What was picked, where the step is a question.
        picked: Option<AnswerId>,
    },
}

impl Event {
    /// The name in the database and in frames.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ConversationOpened { .. } => "conversation.opened",
            Self::MessagePosted { .. } => "message.posted",
            Self::MessageEdited { .. } => "message.edited",
            Self::MessageDeleted { .. } => "message.deleted",
            Self::MemberJoined { .. } => "member.joined",
            Self::MemberLeft { .. } => "member.left",
            Self::StatusChanged { .. } => "conversation.status_changed",
            Self::ChatbotRestarted { .. } => "chatbot.restarted",
            Self::Unknown => "unknown",
            Self::ConversationEnded { .. } => "conversation.ended",
        }
    }

    /// Who caused it.
    #[must_use]
    pub const fn author(&self) -> Author {
        match self {
            Self::ConversationOpened { .. } | Self::Unknown => Author::Visitor,
            Self::MessagePosted { author, .. }
            | Self::MessageEdited { author, .. }
            | Self::MessageDeleted { author, .. } => *author,
            Self::MemberJoined { operator, .. }
            | Self::MemberLeft { operator }
            | Self::StatusChanged { by: operator, .. } => Author::Operator(*operator),
            Self::ChatbotRestarted { chatbot } => Author::Chatbot(*chatbot),
            Self::ConversationEnded { by } => *by,
        }
    }

    /// The operator that it is about.
    #[must_use]
    pub const fn operator(&self) -> Option<OperatorId> {
        match self {
            Self::ConversationOpened { operator, .. } => *operator,
            _ => self.author().operator(),
        }
    }

    /// The chatbot that says it, or that it answers.
    #[must_use]
    pub const fn chatbot(&self) -> Option<ChatbotId> {
        match self.scripted() {
            Some(scripted) => Some(scripted.chatbot),
            None => self.author().chatbot(),
        }
    }

    /// Its place in a script.
    #[must_use]
    pub const fn scripted(&self) -> Option<&Scripted> {
        match self {
            Self::MessagePosted { scripted: Some(scripted), .. } => Some(&**scripted),
            _ => None,
        }
    }

    /// The message that it changes.
    #[must_use]
    pub const fn message(&self) -> Option<MessageSeq> {
        match self {
            Self::MessageEdited { message, .. } | Self::MessageDeleted { message, .. } => {
                Some(*message)
            }
            _ => None,
        }
    }

    /// The visitor may know of it.
    #[must_use]
    pub const fn is_for_visitor(&self) -> bool {
        !matches!(self, Self::StatusChanged { .. })
    }

    /// The side that caused it.
    #[must_use]
    pub const fn author_kind(&self) -> AuthorKind {
        self.author().kind()
    }
}
