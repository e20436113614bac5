//! Messages: who said something, and the id that makes a resend harmless.

use crate::OperatorId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who wrote a message or caused an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// The conversation's visitor.
    Visitor,
    /// One of the team.
    Operator(OperatorId),
}

impl Author {
    /// The word that the database and the visitor's frames use.
    #[must_use]
    pub const fn kind(self) -> AuthorKind {
        match self {
            Self::Visitor => AuthorKind::Visitor,
            Self::Operator(_) => AuthorKind::Operator,
        }
    }

    /// The operator, where it was one.
    #[must_use]
    pub const fn operator(self) -> Option<OperatorId> {
        match self {
            Self::Visitor => None,
            Self::Operator(id) => Some(id),
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
}

impl AuthorKind {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Operator => "operator",
        }
    }

    /// From what was stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "visitor" => Some(Self::Visitor),
            "operator" => Some(Self::Operator),
            _ => None,
        }
    }
}
