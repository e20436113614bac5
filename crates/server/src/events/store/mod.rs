//! SQL of the log.

mod append;
mod read;

pub use append::{
    number_message, record, record_first, record_message, record_numbered, record_of_chatbot,
    record_opening, record_revision,
};
pub use read::{Range, find_by_client_id, find_message, last_revision, read};

use frontdesk_db::Statement;
use frontdesk_domain::event::Event;
use frontdesk_domain::{ChatbotId, Millis, OperatorId, VisitorId};

/// Every statement of the log with its name.
pub const STATEMENTS: [&[(&str, Statement)]; 2] = [append::STATEMENTS, read::STATEMENTS];

/// The names of an operator that an event speaks of.
#[derive(Clone, Debug)]
pub struct OperatorNames {
    /// Who.
    pub id: OperatorId,
    /// For the team.
    pub name: String,
    /// For visitors.
    pub chat_name: String,
}

/// The name of a chatbot that an event speaks of.
#[derive(Clone, Debug)]
pub struct ChatbotName {
    /// Which.
    pub id: ChatbotId,
    /// The name.
    pub name: String,
}

/// A row of the log.
#[derive(Clone, Debug)]
pub struct StoredEvent {
    /// Number in the log.
    pub seq: i64,
    /// Number in the visitor's log; none: the visitor never sees it.
    pub visitor_seq: Option<i64>,
    /// When.
    pub at: Millis,
    /// What.
    pub event: Event,
    /// The operator that it speaks of.
    pub operator: Option<OperatorNames>,
    /// The chatbot that it speaks of.
    pub chatbot: Option<ChatbotName>,
}

/// What appending told.
#[derive(Clone, Debug)]
pub struct Appended {
    /// Number in the log.
    pub seq: i64,
    /// Number in the visitor's log; none: the visitor never sees it.
    pub visitor_seq: Option<i64>,
    /// The visitor's name for the conversation.
    pub client_conversation_id: String,
    /// Whose conversation it is.
    pub visitor: VisitorId,
    /// The author's names, where an operator wrote a message.
    pub operator: Option<OperatorNames>,
    /// The visitor wrote where nobody answers and nobody is looked for.
    pub unanswered: bool,
    /// The conversation is in the hands of this chatbot.
    pub chatbot: Option<ChatbotId>,
    /// The operator who answers the visitor that wrote.
    pub answers: Option<OperatorId>,
}

impl Appended {
    /// The row that was appended.
    #[must_use]
    pub const fn event(&self, event: Event, at: Millis, by: Option<OperatorNames>) -> StoredEvent {
        StoredEvent {
            seq: self.seq,
            visitor_seq: self.visitor_seq,
            at,
            event,
            operator: by,
            chatbot: None,
        }
    }
}
