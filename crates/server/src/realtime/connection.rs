//! One live connection: its outgoing queue, and how it is closed.

use super::hub::Delivery;
use super::signal::VisitorSignal;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes};
use frontdesk_domain::ConversationId;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, mpsc};

/// Frames that may wait for one connection; a connection that lets more pile up is too slow.
const QUEUE: usize = 256;
/// A frame from a browser has at most so many bytes.
pub const FRAME_MAX_BYTES: usize = 64 * 1024;
/// Browsers ping every 25 s; one that has been silent for so long is gone.
pub const SILENCE_MAX: Duration = Duration::from_secs(80);

/// Why a connection is closed (docs/protocol.md).
pub mod close_code {
    /// A frame that cannot be read, or of an unknown kind.
    pub const BAD_FRAME: u16 = 4400;
    /// The secret or session is not valid (any more).
    pub const NOT_SIGNED_IN: u16 = 4401;
    /// No hello in time, or silent for too long.
    pub const TIMED_OUT: u16 = 4408;
    /// The outgoing queue was full.
    pub const TOO_SLOW: u16 = 4409;
    /// A binary frame.
    pub const BINARY: u16 = 1003;
    /// A frame that is too large.
    pub const TOO_LARGE: u16 = 1009;
    /// The server restarts.
    pub const RESTARTS: u16 = 1012;
}

/// What waits for a connection.
#[derive(Debug)]
pub enum Outgoing {
    /// An event; the connection compares its number with its own cursor.
    Event(Arc<Delivery>),
    /// A frame, ready to be sent.
    Frame(Utf8Bytes),
    /// A signal for a conversation's visitor, who names the conversation in its own way.
    Signal(ConversationId, VisitorSignal),
    /// Something was missed: read it from the log.
    CatchUp(ConversationId),
}

/// The hub's end of a connection.
#[derive(Debug)]
pub struct Link {
    /// Hash of the session that it belongs to; none for a key or a visitor.
    pub session: Option<String>,
    queue: mpsc::Sender<Outgoing>,
    closed_with: AtomicU16,
    closing: Notify,
}

impl Link {
    /// A link, and the queue that its connection reads.
    #[must_use]
    pub fn new() -> (Arc<Self>, mpsc::Receiver<Outgoing>) {
        Self::of_session(None)
    }

    /// A link of a signed-in browser, which ends with the session of this hash.
    #[must_use]
    pub fn of_session(session: Option<String>) -> (Arc<Self>, mpsc::Receiver<Outgoing>) {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (closed_with, closing) = (AtomicU16::new(0), Notify::new());
        (Arc::new(Self { session, queue, closed_with, closing }), waiting)
    }

    /// Whether it belongs to the session of this hash, or to none.
    #[must_use]
    pub fn is_of(&self, session: Option<&str>) -> bool {
        self.session.as_deref() == session
    }

    /// Queues something; where there is no room, the connection is closed and will resume later.
    pub fn push(&self, outgoing: Outgoing) {
        if let Err(mpsc::error::TrySendError::Full(_)) = self.queue.try_send(outgoing) {
            self.close(close_code::TOO_SLOW);
        }
    }

    /// Closes the connection; the first reason stays.
    pub fn close(&self, code: u16) {
        let first = self.closed_with.compare_exchange(0, code, Ordering::AcqRel, Ordering::Acquire);
        if first.is_ok() {
            self.closing.notify_one();
        }
    }

    /// Waits until the connection is to be closed, and says why.
    pub async fn closed(&self) -> u16 {
        loop {
            let code = self.closed_with.load(Ordering::Acquire);
            if code != 0 {
                return code;
            }
            self.closing.notified().await;
        }
    }
}

/// The frame that closes a socket with a code.
#[must_use]
pub fn close_frame(code: u16) -> Message {
    Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::from_static("") }))
}
