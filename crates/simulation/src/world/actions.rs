//! What people ask for over HTTP, until it is answered.

use super::World;
use crate::action::{Action, Announcement, Answer, Done, Request};
use crate::bug::Bug;
use crate::client::{Entry, Side};
use crate::shown::Log;
use frontdesk_domain::ConversationId;
use frontdesk_server::events::StoredEvent;

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

    pub fn request(&mut self, request: Request) {
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
}

/// What a newcomer writes first.
pub fn first_text(client: usize) -> String {
    format!("client {client}, message 1")
}
