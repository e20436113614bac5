//! Events: what happens in a conversation, in the past tense. The log is the truth; everything shown follows from it.

use crate::OperatorId;
use crate::assignment::Explanation;
use crate::message::{Author, AuthorKind, MessageSeq, Revision};

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
    },
    /// An operator left.
    MemberLeft {
        /// Who.
        operator: OperatorId,
    },
    /// The conversation is over.
    ConversationEnded {
        /// Who ended it.
        by: Author,
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
            Self::MemberJoined { operator } | Self::MemberLeft { operator } => {
                Author::Operator(*operator)
            }
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

    /// The side that caused it.
    #[must_use]
    pub const fn author_kind(&self) -> AuthorKind {
        self.author().kind()
    }
}
