//! A visitor: one connection, one conversation.

use crate::board::Board;
use crate::frames::{self, Frame};
use crate::pen::Pen;
use crate::socket::{self, Socket};
use crate::stamp::{Side, Stamp};
use anyhow::{Result, bail};
use futures_util::SinkExt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::time::interval;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

/// Browsers say so often that they are there.
const PING_EVERY: Duration = Duration::from_secs(25);

/// Who a visitor is, and its conversation.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The secret.
    pub secret: String,
    /// The client conversation id.
    pub conversation: String,
    /// The conversation's number in the run.
    pub index: u32,
}

/// A connected visitor.
pub struct Visitor {
    /// Who.
    pub identity: Identity,
    /// What it wrote and saw.
    pub pen: Pen,
    socket: Socket,
    board: Arc<Board>,
    /// The conversation's name as it stands in JSON.
    name: String,
}

impl Visitor {
    /// Connects and follows the conversation. Its first message, which started it, has the number 0.
    pub async fn connect(url: &str, identity: Identity, board: &Arc<Board>) -> Result<Self> {
        let index = identity.index;
        let path = "/api/v1/visitor/socket";
        let mut socket = socket::connect(url, path, None, index as usize).await?;
        let hello = Message::text(frames::hello(&identity.secret));
        socket.send(hello).await?;
        let subscribe = Message::text(frames::subscribe(&identity.conversation));
        socket.send(subscribe).await?;
        let mut visitor = Self {
            name: format!("\"{}\"", identity.conversation),
            pen: Pen::new(index, Side::Visitor, 1),
            board: Arc::clone(board),
            identity,
            socket,
        };
        while !visitor.hears_subscribed().await? {}
        Ok(visitor)
    }

    async fn hears_subscribed(&mut self) -> Result<bool> {
        let text = socket::next(&mut self.socket).await?;
        let frame = Frame::read(&text)?;
        match frame.kind {
            "subscribed" => Ok(true),
            "refused" => bail!("the server refused to subscribe: {:?}", frame.code),
            _ => Ok(false),
        }
    }

    /// Writes when it is told that a message is due, and notes what it sees, until nobody tells it any more.
    pub async fn run(mut self, mut due: mpsc::UnboundedReceiver<Instant>) -> (Self, Result<()>) {
        let result = self.talk(&mut due).await;
        (self, result)
    }

    async fn talk(&mut self, due: &mut mpsc::UnboundedReceiver<Instant>) -> Result<()> {
        let mut pings = interval(PING_EVERY);
        pings.reset();
        loop {
            tokio::select! {
                due = due.recv() => match due {
                    Some(due) => self.write(due).await?,
                    None => return Ok(()),
                },
                text = socket::next(&mut self.socket) => {
                    if self.note(&text?)? && self.board.writes_on() {
                        self.write(Instant::now()).await?;
                    }
                }
                _ = pings.tick() => self.send(frames::PING.into()).await?,
            }
        }
    }

    async fn write(&mut self, due: Instant) -> Result<()> {
        let (client_id, text) = self.pen.write(&self.board, due);
        self.send(frames::send(&self.name, &client_id, &text).into()).await
    }

    async fn send(&mut self, text: Utf8Bytes) -> Result<()> {
        Ok(self.socket.send(Message::Text(text)).await?)
    }

    /// Notes what a frame tells; whether it settles a message of this visitor.
    fn note(&mut self, text: &str) -> Result<bool> {
        let frame = Frame::read(text)?;
        match frame.kind {
            "event" => {
                self.see(&frame);
                Ok(false)
            }
            "sent" | "refused" => Ok(self.settle(&frame)),
            "reload" => bail!("the server told the visitor to reload"),
            _ => Ok(false),
        }
    }

    fn see(&mut self, frame: &Frame<'_>) {
        if let Some((seq, text)) = frame.said()
            && let Some(stamp) = self.board.see(text, Side::Visitor)
        {
            self.pen.see(seq, &stamp);
        }
    }

    fn settle(&mut self, frame: &Frame<'_>) -> bool {
        let Some((_, number)) = frame.client_id.and_then(Stamp::of_client_id) else {
            return false;
        };
        match frame.seq {
            Some(seq) => self.pen.acknowledge(&self.board, number, seq),
            None => self.pen.refuse(&self.board, number),
        }
        true
    }
}
