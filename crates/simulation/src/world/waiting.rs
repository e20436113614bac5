//! What waits, and who has a place.

use super::World;
use super::verbs::announcements;
use crate::action::{Done, Request};
use crate::bug::Bug;
use crate::store::{self, LIMIT, OPERATORS};
use frontdesk_domain::{ConversationId, Millis, OperatorId};
use frontdesk_server::conversations::{self, Looked, look_in, unanswered};
use frontdesk_server::events::StoredEvent;

/// Waiting conversations that are looked at together.
const WAITING_MAX: i64 = 1000;

impl World<'_> {
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
                self.limit_holds(&moved.events[0], now)?;
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
        let Some(operator) = self.nodes[node].free else {
            return Ok(());
        };
        self.database.ask(|tx| store::give(tx, id, operator, now));
        self.has_a_place(operator, now)
    }

    fn free_operator(&self, now: Millis) -> Option<OperatorId> {
        let places = |operator| self.database.ask(|tx| store::places_taken(tx, operator, now));
        OPERATORS.into_iter().find(|operator| places(*operator) < LIMIT)
    }

    /// Nobody is given more than the channel allows; by hand, and when somebody writes again after long, it may be more.
    pub fn limit_holds(&self, given: &StoredEvent, now: Millis) -> Result<(), String> {
        given.event.operator().map_or(Ok(()), |operator| self.has_a_place(operator, now))
    }

    fn has_a_place(&self, operator: OperatorId, now: Millis) -> Result<(), String> {
        match self.database.ask(|tx| store::places_taken(tx, operator, now)) {
            places if places > LIMIT => {
                Err(format!("operator {} is given conversation {places} of {LIMIT}", operator.0))
            }
            _ => Ok(()),
        }
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
}
