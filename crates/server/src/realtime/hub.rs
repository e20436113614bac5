//! The hub: which live connections follow which conversation, on this node.
//!
//! Each connection has a bounded queue and its own cursor per conversation. A connection whose queue is full is closed
//! with a reason and resumes later; nothing here waits, and no lock is held over an await.

use super::connection::{Link, Outgoing};
use super::signal::VisitorSignal;
use axum::extract::ws::Utf8Bytes;
use frontdesk_domain::{ConversationId, OperatorId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An event on its way to the screens.
#[derive(Debug)]
pub struct Delivery {
    /// Where it happened.
    pub conversation: ConversationId,
    /// Its number in the log.
    pub seq: i64,
    /// Its number in the visitor's log.
    pub visitor_seq: Option<i64>,
    /// The frame for the team.
    pub operator_frame: Utf8Bytes,
    /// The frame for the visitor.
    pub visitor_frame: Option<Utf8Bytes>,
    /// An operator who hears of it from now on: one who joins, or answers in a conversation far down in a long list.
    pub joins: Option<OperatorId>,
}

/// Which side a frame is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The conversation's visitor.
    Visitor,
    /// Operators.
    Operators,
}

/// The live connections of this node.
#[derive(Default)]
pub struct Hub {
    topics: Mutex<Topics>,
}

#[derive(Default)]
struct Topics {
    conversations: HashMap<ConversationId, Topic>,
    operators: HashMap<OperatorId, Vec<Arc<Link>>>,
}

#[derive(Default)]
struct Topic {
    /// The highest number that was passed on here.
    last_seq: i64,
    visitors: Vec<Arc<Link>>,
    operators: Vec<Arc<Link>>,
}

impl Hub {
    /// Follows a conversation. The caller reads what it misses afterwards, so that there is no window in between.
    pub fn subscribe(&self, conversation: ConversationId, audience: Audience, link: &Arc<Link>) {
        let mut topics = self.lock();
        let side = topics.conversations.entry(conversation).or_default().side(audience);
        if !is_among(side, link) {
            side.push(Arc::clone(link));
        }
    }

    /// Follows it no more; true when this was the last of its side.
    pub fn unsubscribe(
        &self,
        conversation: ConversationId,
        audience: Audience,
        link: &Arc<Link>,
    ) -> bool {
        let mut topics = self.lock();
        let Some(topic) = topics.conversations.get_mut(&conversation) else {
            return false;
        };
        let side = topic.side(audience);
        side.retain(|it| !Arc::ptr_eq(it, link));
        let last = side.is_empty();
        if topic.is_empty() {
            topics.conversations.remove(&conversation);
        }
        last
    }

    /// Adds an operator's connection; true when it is the operator's first.
    pub fn connect(&self, operator: OperatorId, link: &Arc<Link>) -> bool {
        let mut topics = self.lock();
        let links = topics.operators.entry(operator).or_default();
        links.push(Arc::clone(link));
        links.len() == 1
    }

    /// Removes it; true when it was the operator's last.
    pub fn disconnect(&self, operator: OperatorId, link: &Arc<Link>) -> bool {
        let mut topics = self.lock();
        let Some(links) = topics.operators.get_mut(&operator) else {
            return false;
        };
        links.retain(|it| !Arc::ptr_eq(it, link));
        let last = links.is_empty();
        if last {
            topics.operators.remove(&operator);
        }
        last
    }

    /// Passes an event on to all who follow its conversation.
    pub fn deliver(&self, delivery: &Arc<Delivery>) {
        let mut topics = self.lock();
        if let Some(operator) = delivery.joins {
            topics.join(operator, delivery.conversation);
        }
        let Some(topic) = topics.conversations.get_mut(&delivery.conversation) else {
            return;
        };
        topic.last_seq = topic.last_seq.max(delivery.seq);
        for link in topic.operators.iter().chain(&topic.visitors) {
            link.push(Outgoing::Event(Arc::clone(delivery)));
        }
    }

    /// Tells the followers of conversations whose head is ahead of what passed here to fetch what they miss.
    pub fn catch_up(&self, conversation: ConversationId, head: i64, operator: Option<OperatorId>) {
        let mut topics = self.lock();
        let joined = operator.map(|it| topics.join(it, conversation)).unwrap_or_default();
        let Some(topic) = topics.conversations.get_mut(&conversation) else {
            return;
        };
        if topic.last_seq >= head {
            // Whoever is new here has not heard of it, however far the others are.
            return joined.iter().for_each(|it| it.push(Outgoing::CatchUp(conversation)));
        }
        topic.last_seq = head;
        for link in topic.operators.iter().chain(&topic.visitors) {
            link.push(Outgoing::CatchUp(conversation));
        }
    }

    /// Conversations that somebody follows here.
    pub fn followed(&self) -> Vec<ConversationId> {
        self.lock().conversations.keys().copied().collect()
    }

    /// Those of the conversations that a connection of the operator does not follow.
    pub fn not_followed_by(
        &self,
        operator: OperatorId,
        mut conversations: Vec<ConversationId>,
    ) -> Vec<ConversationId> {
        let topics = self.lock();
        let links = topics.operators.get(&operator).map(Vec::as_slice).unwrap_or_default();
        conversations.retain(|id| {
            let topic = topics.conversations.get(id);
            links.iter().any(|link| !topic.is_some_and(|it| is_among(&it.operators, link)))
        });
        conversations
    }

