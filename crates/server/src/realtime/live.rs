//! Live: announces what was committed, to the connections of this node at once and to the other nodes as hints.

use super::connection::{Link, close_code};
use super::frames::{Changed, OperatorServerFrame, VisitorServerFrame, encoded};
use super::hint::{Envelope, Hint};
use super::hub::{Delivery, Hub};
use super::news::News;
use super::signal::VisitorSignal;
use crate::events::StoredEvent;
use bytes::Bytes;
use frontdesk_bus::Bus;
use frontdesk_domain::event::Event;
use frontdesk_domain::{ConversationId, OperatorId};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Notify;

/// The topic of all hints.
const TOPIC: &str = "hints";

/// The hub of this node and the bus to the others.
pub struct Live {
    hub: Hub,
    /// The bus to the other nodes.
    pub bus: Bus,
    node: u64,
    /// Told when the next hint of a commit was lost, so that the heads are read at once.
    pub lagging: Notify,
    /// How many changes of channels were announced: what was read before the last one is stale.
    channel_changes: AtomicU64,
    /// What those who look at lists have not been told yet.
    pub news: News,
    /// The same of channels and operators together.
    team_changes: AtomicU64,
}

impl Live {
    /// A hub without connections.
    #[must_use]
    pub fn new(bus: Bus) -> Self {
        Self {
            hub: Hub::default(),
            bus,
            node: rand::random(),
            lagging: Notify::new(),
            channel_changes: AtomicU64::new(0),
            news: News::default(),
            team_changes: AtomicU64::new(0),
        }
    }

    /// Whether hints reach the other nodes; alone, there are none to miss them.
    #[must_use]
    pub fn reaches_other_nodes(&self) -> bool {
        self.bus.state() == frontdesk_bus::State::Connected
    }

    /// Announces an event that was committed.
    pub fn announce(
        &self,
        conversation: ConversationId,
        client_conversation_id: &str,
        event: &StoredEvent,
    ) {
        self.announce_to(None, conversation, client_conversation_id, event);
    }

    /// The same, also to an operator whose list is so long that the connection does not follow this conversation yet.
    pub fn announce_to(
        &self,
        operator: Option<OperatorId>,
        conversation: ConversationId,
        client_conversation_id: &str,
        event: &StoredEvent,
    ) {
        let delivery = delivery(conversation, client_conversation_id, event);
        let delivery = Arc::new(Delivery { joins: delivery.joins.or(operator), ..delivery });
        self.hub.deliver(&delivery);
        self.hint(|| Hint::of_event(&delivery));
        self.news.take(conversation, &event.event);
    }

    /// Passes a signal on to a conversation's visitor.
    pub fn signal_visitor(&self, conversation: ConversationId, signal: VisitorSignal) {
        self.hub.signal_visitor(conversation, &signal);
        self.hint(|| Hint::SignalVisitor { conversation, signal });
    }

    /// Passes a signal on to a conversation's visitor, on this node only.
    pub fn signal_visitor_here(&self, conversation: ConversationId, signal: &VisitorSignal) {
        self.hub.signal_visitor(conversation, signal);
    }

    /// Passes a frame on to the operators who follow a conversation, but not back to `except`.
    pub fn signal_operators(
        &self,
        conversation: ConversationId,
        frame: &OperatorServerFrame<'_>,
        except: Option<&Arc<Link>>,
    ) {
        let frame = encoded(frame);
        self.hub.signal_operators(conversation, &frame, except);
        self.hint(|| Hint::SignalOperators { conversation, frame: frame.to_string() });
    }

    /// Tells the operators who follow a conversation whether its visitor has the page open.
    pub fn visitor_presence(&self, conversation: ConversationId, present: bool) {
        let frame = encoded(&OperatorServerFrame::VisitorPresence { conversation, present });
        self.hub.signal_operators(conversation, &frame, None);
        self.hint(|| Hint::VisitorPresence { conversation, present });
    }

    /// Asks the other nodes for visitors who are not here; what they know comes as signals.
    pub fn ask_for_visitors(&self, conversations: impl FnOnce() -> Vec<ConversationId>) {
        self.hint(|| Hint::WhereAreVisitors { conversations: conversations() });
    }

    /// Announces that something outside the logs is not what it was.
    pub fn changed(&self, what: Changed, id: i64) {
        self.show_change(what, id);
        self.hint(|| Hint::Changed { what, id });
    }

    /// How many changes of channels were announced so far, here and on the other nodes.
    #[must_use]
    pub fn channel_changes(&self) -> u64 {
        self.channel_changes.load(Ordering::Acquire)
    }

    /// How many changes of channels and operators were announced so far, here and on the other nodes.
    #[must_use]
    pub fn team_changes(&self) -> u64 {
        self.team_changes.load(Ordering::Acquire)
    }

