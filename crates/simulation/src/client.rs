//! A client: an outbox, and what it knows of the logs. It follows the rules of docs/protocol.md, as `web/live` does.

use crate::action::Action;
use crate::shown::Log;
use frontdesk_domain::{ConversationId, OperatorId};
use frontdesk_server::realtime::Audience;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A visitor who has not written yet.
    Newcomer,
    Visitor(ConversationId),
    Operator(OperatorId),
}

impl Side {
    pub const fn audience(self) -> Audience {
        match self {
            Self::Newcomer | Self::Visitor(_) => Audience::Visitor,
            Self::Operator(_) => Audience::Operators,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub conversation: ConversationId,
    pub client_id: String,
    /// The how-many-th message of its client it is.
    pub number: u64,
    pub text: String,
}

pub struct Client {
    pub side: Side,
    /// What a visitor's browser calls its conversation.
    pub name: String,
    pub connection: Option<usize>,
    pub outbox: VecDeque<Entry>,
    /// The message of each conversation that is on its way.
    pub in_flight: BTreeMap<ConversationId, String>,
    /// Conversations whose outbox waits, since the server asked for it.
    pub held: BTreeSet<ConversationId>,
    pub logs: BTreeMap<ConversationId, Log>,
    /// Logs that are behind and must be fetched.
    pub behind: BTreeSet<ConversationId>,
    /// Logs of which too much was missing.
    pub outdated: BTreeSet<ConversationId>,
    pub written: u64,
    pub acknowledged: Vec<Entry>,
    /// What the server will never take.
    pub refused: Vec<Entry>,
    /// Messages that can be edited and deleted.
    pub own: Vec<(ConversationId, i64)>,
    /// What is asked over HTTP, until it is answered.
    pub action: Option<Action>,
    /// The request that is waited for.
    pub asked: Option<usize>,
}

impl Client {
    pub fn new(side: Side, name: String) -> Self {
        Self {
            side,
            name,
            connection: None,
            outbox: VecDeque::new(),
            in_flight: BTreeMap::new(),
            held: BTreeSet::new(),
            logs: BTreeMap::new(),
            behind: BTreeSet::new(),
            outdated: BTreeSet::new(),
            written: 0,
            acknowledged: Vec::new(),
            refused: Vec::new(),
            own: Vec::new(),
            action: None,
            asked: None,
        }
    }

    pub fn log(&mut self, conversation: ConversationId) -> &mut Log {
        self.logs.entry(conversation).or_default()
    }

    /// The next message that may be sent: one of a conversation at a time.
    pub fn next_to_send(&self) -> Option<&Entry> {
        let free = |entry: &&Entry| {
            !self.in_flight.contains_key(&entry.conversation)
                && !self.held.contains(&entry.conversation)
        };
        self.outbox.iter().find(free)
    }

    /// What was on its way goes again.
    pub fn disconnected(&mut self) {
        self.connection = None;
        self.in_flight.clear();
    }

    /// The conversation that a frame speaks of: its number, or what the browser calls it.
    pub fn conversation_of(&self, frame: &Value) -> Option<ConversationId> {
        match self.side {
            Side::Newcomer => None,
            Side::Visitor(id) => (frame["conversation"] == *self.name).then_some(id),
            Side::Operator(_) => frame["conversation"].as_i64().map(ConversationId),
        }
    }
}
