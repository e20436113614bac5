//! The crowd: operators and visitors who are connected, each in a task of its own.

use crate::board::{Board, Count};
use crate::checker::{Checked, Conversation, Seen};
use crate::operator::{Assigned, Operator, Turn};
use crate::output;
use crate::server::Server;
use crate::stamp::{Side, Stamp};
use crate::visitor::{Identity, Visitor};
use anyhow::{Context, Result};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::mpsc::{self, UnboundedSender};
use tokio::task::JoinHandle;

/// Requests and handshakes at once, while a scenario is set up or checked.
const AT_ONCE: usize = 8;

/// Tells somebody to write: the side of a conversation, and when the message is due. False: nobody is there.
pub type Teller = Box<dyn Fn(Side, u32, Instant) -> bool + Send + Sync>;

/// Who is connected.
pub struct Crowd {
    /// What they share.
    pub board: Arc<Board>,
    /// Visitors who were connected for a while, by themselves.
    pub gone: Vec<Visitor>,
    operators: Vec<Task<Operator, Turn>>,
    visitors: Vec<Task<Visitor, Instant>>,
}

/// A connection's task, and how it is told to write.
struct Task<P, T> {
    due: UnboundedSender<T>,
    task: JoinHandle<(P, Result<()>)>,
}

/// Everything that a crowd wrote and saw.
#[derive(Default)]
pub struct Records {
    /// The conversations by their number in the run, with the server's number.
    pub conversations: HashMap<u32, (i64, Conversation)>,
    /// Why connections were lost.
    pub lost: Vec<String>,
    /// Visitors were not connected, so that they could not see anything.
    pub only_operators_watched: bool,
}

impl Crowd {
    /// Connects so many operators.
    pub async fn of_operators(server: &Server, amount: usize, board: Board) -> Result<Self> {
        let board = Arc::new(board);
        let mut operators = Vec::with_capacity(amount);
        for (index, key) in server.keys.iter().take(amount).enumerate() {
            let operator = Operator::connect(&server.api, key, index, &board)
                .await
                .context("an operator cannot connect")?;
            let (due, turns) = mpsc::unbounded_channel();
            let task = tokio::spawn(operator.run(turns));
            operators.push(Task { due, task });
        }
        Ok(Self { board, gone: Vec::new(), operators, visitors: Vec::new() })
    }

    /// Starts conversations, as fast as a few at once go.
    pub async fn start(
        &self,
        server: &Server,
        numbers: std::ops::Range<u32>,
    ) -> Result<Vec<Identity>> {
        let start = |number| async move {
            if number % 1_000 == 999 {
                output::note(&format!("  {} conversations started", number + 1));
            }
            let first = self.board.first(number, self.board.begin.elapsed());
            server.api.start(server.channel, &first, self.board.length).await
        };
        stream::iter(numbers.map(start))
            .buffered(AT_ONCE)
            .try_collect()
            .await
            .context("a conversation cannot be started")
    }

    /// Connects the visitors of conversations.
    pub async fn connect(&mut self, server: &Server, identities: &[Identity]) -> Result<()> {
        let (api, board) = (&server.api, &self.board);
        let connect = |identity: &Identity| Visitor::connect(api, identity.clone(), board);
        let mut connected = stream::iter(identities.iter().map(connect)).buffered(AT_ONCE);
        while let Some(visitor) = connected.next().await {
            let visitor = visitor.context("a visitor cannot connect")?;
            let (due, turns) = mpsc::unbounded_channel();
            let task = tokio::spawn(visitor.run(turns));
            self.visitors.push(Task { due, task });
        }
        Ok(())
    }

