//! What must be true when the world has come to rest.

use crate::client::{Client, Side};
use crate::store::CONVERSATIONS;
use crate::world::{World, seen};
use frontdesk_domain::ConversationId;
use frontdesk_server::events::Range;
use std::collections::BTreeMap;

/// What a run was like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Things that happened.
    pub steps: u64,
    /// Things that went wrong.
    pub faults: u64,
    /// Messages that were acknowledged.
    pub messages: u64,
}

impl std::ops::Add for Report {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            steps: self.steps + other.steps,
            faults: self.faults + other.faults,
            messages: self.messages + other.messages,
        }
    }
}

/// A promise that was broken, and the seed that shows it again.
#[derive(Debug, thiserror::Error)]
#[error("seed {seed}: {problem}")]
pub struct Failure {
    /// The seed.
    pub seed: u64,
    /// What is wrong.
    pub problem: String,
}

type Events = Vec<(i64, String)>;

impl World<'_> {
    /// Exactly once, in order, without gaps; what clients show is what the log says.
    pub fn judge(&self) -> Result<Report, String> {
        let mut messages = 0;
        let logs: BTreeMap<ConversationId, Events> =
            CONVERSATIONS.iter().map(|id| (*id, self.log(*id))).collect();
        for (id, log) in &logs {
            numbers_have_no_gap(*id, log)?;
        }
        for (at, client) in self.clients.iter().enumerate() {
            if !client.outbox.is_empty() {
                return Err(format!("client {at} keeps {} messages for ever", client.outbox.len()));
            }
            messages += client.acknowledged.len() as u64;
            for (id, log) in &logs {
                own_messages_once_and_in_order(at, client, *id, log)?;
                shows_the_log(at, client, *id, log)?;
            }
        }
        let all: usize = logs.values().map(|log| log.len() - 1).sum();
        if all as u64 != messages {
            return Err(format!("{all} messages are stored, {messages} were acknowledged"));
        }
        Ok(Report { steps: self.steps, faults: self.faults, messages })
    }

    fn log(&self, id: ConversationId) -> Events {
        let (events, _) = self.database.read(id, Range::After(0, i64::MAX - 1));
        events.iter().map(seen).collect()
    }
}

fn numbers_have_no_gap(id: ConversationId, log: &Events) -> Result<(), String> {
    let numbers = log.iter().map(|(seq, _)| *seq);
    if numbers.eq(1..=log.len() as i64) {
        return Ok(());
    }
    Err(format!("the log of conversation {} has a gap", id.0))
}

fn own_messages_once_and_in_order(
    at: usize,
    client: &Client,
    id: ConversationId,
    log: &Events,
) -> Result<(), String> {
    let prefix = format!("client {at},");
    let stored: Vec<_> =
        log.iter().map(|(_, text)| text).filter(|it| it.starts_with(&prefix)).collect();
    let mut written: Vec<_> =
        client.acknowledged.iter().filter(|it| it.conversation == id).collect();
    written.sort_by_key(|entry| number_of(&entry.text));
    if stored.iter().copied().eq(written.iter().map(|entry| &entry.text)) {
        return Ok(());
    }
    Err(format!("client {at} wrote {:?}, stored is {stored:?}", texts(&written)))
}

fn number_of(text: &str) -> u64 {
    text.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

fn texts<'a>(entries: &'a [&crate::client::Entry]) -> Vec<&'a str> {
    entries.iter().map(|entry| entry.text.as_str()).collect()
}

/// A client that took a fresh snapshot has the newest part of the log.
fn shows_the_log(
    at: usize,
    client: &Client,
    id: ConversationId,
    log: &Events,
) -> Result<(), String> {
    if matches!(client.side, Side::Visitor(own) if own != id) {
        return Ok(());
    }
    let shown = client.logs.get(&id).map_or(&[][..], |log| &log.events);
    if !shown.is_empty() && log.ends_with(shown) {
        return Ok(());
    }
    Err(format!("client {at} shows {shown:?}, the log of conversation {} is {log:?}", id.0))
}
