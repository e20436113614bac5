//! Hints between nodes: what one node committed, so that the others need not ask. The database is the truth.

use super::frames::Changed;
use super::hub::Delivery;
use super::signal::VisitorSignal;
use frontdesk_domain::{ConversationId, OperatorId};
use serde::{Deserialize, Serialize};

/// A hint with the node that it comes from.
#[derive(Debug, Serialize, Deserialize)]
pub struct Envelope {
    /// The sender drops its own hints: it has passed them on already.
    pub node: u64,
    /// What.
    pub hint: Hint,
}

/// What a node tells the others.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Hint {
    /// An event was committed.
    Event {
        /// Where.
        conversation: ConversationId,
        /// Its number.
        seq: i64,
        /// Its number in the visitor's log.
        visitor_seq: Option<i64>,
        /// The frame for the team.
        operator_frame: String,
        /// The frame for the visitor.
        visitor_frame: Option<String>,
        /// An operator who hears of it from now on: one who joins, or answers in a conversation far down in a long list.
        joins: Option<OperatorId>,
    },
    /// A signal for a conversation's visitor.
    SignalVisitor {
        /// Where.
        conversation: ConversationId,
        /// What.
        signal: VisitorSignal,
    },
    /// A frame for the operators who follow a conversation.
    SignalOperators {
        /// Where.
        conversation: ConversationId,
        /// The frame.
        frame: String,
    },
    /// A visitor came to or went from the node that says so.
    VisitorPresence {
        /// Which conversation is the visitor's.
        conversation: ConversationId,
        /// The visitor came.
        present: bool,
    },
    /// Who has the visitors of these conversations? Those who do, say so.
    WhereAreVisitors {
        /// Whose.
        conversations: Vec<ConversationId>,
    },
    /// Something outside the logs is not what it was.
    Changed {
        /// What kind of thing.
        what: Changed,
        /// Which.
        id: i64,
    },
    /// Whoever is connected by this session, or at all, is signed in no more.
    SignedOut {
        /// Who.
        operator: OperatorId,
        /// Hash of the session; none: all connections, of keys too.
        session: Option<String>,
    },
    /// A frame for all connections of an operator, or of every operator.
    Tell {
        /// Whom; none: everyone.
        operator: Option<OperatorId>,
        /// The frame.
        frame: String,
    },
}

/// The hint for an event, as it goes over the bus.
#[must_use]
pub fn event_hint(node: u64, delivery: &Delivery) -> Vec<u8> {
    Envelope { node, hint: Hint::of_event(delivery) }.encoded()
}

impl Envelope {
    /// As it goes over the bus.
    #[must_use]
    pub fn encoded(&self) -> Vec<u8> {
        // Numbers and texts can always be written as JSON.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl Hint {
    /// The hint for an event.
    #[must_use]
    pub fn of_event(delivery: &Delivery) -> Self {
        Self::Event {
            conversation: delivery.conversation,
            seq: delivery.seq,
            visitor_seq: delivery.visitor_seq,
            operator_frame: delivery.operator_frame.to_string(),
            visitor_frame: delivery.visitor_frame.as_ref().map(ToString::to_string),
            joins: delivery.joins,
        }
    }
}
