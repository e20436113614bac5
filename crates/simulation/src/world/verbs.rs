//! Starts, ends, edits and deletions, each in the server's own transaction.

use super::World;
use super::actions::first_text;
use super::server::away;
use crate::action::{Action, Announcement, Answer, Done, Request};
use crate::client::Side;
use crate::store::{self, CHANNEL};
use frontdesk_db::Tx;
use frontdesk_domain::message::Author;
use frontdesk_domain::{ConversationId, Millis};
use frontdesk_server::assignment;
use frontdesk_server::auth::SecretHash;
use frontdesk_server::conversations::{Outcome, Plan, StartRequest, end_in};
use frontdesk_server::events::{Range, StoredEvent};
use frontdesk_server::messages::{NewMessage, revise_in};
use frontdesk_server::problem::Problem;

impl World<'_> {
    pub fn carry_out(&mut self, request: &Request, action: &Action) -> Result<Done, String> {
        match action {
            Action::Start { name, message } => self.begin(request, (name, message)),
            Action::End(id) => Ok(self.end(request, *id)),
            Action::Edit { conversation, seq, text } => {
                Ok(self.revise(request, (*conversation, *seq), Some(text)))
            }
            Action::Delete { conversation, seq } => {
                Ok(self.revise(request, (*conversation, *seq), None))
            }
        }
    }

    fn begin(&mut self, request: &Request, (name, message): (&str, &str)) -> Result<Done, String> {
        let Some(client) = request.client else {
            return Ok(Done::default());
        };
        let start = StartRequest {
            channel_id: CHANNEL,
            id: name.to_owned(),
            message: NewMessage {
                client_id: message.to_owned(),
                text: first_text(client),
                answer: None,
            },
            page_url: None,
            page_title: None,
            language: None,
            time_zone: None,
            email: None,
            operator: None,
            chatbot: None,
        };
        let secret = SecretHash(format!("newcomer {client}"));
        let plan = Plan::new(secret, start, (request.at, self.chance.next()));
        let plan = plan.map_err(|problem| format!("a start is refused: {problem}"))?;
        self.remember(request.node, request.at);
        let outcome =
            self.attempt(|world, tx| plan.without_chatbot(&world.nodes[request.node].roster, tx));
        match outcome {
            Ok(Outcome::Created(created)) => {
                self.limit_holds(&created.events[0], request.at)?;
                let answer = Answer::Started(created.id, created.events.to_vec());
                let announcements = announcements(created.id, name, created.events);
                Ok(Done { announcements, answer: Some(answer), offers: false })
            }
            Ok(Outcome::Known(known)) => {
                let (events, _) = self.database.read(known.id, Range::After(0, i64::MAX - 1));
                let last = events.last().map_or(0, |event| event.seq);
                self.catch_up(request.node, known.id, last);
                Ok(answered(Answer::Started(known.id, events)))
            }
            Ok(Outcome::Begun(..)) => Err("there is no chatbot here".to_owned()),
            Err(Problem::Busy) => Ok(answered(Answer::Busy)),
            Err(problem) => Err(format!("a start is refused: {problem}")),
        }
    }

    fn end(&mut self, request: &Request, id: ConversationId) -> Done {
        let by = self.author(request);
        match self.attempt(|_, tx| end_in(tx, id, by, request.at)) {
            Ok(Some(ended)) => {
                let announcements = announcements(id, &ended.client_id, [ended.event.clone()]);
                self.nodes[request.node].roster.ended(&ended.operators, CHANNEL);
                Done { announcements, answer: Some(Answer::Done), offers: true }
            }
            Ok(None) => answered(Answer::Done),
            Err(_) => answered(Answer::Busy),
        }
    }

    fn revise(
        &mut self,
        request: &Request,
        (id, seq): (ConversationId, i64),
        text: Option<&str>,
    ) -> Done {
        let Author::Operator(operator) = self.author(request) else {
            return answered(Answer::Refused);
        };
        match self.attempt(|_, tx| revise_in(tx, (id, seq), (operator, text), request.at)) {
            Ok(Some((appended, event))) => {
                let name = appended.client_conversation_id.clone();
                let event = appended.event(event, request.at, None);
                let announcements = announcements(id, &name, [event]);
                Done { announcements, answer: Some(Answer::Done), offers: false }
            }
            Ok(None) => answered(Answer::Done),
            Err(Problem::Busy) => answered(Answer::Busy),
            Err(_) => answered(Answer::Refused),
        }
    }

    fn author(&self, request: &Request) -> Author {
        match request.client.map(|at| self.clients[at].side) {
            Some(Side::Operator(operator)) => Author::Operator(operator),
            _ => Author::Visitor,
        }
    }

    /// Perhaps nobody heard of it: the first attempt was stored, and broke off before it was announced.
    fn catch_up(&self, node: usize, id: ConversationId, last: i64) {
        let operator = self.database.ask(|tx| store::operator(tx, id));
        self.nodes[node].live.catch_up(id, last, operator);
    }

    pub fn remember(&self, node: usize, now: Millis) {
        let roster = &self.nodes[node].roster;
        // The database of this world can always be read.
        let read = self.database.write(|tx| assignment::remember(roster, tx, (CHANNEL, now, 0)));
        debug_assert!(read.is_ok());
    }

    /// The connection to the database may break, also after it has stored.
    pub fn attempt<T>(
        &mut self,
        closure: impl Fn(&Self, &mut Tx<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let (fails, stores) = (self.fails_sometimes(), self.chance.one_in(2));
        if fails && !stores {
            return Err(away().into());
        }
        let stored = self.database.write(|tx| closure(self, tx));
        if fails { Err(away().into()) } else { stored }
    }
}

fn answered(answer: Answer) -> Done {
    Done { answer: Some(answer), ..Done::default() }
}

/// What is told of events that were committed.
pub fn announcements(
    conversation: ConversationId,
    name: &str,
    events: impl IntoIterator<Item = StoredEvent>,
) -> Vec<Announcement> {
    let announcement = |event| Announcement { conversation, name: name.to_owned(), event };
    events.into_iter().map(announcement).collect()
}
