//! Starts, ends, edits and deletions, and what waits: the server's own transactions, and what follows from them.

use super::World;
use super::server::away;
use crate::action::{Action, Announcement, Answer, Done, Request};
use crate::bug::Bug;
use crate::client::{Entry, Side};
use crate::shown::Log;
use crate::store::{self, CHANNEL, LIMIT, OPERATORS};
use frontdesk_db::Tx;
use frontdesk_domain::message::Author;
use frontdesk_domain::{ConversationId, Millis, OperatorId};
use frontdesk_server::assignment;
use frontdesk_server::auth::SecretHash;
use frontdesk_server::conversations::{
    self, Looked, Outcome, Plan, StartRequest, end_in, look_in, unanswered,
};
use frontdesk_server::events::{Range, StoredEvent};
use frontdesk_server::messages::{NewMessage, revise_in};
use frontdesk_server::problem::Problem;

/// Waiting conversations that are looked at together.
const WAITING_MAX: i64 = 1000;

impl World<'_> {
    /// Somebody decides to do something, and asks for it until it is answered.
    pub fn act(&mut self, at: usize) {
        if self.clients[at].action.is_some() {
            return;
        }
        let action = match self.clients[at].side {
            Side::Newcomer => Some(self.start(at)),
            Side::Visitor(id) => self.chance.one_in(8).then_some(Action::End(id)),
            Side::Operator(_) => self.operators_action(at),
        };
        self.clients[at].action = action;
    }

    fn start(&mut self, at: usize) -> Action {
        let (name, message) = (self.client_id(), self.client_id());
        self.clients[at].name.clone_from(&name);
        Action::Start { name, message }
    }

    fn operators_action(&mut self, at: usize) -> Option<Action> {
        if self.chance.one_in(8) {
            return Some(Action::End(self.some_conversation(at)));
        }
        let own = self.clients[at].own.clone();
        let (conversation, seq) = (!own.is_empty()).then(|| self.chance.pick(&own))?;
        if self.chance.one_in(3) {
            return Some(Action::Delete { conversation, seq });
        }
        let text = format!("client {at}, written anew at {}", self.steps);
        Some(Action::Edit { conversation, seq, text })
    }

    pub fn ask_for_action(&mut self, at: usize) {
        let node = self.some_node();
        if self.bug == Some(Bug::StartedAnew) && self.clients[at].side == Side::Newcomer {
            self.clients[at].action = Some(self.start(at));
        }
        let Some(action) = self.clients[at].action.clone() else {
            return;
        };
        self.clients[at].asked = Some(self.requested);
        let at = (Some(at), self.nodes[node].now(self.time));
        self.request(Request { client: at.0, node, at: at.1, action: Some(action), done: None });
    }

    fn request(&mut self, request: Request) {
        self.requests.insert(self.requested, request);
        self.requested += 1;
    }

    /// First it is stored, then it is announced and answered.
    pub fn serve(&mut self, at: usize) -> Result<(), String> {
        let Some(mut request) = self.requests.remove(&at) else {
            return Ok(());
        };
        match (request.done.take(), request.action.clone()) {
            (Some(done), _) => self.finish(at, &request, done),
            (None, Some(action)) => {
                request.done = Some(self.carry_out(&request, &action)?);
                self.requests.insert(at, request);
            }
            (None, None) => {}
        }
        Ok(())
    }

    fn carry_out(&mut self, request: &Request, action: &Action) -> Result<Done, String> {
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
            message: NewMessage { client_id: message.to_owned(), text: first_text(client) },
            page_url: None,
            page_title: None,
            language: None,
            time_zone: None,
            email: None,
            operator: None,
        };
        let secret = SecretHash(format!("newcomer {client}"));
        let plan = Plan::new(secret, start, (request.at, self.chance.next()));
        let plan = plan.map_err(|problem| format!("a start is refused: {problem}"))?;
        self.remember(request.node, request.at);
        let outcome =
            self.attempt(|world, tx| plan.in_transaction(&world.nodes[request.node].roster, tx));
        match outcome {
            Ok(Outcome::Created(created)) => {
                self.limits_hold(request.at)?;
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
            Err(Problem::Busy) => Ok(answered(Answer::Busy)),
            Err(problem) => Err(format!("a start is refused: {problem}")),
        }
    }

    fn end(&mut self, request: &Request, id: ConversationId) -> Done {
        let by = self.author(request);
        match self.attempt(|_, tx| Ok(end_in(tx, id, by, request.at)?)) {
            Ok(Some(ended)) => {
                let name = ended.appended.client_conversation_id.clone();
                let event = ended.appended.event(ended.event, request.at, None);
                let announcements = announcements(id, &name, [event]);
                let operators = &ended.operators;
                self.nodes[request.node].roster.ended(operators, CHANNEL);
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

    fn finish(&mut self, at: usize, request: &Request, done: Done) {
        for Announcement { conversation, name, event } in &done.announcements {
            self.tell_event(request.node, *conversation, name, event);
        }
        self.nodes[request.node].offers |= done.offers;
        let Some(client) = request.client.filter(|it| self.clients[*it].asked == Some(at)) else {
            return;
        };
        self.clients[client].asked = None;
        match done.answer {
            Some(Answer::Busy) | None => {}
            Some(Answer::Started(id, events)) => self.started(client, id, &events),
            Some(Answer::Done | Answer::Refused) => self.clients[client].action = None,
        }
    }

    fn started(&mut self, at: usize, id: ConversationId, events: &[StoredEvent]) {
        let events = self.seen_by(at, events);
        let client = &mut self.clients[at];
        let Some(Action::Start { message: client_id, .. }) = client.action.take() else {
            return;
        };
        client.side = Side::Visitor(id);
        client.logs.insert(id, Log::of(&events));
        client.written += 1;
        let (number, text) = (client.written, first_text(at));
        client.acknowledged.push(Entry { conversation: id, client_id, number, text });
    }

    /// Perhaps nobody heard of it: the first attempt was stored, and broke off before it was announced.
    fn catch_up(&self, node: usize, id: ConversationId, last: i64) {
        let operator = self.database.ask(|tx| store::operator(tx, id));
        self.nodes[node].live.catch_up(id, last, operator);
    }

    /// A node reads what waits, then looks for somebody for one after the other.
    pub fn offer(&mut self, node: usize) -> Result<(), String> {
        let now = self.nodes[node].now(self.time);
        let Some(id) = self.nodes[node].offering.pop_front() else {
            self.nodes[node].offers = false;
            let waiting = self.database.ask(|tx| conversations::waiting(tx, WAITING_MAX));
            self.nodes[node].offering = waiting.into_iter().map(|(id, _)| id).collect();
            self.nodes[node].free = self.free_operator(now);
            return Ok(());
        };
        if self.bug == Some(Bug::UncountedPlaces) {
            return self.give(node, id, now);
        }
        let Some(unanswered) = self.database.ask(|tx| unanswered(tx, id)) else {
            return Ok(());
        };
        let wish = unanswered.wish(now, self.chance.next());
        self.remember(node, now);
        match self.attempt(|world, tx| look_in(&world.nodes[node].roster, tx, id, &wish)) {
            Ok(Looked::Taken(moved)) => {
                self.limits_hold(now)?;
                let announcements = announcements(id, &moved.client_id, moved.events.clone());
                let done = Some(Done { announcements, answer: None, offers: false });
                self.request(Request { client: None, node, at: now, action: None, done });
            }
            // The channel is full, or the database is away: until the next time.
            _ => self.nodes[node].offering.clear(),
        }
        Ok(())
    }

    /// The planted mistake.
    fn give(&mut self, node: usize, id: ConversationId, now: Millis) -> Result<(), String> {
        if let Some(operator) = self.nodes[node].free {
            self.database.ask(|tx| store::give(tx, id, operator, now));
        }
        self.limits_hold(now)
    }

    fn free_operator(&self, now: Millis) -> Option<OperatorId> {
        let places = |operator| self.database.ask(|tx| store::places_taken(tx, operator, now));
        OPERATORS.into_iter().find(|operator| places(*operator) < LIMIT)
    }

    /// Nobody is given more than the channel allows.
    fn limits_hold(&self, now: Millis) -> Result<(), String> {
        for operator in OPERATORS {
            let places = self.database.ask(|tx| store::places_taken(tx, operator, now));
            if places > LIMIT {
                return Err(format!("operator {} has {places} conversations", operator.0));
            }
        }
        Ok(())
    }

    /// No conversation waits while somebody is free, whichever node is asked.
    pub fn nobody_waits_in_vain(&self) -> Result<(), String> {
        let waiting = self.database.ask(store::waiting);
        let free = self.nodes.iter().find_map(|node| self.free_operator(node.now(self.time)));
        match free {
            Some(operator) if waiting > 0 => {
                Err(format!("{waiting} conversations wait, and operator {} is free", operator.0))
            }
            _ => Ok(()),
        }
    }

    fn remember(&self, node: usize, now: Millis) {
        let roster = &self.nodes[node].roster;
        // The database of this world can always be read.
        let read = self.database.write(|tx| assignment::remember(roster, tx, (CHANNEL, now, 0)));
        debug_assert!(read.is_ok());
    }

    /// The connection to the database may break, also after it has stored.
    fn attempt<T>(
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

fn first_text(client: usize) -> String {
    format!("client {client}, message 1")
}

fn answered(answer: Answer) -> Done {
    Done { answer: Some(answer), ..Done::default() }
}

fn announcements(
    conversation: ConversationId,
    name: &str,
    events: impl IntoIterator<Item = StoredEvent>,
) -> Vec<Announcement> {
    let announcement = |event| Announcement { conversation, name: name.to_owned(), event };
    events.into_iter().map(announcement).collect()
}
