//! The world: who is there, and what happens to them.

mod actions;
mod browser;
mod faults;
mod server;
mod verbs;
mod waiting;

use crate::action::Request;
use crate::bug::Bug;
use crate::chance::Chance;
use crate::client::{Client, Side};
use crate::connection::Connection;
use crate::database::Database;
use crate::node::Node;
use crate::step::Step;
use crate::store::{self, CONVERSATIONS, OPERATORS};
use crate::trace::Trace;
use frontdesk_domain::Millis;
use std::collections::BTreeMap;

/// Two seconds pass between two looks at the heads.
const SCAN_EVERY_MILLIS: i64 = 2_000;
/// A minute between two comparisons of all that is followed.
const COMPARE_EVERY_MILLIS: i64 = 60_000;
/// What waits is offered every five seconds.
const OFFER_EVERY_MILLIS: i64 = 5_000;
/// Visitors who begin while the simulation runs: more than there are places.
const NEWCOMERS: usize = 4;
/// Clocks differ by less than the time that a look at the heads reaches back.
const CLOCKS_DIFFER_BY_MILLIS: u64 = 25_000;
/// A world that has not come to rest after so many steps never does.
const REST_WITHIN_STEPS: u32 = 50_000;

pub struct World<'d> {
    pub chance: Chance,
    pub bug: Option<Bug>,
    pub database: &'d Database,
    pub time: i64,
    pub nodes: Vec<Node>,
    pub clients: Vec<Client>,
    pub connections: BTreeMap<usize, Connection>,
    pub opened: usize,
    pub requests: BTreeMap<usize, Request>,
    pub requested: usize,
    /// Hints on their way, each to a node.
    pub hints: Vec<(usize, Vec<u8>)>,
    pub trace: Trace,
    pub steps: u64,
    pub faults: u64,
    ids: u64,
    scanned_at: i64,
    compared_at: i64,
    offered_at: i64,
    is_calm: bool,
}

impl<'d> World<'d> {
    pub fn new(database: &'d Database, seed: u64, bug: Option<Bug>) -> Result<Self, String> {
        let mut chance = Chance::new(seed);
        let time = 1_800_000_000_000;
        let set = database.write(|tx| store::set_the_scene(tx, Millis(time)));
        set.map_err(|error| format!("the scene: {error}"))?;
        let skew = CLOCKS_DIFFER_BY_MILLIS;
        let offset =
            |chance: &mut Chance| chance.below(2 * skew).cast_signed() - skew.cast_signed();
        let nodes = 1 + chance.below(3);
        let nodes = (0..nodes).map(|_| Node::new(offset(&mut chance))).collect();
        let visitors = CONVERSATIONS.map(Side::Visitor);
        // A second tab of the first visitor.
        let sides = visitors.into_iter().chain([visitors[0]]).chain(OPERATORS.map(Side::Operator));
        let sides = sides.chain([Side::Newcomer; NEWCOMERS]);
        Ok(Self {
            chance,
            bug,
            database,
            time,
            nodes,
            clients: sides.map(client).collect(),
            connections: BTreeMap::new(),
            opened: 0,
            requests: BTreeMap::new(),
            requested: 0,
            hints: Vec::new(),
            trace: Trace::default(),
            steps: 0,
            faults: 0,
            ids: 0,
            scanned_at: time,
            compared_at: time,
            offered_at: time,
            is_calm: false,
        })
    }

    /// People write, while things go wrong.
    pub fn run(&mut self) -> Result<(), String> {
        let steps = 50 + self.chance.below(250);
        let trouble = 4 + self.chance.below(40);
        for _ in 0..steps {
            if self.chance.one_in(trouble) {
                let faults = self.faults();
                let fault = self.chance.pick(&faults);
                self.fail(fault);
            } else if self.chance.one_in(6) {
                let who = self.somebody();
                self.step(Step::Write(who))?;
            } else if self.chance.one_in(8) {
                let who = self.somebody();
                self.step(Step::Act(who))?;
            } else {
                self.one_step()?;
            }
        }
        Ok(())
    }

