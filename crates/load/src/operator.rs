//! An operator: one connection with an API key, and all conversations that were assigned to it.

use crate::api::{Api, StoredEvent};
use crate::board::{Board, Count};
use crate::endurance::{Backoff, CONNECT_WITHIN, PULSE, Pulse, Step};
use crate::frames::{self, Frame, Head};
use crate::pen::{Pen, Written};
use crate::socket::{self, Socket};
use crate::stamp::{Side, Stamp};
use anyhow::{Context, Result, bail};
use futures_util::SinkExt;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::time::{interval, sleep, timeout};
use tokio_tungstenite::tungstenite::Message;

/// Browsers say so often that they are there.
const PING_EVERY: Duration = Duration::from_secs(25);
/// The path of an operator's socket.
pub const PATH: &str = "/api/v1/operator/socket";

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
    /// The last numbers that were applied, by the server's number of the conversation.
    cursors: HashMap<i64, i64>,
    index: usize,
    api: Api,
    key: String,
    socket: Socket,
    board: Arc<Board>,
    pulse: Pulse,
}

impl Operator {
    /// Connects; from now on the operator is available.
    pub async fn connect(api: &Api, key: &str, index: usize, board: &Arc<Board>) -> Result<Self> {
        let (socket, heads) = open(api, key, index).await?;
        let cursors = heads.into_iter().map(|it| (it.id, it.last_seq)).collect();
        Ok(Self {
            assigned: HashMap::new(),
            cursors,
            index,
            api: api.clone(),
            key: key.to_owned(),
            socket,
            board: Arc::clone(board),
            pulse: Pulse::new(),
        })
    }

    /// Writes when it is told to, and notes what it sees, until nobody tells it any more.
    pub async fn run(mut self, mut turns: mpsc::UnboundedReceiver<Turn>) -> (Self, Result<()>) {
        loop {
            let result = self.talk(&mut turns).await;
            if result.is_ok() || !self.board.endures {
                return (self, result);
            }
            let mut backoff = Backoff::default();
            while !turns.is_closed() {
                sleep(backoff.next()).await;
                if self.come_back().await.is_ok() {
                    break;
                }
            }
        }
    }

    async fn come_back(&mut self) -> Result<()> {
        let opened = timeout(CONNECT_WITHIN, open(&self.api, &self.key, self.index)).await;
        let (socket, heads) = opened.context("the server does not answer")??;
        (self.socket, self.pulse) = (socket, Pulse::new());
        self.board.count(Count::CameBack);
        self.fetch(heads).await?;
        let written: Vec<_> = self.written(Pen::again);
        self.send_all(written).await
    }

    async fn talk(&mut self, turns: &mut mpsc::UnboundedReceiver<Turn>) -> Result<()> {
        let mut pings = interval(if self.board.endures { PULSE } else { PING_EVERY });
        pings.reset();
        loop {
            tokio::select! {
                turn = turns.recv() => match turn {
                    Some(turn) => self.write(&turn).await?,
                    None => return Ok(()),
                },
                text = socket::next(&mut self.socket) => {
                    if let Some(conversation) = self.note(&text?).await? && self.board.writes_on() {
                        self.write(&Turn { conversation, due: Instant::now() }).await?;
                    }
                }
                _ = pings.tick() => self.beat().await?,
            }
        }
    }

    /// Tells the server that the operator is there, and sends again what was refused.
    async fn beat(&mut self) -> Result<()> {
        if !self.board.endures || self.pulse.asks()? {
            self.socket.send(Message::text(frames::PING)).await?;
        }
        let written = self.written(Pen::again_if_due);
        self.send_all(written).await
    }

    async fn write(&mut self, turn: &Turn) -> Result<()> {
        let Some(assigned) = self.assigned.get_mut(&turn.conversation) else {
            return Ok(());
        };
        let (id, written) = (assigned.id, assigned.pen.write(&self.board, turn.due));
        self.send(id, written).await
    }

