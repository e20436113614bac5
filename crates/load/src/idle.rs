//! The scenario `idle`: visitors who are connected and say nothing.

use crate::board::Board;
use crate::crowd::Crowd;
use crate::output;
use crate::server::Server;
use crate::visitor::Identity;
use anyhow::Result;
use serde::Serialize;
use std::fmt;
use std::time::Duration;

/// What was under way when the memory is read should be over.
const CALM: Duration = Duration::from_secs(2);

/// How to idle.
pub struct Plan {
    /// Connected visitors.
    pub visitors: usize,
    /// Operators who have their conversations.
    pub operators: usize,
    /// How long to stay.
    pub stay: Duration,
}

/// What was measured.
#[derive(Serialize)]
pub struct Report {
    /// Connected visitors.
    pub visitors: usize,
    /// Memory of the server before, in bytes.
    pub before: Option<u64>,
    /// Memory of the server with them, in bytes.
    pub with: Option<u64>,
    /// Memory of the server after a while, in bytes.
    pub after: Option<u64>,
    /// Processor time of the server, a visitor and minute, in microseconds.
    pub server_cpu_us: Option<f64>,
    /// Connections that were lost.
    pub lost: usize,
}

/// Runs the scenario.
pub async fn run(server: &Server, plan: &Plan) -> Result<Report> {
    let amount = u32::try_from(plan.visitors)?;
    let crowd = Crowd::of_operators(server, plan.operators, Board::new(0, false)).await?;
    let identities = crowd.start(server, 0..amount).await?;
    crowd.end().await?;
    let mut crowd = Crowd::of_operators(server, 0, Board::new(0, false)).await?;
    let mut report = connect(server, &mut crowd, &identities).await?;
    let before = server.cpu()?;
    tokio::time::sleep(plan.stay).await;
    let spent = server.cpu()?.zip(before).map(|(after, before)| after - before);
    let minutes = plan.stay.as_secs_f64() / 60.0 * plan.visitors.max(1) as f64;
    report.server_cpu_us = spent.map(|it| it.as_secs_f64() * 1e6 / minutes);
    report.after = server.memory()?;
    report.lost = crowd.lost();
    for identity in &identities {
        server.api.end(identity).await?;
    }
    Ok(report)
}

/// Connects more visitors to a crowd, and measures what that costs.
pub async fn connect(
    server: &Server,
    crowd: &mut Crowd,
    identities: &[Identity],
) -> Result<Report> {
    tokio::time::sleep(CALM).await;
    let before = server.memory()?;
    output::note(&format!("  connecting {} visitors", identities.len()));
    crowd.connect(server, identities).await?;
    tokio::time::sleep(CALM).await;
    let with = server.memory()?;
    Ok(Report {
        visitors: identities.len(),
        before,
        with,
        after: with,
        server_cpu_us: None,
        lost: crowd.lost(),
    })
}

impl Report {
    /// Memory of the server for each of them, in bytes.
    pub fn each(&self) -> Option<f64> {
        let (before, with) = self.before.zip(self.with)?;
        Some(with.saturating_sub(before) as f64 / self.visitors.max(1) as f64)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "visitors       {}", self.visitors)?;
        if let Some(((before, with), after)) = self.before.zip(self.with).zip(self.after) {
            let megabytes = |bytes: u64| bytes as f64 / 1e6;
            writeln!(
                formatter,
                "server memory  {:.1} MB before, {:.1} MB with them, {:.1} MB after a while",
                megabytes(before),
                megabytes(with),
                megabytes(after)
            )?;
        }
        if let Some(each) = self.each() {
            writeln!(formatter, "each           {:.1} KB", each / 1e3)?;
        }
        if let Some(cpu) = self.server_cpu_us {
            writeln!(formatter, "server CPU     {cpu:.1} us a visitor and minute")?;
        }
        write!(formatter, "lost           {} connections", self.lost)
    }
}
