//! What can happen next.

use crate::client::Side;
use crate::world::World;

/// One thing that happens. Numbers are those of a node, connection, client or hint.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// A person writes something.
    Write(usize),
    /// A client sends the next message of its outbox.
    Send(usize),
    /// A client that was told to wait has waited.
    Release(usize),
    /// A client connects to some node.
    Connect(usize),
    /// A client fetches what it misses over HTTP.
    Fetch(usize),
    /// The server's end hears what its client asked.
    Hear(usize),
    /// The server's end goes on with what it is busy with.
    Work(usize),
    /// The server's end passes on what waits in its queue.
    PassOn(usize),
    /// A client hears what the server told.
    Tell(usize),
    /// Messages of a node are stored.
    Store(usize),
    /// A node tells what it stored.
    Announce(usize),
    /// A hint arrives.
    Hint(usize),
    /// A node reads the heads again.
    Scan(usize),
    /// A node compares the heads of all that is followed there.
    Compare(usize),
    /// A person ends a conversation, edits or deletes a message, or writes for the first time.
    Act(usize),
    /// A client asks for it.
    Ask(usize),
    /// A request is carried out, or announced and answered.
    Serve(usize),
    /// A node offers the next conversation that waits.
    Offer(usize),
}

/// What goes wrong.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// A node dies.
    Die(usize),
    /// A node starts again.
    Start(usize),
    /// The bus reaches a node no more, or again.
    CutOff(usize),
    /// A connection breaks.
    Break(usize),
    /// A client has waited too long for an answer.
    Impatience(usize),
    /// A client has waited too long for the answer to a request, or has left the page and come back.
    GiveUp(usize),
    /// A hint is lost.
    LoseHint(usize),
    /// A hint arrives twice.
    DoubleHint(usize),
    /// Nothing happens for a long time.
    Pause,
}

impl World<'_> {
    /// Everything that can happen now, except for what goes wrong.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for (at, client) in self.clients.iter().enumerate() {
            let connected = client.connection.is_some();
            steps.extend((client.next_to_send().is_some() && connected).then_some(Step::Send(at)));
            steps.extend((!client.held.is_empty()).then_some(Step::Release(at)));
            let is_newcomer = client.side == Side::Newcomer;
            let can_ask = client.action.is_some() && client.asked.is_none();
            steps.extend((can_ask && self.somebody_is_up()).then_some(Step::Ask(at)));
            let can_connect = !connected && !is_newcomer && self.somebody_is_up();
            steps.extend(can_connect.then_some(Step::Connect(at)));
            let behind = !client.behind.is_empty() || !client.outdated.is_empty();
            steps.extend((behind && connected).then_some(Step::Fetch(at)));
        }
        for (at, connection) in &self.connections {
            let idle = connection.task.is_none();
            steps.extend((idle && !connection.to_server.is_empty()).then_some(Step::Hear(*at)));
            steps.extend((idle && !connection.waiting.is_empty()).then_some(Step::PassOn(*at)));
            steps.extend(connection.has_work().then_some(Step::Work(*at)));
            steps.extend((!connection.to_client.is_empty()).then_some(Step::Tell(*at)));
        }
        for (at, node) in self.nodes.iter().enumerate() {
            steps.extend((!node.unwritten.is_empty()).then_some(Step::Store(at)));
            steps.extend((!node.written.is_empty()).then_some(Step::Announce(at)));
            steps.extend(node.has_offers().then_some(Step::Offer(at)));
        }
        steps.extend(self.requests.keys().copied().map(Step::Serve));
        steps.extend((0..self.hints.len()).map(Step::Hint));
        steps
    }

    /// Everything that can go wrong now.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = vec![Fault::Pause];
        for (at, node) in self.nodes.iter().enumerate() {
            faults.push(if node.is_up { Fault::Die(at) } else { Fault::Start(at) });
            faults.push(Fault::CutOff(at));
        }
        faults.extend(self.connections.keys().copied().map(Fault::Break));
        for (at, client) in self.clients.iter().enumerate() {
            faults.extend((!client.in_flight.is_empty()).then_some(Fault::Impatience(at)));
            faults.extend(client.asked.map(|_| Fault::GiveUp(at)));
        }
        for hint in 0..self.hints.len() {
            faults.extend([Fault::LoseHint(hint), Fault::DoubleHint(hint)]);
        }
        faults
    }
}
