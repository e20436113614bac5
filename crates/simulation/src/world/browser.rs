//! What clients do.

use super::World;
use crate::bug::Bug;
use crate::client::{Entry, Side};
use crate::connection::{Asked, Connection};
use crate::shown::{Applied, Log};
use crate::store::{self, CONVERSATIONS};
use frontdesk_domain::ConversationId;
use frontdesk_server::events::{Range, StoredEvent};
use serde_json::{Value, json};

/// Messages that one person writes at most.
const WRITTEN_MAX: u64 = 12;
/// Events of a page, and of a snapshot: few, so that both show.
const PAGE: i64 = 3;
const SNAPSHOT: i64 = 4;

impl World<'_> {
    pub fn write(&mut self, at: usize) {
        let conversation = match self.clients[at].side {
            Side::Newcomer => return,
            Side::Visitor(id) => id,
            Side::Operator(_) => self.some_conversation(at),
        };
        let client_id = self.client_id();
        let client = &mut self.clients[at];
        if client.written < WRITTEN_MAX {
            client.written += 1;
            let text = format!("client {at}, message {}", client.written);
            self.trace.wrote(at, &client_id, &text);
            let number = client.written;
            client.outbox.push_back(Entry { conversation, client_id, number, text });
        }
    }

    /// One that an operator knows.
    pub fn some_conversation(&mut self, at: usize) -> ConversationId {
        let known: Vec<_> = self.clients[at].logs.keys().copied().collect();
        self.chance.pick(if known.is_empty() { &CONVERSATIONS } else { &known })
    }

    pub fn send(&mut self, at: usize) {
        let overtakes = self.bug == Some(Bug::Overtaking);
        let new_id = (self.bug == Some(Bug::NewClientId)).then(|| self.client_id());
        let client = &mut self.clients[at];
        let next = if overtakes { client.outbox.back() } else { client.next_to_send() };
        let (Some(entry), Some(connection)) = (next.cloned(), client.connection) else {
            return;
        };
        let client_id = new_id.unwrap_or_else(|| entry.client_id.clone());
        for known in client.outbox.iter_mut().filter(|it| it.client_id == entry.client_id) {
            known.client_id.clone_from(&client_id);
        }
        client.in_flight.insert(entry.conversation, client_id.clone());
        self.trace.sent(at, &client_id);
        let (conversation, text) = (entry.conversation, entry.text);
        self.ask(connection, Asked::Send { conversation, client_id, text });
    }

    pub fn release(&mut self, at: usize) {
        self.trace.released(at);
        self.clients[at].held.clear();
    }

    /// One that is up; somebody is.
    pub fn some_node(&mut self) -> usize {
        let up: Vec<usize> = (0..self.nodes.len()).filter(|it| self.nodes[*it].is_up).collect();
        self.chance.pick(&up)
    }

    pub fn connect(&mut self, at: usize) {
        let node = self.some_node();
        let side = self.clients[at].side;
        let connection = self.opened;
        self.opened += 1;
        let opened = Connection::open(at, &self.clients[at], node);
        if let Side::Operator(operator) = side {
            self.nodes[node].live.connect(operator, &opened.link);
        }
        self.connections.insert(connection, opened);
        self.clients[at].connection = Some(connection);
        self.trace.connected(at);
        if let Side::Visitor(conversation) = side {
            self.subscribe(at, conversation);
        }
    }

    fn subscribe(&mut self, at: usize, conversation: ConversationId) {
        let after = self.clients[at].log(conversation).cursor();
        self.trace.subscribed(at, after);
        if let Some(connection) = self.clients[at].connection {
            self.ask(connection, Asked::Subscribe { conversation, after });
        }
    }

    fn ask(&mut self, connection: usize, asked: Asked) {
        if let Some(connection) = self.connections.get_mut(&connection) {
            connection.to_server.push_back(asked);
        }
    }

    /// Over HTTP: the next page of a log, or a fresh snapshot where too much is missing.
    pub fn fetch(&mut self, at: usize) -> Result<(), String> {
        if let Some(conversation) = self.clients[at].outdated.pop_first() {
            let newest = Range::VisitorBefore(i64::MAX, SNAPSHOT);
            let (events, _) = self.database.read(conversation, newest);
            let events = self.seen_by(at, &events);
            self.trace.fetched(at, &events);
            *self.clients[at].log(conversation) = Log::of(&events);
            self.subscribe(at, conversation);
        } else if let Some(conversation) = self.clients[at].behind.pop_first() {
            let after = Range::After(self.clients[at].log(conversation).cursor(), PAGE);
            let (events, more) = self.database.read(conversation, after);
            let revises = self.bug != Some(Bug::ForgottenRevisions);
            for event in self.seen_by(at, &events) {
                self.apply(at, conversation, &event, revises)?;
            }
            if more {
                self.clients[at].behind.insert(conversation);
            }
        }
        Ok(())
    }

    pub fn tell(&mut self, connection: usize) -> Result<(), String> {
        let Some(connection) = self.connections.get_mut(&connection) else {
            return Ok(());
        };
        let (at, Some(frame)) = (connection.client, connection.to_client.pop_front()) else {
            return Ok(());
        };
        self.trace.heard(at, &frame);
        let about = self.clients[at].conversation_of(&frame);
        match (frame["kind"].as_str(), about) {
            (Some("heads"), _) => self.compare_heads(at, &frame),
            (Some("event"), Some(id)) => self.apply(at, id, &frame["event"], true)?,
            (Some("reload"), Some(id)) => {
                self.clients[at].outdated.insert(id);
            }
            (Some("sent"), Some(id)) => self.acknowledge(at, id, &frame)?,
            (Some("refused"), Some(id)) => self.hold(at, id, &frame)?,
            (Some("subscribed"), Some(_)) => {}
            _ => return Err(format!("client {at} hears what it does not know: {frame}")),
        }
        Ok(())
    }

    fn compare_heads(&mut self, at: usize, frame: &Value) {
        for head in frame["conversations"].as_array().into_iter().flatten() {
            let (id, last) = (head["id"].as_i64(), head["last_seq"].as_i64());
            let id = ConversationId(id.unwrap_or_default());
            if last > Some(self.clients[at].log(id).cursor()) {
                self.clients[at].behind.insert(id);
            }
        }
    }

    fn apply(
        &mut self,
        at: usize,
        id: ConversationId,
        event: &Value,
        revises: bool,
    ) -> Result<(), String> {
        match self.clients[at].log(id).apply(event, revises) {
            Applied::Yes | Applied::Known => {}
            Applied::Gap if matches!(self.clients[at].side, Side::Visitor(_)) => {
                // The server compares with a cursor of its own, so this cannot be on one connection.
                if !self.clients[at].outdated.contains(&id) {
                    return Err(format!("client {at} sees a gap before {event} of its connection"));
                }
            }
            Applied::Gap => {
                self.clients[at].behind.insert(id);
            }
        }
        Ok(())
    }

    fn acknowledge(&mut self, at: usize, id: ConversationId, frame: &Value) -> Result<(), String> {
        let client_id = frame["client_id"].as_str().unwrap_or_default().to_owned();
        let Some(stored) = self.database.find(id, &client_id) else {
            return Err(format!("client {at}: {client_id} is acknowledged, and not on disk"));
        };
        if frame["seq"] != stored.seq {
            return Err(format!("client {at}: {client_id} is acknowledged under another number"));
        }
        let client = &mut self.clients[at];
        // The answer to an attempt that was given up is not waited for any more.
        if client.in_flight.get(&id) == Some(&client_id) {
            client.in_flight.remove(&id);
            let place = client.outbox.iter().position(|it| it.client_id == client_id);
            client.acknowledged.extend(place.and_then(|place| client.outbox.remove(place)));
            client.own.push((id, stored.seq));
        }
        Ok(())
    }

    /// Where the server asks to wait, the message stays; where the conversation has ended, it goes.
    fn hold(&mut self, at: usize, id: ConversationId, frame: &Value) -> Result<(), String> {
        let is_for_good = frame["retry_after"].is_null();
        if is_for_good && !self.database.ask(|tx| store::has_ended(tx, id)) {
            return Err(format!("client {at} is refused for good: {frame}"));
        }
        let client = &mut self.clients[at];
        if client.in_flight.get(&id).is_some_and(|it| frame["client_id"] == **it) {
            client.in_flight.remove(&id);
            if is_for_good {
                let place = client.outbox.iter().position(|it| frame["client_id"] == *it.client_id);
                client.refused.extend(place.and_then(|place| client.outbox.remove(place)));
            } else {
                client.held.insert(id);
            }
        }
        Ok(())
    }

    /// Events as the server shows them to a client.
    pub fn seen_by(&self, at: usize, events: &[StoredEvent]) -> Vec<Value> {
        let of_visitor = !matches!(self.clients[at].side, Side::Operator(_));
        let seen = |event: &StoredEvent| match of_visitor {
            true => json!(event.for_visitor()),
            false => json!(event.for_operators()),
        };
        events.iter().map(seen).collect()
    }

    pub fn write_down_what_shows(&mut self) {
        for (at, client) in self.clients.iter().enumerate() {
            if let Side::Visitor(own) = client.side {
                let events = client.logs.get(&own).map(Log::events).unwrap_or_default();
                let texts: Vec<_> = events.iter().map(|it| (it.seq, it.text.as_str())).collect();
                self.trace.shows(at, &texts);
            }
        }
    }
}
