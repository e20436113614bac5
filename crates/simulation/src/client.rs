//! A client: an outbox, and what it knows of the logs. It follows the rules of docs/protocol.md, as `web/live` does.

use crate::store::client_conversation_id;
use frontdesk_domain::{ConversationId, OperatorId};
use frontdesk_server::realtime::Audience;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Visitor(ConversationId),
    Operator(OperatorId),
}

impl Side {
    pub const fn audience(self) -> Audience {
        match self {
            Self::Visitor(_) => Audience::Visitor,
            Self::Operator(_) => Audience::Operators,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub conversation: ConversationId,
    pub client_id: String,
    pub text: String,
}

/// What is known of a log: a piece without gaps that reaches to the newest.
#[derive(Clone, Debug, Default)]
pub struct Log {
    pub events: Vec<(i64, String)>,
}

pub enum Applied {
    Yes,
    Known,
    Gap,
}

impl Log {
    pub fn cursor(&self) -> i64 {
        self.events.last().map_or(0, |(seq, _)| *seq)
    }

    pub fn apply(&mut self, seq: i64, text: String) -> Applied {
        match seq - self.cursor() {
            1 => {
                self.events.push((seq, text));
                Applied::Yes
            }
            ..=0 => Applied::Known,
            _ => Applied::Gap,
        }
    }
}

pub struct Client {
    pub side: Side,
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
}

impl Client {
    pub fn new(side: Side) -> Self {
        Self {
            side,
            connection: None,
            outbox: VecDeque::new(),
            in_flight: BTreeMap::new(),
            held: BTreeSet::new(),
            logs: BTreeMap::new(),
            behind: BTreeSet::new(),
            outdated: BTreeSet::new(),
            written: 0,
            acknowledged: Vec::new(),
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
            Side::Visitor(id) => {
                (frame["conversation"] == client_conversation_id(id)).then_some(id)
            }
            Side::Operator(_) => frame["conversation"].as_i64().map(ConversationId),
        }
    }
}