    /// What the pens have to send, with the server's numbers of their conversations.
    fn written(
        &mut self,
        ask: impl Fn(&mut Pen, &Board) -> Option<Written>,
    ) -> Vec<(i64, Written)> {
        let pens = self.assigned.values_mut();
        pens.filter_map(|it| Some((it.id, ask(&mut it.pen, &self.board)?))).collect()
    }

    async fn send_all(&mut self, written: Vec<(i64, Written)>) -> Result<()> {
        for (id, written) in written {
            self.send(id, Some(written)).await?;
        }
        Ok(())
    }

    async fn send(&mut self, id: i64, written: Option<Written>) -> Result<()> {
        let Some((client_id, text)) = written else { return Ok(()) };
        let frame = frames::send(&id.to_string(), &client_id, &text);
        Ok(self.socket.send(Message::text(frame)).await?)
    }

    /// Notes what a frame tells; the conversation in which it settles a message of this operator.
    async fn note(&mut self, text: &str) -> Result<Option<u32>> {
        self.pulse.heard();
        let frame = Frame::read(text)?;
        match frame.kind {
            "event" => self.event(&frame).await.map(|()| None),
            "sent" | "refused" => self.settle(&frame).await,
            "heads" if self.board.endures => self.fetch(frame.heads()).await.map(|()| None),
            "heads" => bail!("the server left out what it should have sent"),
            _ => Ok(None),
        }
    }

    async fn event(&mut self, frame: &Frame<'_>) -> Result<()> {
        let id = frame.conversation_number().context("an event without a conversation")?;
        let Some(event) = &frame.event else { return Ok(()) };
        let cursor = self.cursors.get(&id).copied().unwrap_or_default();
        // Without faults nothing comes twice or leaves a gap: the checker looks at all that came.
        if self.board.endures {
            match Step::of(event.seq, cursor) {
                Step::Next => {}
                Step::Known => return Ok(()),
                Step::Gap => return self.fetch(vec![Head { id, last_seq: event.seq }]).await,
            }
        }
        self.cursors.insert(id, event.seq);
        if let Some((seq, text)) = frame.said() {
            self.see(id, seq, text);
        }
        Ok(())
    }

    /// Reads what is missing of conversations that are further than what was applied.
    async fn fetch(&mut self, heads: Vec<Head>) -> Result<()> {
        for Head { id, last_seq } in heads {
            let cursor = self.cursors.get(&id).copied().unwrap_or_default();
            if last_seq <= cursor {
                continue;
            }
            for StoredEvent { seq, text, .. } in self.api.events(&self.key, id, cursor).await? {
                self.cursors.insert(id, seq);
                self.see(id, seq, text.as_deref().unwrap_or_default());
            }
        }
        Ok(())
    }

    fn see(&mut self, id: i64, seq: i64, text: &str) {
        if let Some(stamp) = self.board.see(text, Side::Operator) {
            let conversation = stamp.conversation;
            let assigned = self.assigned.entry(conversation).or_insert_with(|| {
                self.board.assign(conversation, self.index);
                Assigned { id, pen: Pen::new(conversation, Side::Operator, 0) }
            });
            assigned.pen.see(seq, &stamp);
        }
    }

    async fn settle(&mut self, frame: &Frame<'_>) -> Result<Option<u32>> {
        let stamp = frame.client_id.and_then(Stamp::of_client_id);
        let Some((conversation, number)) = stamp else { return Ok(None) };
        let Some(assigned) = self.assigned.get_mut(&conversation) else { return Ok(None) };
        let next = match frame.seq {
            Some(seq) => assigned.pen.acknowledge(&self.board, number, seq),
            None => assigned.pen.refuse(&self.board, number, frame.retry_after),
        };
        let id = assigned.id;
        self.send(id, next).await?;
        Ok(Some(conversation))
    }
}

/// Opens a socket; how far the operator's conversations are comes first.
async fn open(api: &Api, key: &str, index: usize) -> Result<(Socket, Vec<Head>)> {
    let mut socket = socket::connect(api.base(), PATH, Some(key), index).await?;
    loop {
        let text = socket::next(&mut socket).await?;
        let frame = Frame::read(&text)?;
        if frame.kind == "heads" {
            return Ok((socket, frame.heads()));
        }
    }
}
