//! Messages: who said something, and the id that makes a resend harmless.

use crate::{ChatbotId, OperatorId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether `id` is a UUID as browsers write one: in lower case, with hyphens.
#[must_use]
pub fn is_client_id(id: &str) -> bool {
    id.len() == 36
        && id.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
        })
}

/// Who wrote a message or caused an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// The conversation's visitor.
    Visitor,
    /// One of the team.
    Operator(OperatorId),
    /// A script.
    Chatbot(ChatbotId),
}

impl Author {
    /// The word that the database and the visitor's frames use.
    #[must_use]
    pub const fn kind(self) -> AuthorKind {
        match self {
            Self::Visitor => AuthorKind::Visitor,
            Self::Operator(_) => AuthorKind::Operator,
            Self::Chatbot(_) => AuthorKind::Chatbot,
        }
    }

    /// The operator, where it was one.
    #[must_use]
    pub const fn operator(self) -> Option<OperatorId> {
        match self {
            Self::Operator(id) => Some(id),
            Self::Visitor | Self::Chatbot(_) => None,
        }
    }

    /// The chatbot, where it was one.
    #[must_use]
    pub const fn chatbot(self) -> Option<ChatbotId> {
        match self {
            Self::Chatbot(id) => Some(id),
            Self::Visitor | Self::Operator(_) => None,
        }
    }
}

/// The side that an author is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuthorKind {
    /// The person on the website.
    Visitor,
    /// A person who answers.
    Operator,
    /// A script.
    Chatbot,
}

impl AuthorKind {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Operator => "operator",
            Self::Chatbot => "chatbot",
        }
    }

    /// From what was stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "visitor" => Some(Self::Visitor),
            "operator" => Some(Self::Operator),
            "chatbot" => Some(Self::Chatbot),
            _ => None,
        }
    }
}

/// The numbers of a message's event, by which later events name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageSeq {
    /// In the log.
    pub seq: i64,
    /// In the visitor's log; none: the visitor never sees it.
    pub visitor_seq: Option<i64>,
}

/// What an author did to a message after it was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revision {
    /// It reads otherwise.
    Edited,
    /// Its text is gone.
    Deleted,
}

impl Revision {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Edited => "edited",
            Self::Deleted => "deleted",
        }
    }

    /// From what was stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "edited" => Some(Self::Edited),
            "deleted" => Some(Self::Deleted),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_id_has_one_spelling() {
        let id = "0198aa1c-5d3e-7f00-8a2b-1c2d3e4f5a6b";
        assert!(is_client_id(id));
        for wrong in
            ["", "1", "0198aa1c5d3e7f008a2b1c2d3e4f5a6b", &id.to_uppercase(), &id.replace('a', "g")]
        {
            assert!(!is_client_id(wrong), "{wrong}");
        }
        assert!(!is_client_id(&id.replace('1', "\0")));
    }
}
