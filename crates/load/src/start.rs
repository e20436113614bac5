//! The scenario `start`: new conversations at a given rate, while others are open.

use crate::board::{Board, Count};
use crate::checker::{Checked, Seen};
use crate::crowd::Crowd;
use crate::latency::{Latency, Summary};
use crate::output;
use crate::pace::Schedule;
use crate::server::Server;
use crate::stamp::Side;
use crate::visitor::Identity;
use anyhow::Result;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// The first message of a conversation has as many characters.
const LENGTH: usize = 120;
/// What a start is answered with tells that its message is the second event of the log.
const FIRST_MESSAGE: i64 = 2;
/// Starts that may wait for an answer; more are not made, and count as failed.
const UNDER_WAY: usize = 512;
/// How long to wait for what operators have not seen yet.
const SEEN_WITHIN: Duration = Duration::from_secs(10);

/// How to start conversations.
pub struct Plan {
    /// Starts a second.
    pub rate: f64,
    /// How long.
    pub measured: Duration,
    /// Connected operators.
    pub operators: usize,
    /// Open conversations before.
    pub open: usize,
}

/// What was measured.
#[derive(Serialize)]
pub struct Report {
    /// Conversations that were started while measuring.
    pub started: usize,
    /// Starts that failed.
    pub failed: usize,
    /// From the due time until the start was answered.
    pub answered: Summary,
    /// From the due time until the operator saw the first message.
    pub delivered: Summary,
    /// Processor time of the server, a start, in microseconds.
    pub server_cpu_us: Option<f64>,
    /// What the checker found.
    pub checked: Checked,
}

/// The report, and all conversations that are open now.
pub struct Started {
    /// What was measured.
    pub report: Report,
    /// The conversations.
    pub identities: Vec<Identity>,
}

/// Runs the scenario and checks it. The conversations stay open.
pub async fn run(server: &Server, plan: &Plan) -> Result<Started> {
    let board = Board::new(LENGTH, false);
    let crowd = Crowd::of_operators(server, plan.operators, board).await?;
    let open = u32::try_from(plan.open)?;
    let mut identities = crowd.start(server, 0..open).await?;

    output::note("  starting conversations");
    let before = server.cpu()?;
    crowd.board.measure();
    let answered = Arc::new(Latency::new());
    let (new, failed) = start_by_schedule(server, &crowd, plan, (open, &answered)).await?;
    let after = server.cpu()?;
    let started = new.len();
    identities.extend(new);
    wait_until_seen(&crowd.board, identities.len()).await;

    let board = Arc::clone(&crowd.board);
    let mut records = crowd.end().await?;
    for identity in &identities {
        let (_, conversation) = records.conversations.entry(identity.index).or_default();
        conversation.visitors_acknowledged.push(Seen {
            seq: FIRST_MESSAGE,
            side: Side::Visitor,
            number: 0,
        });
    }
    records.only_operators_watched = true;
    output::note("  reading back what is stored");
    let mut checked = records.check(server, &board).await?;
    if failed > 0 {
        checked.violation(format!("{failed} starts failed"));
    }
    let spent = after.zip(before).map(|(after, before)| after - before);
    let report = Report {
        started,
        failed,
        answered: answered.summary(),
        delivered: board.delivered.summary(),
        server_cpu_us: spent.map(|it| it.as_secs_f64() * 1e6 / started.max(1) as f64),
        checked,
    };
    Ok(Started { report, identities })
}

/// Starts when a start is due, whether the ones before are answered or not; how many failed.
async fn start_by_schedule(
    server: &Server,
    crowd: &Crowd,
    plan: &Plan,
    (first, answered): (u32, &Arc<Latency>),
) -> Result<(Vec<Identity>, usize)> {
    let (due, mut turns) = mpsc::unbounded_channel();
    let schedule = Schedule::new(plan.rate, plan.measured);
    schedule.run(Instant::now(), move |number, at| due.send((number, at)).is_ok());
    let (mut under_way, mut identities, mut failed) = (JoinSet::new(), Vec::new(), 0);
    while let Some((number, due)) = turns.recv().await {
        while let Some(done) = under_way.try_join_next() {
            count(done?, &mut identities, &mut failed);
        }
        if under_way.len() >= UNDER_WAY {
            failed += 1;
            continue;
        }
        let conversation = first + u32::try_from(number)?;
        let stamp = crowd.board.first(conversation, due - crowd.board.begin);
        let (api, channel, answered) = (server.api.clone(), server.channel, Arc::clone(answered));
        under_way.spawn(async move {
            let identity = api.start(channel, &stamp, LENGTH).await?;
            answered.record(due.elapsed());
            anyhow::Ok(identity)
        });
    }
    while let Some(done) = under_way.join_next().await {
        count(done?, &mut identities, &mut failed);
    }
    Ok((identities, failed))
}

fn count(done: Result<Identity>, identities: &mut Vec<Identity>, failed: &mut usize) {
    match done {
        Ok(identity) => identities.push(identity),
        Err(error) => {
            if *failed == 0 {
                output::note(&format!("  a start failed: {error:#}"));
            }
            *failed += 1;
        }
    }
}

async fn wait_until_seen(board: &Board, amount: usize) {
    let end = Instant::now() + SEEN_WITHIN;
    while Instant::now() < end && board.counted(Count::SeenByOperators) < amount as u64 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "started        {} conversations, {} failed",
            self.started, self.failed
        )?;
        writeln!(formatter, "answered       {}", self.answered)?;
        writeln!(formatter, "delivered      {}", self.delivered)?;
        if let Some(cpu) = self.server_cpu_us {
            writeln!(formatter, "server CPU     {cpu:.0} us a start")?;
        }
        self.checked.fmt(formatter)
    }
}
