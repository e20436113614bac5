//! What goes wrong.

use super::World;
use crate::step::Fault;

/// So long may everything stand still: longer than a look at the heads reaches back by itself.
const PAUSE_MAX_MILLIS: u64 = 600_000;

impl World<'_> {
    pub fn fail(&mut self, fault: Fault) {
        self.faults += 1;
        match fault {
            Fault::Die(node) => self.die(node),
            Fault::Start(node) => self.nodes[node].is_up = true,
            Fault::CutOff(node) => self.nodes[node].is_cut_off ^= true,
            Fault::Break(connection) => self.break_off(connection),
            Fault::Impatience(client) => {
                self.trace.lost_patience(client);
                let in_flight = std::mem::take(&mut self.clients[client].in_flight);
                self.clients[client].held.extend(in_flight.into_keys());
            }
            Fault::GiveUp(client) => self.clients[client].asked = None,
            Fault::LoseHint(hint) => drop(self.hints.swap_remove(hint)),
            Fault::DoubleHint(hint) => self.hints.push(self.hints[hint].clone()),
            Fault::Pause => self.time += self.chance.below(PAUSE_MAX_MILLIS).cast_signed(),
        }
    }

    /// Everything works from now on.
    pub fn heal(&mut self) {
        for node in &mut self.nodes {
            node.is_up = true;
            node.is_cut_off = false;
        }
        self.is_calm = true;
    }

    pub fn fails_sometimes(&mut self) -> bool {
        !self.is_calm && self.chance.one_in(12)
    }

    fn die(&mut self, node: usize) {
        let its = self.connections.iter().filter(|(_, it)| it.node == node);
        let its: Vec<usize> = its.map(|(at, _)| *at).collect();
        its.into_iter().for_each(|connection| self.break_off(connection));
        let lost: Vec<usize> =
            self.requests.iter().filter(|(_, it)| it.node == node).map(|(at, _)| *at).collect();
        self.requests.retain(|_, it| it.node != node);
        for client in &mut self.clients {
            client.asked = client.asked.filter(|at| !lost.contains(at));
        }
        self.nodes[node].die();
    }

    /// What is on its way is gone. What the node writes already, it goes on writing.
    fn break_off(&mut self, connection: usize) {
        if let Some(connection) = self.connections.remove(&connection) {
            connection.close(&self.nodes[connection.node]);
            self.trace.disconnected(connection.client);
            self.clients[connection.client].disconnected();
        }
    }
}