    /// How to tell somebody to write.
    pub fn teller(&self) -> Teller {
        let visitors: Vec<_> = self.visitors.iter().map(|it| it.due.clone()).collect();
        let operators: Vec<_> = self.operators.iter().map(|it| it.due.clone()).collect();
        let board = Arc::clone(&self.board);
        Box::new(move |side, conversation, due| {
            let told = match side {
                Side::Visitor => {
                    visitors.get(conversation as usize).is_some_and(|it| it.send(due).is_ok())
                }
                Side::Operator => board
                    .owner(conversation)
                    .and_then(|it| operators.get(it))
                    .is_some_and(|it| it.send(Turn { conversation, due }).is_ok()),
            };
            if told {
                board.count(Count::Due);
            }
            told
        })
    }

    /// Connections that have ended, although nobody told them to.
    pub fn lost(&self) -> usize {
        let visitors = self.visitors.iter().filter(|it| it.task.is_finished());
        let operators = self.operators.iter().filter(|it| it.task.is_finished());
        visitors.count() + operators.count()
    }

    /// Ends all connections, and collects what they wrote and saw.
    pub async fn end(self) -> Result<Records> {
        let mut records = Records::default();
        for Task { due, task } in self.operators {
            drop(due);
            let (operator, result) = task.await?;
            records.lost.extend(failure("operator", result));
            for (number, assigned) in operator.assigned {
                records.operator(number, assigned);
            }
        }
        for Task { due, task } in self.visitors {
            drop(due);
            let (visitor, result) = task.await?;
            records.lost.extend(failure("visitor", result));
            records.visitor(visitor);
        }
        self.gone.into_iter().for_each(|visitor| records.visitor(visitor));
        Ok(records)
    }
}

fn failure(side: &str, result: Result<()>) -> Option<String> {
    let error = result.err()?;
    Some(format!("connection of a {side} lost: {error:#}"))
}

impl Records {
    fn operator(&mut self, number: u32, Assigned { id, pen }: Assigned) {
        let (known, conversation) = self.conversations.entry(number).or_default();
        *known = id;
        conversation.operators_log = pen.log;
        conversation.operators_acknowledged = pen.acknowledged;
    }

    fn visitor(&mut self, visitor: Visitor) {
        let (_, conversation) = self.conversations.entry(visitor.identity.index).or_default();
        conversation.visitors_log = visitor.pen.log;
        conversation.visitors_acknowledged = visitor.pen.acknowledged;
    }

    /// Reads back what is stored, and checks everything.
    pub async fn check(self, server: &Server, board: &Board) -> Result<Checked> {
        let mut checked = Checked::default();
        for lost in self.lost {
            checked.violation(lost);
        }
        let unwatched = self.only_operators_watched;
        let read = |(id, conversation)| stored(server, board, id, conversation, unwatched);
        let mut conversations =
            stream::iter(self.conversations.into_values().map(read)).buffer_unordered(AT_ONCE);
        while let Some(conversation) = conversations.next().await {
            let (id, conversation) = conversation?;
            checked.add(&id.to_string(), &conversation);
        }
        Ok(checked)
    }
}

/// A conversation with what is stored of it.
async fn stored(
    server: &Server,
    board: &Board,
    id: i64,
    mut conversation: Conversation,
    unwatched: bool,
) -> Result<(i64, Conversation)> {
    // An operator never heard of it: then nothing is stored, and what was acknowledged is missing.
    let events = match id {
        0 => Vec::new(),
        _ => server.api.events(&server.keys[0], id, 0).await?,
    };
    for event in events {
        let stamp = event.text.as_deref().and_then(Stamp::read);
        let Some(stamp) = stamp.filter(|stamp| stamp.run == board.run) else {
            continue;
        };
        let seen = |seq| Seen { seq, side: stamp.side, number: stamp.number };
        conversation.stored_for_operators.push(seen(event.seq));
        let visitors = event.visitor_seq.map(seen);
        conversation.stored_for_visitor.extend(visitors);
    }
    if unwatched {
        conversation.visitors_log = conversation.stored_for_visitor.clone();
    }
    Ok((id, conversation))
}
