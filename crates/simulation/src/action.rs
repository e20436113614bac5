//! What clients ask over HTTP. Each may be asked again without harm.

use frontdesk_domain::{ConversationId, Millis};
use frontdesk_server::events::StoredEvent;

#[derive(Clone, Debug)]
pub enum Action {
    /// A newcomer's first message.
    Start {
        name: String,
        message: String,
    },
    End(ConversationId),
    Edit {
        conversation: ConversationId,
        seq: i64,
        text: String,
    },
    Delete {
        conversation: ConversationId,
        seq: i64,
    },
}

/// A request at a node; without a client, what the node does by itself.
pub struct Request {
    pub client: Option<usize>,
    pub node: usize,
    pub at: Millis,
    /// None: it is done.
    pub action: Option<Action>,
    pub done: Option<Done>,
}

/// What is stored, and neither announced nor answered yet.
#[derive(Default)]
pub struct Done {
    pub announcements: Vec<Announcement>,
    pub answer: Option<Answer>,
    /// Somebody may have become free.
    pub offers: bool,
}

/// An event that was committed.
pub struct Announcement {
    pub conversation: ConversationId,
    pub name: String,
    pub event: StoredEvent,
}

pub enum Answer {
    /// It began, and this is its log.
    Started(ConversationId, Vec<StoredEvent>),
    Done,
    /// The server will never do it.
    Refused,
    /// Another time.
    Busy,
}
