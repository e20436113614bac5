//! What a node hears.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::broadcast::{self, error::RecvError};

/// All hints, from the moment of its making.
pub struct Subscription {
    hints: broadcast::Receiver<Received>,
}

/// Something that a subscription hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// A hint, of this node or another.
    Message {
        /// What it is about.
        topic: Arc<str>,
        /// What it says.
        payload: Bytes,
    },
    /// Hints may have been lost: read again what matters.
    Lagged,
}

impl Subscription {
    pub(crate) fn new(hints: broadcast::Receiver<Received>) -> Self {
        Self { hints }
    }

    /// The next of them, or `None` when the bus is gone. Nothing is lost when the caller stops waiting.
    pub async fn next(&mut self) -> Option<Received> {
        match self.hints.recv().await {
            Ok(received) => Some(received),
            Err(RecvError::Lagged(_)) => Some(Received::Lagged),
            Err(RecvError::Closed) => None,
        }
    }
}
