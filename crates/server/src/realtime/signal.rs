//! Signals to visitors: never stored, named by the visitor's own id of the conversation when they are sent.

use super::frames::{VisitorServerFrame, encoded};
use crate::chatbots::ChatbotState;
use axum::extract::ws::Utf8Bytes;
use frontdesk_domain::conversation::Marks;
use serde::{Deserialize, Serialize};

/// What a visitor is told beside the log.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum VisitorSignal {
    /// An operator is typing.
    Typing {
        /// The operator's chat name.
        name: String,
    },
    /// How far the team has received and read.
    Marks(Marks),
    /// How many wait before it, itself included.
    Waiting {
        /// None: it waits no longer.
        position: Option<i64>,
    },
    /// What the chatbot waits for.
    Chatbot {
        /// None: an operator took over.
        chatbot: Option<ChatbotState>,
    },
    /// Whether an operator of the conversation is there.
    Presence {
        /// One is.
        present: bool,
    },
}

impl VisitorSignal {
    /// The frame, for the visitor who calls the conversation `conversation`.
    #[must_use]
    pub fn frame(&self, conversation: &str) -> Utf8Bytes {
        match self {
            Self::Typing { name } => encoded(&VisitorServerFrame::Typing { conversation, name }),
            Self::Marks(marks) => {
                encoded(&VisitorServerFrame::Marks { conversation, marks: *marks })
            }
            Self::Waiting { position } => {
                encoded(&VisitorServerFrame::Waiting { conversation, position: *position })
            }
            Self::Chatbot { chatbot } => {
                let chatbot = chatbot.as_ref();
                encoded(&VisitorServerFrame::Chatbot { conversation, chatbot })
            }
            Self::Presence { present } => {
                encoded(&VisitorServerFrame::Presence { conversation, present: *present })
            }
        }
    }
}
