//! The scenario `mixed`: a plausible site. Many pages are loaded, some windows opened, few conversations begun; operators
//! answer. A soak is the same for hours: memory is read every minute, and may not rise.

use crate::api::Api;
use crate::board::{Board, Count};
use crate::checker::Checked;
use crate::crowd::{Crowd, Teller};
use crate::latency::{Latency, Summary};
use crate::output;
use crate::pace::Schedule;
use crate::server::Server;
use crate::stamp::Side;
use crate::visitor::Visitor;
use anyhow::Result;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Of so many pages, the window is opened on one.
const OPENED_ON: u64 = 20;
/// Of so many pages, a conversation begins on one.
const BEGUN_ON: u64 = 80;
/// What a visitor writes in a conversation.
const MESSAGES: u32 = 5;
/// How long a visitor thinks before the next message, and an operator before the answer.
const THINKS: Duration = Duration::from_secs(3);
const ANSWERS_AFTER: Duration = Duration::from_secs(1);
/// How long a visitor stays after the last message.
const STAYS: Duration = Duration::from_secs(10);
/// Characters of a message.
const LENGTH: usize = 120;
/// How often memory is read.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// What kind of site.
pub struct Plan {
    /// Pages a second.
    pub pages: f64,
    /// Operators.
    pub operators: usize,
    /// How long.
    pub measured: Duration,
}

/// What was measured.
#[derive(Serialize)]
pub struct Report {
    pages: u64,
    opened: u64,
    conversations: u64,
    failed: u64,
    /// From the due time of a page until its decision was there.
    decided: Summary,
    /// From the due time of a message until the other side saw it.
    delivered: Summary,
    /// Processor time of the server, a page, with everything that follows from pages.
    server_cpu_us: Option<f64>,
    /// Memory of the server, every minute, in bytes.
    memory: Vec<u64>,
    checked: Checked,
}

/// A soak has at least this many minutes, so that there is a first quarter to compare the last one with.
pub const SOAK_MINUTES_MIN: u64 = 8;
/// Memory that rises more than this from the first quarter of a soak to the last one is a leak.
const RISE_MAX: f64 = 1.25;

impl Report {
    /// Whether every promise was kept.
    pub const fn holds(&self) -> bool {
        self.checked.holds()
    }

    /// Counts memory that rose all the time as a violation.
    pub fn judge_memory(&mut self) {
        if let Some(rise) = rise(&self.memory).filter(|rise| *rise > RISE_MAX) {
            self.checked.violation(format!("memory rose to {rise:.2} times what it was"));
        }
    }
}

/// How many times the most of the first quarter the most of the last quarter is.
fn rise(memory: &[u64]) -> Option<f64> {
    let quarter = memory.len() / 4;
    let (first, last) = (&memory[..quarter], &memory[memory.len() - quarter..]);
    Some(*last.iter().max()? as f64 / *first.iter().max()? as f64)
}

/// The website, as far as all pages share it.
struct Site {
    api: Api,
    channel: i64,
    board: Arc<Board>,
    tell: Teller,
    decided: Latency,
    failed: AtomicU64,
}

/// Runs the scenario and checks it.
pub async fn run(server: &Server, plan: &Plan) -> Result<Report> {
    let mut crowd = Crowd::of_operators(server, plan.operators, Board::new(LENGTH, false)).await?;
    crowd.board.measure();
    let site = Arc::new(Site {
        api: server.api.clone(),
        channel: server.channel,
        board: Arc::clone(&crowd.board),
        tell: crowd.teller(),
        decided: Latency::new(),
        failed: AtomicU64::new(0),
    });
    let before = server.cpu()?;
    let (pages, memory) = load_pages(server, &site, &mut crowd, plan).await?;
    let spent = server.cpu()?.zip(before).map(|(after, before)| after - before);
    crowd.board.stop();
    let conversations = pages.div_ceil(BEGUN_ON);
    crowd.board.settle(conversations).await;
    let (failed, decided) = (site.failed.load(Relaxed), site.decided.summary());
    // Operators stay as long as somebody can tell them to write.
    drop(site);
    let board = Arc::clone(&crowd.board);
    let mut checked = crowd.end().await?.check(server, &board).await?;
    if failed > 0 {
        checked.violation(format!("{failed} pages or conversations failed"));
    }
    Ok(Report {
        pages,
        opened: pages.div_ceil(OPENED_ON),
        conversations,
        failed,
        decided,
        delivered: board.delivered.summary(),
        server_cpu_us: spent.map(|it| it.as_secs_f64() * 1e6 / pages.max(1) as f64),
        memory,
        checked,
    })
}

