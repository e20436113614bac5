//! A visitor: one connection, one conversation.

use crate::api::{Api, StoredEvent};
use crate::board::{Board, Count};
use crate::endurance::{Backoff, CONNECT_WITHIN, PULSE, Pulse, Step};
use crate::frames::{self, Frame};
use crate::pen::{Pen, Written};
use crate::socket::{self, Socket};
use crate::stamp::{Side, Stamp};
use anyhow::{Context, Result, bail};
use futures_util::SinkExt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::time::{interval, sleep, timeout};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

/// Browsers say so often that they are there.
const PING_EVERY: Duration = Duration::from_secs(25);
/// The path of a visitor's socket.
pub const PATH: &str = "/api/v1/visitor/socket";

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
    api: Api,
    socket: Socket,
    board: Arc<Board>,
    /// The conversation's name as it stands in JSON.
    name: String,
    /// The last number that was applied.
    cursor: i64,
    pulse: Pulse,
}

impl Visitor {
    /// Connects and follows the conversation. Its first message, which started it, has the number 0.
    pub async fn connect(api: &Api, identity: Identity, board: &Arc<Board>) -> Result<Self> {
        let mut visitor = Self {
            name: format!("\"{}\"", identity.conversation),
            pen: Pen::new(identity.index, Side::Visitor, 1),
            board: Arc::clone(board),
            api: api.clone(),
            socket: open(api, &identity, 0).await?,
            identity,
            cursor: 0,
            pulse: Pulse::new(),
        };
        visitor.expect_subscribed().await?;
        Ok(visitor)
    }

    async fn expect_subscribed(&mut self) -> Result<()> {
        loop {
            let text = socket::next(&mut self.socket).await?;
            let frame = Frame::read(&text)?;
            match frame.kind {
                "subscribed" => return Ok(()),
                "refused" => bail!("the server refused to subscribe: {:?}", frame.code),
                _ => {}
            }
        }
    }

    /// Writes when it is told that a message is due, and notes what it sees, until nobody tells it any more.
    pub async fn run(mut self, mut due: mpsc::UnboundedReceiver<Instant>) -> (Self, Result<()>) {
        loop {
            let result = self.talk(&mut due).await;
            if result.is_ok() || !self.board.endures {
                return (self, result);
            }
            let mut backoff = Backoff::default();
            while !due.is_closed() {
                sleep(backoff.next()).await;
                if self.come_back().await.is_ok() {
                    break;
                }
            }
        }
    }

    async fn come_back(&mut self) -> Result<()> {
        let connected = timeout(CONNECT_WITHIN, async {
            self.socket = open(&self.api, &self.identity, self.cursor).await?;
            self.expect_subscribed().await
        });
        connected.await.context("the server does not answer")??;
        self.pulse = Pulse::new();
        self.board.count(Count::CameBack);
        let again = self.pen.again(&self.board);
        self.send_written(again).await
    }

    async fn talk(&mut self, due: &mut mpsc::UnboundedReceiver<Instant>) -> Result<()> {
        let mut pings = interval(if self.board.endures { PULSE } else { PING_EVERY });
        pings.reset();
        loop {
            tokio::select! {
                due = due.recv() => match due {
                    Some(due) => self.write(due).await?,
                    None => return Ok(()),
                },
                text = socket::next(&mut self.socket) => {
                    if self.note(&text?).await? && self.board.writes_on() {
                        self.write(Instant::now()).await?;
                    }
                }
                _ = pings.tick() => self.beat().await?,
            }
        }
    }

    /// Tells the server that the visitor is there, and sends again what was refused.
    async fn beat(&mut self) -> Result<()> {
        if !self.board.endures || self.pulse.asks()? {
            self.send(frames::PING.into()).await?;
        }
        let again = self.pen.again_if_due(&self.board);
        self.send_written(again).await
    }

    async fn write(&mut self, due: Instant) -> Result<()> {
        let written = self.pen.write(&self.board, due);
        self.send_written(written).await
    }

    async fn send_written(&mut self, written: Option<Written>) -> Result<()> {
        match written {
            Some((client_id, text)) => {
                self.send(frames::send(&self.name, &client_id, &text).into()).await
            }
            None => Ok(()),
        }
    }

    async fn send(&mut self, text: Utf8Bytes) -> Result<()> {
        Ok(self.socket.send(Message::Text(text)).await?)
    }

    /// Notes what a frame tells; whether it settles a message of this visitor.
    async fn note(&mut self, text: &str) -> Result<bool> {
        self.pulse.heard();
        let frame = Frame::read(text)?;
        match frame.kind {
            "event" => self.event(&frame).await.map(|()| false),
            "sent" | "refused" => self.settle(&frame).await,
            "reload" if self.board.endures => self.reload().await.map(|()| false),
            "reload" => bail!("the server told the visitor to reload"),
            _ => Ok(false),
        }
    }

    async fn event(&mut self, frame: &Frame<'_>) -> Result<()> {
        let Some(event) = &frame.event else { return Ok(()) };
        // Without faults nothing comes twice or leaves a gap: the checker looks at all that came.
        if self.board.endures {
            match Step::of(event.seq, self.cursor) {
                Step::Next => {}
                Step::Known => return Ok(()),
                Step::Gap => {
                    let subscribe = frames::subscribe(&self.identity.conversation, self.cursor);
                    return self.send(subscribe.into()).await;
                }
            }
        }
        self.cursor = event.seq;
        if let Some((seq, text)) = frame.said() {
            self.see(seq, text);
        }
        Ok(())
    }

    fn see(&mut self, seq: i64, text: &str) {
        if let Some(stamp) = self.board.see(text, Side::Visitor) {
            self.pen.see(seq, &stamp);
        }
    }

    /// Too much is missing: reads it page by page, and goes on from there.
    async fn reload(&mut self) -> Result<()> {
        for StoredEvent { seq, text, .. } in self.api.log(&self.identity, self.cursor).await? {
            self.cursor = seq;
            self.see(seq, text.as_deref().unwrap_or_default());
        }
        let subscribe = frames::subscribe(&self.identity.conversation, self.cursor);
        self.send(subscribe.into()).await
    }

    async fn settle(&mut self, frame: &Frame<'_>) -> Result<bool> {
        let Some((_, number)) = frame.client_id.and_then(Stamp::of_client_id) else {
            // A subscription that was refused is tried again on a new connection.
            return if self.board.endures { bail!("refused: {:?}", frame.code) } else { Ok(false) };
        };
        let next = match frame.seq {
            Some(seq) => self.pen.acknowledge(&self.board, number, seq),
            None => self.pen.refuse(&self.board, number, frame.retry_after),
        };
        self.send_written(next).await?;
        Ok(true)
    }
}

/// Opens a socket, says who it is and asks for what follows `after`.
async fn open(api: &Api, identity: &Identity, after: i64) -> Result<Socket> {
    let mut socket = socket::connect(api.base(), PATH, None, identity.index as usize).await?;
    socket.send(Message::text(frames::hello(&identity.secret))).await?;
    socket.send(Message::text(frames::subscribe(&identity.conversation, after))).await?;
    Ok(socket)
}
