//! A trial: both sides write, a fault happens again and again, and the checker looks at what is left.

use super::fault::Fault;
use super::site::Site;
use super::table::Row;
use crate::board::{Board, Count};
use crate::chat;
use crate::crowd::Crowd;
use crate::pace::Schedule;
use anyhow::{Context, Result, bail, ensure};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// How often it is asked whether something works.
const ASK_EVERY: Duration = Duration::from_millis(20);
/// What a fault breaks works again within a minute, or does not. Counted in questions and not by the clock: where a computer
/// has so much else to do that nobody gets to ask, the server did not get to answer either.
const ASKED_TIMES: u32 = 3_000;
/// Whatever the computer has to do, this is too long.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(600);
/// Nobody writes for longer than this.
const LONGEST: Duration = Duration::from_secs(3_600);
/// Characters of a message; of one that is to fill the connections of slow readers.
const LENGTH: usize = 200;
const LONG: usize = 7_000;

/// How much is written while a fault happens.
#[derive(Clone, Copy)]
pub struct Load {
    /// Conversations.
    pub conversations: u32,
    /// Operators who share them.
    pub operators: usize,
    /// Messages a second, all together.
    pub rate: f64,
    /// How often the fault happens.
    pub rounds: usize,
    /// Messages that must be acknowledged before each round and after it.
    pub between: u64,
    /// How long something is slow, silent or away.
    pub a_while: Duration,
}

impl Load {
    /// A few seconds.
    pub const SHORT: Self = Self {
        conversations: 24,
        operators: 4,
        rate: 80.0,
        rounds: 1,
        between: 40,
        a_while: Duration::from_millis(1_500),
    };
    /// Some minutes.
    pub const LONG: Self = Self {
        conversations: 200,
        operators: 16,
        rate: 400.0,
        rounds: 10,
        between: 800,
        a_while: Duration::from_secs(5),
    };
}

/// Runs a trial.
pub async fn run(site: &mut Site, fault: Fault, load: &Load) -> Result<Row> {
    let (length, rate) = match fault {
        Fault::SlowReaders => (LONG, load.rate * 4.0),
        _ => (LENGTH, load.rate),
    };
    let board = Board::enduring(length);
    let mut crowd = Crowd::of_operators(&site.server, load.operators, board).await?;
    let identities = crowd.start(&site.server, 0..load.conversations).await?;
    crowd.connect(&site.server, &identities).await?;
    crowd.board.settle(u64::from(load.conversations)).await;
    crowd.board.measure();

    let board = Arc::clone(&crowd.board);
    let writing = Writing::begin(&crowd, load.conversations, rate);
    flows(&board, load.between).await?;
    let memory_before = site.memory()?;
    let mut trouble = Vec::new();
    for round in 0..load.rounds {
        if let Err(error) = fault.happens(site, &board, round, load.a_while).await {
            trouble.push(format!("round {round}: {error:#}"));
        }
        if let Err(error) = flows(&board, load.between).await {
            trouble.push(format!("after round {round}: {error:#}"));
            break;
        }
    }
    writing.end().await;
    let started = u64::from(load.conversations);
    let settled = until(|| async { board.settled(started) }).await;
    board.stop();
    let memory_after = site.memory()?;
    let mut checked = crowd.end().await?.check(&site.server, &board).await?;
    trouble.into_iter().for_each(|it| checked.violation(it));
    if settled.is_err() {
        checked.violation("not everything was acknowledged and seen in the end".to_owned());
    }
    for identity in &identities {
        site.server.api.end(identity).await?;
    }
    Ok(Row {
        fault: fault.name(),
        told: fault.told(),
        place: fault.place().name(),
        rounds: load.rounds,
        messages: checked.messages,
        came_back: board.counted(Count::CameBack),
        sent_again: board.counted(Count::SentAgain),
        delivered: board.delivered.summary(),
        memory_before,
        memory_after,
        checked,
    })
}

/// Waits until so many more messages are acknowledged.
async fn flows(board: &Board, amount: u64) -> Result<()> {
    let wanted = board.counted(Count::Acknowledged) + amount;
    let flowing = until(|| async { board.counted(Count::Acknowledged) >= wanted }).await;
    flowing.context("messages do not flow")
}

/// Waits until a condition holds.
pub async fn until<F: Future<Output = bool>>(condition: impl Fn() -> F) -> Result<()> {
    let begin = Instant::now();
    for _ in 0..ASKED_TIMES {
        if condition().await {
            return Ok(());
        }
        ensure!(begin.elapsed() < GIVEN_UP_AFTER, "not within {GIVEN_UP_AFTER:?}");
        tokio::time::sleep(ASK_EVERY).await;
    }
    bail!("not within {:?}, asked all the time", begin.elapsed())
}

/// Both sides write at the given rate, until it is ended.
struct Writing {
    over: Arc<AtomicBool>,
    pacer: std::thread::JoinHandle<()>,
}

impl Writing {
    fn begin(crowd: &Crowd, conversations: u32, rate: f64) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let (tell, ended) = (crowd.teller(), Arc::clone(&over));
        let act = move |number, due| {
            let (side, conversation) = chat::turn(number, conversations, true);
            tell(side, conversation, due);
            !ended.load(Relaxed)
        };
        let pacer = Schedule::new(rate, LONGEST).run(Instant::now(), act);
        Self { over, pacer }
    }

    async fn end(self) {
        self.over.store(true, Relaxed);
        // A panic in it would show as messages that are missing.
        let _ = tokio::task::spawn_blocking(move || self.pacer.join()).await;
    }
}
