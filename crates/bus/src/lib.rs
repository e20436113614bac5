//! Hints between nodes: something happened, look at the database if this is news to you.
//!
//! The database is the truth, so a hint may be lost; but a node always hears *that* something may have been
//! lost ([`Received::Lagged`]), and reads again. One node needs no broker ([`Bus::memory`]); several share
//! one ([`Bus::nats`]). A node hears its own hints without the broker, even while that is away.

mod address;
mod error;
mod nats;
mod subscription;

use bytes::Bytes;
use tokio::sync::broadcast;

pub use error::Error;
use nats::Nats;
pub use subscription::{Received, Subscription};

/// How many hints a subscription may fall behind before it lags.
const BACKLOG: usize = 4_096;

/// The way to all nodes, this one included. Clones share it.
#[derive(Clone)]
pub struct Bus {
    local: broadcast::Sender<Received>,
    nats: Option<Nats>,
}

/// Whether hints reach other nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// They do, as far as this node knows. A bus in memory always is.
    Connected,
    /// The broker is away. Its connection is being made again.
    Disconnected,
}

impl Bus {
    /// A bus for one node: its clones hear each other.
    pub fn memory() -> Self {
        Self { local: broadcast::Sender::new(BACKLOG), nats: None }
    }

    /// A bus for all nodes that use the same address, such as `nats://user:password@broker:4222/name`.
    ///
    /// The name, `frontdesk` if there is none, keeps installations apart that share a broker. Several
    /// servers of one broker stand side by side, with commas between them.
    ///
    /// A broker that is away is waited for in the background; one that does not let us in is an error.
    pub async fn nats(url: &str) -> Result<Self, Error> {
        let local = broadcast::Sender::new(BACKLOG);
        let nats = Nats::connect(url, local.clone()).await?;
        Ok(Self { local, nats: Some(nats) })
    }

    /// Whether other nodes may listen.
    pub fn is_shared(&self) -> bool {
        self.nats.is_some()
    }

    /// Sends a hint to every subscription of every node. Never waits: a hint that finds no room is lost, and the
    /// other nodes hear that they lag.
    ///
    /// A topic consists of letters, digits, `-`, `_` and dots between them.
    pub fn publish(&self, topic: &str, payload: Bytes) {
        if let Some(nats) = &self.nats {
            nats.publish(topic, payload.clone());
        }
        // An error means that nobody on this node listens.
        self.local.send(Received::Message { topic: topic.into(), payload }).ok();
    }

    /// Hears all hints that are published after this has answered. While the broker is away those are the hints of this
    /// node; those of the others begin with [`Received::Lagged`].
    pub async fn subscribe(&self) -> Result<Subscription, Error> {
        let subscription = Subscription::new(self.local.subscribe());
        if let Some(nats) = &self.nats {
            nats.confirm().await?;
        }
        Ok(subscription)
    }

    /// Whether hints reach other nodes.
    pub fn state(&self) -> State {
        self.nats.as_ref().map_or(State::Connected, Nats::state)
    }
}
