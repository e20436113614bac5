//! A node: what it has in memory, all of which is gone when it dies.

use frontdesk_bus::Bus;
use frontdesk_db::Error;
use frontdesk_domain::event::Event;
use frontdesk_domain::{ConversationId, Millis, OperatorId};
use frontdesk_server::assignment::Roster;
use frontdesk_server::events::Appended;
use frontdesk_server::realtime::{HeadScan, Live};
use std::collections::VecDeque;

pub struct Node {
    pub live: Live,
    pub is_up: bool,
    /// Hints from and to other nodes are lost.
    pub is_cut_off: bool,
    /// How far its clock is from the true time, in milliseconds.
    pub clock_offset: i64,
    pub scan: HeadScan,
    /// Who could take conversations, as the node remembers it.
    pub roster: Roster,
    /// What waits is to be offered.
    pub offers: bool,
    /// What is being offered, one after the other.
    pub offering: VecDeque<ConversationId>,
    /// Whom the planted mistake remembers as free.
    pub free: Option<OperatorId>,
    /// Messages before the disk.
    pub unwritten: VecDeque<Message>,
    /// Messages behind it, of which nobody has heard yet.
    pub written: VecDeque<(Message, Result<Option<Appended>, Error>)>,
}

/// A message that a connection sent.
#[derive(Clone, Debug)]
pub struct Message {
    pub connection: usize,
    pub conversation: ConversationId,
    pub client_id: String,
    pub event: Event,
    pub at: Millis,
    /// The planted mistake has looked whether the conversation is open, and will not look again.
    pub checked: bool,
}

impl Node {
    pub fn new(clock_offset: i64) -> Self {
        Self {
            live: Live::new(Bus::memory()),
            is_up: true,
            is_cut_off: false,
            clock_offset,
            scan: HeadScan::default(),
            roster: Roster::default(),
            offers: false,
            offering: VecDeque::new(),
            free: None,
            unwritten: VecDeque::new(),
            written: VecDeque::new(),
        }
    }

    pub const fn now(&self, time: i64) -> Millis {
        Millis(time + self.clock_offset)
    }

    pub fn has_offers(&self) -> bool {
        self.offers || !self.offering.is_empty()
    }

    pub fn die(&mut self) {
        *self = Self { is_up: false, ..Self::new(self.clock_offset) };
    }
}
