//! A connection: two queues that keep their order until it breaks, and the server's end of it.

use crate::client::{Client, Side};
use crate::node::Node;
use frontdesk_domain::ConversationId;
use frontdesk_server::realtime::{Cursor, Link, Outgoing};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use tokio::sync::mpsc::Receiver;

/// What a client asks.
#[derive(Clone, Debug)]
pub enum Asked {
    Subscribe { conversation: ConversationId, after: i64 },
    Send { conversation: ConversationId, client_id: String, text: String },
}

/// What the server's end is busy with. Meanwhile it neither listens nor passes anything on.
#[derive(Clone, Copy, Debug)]
pub enum Task {
    /// A visitor's subscription, and the number that it begins after: live first.
    Subscribe(ConversationId, i64),
    /// Then how far the log is.
    ReadHead(ConversationId),
    /// Then what is missing.
    ReadMissing(ConversationId),
    /// The planted mistake: live last.
    SubscribeLate(ConversationId),
    /// An operator's list: live first.
    ReadList,
    /// Then the heads of it.
    ReadHeads,
    /// A message is on its way to the disk.
    Write,
}

pub struct Connection {
    pub client: usize,
    pub node: usize,
    pub side: Side,
    /// What a visitor's browser calls its conversation.
    pub name: String,
    pub to_server: VecDeque<Asked>,
    pub to_client: VecDeque<Value>,
    pub link: Arc<Link>,
    pub waiting: Receiver<Outgoing>,
    pub cursors: BTreeMap<ConversationId, Cursor>,
    pub task: Option<Task>,
}

impl Connection {
    /// An operator's is subscribed to the whole list at once; a visitor's when it asks.
    pub fn open(at: usize, client: &Client, node: usize) -> Self {
        let (link, waiting) = Link::new();
        Self {
            client: at,
            node,
            side: client.side,
            name: client.name.clone(),
            to_server: VecDeque::new(),
            to_client: VecDeque::new(),
            link,
            waiting,
            cursors: BTreeMap::new(),
            task: matches!(client.side, Side::Operator(_)).then_some(Task::ReadList),
        }
    }

    /// The node notices that it is gone.
    pub fn close(&self, node: &Node) {
        for id in self.cursors.keys() {
            node.live.unsubscribe(*id, self.side.audience(), &self.link);
        }
        if let Side::Operator(operator) = self.side {
            node.live.disconnect(operator, &self.link);
        }
    }
}