/// Loads pages when they are due, whether the ones before are there or not, until all visitors have gone.
async fn load_pages(
    server: &Server,
    site: &Arc<Site>,
    crowd: &mut Crowd,
    plan: &Plan,
) -> Result<(u64, Vec<u64>)> {
    let (due, mut turns) = mpsc::unbounded_channel();
    let schedule = Schedule::new(plan.pages, plan.measured);
    schedule.run(Instant::now(), move |number, at| due.send((number, at)).is_ok());
    let (mut under_way, mut pages, mut memory) = (JoinSet::new(), 0, Vec::new());
    let mut looks = tokio::time::interval(LOOK_EVERY);
    loop {
        tokio::select! {
            turn = turns.recv() => match turn {
                Some((number, due)) => {
                    pages += 1;
                    under_way.spawn(page(Arc::clone(site), number, due));
                }
                None => break,
            },
            Some(gone) = under_way.join_next() => keep(site, crowd, gone?),
            _ = looks.tick() => look(server, &site.board, pages, &mut memory)?,
        }
    }
    while let Some(gone) = under_way.join_next().await {
        keep(site, crowd, gone?);
    }
    memory.extend(server.memory()?);
    Ok((pages, memory))
}

fn look(server: &Server, board: &Board, pages: u64, memory: &mut Vec<u64>) -> Result<()> {
    memory.extend(server.memory()?);
    let megabytes = memory.last().map_or(0.0, |bytes| *bytes as f64 / 1e6);
    let messages = board.counted(Count::Acknowledged);
    output::note(&format!("  {pages} pages, {messages} messages, {megabytes:.0} MB"));
    Ok(())
}

/// What a visitor wrote and saw is checked in the end.
fn keep(site: &Site, crowd: &mut Crowd, gone: Result<Option<Visitor>>) {
    match gone {
        Ok(visitor) => crowd.gone.extend(visitor),
        Err(error) => {
            if site.failed.fetch_add(1, Relaxed) == 0 {
                output::note(&format!("  a page failed: {error:#}"));
            }
        }
    }
}

/// A page and what follows from it; the visitor, where there was a conversation.
async fn page(site: Arc<Site>, number: u64, due: Instant) -> Result<Option<Visitor>> {
    site.api.load_page(site.channel).await?;
    site.decided.record(due.elapsed());
    if !number.is_multiple_of(OPENED_ON) {
        return Ok(None);
    }
    site.api.open_window(site.channel).await?;
    if !number.is_multiple_of(BEGUN_ON) {
        return Ok(None);
    }
    converse(&site, u32::try_from(number / BEGUN_ON)?).await.map(Some)
}

async fn converse(site: &Site, conversation: u32) -> Result<Visitor> {
    let first = site.board.first(conversation, site.board.begin.elapsed());
    let identity = site.api.start(site.channel, &first, LENGTH).await?;
    let visitor = Visitor::connect(&site.api, identity.clone(), &site.board).await?;
    let (due, turns) = mpsc::unbounded_channel();
    let running = tokio::spawn(visitor.run(turns));
    for _ in 0..MESSAGES {
        sleep(ANSWERS_AFTER).await;
        (site.tell)(Side::Operator, conversation, Instant::now());
        sleep(THINKS).await;
        if due.send(Instant::now()).is_ok() {
            site.board.count(Count::Due);
        }
    }
    sleep(STAYS).await;
    drop(due);
    let (visitor, result) = running.await?;
    result?;
    site.api.end(&identity).await?;
    Ok(visitor)
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pages, opened, conversations, failed, .. } = self;
        writeln!(
            formatter,
            "pages          {pages}, {opened} windows opened, {conversations} conversations, {failed} failed"
        )?;
        writeln!(formatter, "decided        {}", self.decided)?;
        writeln!(formatter, "delivered      {}", self.delivered)?;
        if let Some(cpu) = self.server_cpu_us {
            writeln!(
                formatter,
                "server CPU     {cpu:.0} us a page, with all that follows from it"
            )?;
        }
        let memory = self.memory.iter().map(|bytes| format!("{:.0}", *bytes as f64 / 1e6));
        let memory = memory.collect::<Vec<_>>().join(" ");
        writeln!(formatter, "server memory  {memory} MB, a minute each")?;
        self.checked.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_compared_over_quarters() {
        let steady = [16, 40, 39, 41, 40, 38, 41, 40];
        assert_eq!(rise(&steady), Some(41.0 / 40.0));
        assert_eq!(rise(&[20, 20, 30, 30, 40, 40, 50, 50]), Some(2.5));
        assert_eq!(rise(&[20, 20, 20]), None);
    }
}
