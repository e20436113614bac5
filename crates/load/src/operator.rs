//! An operator: one connection with an API key, and all conversations that were assigned to it.

use crate::board::Board;
use crate::frames::{self, Frame};
use crate::pen::Pen;
use crate::socket::{self, Socket};
use crate::stamp::{Side, Stamp};
use anyhow::{Context, Result, bail};
use futures_util::SinkExt;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::time::interval;
use tokio_tungstenite::tungstenite::Message;

/// Browsers say so often that they are there.
const PING_EVERY: Duration = Duration::from_secs(25);

/// Tells an operator to write in a conversation, and when that was due.
pub struct Turn {
    /// The conversation's number in the run.
    pub conversation: u32,
    /// When.
    pub due: Instant,
}

/// A conversation of an operator.
pub struct Assigned {
    /// The server's number of it.
    pub id: i64,
    /// What the operator wrote and saw.
    pub pen: Pen,
}

/// A connected operator.
pub struct Operator {
    /// The conversations, by their number in the run.
    pub assigned: HashMap<u32, Assigned>,
    index: usize,
    socket: Socket,
    board: Arc<Board>,
}

impl Operator {
    /// Connects; from now on the operator is available.
    pub async fn connect(url: &str, key: &str, index: usize, board: &Arc<Board>) -> Result<Self> {
        let path = "/api/v1/operator/socket";
        let mut socket = socket::connect(url, path, Some(key), index).await?;
        loop {
            let text = socket::next(&mut socket).await?;
            if Frame::read(&text)?.kind == "heads" {
                break;
            }
        }
        Ok(Self { assigned: HashMap::new(), index, socket, board: Arc::clone(board) })
    }

    /// Writes when it is told to, and notes what it sees, until nobody tells it any more.
    pub async fn run(mut self, mut turns: mpsc::UnboundedReceiver<Turn>) -> (Self, Result<()>) {
        let result = self.talk(&mut turns).await;
        (self, result)
    }

    async fn talk(&mut self, turns: &mut mpsc::UnboundedReceiver<Turn>) -> Result<()> {
        let mut pings = interval(PING_EVERY);
        pings.reset();
        loop {
            tokio::select! {
                turn = turns.recv() => match turn {
                    Some(turn) => self.write(&turn).await?,
                    None => return Ok(()),
                },
                text = socket::next(&mut self.socket) => {
                    if let Some(conversation) = self.note(&text?)? && self.board.writes_on() {
                        self.write(&Turn { conversation, due: Instant::now() }).await?;
                    }
                }
                _ = pings.tick() => self.socket.send(Message::text(frames::PING)).await?,
            }
        }
    }

    async fn write(&mut self, turn: &Turn) -> Result<()> {
        let Some(assigned) = self.assigned.get_mut(&turn.conversation) else {
            return Ok(());
        };
        let (client_id, text) = assigned.pen.write(&self.board, turn.due);
        let frame = frames::send(&assigned.id.to_string(), &client_id, &text);
        Ok(self.socket.send(Message::text(frame)).await?)
    }

    /// Notes what a frame tells; the conversation in which it settles a message of this operator.
    fn note(&mut self, text: &str) -> Result<Option<u32>> {
        let frame = Frame::read(text)?;
        match frame.kind {
            "event" => {
                self.see(&frame)?;
                Ok(None)
            }
            "sent" | "refused" => Ok(self.settle(&frame)),
            "heads" => bail!("the server left out what it should have sent"),
            _ => Ok(None),
        }
    }

    fn see(&mut self, frame: &Frame<'_>) -> Result<()> {
        if let Some((seq, text)) = frame.said()
            && let Some(stamp) = self.board.see(text, Side::Operator)
        {
            let id = frame.conversation_number().context("an event without a conversation")?;
            let conversation = stamp.conversation;
            let assigned = self.assigned.entry(conversation).or_insert_with(|| {
                self.board.assign(conversation, self.index);
                Assigned { id, pen: Pen::new(conversation, Side::Operator, 0) }
            });
            assigned.pen.see(seq, &stamp);
        }
        Ok(())
    }

    fn settle(&mut self, frame: &Frame<'_>) -> Option<u32> {
        let (conversation, number) = Stamp::of_client_id(frame.client_id?)?;
        let assigned = self.assigned.get_mut(&conversation)?;
        match frame.seq {
            Some(seq) => assigned.pen.acknowledge(&self.board, number, seq),
            None => assigned.pen.refuse(&self.board, number),
        }
        Some(conversation)
    }
}
