//! What nodes do, with the server's own rules.

use super::World;
use crate::bug::Bug;
use crate::client::Side;
use crate::connection::{Asked, Connection, Task};
use crate::node::Message;
use crate::store;
use frontdesk_db::Error;
use frontdesk_domain::ConversationId;
use frontdesk_domain::message::Author;
use frontdesk_server::conversations::heads_changed_since;
use frontdesk_server::events::{Appended, Range, StoredEvent, record, record_message};
use frontdesk_server::messages::{self, NewMessage};
use frontdesk_server::realtime::{Beginning, Cursor, Outgoing, Passage, event_hint};
use serde_json::{Value, json};
use std::io;
use std::sync::Arc;

/// A connection that misses more takes a fresh snapshot: few, so that it shows.
const REPLAY_MAX: i64 = 5;

impl Connection {
    /// Whether it can go on by itself.
    pub const fn has_work(&self) -> bool {
        matches!(&self.task, Some(task) if !matches!(task, Task::Write))
    }

    fn name(&self, id: ConversationId) -> Value {
        match self.side {
            Side::Newcomer | Side::Visitor(_) => self.name.clone().into(),
            Side::Operator(_) => id.0.into(),
        }
    }

    fn tell(&mut self, frame: Value) {
        self.to_client.push_back(frame);
    }
}

