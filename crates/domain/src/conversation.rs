//! Conversations: one exchange between a visitor and the team.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where an open conversation stands. One that ended has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The visitor waits for an operator (the default).
    InProgress,
    /// The team waits for the visitor.
    WaitingForCustomer,
    /// Any operator may join and help.
    LookingForHelp,
}

impl Status {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InProgress => "in_progress",
            Self::WaitingForCustomer => "waiting_for_customer",
            Self::LookingForHelp => "looking_for_help",
        }
    }

    /// From what was stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "in_progress" => Some(Self::InProgress),
            "waiting_for_customer" => Some(Self::WaitingForCustomer),
            "looking_for_help" => Some(Self::LookingForHelp),
            _ => None,
        }
    }
}

/// How far a member has received and read, as numbers of the visitor's log. Marks only rise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Marks {
    /// Received up to here.
    pub delivered: i64,
    /// Read up to here; never above `delivered`.
    pub read: i64,
}

impl Marks {
    /// The marks after a member reported `reported`, in a log that ends at `last`.
    #[must_use]
    pub fn raised_to(self, reported: Self, last: i64) -> Self {
        let read = self.read.max(reported.read.min(last));
        Self { delivered: self.delivered.max(reported.delivered.min(last)).max(read), read }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_only_rise_and_stay_inside_the_log() {
        let marks = Marks { delivered: 4, read: 3 };
        assert_eq!(marks.raised_to(Marks { delivered: 2, read: 1 }, 9), marks);
        assert_eq!(
            marks.raised_to(Marks { delivered: 5, read: 5 }, 9),
            Marks { delivered: 5, read: 5 }
        );
        assert_eq!(
            marks.raised_to(Marks { delivered: 0, read: 99 }, 9),
            Marks { delivered: 9, read: 9 }
        );
    }
}
