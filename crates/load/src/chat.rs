//! The scenario `chat`: conversations in which visitors, and operators too, write.

use crate::board::{Board, Count};
use crate::checker::Checked;
use crate::crowd::Crowd;
use crate::latency::Summary;
use crate::output;
use crate::pace::{Pace, Schedule};
use crate::process::Process;
use crate::server::Server;
use crate::stamp::Side;
use crate::visitor::Identity;
use anyhow::Result;
use serde::Serialize;
use std::fmt;
use std::time::{Duration, Instant};

/// How to chat.
pub struct Plan {
    /// How fast to write.
    pub pace: Pace,
    /// Conversations.
    pub conversations: usize,
    /// Operators who share them.
    pub operators: usize,
    /// Operators write, too.
    pub both_sides: bool,
    /// How long to write before it is measured.
    pub warm_up: Duration,
    /// How long it is measured.
    pub measured: Duration,
    /// Characters of a message.
    pub length: usize,
}

/// What was measured.
#[derive(Serialize)]
pub struct Report {
    /// Messages that were acknowledged a second.
    pub messages_per_second: f64,
    /// From the due time until the other side saw the message.
    pub delivered: Summary,
    /// From the due time until its author had the acknowledgement.
    pub acknowledged: Summary,
    /// From the due time until it was written: what the generator itself was late.
    pub written: Summary,
    /// Processor time of the server, a message, in microseconds.
    pub server_cpu_us: Option<f64>,
    /// Processor time of the generator, a message, in microseconds.
    pub generator_cpu_us: f64,
    /// Messages that were refused.
    pub refused: u64,
    /// What the checker found.
    pub checked: Checked,
}

/// Messages and processor time so far.
struct Meter {
    at: Instant,
    messages: u64,
    server: Option<Duration>,
    generator: Duration,
}

/// Runs the scenario and checks it.
pub async fn run(server: &Server, plan: &Plan) -> Result<Report> {
    let board = Board::new(plan.length, plan.pace == Pace::Saturating);
    let mut crowd = Crowd::of_operators(server, plan.operators, board).await?;
    let amount = u32::try_from(plan.conversations)?;
    let identities = crowd.start(server, 0..amount).await?;
    crowd.connect(server, &identities).await?;
    crowd.board.settle(u64::from(amount)).await;

    let pacer = begin(&crowd, plan, amount);
    crowd.board.watch("warming up", plan.warm_up).await;
    let before = Meter::read(server, &crowd.board)?;
    crowd.board.measure();
    crowd.board.watch("measuring", plan.measured).await;
    let after = Meter::read(server, &crowd.board)?;
    crowd.board.stop();
    if let Some(pacer) = pacer {
        // It has run out of messages; a panic in it would show as messages that are missing.
        let _ = tokio::task::spawn_blocking(move || pacer.join()).await;
    }
    crowd.board.settle(u64::from(amount)).await;

    finish(server, crowd, &identities, (before, after)).await
}

/// Makes the first messages due, or lets a schedule do so.
fn begin(crowd: &Crowd, plan: &Plan, amount: u32) -> Option<std::thread::JoinHandle<()>> {
    let tell = crowd.teller();
    let both_sides = plan.both_sides;
    match plan.pace {
        Pace::Saturating => {
            for conversation in 0..amount {
                tell(Side::Visitor, conversation, Instant::now());
                if both_sides {
                    tell(Side::Operator, conversation, Instant::now());
                }
            }
            None
        }
        Pace::PerSecond(rate) => {
            let schedule = Schedule::new(rate, plan.warm_up + plan.measured);
            let act = move |number, due| {
                let (side, conversation) = turn(number, amount, both_sides);
                // A lost connection is found by the checker; the others go on.
                tell(side, conversation, due);
                true
            };
            Some(schedule.run(Instant::now(), act))
        }
    }
}

/// Whose turn it is: all conversations in a row, and in each of them visitor and operator by turns.
pub fn turn(number: u64, conversations: u32, both_sides: bool) -> (Side, u32) {
    let amount = u64::from(conversations);
    let conversation = u32::try_from(number % amount).unwrap_or_default();
    let side =
        if both_sides && (number / amount) % 2 == 1 { Side::Operator } else { Side::Visitor };
    (side, conversation)
}

async fn finish(
    server: &Server,
    crowd: Crowd,
    identities: &[Identity],
    (before, after): (Meter, Meter),
) -> Result<Report> {
    let board = std::sync::Arc::clone(&crowd.board);
    let records = crowd.end().await?;
    output::note("  reading back what is stored");
    let checked = records.check(server, &board).await?;
    for identity in identities {
        server.api.end(identity).await?;
    }
    let messages = after.messages.saturating_sub(before.messages).max(1) as f64;
    let each = |spent: Duration| spent.as_secs_f64() * 1e6 / messages;
    let server_cpu = after.server.zip(before.server);
    Ok(Report {
        messages_per_second: messages / (after.at - before.at).as_secs_f64(),
        delivered: board.delivered.summary(),
        acknowledged: board.acknowledged.summary(),
        written: board.written.summary(),
        server_cpu_us: server_cpu.map(|(after, before)| each(after.saturating_sub(before))),
        generator_cpu_us: each(after.generator.saturating_sub(before.generator)),
        refused: board.counted(Count::Refused),
        checked,
    })
}

impl Meter {
    fn read(server: &Server, board: &Board) -> Result<Self> {
        Ok(Self {
            at: Instant::now(),
            messages: board.counted(Count::Acknowledged),
            server: server.cpu()?,
            generator: Process::own().cpu()?,
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "messages       {:.0} a second", self.messages_per_second)?;
        writeln!(formatter, "delivered      {}", self.delivered)?;
        writeln!(formatter, "acknowledged   {}", self.acknowledged)?;
        writeln!(formatter, "written late   {}", self.written)?;
        if let Some(cpu) = self.server_cpu_us {
            writeln!(formatter, "server CPU     {cpu:.1} us a message")?;
        }
        writeln!(formatter, "generator CPU  {:.1} us a message", self.generator_cpu_us)?;
        writeln!(formatter, "refused        {}", self.refused)?;
        self.checked.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversations_and_sides_take_turns() {
        let turns: Vec<_> = (0..6).map(|number| turn(number, 2, true)).collect();
        assert_eq!(
            turns,
            [
                (Side::Visitor, 0),
                (Side::Visitor, 1),
                (Side::Operator, 0),
                (Side::Operator, 1),
                (Side::Visitor, 0),
                (Side::Visitor, 1)
            ]
        );
        assert!((0..6).all(|number| turn(number, 2, false).0 == Side::Visitor));
    }
}
