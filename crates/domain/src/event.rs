//! Events: what happens in a conversation, in the past tense. The log is the truth; everything shown follows from it.

use crate::OperatorId;
use crate::assignment::Explanation;
use crate::conversation::Status;
use crate::message::{Author, AuthorKind, MessageSeq, Revision};
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
            Self::ConversationEnded { .. } => "conversation.ended",
        }
    }

    /// Who caused it.
    #[must_use]
    pub const fn author(&self) -> Author {
        match self {
            Self::ConversationOpened { .. } => Author::Visitor,
            Self::MessagePosted { author, .. }
            | Self::MessageEdited { author, .. }
            | Self::MessageDeleted { author, .. } => *author,
            Self::MemberJoined { operator, .. }
            | Self::MemberLeft { operator }
            | Self::StatusChanged { by: operator, .. } => Author::Operator(*operator),
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
