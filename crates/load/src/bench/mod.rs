//! The benchmark: the figures of docs/performance.md, as ratios to the limits that the same run measured.

mod figures;
mod table;

use crate::board::Board;
use crate::command_line::BenchOptions;
use crate::crowd::Crowd;
use crate::output::{self, note};
use crate::pace::Pace;
use crate::raw::commit::{self, Committed};
use crate::raw::relay::{self, Relayed};
use crate::server::Server;
use crate::{chat, chatbot, idle, start};
use anyhow::{Result, ensure};
use figures::Figures;
use std::time::Duration;

/// Characters of a message.
const LENGTH: usize = 200;
/// Conversations, and pairs of the relay, at saturating load. More gain nothing on two processors.
const CONVERSATIONS: usize = 256;
/// Operators who share them.
const OPERATORS: usize = 16;
/// The paced rate, in messages a second.
const PACED: f64 = 1_000.0;
/// Starts a second.
const STARTS: f64 = 100.0;
/// Visitors who are connected the first time; the second time there are as many as is asked for.
const FIRST_VISITORS: usize = 2_000;
/// A server that has just started is still tidying up.
const CALM: Duration = Duration::from_secs(2);

/// The limits of this machine.
struct Limits {
    relay: Relayed,
    commit: Committed,
}

/// Runs the benchmark and prints its table; whether the checker found nothing.
pub async fn run(options: &BenchOptions, json: bool) -> Result<bool> {
    ensure!(options.seconds > 0, "--seconds is at least 1");
    note("1/7 limits of this machine: relay and group commit");
    let limits = limits(options).await?;
    note("2/7 start and memory of the server");
    let mut server = Server::of(&options.server, 0).await?;
    tokio::time::sleep(CALM).await;
    let idle_memory = server.memory()?;
    server.need_operators(options.operators.max(OPERATORS)).await?;
    note("3/7 messages at saturating load");
    let saturated = chat::run(&server, &messages(options, Pace::Saturating)).await?;
    note("4/7 messages at 1,000 a second");
    let paced = chat::run(&server, &messages(options, Pace::PerSecond(PACED))).await?;
    note("5/7 starts of conversations");
    let started = start::run(&server, &starts(options)).await?;
    note("6/7 connected visitors");
    let idle = connect_visitors(&server, started.identities, options.visitors).await?;
    note("7/7 chatbots");
    let chatbot = chatbot::measure(Duration::from_secs(options.seconds)).await?;
    let figures = Figures {
        limits,
        ready_after: server.ready_after,
        idle_memory,
        saturated,
        paced,
        started: started.report,
        idle,
        chatbot,
    };
    let table = figures.table();
    output::report(&table, json)?;
    Ok(table.holds())
}

async fn limits(options: &BenchOptions) -> Result<Limits> {
    let span = Duration::from_secs(options.seconds);
    let warm_up = Duration::from_secs(options.warm_up);
    let pairs = u32::try_from(CONVERSATIONS)?;
    let relay = relay::measure(pairs, LENGTH, warm_up, span).await?;
    let folder = options.server.folder.clone();
    let measure = move || commit::measure(folder.as_deref(), LENGTH, PACED, span);
    let commit = tokio::task::spawn_blocking(measure).await??;
    Ok(Limits { relay, commit })
}

const fn messages(options: &BenchOptions, pace: Pace) -> chat::Plan {
    chat::Plan {
        pace,
        conversations: CONVERSATIONS,
        operators: OPERATORS,
        both_sides: false,
        warm_up: Duration::from_secs(options.warm_up),
        measured: Duration::from_secs(options.seconds),
        length: LENGTH,
    }
}

const fn starts(options: &BenchOptions) -> start::Plan {
    start::Plan {
        rate: STARTS,
        measured: Duration::from_secs(options.seconds),
        operators: options.operators,
        open: options.open,
    }
}

/// Connects the visitors of conversations that are open, a few first and then all, and measures both.
async fn connect_visitors(
    server: &Server,
    mut identities: Vec<crate::visitor::Identity>,
    amount: usize,
) -> Result<[idle::Report; 2]> {
    let known = identities.len();
    if amount > known {
        let crowd = Crowd::of_operators(server, OPERATORS, Board::new(0, false)).await?;
        let more = u32::try_from(known)?..u32::try_from(amount)?;
        identities.extend(crowd.start(server, more).await?);
        crowd.end().await?;
    }
    let mut crowd = Crowd::of_operators(server, 0, Board::new(0, false)).await?;
    let first = FIRST_VISITORS.min(amount);
    let few = idle::connect(server, &mut crowd, &identities[..first]).await?;
    let more = idle::connect(server, &mut crowd, &identities[first..amount]).await?;
    crowd.end().await?;
    Ok([few, more])
}