    /// Shows to the connections of this node that something is not what it was.
    pub fn show_change(&self, what: Changed, id: i64) {
        // Rules name chatbots, so what is kept of channels is stale, too.
        if matches!(what, Changed::Channel | Changed::Chatbot) {
            self.channel_changes.fetch_add(1, Ordering::AcqRel);
        }
        if matches!(what, Changed::Channel | Changed::Operator) {
            self.team_changes.fetch_add(1, Ordering::AcqRel);
        }
        self.hub.tell_all(&encoded(&OperatorServerFrame::Changed { what, id }));
    }

    /// Tells all connections of one operator.
    pub fn tell(&self, operator: OperatorId, frame: &OperatorServerFrame<'_>) {
        let frame = encoded(frame);
        self.hub.tell(operator, &frame);
        self.hint(|| Hint::Tell { operator: Some(operator), frame: frame.to_string() });
    }

    /// Closes the connections of a session that is over, on every node; true when the operator has no others here.
    pub fn end_session(&self, operator: OperatorId, session: &str) -> bool {
        let hint = || Hint::SignedOut { operator, session: Some(session.to_owned()) };
        self.hint(hint);
        self.hub.close_session(operator, Some(session), close_code::NOT_SIGNED_IN)
    }

    /// Closes all connections of an operator, on every node.
    pub fn sign_out(&self, operator: OperatorId) {
        self.hint(|| Hint::SignedOut { operator, session: None });
        self.hub.close_operator(operator, close_code::NOT_SIGNED_IN);
    }

    /// Takes in a hint of another node.
    pub fn take_in(&self, payload: &[u8]) {
        match serde_json::from_slice::<Envelope>(payload) {
            Ok(envelope) if envelope.node == self.node => {}
            Ok(envelope) => self.pass_on(envelope.hint),
            // A newer node may say what this one does not know: the heads will tell.
            Err(_) => self.lagging.notify_one(),
        }
    }

    fn pass_on(&self, hint: Hint) {
        match hint {
            Hint::Event {
                conversation,
                seq,
                visitor_seq,
                operator_frame,
                visitor_frame,
                joins,
            } => {
                self.hub.deliver(&Arc::new(Delivery {
                    conversation,
                    seq,
                    visitor_seq,
                    operator_frame: operator_frame.into(),
                    visitor_frame: visitor_frame.map(Into::into),
                    joins,
                }));
            }
            Hint::SignalVisitor { conversation, signal } => {
                self.hub.signal_visitor(conversation, &signal);
            }
            Hint::SignalOperators { conversation, frame } => {
                self.hub.signal_operators(conversation, &frame.into(), None);
            }
            Hint::VisitorPresence { conversation, present } => {
                self.visitor_moved(conversation, present);
            }
            Hint::WhereAreVisitors { conversations } => {
                for conversation in conversations {
                    if self.hub.visitor_is_present(conversation) {
                        self.hint(|| Hint::VisitorPresence { conversation, present: true });
                    }
                }
            }
            Hint::Changed { what, id } => self.show_change(what, id),
            Hint::SignedOut { operator, session: Some(session) } => {
                self.hub.close_session(operator, Some(&session), close_code::NOT_SIGNED_IN);
            }
            Hint::SignedOut { operator, session: None } => {
                self.hub.close_operator(operator, close_code::NOT_SIGNED_IN);
            }
            Hint::Tell { operator: Some(operator), frame } => {
                self.hub.tell(operator, &frame.into());
            }
            Hint::Tell { operator: None, frame } => self.hub.tell_all(&frame.into()),
        }
    }

    fn visitor_moved(&self, conversation: ConversationId, present: bool) {
        // Gone from there, but here: the visitor walked from one node to another.
        if !present && self.hub.visitor_is_present(conversation) {
            return self.visitor_presence(conversation, true);
        }
        let frame = encoded(&OperatorServerFrame::VisitorPresence { conversation, present });
        self.hub.signal_operators(conversation, &frame, None);
    }

    fn hint(&self, hint: impl FnOnce() -> Hint) {
        if !self.bus.is_shared() {
            return;
        }
        let envelope = Envelope { node: self.node, hint: hint() };
        self.bus.publish(TOPIC, Bytes::from(envelope.encoded()));
    }
}

impl Deref for Live {
    type Target = Hub;

    fn deref(&self) -> &Hub {
        &self.hub
    }
}

/// An event that was committed, on its way to the screens.
#[must_use]
pub fn delivery(
    conversation: ConversationId,
    client_conversation_id: &str,
    event: &StoredEvent,
) -> Delivery {
    let operator_frame = OperatorServerFrame::Event { conversation, event: event.for_operators() };
    let visitor_frame = event.for_visitor().map(|event| {
        encoded(&VisitorServerFrame::Event { conversation: client_conversation_id, event })
    });
    let joins = match event.event {
        Event::ConversationOpened { operator, .. } => operator,
        Event::MemberJoined { operator, .. } => Some(operator),
        _ => None,
    };
    Delivery {
        conversation,
        seq: event.seq,
        visitor_seq: event.visitor_seq,
        operator_frame: encoded(&operator_frame),
        visitor_frame,
        joins,
    }
}