    /// Nothing goes wrong any more, until nothing is left to happen.
    pub fn settle(&mut self) -> Result<(), String> {
        self.heal();
        for _ in 0..REST_WITHIN_STEPS {
            if self.one_step()? {
                continue;
            }
            // What a lost hint left behind shows with the heads.
            self.scan_all()?;
            self.compare_all()?;
            self.offer_at_rest()?;
            if self.steps().is_empty() {
                return Ok(());
            }
        }
        Err("it does not come to rest".to_owned())
    }

    pub fn into_trace(self) -> Trace {
        self.trace
    }

    /// False when nothing can happen.
    fn one_step(&mut self) -> Result<bool, String> {
        self.time += self.chance.below(200).cast_signed();
        if self.time - self.scanned_at >= SCAN_EVERY_MILLIS {
            self.scan_all()?;
        }
        if self.time - self.compared_at >= COMPARE_EVERY_MILLIS {
            self.compare_all()?;
        }
        if self.time - self.offered_at >= OFFER_EVERY_MILLIS {
            self.offer_all();
        }
        let steps = self.steps();
        if steps.is_empty() {
            return Ok(false);
        }
        let step = self.chance.pick(&steps);
        self.step(step)?;
        Ok(true)
    }

    fn scan_all(&mut self) -> Result<(), String> {
        self.scanned_at = self.time;
        (0..self.nodes.len()).try_for_each(|node| self.step(Step::Scan(node)))
    }

    fn compare_all(&mut self) -> Result<(), String> {
        self.compared_at = self.time;
        (0..self.nodes.len()).try_for_each(|node| self.step(Step::Compare(node)))
    }

    /// Every node begins to offer what waits.
    fn offer_all(&mut self) {
        self.offered_at = self.time;
        let offers = self.bug != Some(Bug::OfferedOnce);
        self.nodes.iter_mut().for_each(|node| node.offers |= node.is_up && offers);
    }

    /// Whatever waits is offered by each node in turn, while the clock stands still.
    fn offer_at_rest(&mut self) -> Result<(), String> {
        self.offer_all();
        for node in 0..self.nodes.len() {
            while self.nodes[node].has_offers() {
                self.step(Step::Offer(node))?;
            }
        }
        Ok(())
    }

    pub fn somebody_is_up(&self) -> bool {
        self.nodes.iter().any(|node| node.is_up)
    }

    fn somebody(&mut self) -> usize {
        usize::try_from(self.chance.below(self.clients.len() as u64)).unwrap_or_default()
    }

    fn step(&mut self, step: Step) -> Result<(), String> {
        self.steps += 1;
        match step {
            Step::Write(client) => self.write(client),
            Step::Send(client) => self.send(client),
            Step::Release(client) => self.release(client),
            Step::Connect(client) => self.connect(client),
            Step::Fetch(client) => self.fetch(client)?,
            Step::Tell(connection) => self.tell(connection)?,
            Step::Hear(connection) => self.hear(connection),
            Step::Work(connection) => self.work(connection),
            Step::PassOn(connection) => self.pass_on(connection),
            Step::Store(node) => self.store(node),
            Step::Announce(node) => self.announce(node)?,
            Step::Hint(hint) => self.hint(hint),
            Step::Scan(node) => self.scan(node)?,
            Step::Compare(node) => self.compare(node),
            Step::Act(client) => self.act(client),
            Step::Ask(client) => self.ask_for_action(client),
            Step::Serve(request) => self.serve(request)?,
            Step::Offer(node) => self.offer(node)?,
        }
        Ok(())
    }

    /// A UUID (v7) that nobody has had.
    pub fn client_id(&mut self) -> String {
        self.ids += 1;
        let mut random = [0; 10];
        random[2..].copy_from_slice(&self.ids.to_be_bytes());
        let millis = self.time.unsigned_abs();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string()
    }
}

fn client(side: Side) -> Client {
    let name = match side {
        Side::Visitor(id) => store::client_conversation_id(id),
        Side::Newcomer | Side::Operator(_) => String::new(),
    };
    Client::new(side, name)
}
