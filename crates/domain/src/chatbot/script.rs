//! A script as it is stored and edited.

use crate::{AnswerId, ExpertiseId, StepId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// So many steps a script may have.
pub const STEPS_MAX: usize = 200;
/// So many answers a question may offer.
pub const ANSWERS_MAX: usize = 50;
/// The longest answer, in characters: it has to fit on a button.
pub const ANSWER_MAX_CHARS: usize = 200;
/// The longest link of an answer, in characters.
pub const LINK_MAX_CHARS: usize = 2000;

/// What a chatbot says, in the order in which it does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Script {
    /// Its steps.
    pub steps: Vec<Step>,
}

/// One message of a script, and what the visitor is to do then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ScriptStep)]
pub struct Step {
    /// Which; never used for another step or answer of this chatbot.
    pub id: StepId,
    /// What the visitor is to do.
    pub kind: StepKind,
    /// What the chatbot says. A forward may say nothing.
    #[serde(default)]
    #[schema(required)]
    pub message: String,
    /// What a question offers.
    #[serde(default)]
    #[schema(required)]
    pub answers: Vec<Answer>,
    /// Answers of earlier questions: one of each question that occurs here must have been given.
    #[serde(default)]
    #[schema(required)]
    pub only_if: Vec<AnswerId>,
    /// What the operator whom a forward looks for should know.
    #[serde(default)]
    #[schema(required)]
    pub expertises: Vec<ExpertiseId>,
}

/// An answer that a question offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ScriptAnswer)]
pub struct Answer {
    /// Which; never used for another step or answer of this chatbot.
    pub id: AnswerId,
    /// What the button says.
    pub text: String,
    /// The page that opens when it is picked; empty: none.
    #[serde(default)]
    #[schema(required)]
    pub link: String,
}

/// What a step is for. Leads and tickets will be kinds of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Says something and goes on.
    Text,
    /// Offers answers, of which the visitor picks one.
    Question,
    /// Asks for an e-mail address.
    Email,
    /// Asks for a phone number, which is never checked.
    Phone,
    /// Looks for an operator.
    Forward,
    /// Asks for one message.
    FreeInput,
    /// Asks for messages until the visitor pauses.
    FreeInputMulti,
}

impl StepKind {
    /// Every kind, in the order in which people choose them.
    pub const ALL: [Self; 7] = [
        Self::Text,
        Self::Question,
        Self::Email,
        Self::Phone,
        Self::Forward,
        Self::FreeInput,
        Self::FreeInputMulti,
    ];

    /// As stored and exported.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Question => "question",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Forward => "forward",
            Self::FreeInput => "free_input",
            Self::FreeInputMulti => "free_input_multi",
        }
    }

    /// From what was stored or is imported.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl Script {
    /// The step of this id.
    #[must_use]
    pub fn find_step(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// What is shown before the visitor has said anything: the leading texts and the first step after them, whatever
    /// their conditions.
    #[must_use]
    pub fn welcome_steps(&self) -> &[Step] {
        let texts = self.steps.iter().take_while(|step| step.kind == StepKind::Text).count();
        &self.steps[..self.steps.len().min(texts + 1)]
    }

    /// The highest id of its steps and answers; 0 without any.
    #[must_use]
    pub fn highest_id(&self) -> i64 {
        let answers = self.steps.iter().flat_map(|step| &step.answers).map(|answer| answer.id.0);
        self.steps.iter().map(|step| step.id.0).chain(answers).max().unwrap_or(0)
    }

    /// Where the step of this id stands, counted from 0.
    pub(super) fn position(&self, id: StepId) -> Option<usize> {
        self.steps.iter().position(|step| step.id == id)
    }
}

impl Step {
    /// The answer of this id, if the step offers it.
    #[must_use]
    pub fn find_answer(&self, id: AnswerId) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.id == id)
    }

    /// The chatbot says something here; answers need a message that carries them.
    pub(super) fn is_spoken(&self) -> bool {
        self.kind == StepKind::Question || !self.message.trim().is_empty()
    }

    /// Nobody could ever answer this question.
    pub(super) fn is_unanswerable(&self) -> bool {
        self.kind == StepKind::Question && self.answers.is_empty()
    }
}
