//! The chatbot of a rule, and when it talks (A10).

use crate::ChatbotId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A rule's chatbot, as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleChatbot {
    /// Which.
    pub id: ChatbotId,
    /// The newest version of its script.
    pub version: i64,
    /// It has something to say, and is in no archive.
    pub is_ready: bool,
}

/// When a rule counts, by whether an operator can answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChatbotCondition {
    /// Always.
    #[default]
    Always,
    /// Only while no operator can.
    OnlyIfNoOperator,
    /// Only while one can.
    OnlyIfOperator,
}

impl ChatbotCondition {
    /// Whether the rule counts now.
    #[must_use]
    pub const fn holds(self, operator_available: bool) -> bool {
        match self {
            Self::Always => true,
            Self::OnlyIfNoOperator => !operator_available,
            Self::OnlyIfOperator => operator_available,
        }
    }

    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::OnlyIfNoOperator => "only_if_no_operator",
            Self::OnlyIfOperator => "only_if_operator",
        }
    }

    /// From what was stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "always" => Some(Self::Always),
            "only_if_no_operator" => Some(Self::OnlyIfNoOperator),
            "only_if_operator" => Some(Self::OnlyIfOperator),
            _ => None,
        }
    }
}
