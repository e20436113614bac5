//! What visitors and operators see of a chatbot's talk.

use crate::events::ChatbotRef;
use crate::images;
use frontdesk_db::{Error, Row};
use frontdesk_domain::chatbot::{Answer, Awaits};
use frontdesk_domain::{AnswerId, ChatbotId, StepId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The chatbot in whose hands a conversation is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChatbotState {
    /// Its name.
    pub name: String,
    /// Path of its picture, on this installation.
    #[schema(required)]
    pub avatar: Option<String>,
    /// The step that waits for the visitor.
    #[schema(required)]
    pub step: Option<StepId>,
    /// What it waits for.
    pub awaits: Awaits,
    /// The script is over, and may begin anew.
    pub restartable: bool,
}

impl ChatbotState {
    /// Name, picture, step, what it awaits and whether it is finished, from a place of the row on.
    pub fn of_row(row: &Row<'_>, at: usize, ended: bool) -> Result<Option<Self>, Error> {
        let (name, image) = (row.get(at)?, row.get::<Option<String>>(at + 1)?);
        let step = row.get::<Option<i64>>(at + 2)?.map(StepId);
        let awaits = row.get::<Option<String>>(at + 3)?;
        let (Some(name), Some(awaits)) = (name, awaits) else {
            return Ok(None);
        };
        let avatar = image.as_deref().map(images::path);
        let restartable = ended && row.get::<Option<i64>>(at + 4)? == Some(1);
        let awaits = Awaits::parse(&awaits).filter(|_| !ended).unwrap_or(Awaits::Nothing);
        let step = step.filter(|_| !ended);
        Ok(Some(Self { name, avatar, step, awaits, restartable }))
    }
}

/// How a chatbot greets, before anything is stored.
#[derive(Serialize, ToSchema)]
pub struct Greeting {
    /// Who.
    pub chatbot: GreetingChatbot,
    /// What it says.
    pub messages: Vec<GreetingMessage>,
    /// What it waits for then.
    pub awaits: Awaits,
}

/// Who greets.
#[derive(Serialize, ToSchema)]
pub struct GreetingChatbot {
    /// Which.
    pub id: ChatbotId,
    /// The version of its script: to be named when the conversation starts.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// Path of its picture, on this installation.
    #[schema(required)]
    pub avatar: Option<String>,
}

/// One message of a greeting.
#[derive(Serialize, ToSchema)]
pub struct GreetingMessage {
    /// The step.
    pub step: StepId,
    /// What it says.
    pub text: String,
    /// How long the chatbot is shown as typing before, in milliseconds.
    pub delay: u32,
    /// What the visitor may pick; left out where it is no question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub answers: Vec<Answer>,
}

/// What a visitor answered to a chatbot.
#[derive(Serialize, ToSchema)]
pub struct ChatbotAnswers {
    /// The chatbot that talked with the visitor; null: none did.
    #[schema(required)]
    pub chatbot: Option<ChatbotRef>,
    /// In the order in which they were given.
    pub answers: Vec<ChatbotAnswer>,
}

/// One answer.
#[derive(Serialize, ToSchema)]
pub struct ChatbotAnswer {
    /// The step that asked.
    pub step: StepId,
    /// What it asked.
    pub question: String,
    /// What the visitor answered.
    pub answer: String,
    /// Which answer was picked; null: the visitor wrote.
    #[schema(required)]
    pub picked: Option<AnswerId>,
}