impl World<'_> {
    pub fn hear(&mut self, at: usize) {
        let now = self.connections.get(&at).map(|it| self.nodes[it.node].now(self.time));
        let (Some(connection), Some(now)) = (self.connections.get_mut(&at), now) else {
            return;
        };
        match connection.to_server.pop_front() {
            Some(Asked::Subscribe { conversation, after }) => {
                connection.task = Some(Task::Subscribe(conversation, after));
            }
            Some(Asked::Send { conversation, client_id, text }) => {
                let author = match connection.side {
                    Side::Newcomer | Side::Visitor(_) => Author::Visitor,
                    Side::Operator(id) => Author::Operator(id),
                };
                let message = NewMessage { client_id: client_id.clone(), text, answer: None };
                let Ok(event) = messages::accepted(author, &message) else {
                    return;
                };
                // The planted mistake looks here, and stores whatever happens until then.
                let checked = self.bug == Some(Bug::CheckedTooEarly)
                    && !self.database.ask(|tx| store::has_ended(tx, conversation));
                if self.bug == Some(Bug::EarlyAcknowledgement) {
                    let name = connection.name(conversation);
                    connection.tell(sent(name, &client_id, 0));
                }
                connection.task = Some(Task::Write);
                let node = connection.node;
                let message =
                    Message { connection: at, conversation, client_id, event, at: now, checked };
                self.nodes[node].unwritten.push_back(message);
            }
            None => {}
        }
    }

    /// Subscribing first and reading afterwards leaves no window in between.
    pub fn work(&mut self, at: usize) {
        let Some(connection) = self.connections.get_mut(&at) else {
            return;
        };
        let live = &self.nodes[connection.node].live;
        let audience = connection.side.audience();
        let late = self.bug == Some(Bug::LateSubscription);
        match connection.task.take() {
            Some(Task::Subscribe(id, after)) => {
                if !late {
                    live.subscribe(id, audience, &connection.link);
                }
                connection.cursors.insert(id, Cursor::at(after));
                connection.task = Some(Task::ReadHead(id));
            }
            Some(Task::ReadHead(id)) => {
                let last = self.database.last_seq(id);
                let cursor = connection.cursors.entry(id).or_insert(Cursor::at(0));
                let beginning = cursor.begin(last);
                let name = connection.name(id);
                connection.tell(json!({"kind": "subscribed", "conversation": name}));
                match beginning {
                    Beginning::UpToDate if late => connection.task = Some(Task::SubscribeLate(id)),
                    Beginning::UpToDate => {}
                    Beginning::Behind => connection.task = Some(Task::ReadMissing(id)),
                    Beginning::Ahead => {
                        connection.tell(json!({"kind": "reload", "conversation": name}));
                    }
                }
            }
            Some(Task::ReadMissing(id)) => {
                connection.task = late.then_some(Task::SubscribeLate(id));
                self.read_missing(at, id);
            }
            Some(Task::SubscribeLate(id)) => live.subscribe(id, audience, &connection.link),
            Some(Task::ReadList) => {
                if let Side::Operator(operator) = connection.side {
                    for id in self.database.ask(|tx| store::listed(tx, operator)) {
                        live.subscribe(id, audience, &connection.link);
                        connection.cursors.insert(id, Cursor::at(i64::MAX));
                    }
                }
                connection.task = Some(Task::ReadHeads);
            }
            Some(Task::ReadHeads) => {
                let mut heads = Vec::new();
                for (id, cursor) in &mut connection.cursors {
                    let last = self.database.last_seq(*id);
                    *cursor = Cursor::at(last);
                    heads.push(json!({"id": id, "last_seq": last}));
                }
                connection.tell(json!({"kind": "heads", "conversations": heads}));
            }
            task => connection.task = task,
        }
    }

    pub fn pass_on(&mut self, at: usize) {
        let Some(connection) = self.connections.get_mut(&at) else {
            return;
        };
        match connection.waiting.try_recv() {
            Ok(Outgoing::CatchUp(id)) => connection.task = Some(Task::ReadMissing(id)),
            Ok(Outgoing::Event(delivery)) => {
                let (seq, frame) = match connection.side {
                    Side::Newcomer | Side::Visitor(_) => {
                        (delivery.visitor_seq, delivery.visitor_frame.as_ref())
                    }
                    Side::Operator(_) => (Some(delivery.seq), Some(&delivery.operator_frame)),
                };
                let (Some(seq), Some(frame)) = (seq, frame) else {
                    return;
                };
                let cursor =
                    connection.cursors.entry(delivery.conversation).or_insert(Cursor::at(seq - 1));
                let forgets = self.bug == Some(Bug::ForgottenGap);
                match cursor.pass(seq) {
                    Passage::Next => connection.to_client.extend(serde_json::from_str(frame)),
                    Passage::Known => {}
                    Passage::Gap if forgets => {
                        cursor.move_to(seq);
                        connection.to_client.extend(serde_json::from_str(frame));
                    }
                    Passage::Gap => {
                        connection.task = Some(Task::ReadMissing(delivery.conversation));
                    }
                }
            }
            _ => {}
        }
    }

    fn read_missing(&mut self, at: usize, id: ConversationId) {
        let Some(connection) = self.connections.get_mut(&at) else {
            return;
        };
        let cursor = connection.cursors.entry(id).or_insert(Cursor::at(0));
        let range = match connection.side {
            Side::Newcomer | Side::Visitor(_) => Range::VisitorAfter(cursor.seq(), REPLAY_MAX),
            Side::Operator(_) => Range::After(cursor.seq(), REPLAY_MAX),
        };
        let (events, more) = self.database.read(id, range);
        if more {
            let last = self.database.last_seq(id);
            cursor.move_to(last);
            let name = connection.name(id);
            let heads = json!([{"id": id, "last_seq": last}]);
            connection.tell(match connection.side {
                Side::Newcomer | Side::Visitor(_) => {
                    json!({"kind": "reload", "conversation": name})
                }
                Side::Operator(_) => json!({"kind": "heads", "conversations": heads}),
            });
            return;
        }
        for event in &events {
            cursor.move_to(event.seq);
        }
        let name = connection.name(id);
        let of_visitor = matches!(connection.side, Side::Visitor(_));
        for event in events {
            let event =
                if of_visitor { json!(event.for_visitor()) } else { json!(event.for_operators()) };
            connection.tell(json!({"kind": "event", "conversation": name, "event": event}));
        }
    }

    /// Some of what waits is stored in one commit. The disk may fail, also after it has stored.
    pub fn store(&mut self, at: usize) {
        let waiting = self.nodes[at].unwritten.len() as u64;
        for _ in 0..=self.chance.below(waiting) {
            let Some(message) = self.nodes[at].unwritten.pop_front() else {
                return;
            };
            let (fails, stores) = (self.fails_sometimes(), self.chance.one_in(2));
            let mut result = Err(away());
            if !fails || stores {
                let Message { conversation, event, at, checked, .. } = &message;
                result = self.database.write(|tx| match checked {
                    true => record(tx, *conversation, event, *at).map(Some),
                    false => record_message(tx, *conversation, event, *at),
                });
            }
            let result = if fails { Err(away()) } else { result };
            self.nodes[at].written.push_back((message, result));
        }
    }

    /// To the connections of this node, to the other nodes as hints, and to the author.
    pub fn announce(&mut self, at: usize) -> Result<(), String> {
        let Some((message, result)) = self.nodes[at].written.pop_front() else {
            return Ok(());
        };
        let stored = match messages::appended(result) {
            Ok(Some(appended)) => Ok(self.deliver(at, &message, appended)),
            Ok(None) => {
                let known = self.database.find(message.conversation, &message.client_id);
                let first = messages::first_answer(known, message.event.author());
                first.map(|event| {
                    self.nodes[at].live.catch_up(message.conversation, event.seq, None);
                    event.seq
                })
            }
            Err(problem) => Err(problem),
        };
        let Some(connection) = self.connections.get_mut(&message.connection) else {
            return Ok(());
        };
        let name = connection.name(message.conversation);
        connection.task = None;
        connection.tell(match stored {
            Ok(seq) => sent(name, &message.client_id, seq),
            Err(problem) => json!({"kind": "refused", "conversation": name,
                "client_id": message.client_id, "code": problem.code(),
                "retry_after": problem.retry_after()}),
        });
        Ok(())
    }

    fn deliver(&mut self, at: usize, message: &Message, appended: Appended) -> i64 {
        let by = appended.operator.clone();
        let event = appended.event(message.event.clone(), message.at, by);
        self.tell_event(at, message.conversation, &appended.client_conversation_id, &event);
        event.seq
    }

    /// An event reaches the connections of a node, and as a hint the other nodes.
    pub fn tell_event(
        &mut self,
        at: usize,
        conversation: ConversationId,
        name: &str,
        event: &StoredEvent,
    ) {
        let delivery = Arc::new(frontdesk_server::realtime::delivery(conversation, name, event));
        self.nodes[at].live.deliver(&delivery);
        let hint = event_hint(at as u64, &delivery);
        if !self.nodes[at].is_cut_off {
            let others = (0..self.nodes.len()).filter(|node| *node != at);
            self.hints.extend(others.map(|node| (node, hint.clone())));
        }
    }

    /// A hint reaches a node, whatever came before or after it.
    pub fn hint(&mut self, at: usize) {
        let (node, hint) = self.hints.swap_remove(at);
        let node = &self.nodes[node];
        if node.is_up && !node.is_cut_off {
            node.live.take_in(&hint);
        }
    }

    pub fn scan(&mut self, at: usize) -> Result<(), String> {
        // A node that has no others misses nothing, and does not look.
        let is_alone = self.nodes.len() == 1;
        let node = &mut self.nodes[at];
        if !node.is_up || is_alone || self.bug == Some(Bug::NoHeads) {
            return Ok(());
        }
        let now = node.now(self.time);
        let since = node.scan.since(now);
        let heads = self.database.write(|tx| heads_changed_since(tx, since));
        for head in heads.map_err(|error| error.to_string())? {
            node.live.catch_up(head.id, head.last_seq, head.operator);
        }
        node.scan.done(now);
        Ok(())
    }

    /// Heads of what is listed for those who are connected, and of what is followed, whenever they changed.
    pub fn compare(&mut self, at: usize) {
        // The comparison would heal both mistakes, a minute late.
        let is_off = matches!(self.bug, Some(Bug::NoHeads | Bug::LateSubscription));
        let node = &self.nodes[at];
        if node.is_up && !is_off {
            for operator in store::OPERATORS {
                let listed = self.database.ask(|tx| store::listed(tx, operator));
                for id in node.live.not_followed_by(operator, listed) {
                    node.live.catch_up(id, self.database.last_seq(id), Some(operator));
                }
            }
            let mut followed = node.live.followed();
            followed.sort();
            for id in followed {
                node.live.catch_up(id, self.database.last_seq(id), None);
            }
        }
    }
}

fn sent(name: Value, client_id: &str, seq: i64) -> Value {
    json!({"kind": "sent", "conversation": name, "client_id": client_id, "seq": seq})
}

pub fn away() -> Error {
    Error::Unavailable(Arc::new(io::Error::other("the disk of the simulation")))
}