    /// Passes a signal on to a conversation's visitor.
    pub fn signal_visitor(&self, conversation: ConversationId, signal: &VisitorSignal) {
        if let Some(topic) = self.lock().conversations.get(&conversation) {
            for link in &topic.visitors {
                link.push(Outgoing::Signal(conversation, signal.clone()));
            }
        }
    }

    /// Passes a frame on to the operators who follow a conversation, but not back to `except`.
    pub fn signal_operators(
        &self,
        conversation: ConversationId,
        frame: &Utf8Bytes,
        except: Option<&Arc<Link>>,
    ) {
        if let Some(topic) = self.lock().conversations.get(&conversation) {
            for link in others(&topic.operators, except) {
                link.push(Outgoing::Frame(frame.clone()));
            }
        }
    }

    /// Passes a frame on to all connections of one operator.
    pub fn tell(&self, operator: OperatorId, frame: &Utf8Bytes) {
        for link in self.lock().operators.get(&operator).into_iter().flatten() {
            link.push(Outgoing::Frame(frame.clone()));
        }
    }

    /// Passes a frame on to every operator who is connected.
    pub fn tell_all(&self, frame: &Utf8Bytes) {
        for link in self.lock().operators.values().flatten() {
            link.push(Outgoing::Frame(frame.clone()));
        }
    }

    /// Operators with a connection here.
    pub fn connected_operators(&self) -> Vec<OperatorId> {
        self.lock().operators.keys().copied().collect()
    }

    /// Connections that follow something: of visitors, of operators.
    pub fn connection_counts(&self) -> (usize, usize) {
        let topics = self.lock();
        let visitors = topics.conversations.values().map(|topic| topic.visitors.len()).sum();
        (visitors, topics.operators.values().map(Vec::len).sum())
    }

    /// Whether the visitor of a conversation has it open here.
    pub fn visitor_is_present(&self, conversation: ConversationId) -> bool {
        let topics = self.lock();
        topics.conversations.get(&conversation).is_some_and(|topic| !topic.visitors.is_empty())
    }

    /// Who is connected here, by which session; none for a key.
    pub fn connected_sessions(&self) -> Vec<(OperatorId, Option<String>)> {
        let topics = self.lock();
        let links = topics.operators.iter();
        let mut sessions: Vec<_> = links
            .flat_map(|(id, links)| links.iter().map(|link| (*id, link.session.clone())))
            .collect();
        sessions.sort_unstable();
        sessions.dedup();
        sessions
    }

    /// Closes all connections of an operator.
    pub fn close_operator(&self, operator: OperatorId, code: u16) {
        self.lock()
            .operators
            .get(&operator)
            .into_iter()
            .flatten()
            .for_each(|link| link.close(code));
    }

    /// Closes the connections of a session that is over, or of keys; true when the operator has no others here.
    pub fn close_session(&self, operator: OperatorId, session: Option<&str>, code: u16) -> bool {
        let topics = self.lock();
        let links = topics.operators.get(&operator).map(Vec::as_slice).unwrap_or_default();
        let (over, others): (Vec<_>, Vec<_>) = links.iter().partition(|it| it.is_of(session));
        over.iter().for_each(|link| link.close(code));
        others.is_empty()
    }

    /// Closes every connection, since this node goes away.
    pub fn close_all(&self, code: u16) {
        let topics = self.lock();
        let visitors = topics.conversations.values().flat_map(|topic| &topic.visitors);
        for link in topics.operators.values().flatten().chain(visitors) {
            link.close(code);
        }
    }

    // A panic while the lock was held cannot leave half a change behind: each change is one push or retain.
    fn lock(&self) -> MutexGuard<'_, Topics> {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn others<'a>(
    links: &'a [Arc<Link>],
    except: Option<&'a Arc<Link>>,
) -> impl Iterator<Item = &'a Arc<Link>> {
    links.iter().filter(move |link| !except.is_some_and(|it| Arc::ptr_eq(it, link)))
}

fn is_among(links: &[Arc<Link>], link: &Arc<Link>) -> bool {
    links.iter().any(|it| Arc::ptr_eq(it, link))
}

impl Topics {
    /// The operator's connections follow it from now on; those that did not before are answered.
    fn join(&mut self, operator: OperatorId, conversation: ConversationId) -> Vec<Arc<Link>> {
        let Some(links) = self.operators.get(&operator) else {
            return Vec::new();
        };
        let topic = self.conversations.entry(conversation).or_default();
        let new = links.iter().filter(|link| !is_among(&topic.operators, link));
        let joined: Vec<_> = new.cloned().collect();
        topic.operators.extend(joined.iter().cloned());
        joined
    }
}

impl Topic {
    const fn side(&mut self, audience: Audience) -> &mut Vec<Arc<Link>> {
        match audience {
            Audience::Visitor => &mut self.visitors,
            Audience::Operators => &mut self.operators,
        }
    }

    const fn is_empty(&self) -> bool {
        self.visitors.is_empty() && self.operators.is_empty()
    }
}
