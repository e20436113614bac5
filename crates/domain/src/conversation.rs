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

/// How a conversation went, once it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// One side wrote nothing.
    NoAnswer,
    /// No operator ever came.
    NoOneAvailable,
    /// Both sides wrote; a chatbot counts where nobody else was needed.
    Success,
    /// More than one operator took part.
    Escalated,
}

/// What an outcome follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeFacts {
    /// Operators who ever took part.
    pub operators: i64,
    /// The visitor wrote something.
    pub visitor_wrote: bool,
    /// An operator wrote something.
    pub operator_wrote: bool,
    /// A chatbot talked with the visitor, and never looked for an operator in vain.
    pub chatbot_sufficed: bool,
}

impl Outcome {
    /// How a conversation went.
    #[must_use]
    pub const fn of(facts: OutcomeFacts) -> Self {
        match facts {
            OutcomeFacts { operators: 0, chatbot_sufficed: true, .. } => Self::Success,
            OutcomeFacts { operators: 0, .. } => Self::NoOneAvailable,
            OutcomeFacts { operators: 2.., .. } => Self::Escalated,
            OutcomeFacts { visitor_wrote: true, operator_wrote: true, .. } => Self::Success,
            _ => Self::NoAnswer,
        }
    }

    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoAnswer => "no_answer",
            Self::NoOneAvailable => "no_one_available",
            Self::Success => "success",
            Self::Escalated => "escalated",
        }
    }

    /// From what was stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "no_answer" => Some(Self::NoAnswer),
            "no_one_available" => Some(Self::NoOneAvailable),
            "success" => Some(Self::Success),
            "escalated" => Some(Self::Escalated),
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
    fn an_outcome_follows_from_who_came_and_who_wrote() {
        let outcome = |operators, visitor_wrote, operator_wrote| {
            let chatbot_sufficed = false;
            Outcome::of(OutcomeFacts { operators, visitor_wrote, operator_wrote, chatbot_sufficed })
        };
        assert_eq!(outcome(0, true, false), Outcome::NoOneAvailable);
        assert_eq!(outcome(1, true, false), Outcome::NoAnswer);
        assert_eq!(outcome(1, false, true), Outcome::NoAnswer);
        assert_eq!(outcome(1, true, true), Outcome::Success);
        assert_eq!(outcome(2, true, true), Outcome::Escalated);
        assert_eq!(outcome(3, true, false), Outcome::Escalated);
        let (visitor_wrote, operator_wrote, chatbot_sufficed) = (true, false, true);
        let of_chatbot = |operators| {
            Outcome::of(OutcomeFacts { operators, visitor_wrote, operator_wrote, chatbot_sufficed })
        };
        assert_eq!(of_chatbot(0), Outcome::Success);
        assert_eq!(of_chatbot(1), Outcome::NoAnswer);
        for known in ["no_answer", "no_one_available", "success", "escalated"] {
            assert_eq!(Outcome::parse(known).map(Outcome::as_str), Some(known));
        }
    }

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
