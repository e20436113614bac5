//! Where a conversation stands in a script, and what one input does to it.

use super::script::{Script, StepKind};
use crate::{AnswerId, ExpertiseId, StepId};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// The chatbot seems to type for so long before a step.
pub const TYPING: Duration = Duration::from_millis(400);
/// So much time lies between two steps that follow each other without the visitor.
pub const STEP_PAUSE: Duration = Duration::from_millis(500);

/// Where a conversation stands in a script. It is stored between inputs; it knows the answers that were picked, and
/// not what was typed, which only grows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The step that was shown last; none: the script has none.
    pub step: Option<StepId>,
    /// What that step is waiting for.
    pub stage: Stage,
    /// What was picked since the last restart.
    #[serde(default)]
    pub picked: Vec<AnswerId>,
}

/// What a run is waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The visitor.
    Waiting,
    /// More messages, or a pause: one came already.
    Writing,
    /// The outcome of a forward.
    Forwarding,
    /// Nothing: an operator took over.
    HandedOver,
    /// Nothing: the script is over, until the visitor restarts.
    Ended,
}

/// What the visitor can do at a run's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Awaits {
    /// Pick an answer.
    Answer,
    /// Write an e-mail address.
    Email,
    /// Write a phone number.
    Phone,
    /// Write a message.
    Text,
    /// Write messages, and pause.
    Texts,
    /// Nothing.
    Nothing,
}

impl Awaits {
    const ALL: [Self; 6] =
        [Self::Answer, Self::Email, Self::Phone, Self::Text, Self::Texts, Self::Nothing];

    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Text => "text",
            Self::Texts => "texts",
            Self::Nothing => "nothing",
        }
    }

    /// From what was stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// What happened in a conversation with a chatbot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The visitor picked an answer.
    Answer {
        /// Of which question.
        step: StepId,
        /// Which.
        answer: AnswerId,
    },
    /// The visitor wrote something.
    Text(String),
    /// The visitor has paused at this step.
    Quiet {
        /// Which.
        step: StepId,
    },
    /// A forward was tried.
    Forwarded {
        /// An operator was found.
        found: bool,
    },
    /// An operator took over without being asked.
    TakenOver,
    /// The script begins anew.
    Restart,
}

/// What an input brings about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The input was an answer to a step.
    pub answered: Option<GivenAnswer>,
    /// The steps whose messages are to be posted.
    pub messages: Vec<StepMessage>,
    /// What else is to be done.
    pub effect: Option<Effect>,
    /// What the visitor can do then.
    pub awaits: Awaits,
    /// Where the conversation stands then.
    pub run: Run,
}

/// An answer that the visitor gave; what was typed is in the message that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenAnswer {
    /// To which step.
    pub step: StepId,
    /// Which was picked, where the step is a question.
    pub answer: Option<AnswerId>,
}

/// A step to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepMessage {
    /// Which.
    pub step: StepId,
    /// How long a client that is watching waits before it shows it, in milliseconds.
    pub delay: u32,
}

/// What a turn asks of the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Look for an operator, and come back with [`Input::Forwarded`].
    Forward {
        /// The step that asks.
        step: StepId,
        /// What the operator should know.
        expertises: Vec<ExpertiseId>,
    },
    /// Tell the visitor that what was written is no e-mail address.
    RetryEmail,
    /// End the conversation.
    End,
}

impl Run {
    /// What the visitor can do here.
    #[must_use]
    pub fn awaits(&self, script: &Script) -> Awaits {
        match self.stage {
            Stage::HandedOver | Stage::Ended => Awaits::Nothing,
            Stage::Writing => Awaits::Texts,
            // A script that opens with a forward looks for somebody once the visitor has said something.
            Stage::Forwarding => Awaits::Text,
            Stage::Waiting => {
                self.step.and_then(|id| script.find_step(id)).map_or(Awaits::Nothing, awaited_by)
            }
        }
    }

    /// Whether the visitor may begin the script anew.
    #[must_use]
    pub fn is_restartable(&self) -> bool {
        self.stage == Stage::Ended
    }
}

const fn awaited_by(step: &super::Step) -> Awaits {
    match step.kind {
        StepKind::Question => Awaits::Answer,
        StepKind::Email => Awaits::Email,
        StepKind::Phone => Awaits::Phone,
        StepKind::FreeInput => Awaits::Text,
        StepKind::FreeInputMulti => Awaits::Texts,
        StepKind::Text | StepKind::Forward => Awaits::Nothing,
    }
}
