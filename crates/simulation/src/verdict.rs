//! What must be true when the world has come to rest.

use crate::client::{Client, Side};
use crate::shown::Log;
use crate::store::{self, CONVERSATIONS};
use crate::world::World;
use frontdesk_domain::ConversationId;
use frontdesk_server::events::Range;
use frontdesk_server::integrity;
use serde_json::json;

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

/// A log as it would show to somebody who reads it now.
struct Stored {
    id: ConversationId,
    for_visitor: Log,
    for_operators: Log,
}

impl World<'_> {
    /// Exactly once, in order, without gaps; what clients show is what the log says; nobody waits in vain.
    pub fn judge(&self) -> Result<Report, String> {
        let logs: Vec<Stored> =
            self.database.ask(store::all).into_iter().map(|id| self.stored(id)).collect();
        for log in &logs {
            numbers_have_no_gap(log)?;
            nothing_follows_the_end(log)?;
        }
        let (mut messages, mut started) = (0, CONVERSATIONS.len());
        for (at, client) in self.clients.iter().enumerate() {
            if !client.outbox.is_empty() || client.action.is_some() {
                return Err(format!("client {at} waits for ever"));
            }
            messages += client.acknowledged.len() as u64;
            started += usize::from(is_from_here(client));
            for log in &logs {
                own_messages_once_and_in_order(at, client, log)?;
                self.shows_the_log(at, client, log)?;
            }
        }
        let stored: u64 = logs.iter().map(|log| messages_of(log).count() as u64).sum();
        if stored != messages {
            return Err(format!("{stored} messages are stored, {messages} were acknowledged"));
        }
        if logs.len() != started {
            return Err(format!("{} conversations are stored, {started} were started", logs.len()));
        }
        self.nobody_waits_in_vain()?;
        self.is_whole()?;
        Ok(Report { steps: self.steps, faults: self.faults, messages })
    }

    fn stored(&self, id: ConversationId) -> Stored {
        let (events, _) = self.database.read(id, Range::After(0, i64::MAX - 1));
        let for_visitor: Vec<_> = events.iter().map(|event| json!(event.for_visitor())).collect();
        let for_operators: Vec<_> =
            events.iter().map(|event| json!(event.for_operators())).collect();
        let (for_visitor, for_operators) = (Log::of(&for_visitor), Log::of(&for_operators));
        Stored { id, for_visitor, for_operators }
    }

    /// What `frontdesk check` finds.
    fn is_whole(&self) -> Result<(), String> {
        let found = self.database.ask(integrity::findings);
        if found.is_empty() { Ok(()) } else { Err(found.join("; ")) }
    }

    /// A client that took a fresh snapshot has the newest part of the log.
    fn shows_the_log(&self, at: usize, client: &Client, log: &Stored) -> Result<(), String> {
        let (follows, stored) = match client.side {
            Side::Newcomer => (false, &log.for_visitor),
            Side::Visitor(own) => (own == log.id, &log.for_visitor),
            Side::Operator(operator) => {
                let listed = self.database.ask(|tx| store::listed(tx, operator));
                (listed.contains(&log.id), &log.for_operators)
            }
        };
        let shown = client.logs.get(&log.id).map_or(&[][..], Log::events);
        if !follows || (!shown.is_empty() && stored.events().ends_with(shown)) {
            return Ok(());
        }
        let (id, stored) = (log.id.0, stored.events());
        Err(format!("client {at} shows {shown:?}, the log of conversation {id} is {stored:?}"))
    }
}

/// Whether this client's browser started a conversation of its own.
fn is_from_here(client: &Client) -> bool {
    matches!(client.side, Side::Visitor(id) if !CONVERSATIONS.contains(&id))
}

fn numbers_have_no_gap(log: &Stored) -> Result<(), String> {
    let numbers = |log: &Log| log.events().iter().map(|event| event.seq).collect::<Vec<_>>();
    let all: Vec<_> = (1..).take(log.for_operators.events().len()).collect();
    if numbers(&log.for_operators) == all && numbers(&log.for_visitor) == all {
        return Ok(());
    }
    Err(format!("the log of conversation {} has a gap", log.id.0))
}

fn nothing_follows_the_end(log: &Stored) -> Result<(), String> {
    let events = log.for_operators.events();
    let mut after_end =
        events.iter().skip_while(|event| event.kind != "conversation.ended").skip(1);
    after_end.next().map_or(Ok(()), |event| {
        Err(format!("conversation {} has ended, and {event:?} follows", log.id.0))
    })
}

fn messages_of(log: &Stored) -> impl Iterator<Item = &str> {
    let messages = log.for_operators.events().iter().filter(|event| event.kind == "message.posted");
    messages.filter_map(|event| event.client_id.as_deref())
}

fn own_messages_once_and_in_order(at: usize, client: &Client, log: &Stored) -> Result<(), String> {
    let mut written: Vec<_> =
        client.acknowledged.iter().filter(|it| it.conversation == log.id).collect();
    written.sort_by_key(|entry| entry.number);
    let written: Vec<_> = written.iter().map(|entry| entry.client_id.as_str()).collect();
    let own: Vec<_> = messages_of(log).filter(|id| written.contains(id)).collect();
    if own != written {
        return Err(format!("client {at} wrote {written:?}, stored is {own:?}"));
    }
    let refused = client.refused.iter().find(|it| messages_of(log).any(|id| id == it.client_id));
    refused.map_or(Ok(()), |it| Err(format!("client {at} was refused {it:?}, which is stored")))
}
