//! `demo-data`: fills a database with plausible conversations, as many as it takes to see how it behaves when it is full.
//!
//! The same seed makes the same data, in whichever batches it is written. Ids and numbers are what the server itself
//! would have made, so that it goes on where this ends.

mod chance;
mod phrases;
mod store;
mod story;

use crate::command_line::DemoOptions;
use crate::output;
use anyhow::{Context, Result, ensure};
use frontdesk_db::{Db, Error};
use serde::Serialize;
use std::fmt;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use store::Team;
use story::Plan;

/// Conversations in a transaction.
const BATCH: u64 = 500;
/// Conversations between two lines about the progress.
const TOLD_EVERY: u64 = 20_000;

/// What was written.
#[derive(Serialize)]
pub struct Report {
    conversations: u64,
    events: u64,
    seconds: f64,
}

/// Writes the conversations that the options ask for.
pub async fn run(options: &DemoOptions) -> Result<Report> {
    ensure!(options.days > 0 && options.messages > 0, "--days and --messages are at least 1");
    let began = Instant::now();
    let db = Db::open(&options.database_url).await?;
    let plan = Arc::new(Plan {
        seed: options.seed,
        conversations: options.conversations,
        open: options.open.min(options.conversations),
        messages: options.messages,
        days: options.days,
        now: now()?,
    });
    let team = Arc::new(team(&db, options.operators, plan.now).await?);
    let mut events = 0;
    for first in (0..plan.conversations).step_by(usize::try_from(BATCH)?) {
        events += write(&db, &plan, &team, first).await?;
        let done = (first + BATCH).min(plan.conversations);
        if done.is_multiple_of(TOLD_EVERY) {
            output::note(&format!("  {done} of {} conversations", plan.conversations));
        }
    }
    db.close().await;
    let seconds = began.elapsed().as_secs_f64();
    Ok(Report { conversations: plan.conversations, events, seconds })
}

/// The channel of the installation, and its operators; some are made when there are too few.
async fn team(db: &Db, operators: usize, now: i64) -> Result<Team> {
    let team = db.write(move |tx| store::team(tx, operators, now)).await;
    team.map_err(anyhow::Error::from)?
        .context("there is no channel yet: start the server once, or add a user")
}

/// Writes the conversations of a batch; how many events they have.
async fn write(db: &Db, plan: &Arc<Plan>, team: &Arc<Team>, first: u64) -> Result<u64> {
    let (plan, team) = (Arc::clone(plan), Arc::clone(team));
    let written = db.write(move |tx| {
        let last = (first + BATCH).min(plan.conversations);
        let stories: Vec<_> =
            (first..last).map(|index| plan.story(index, team.operators.len())).collect();
        store::write(tx, &team, &stories)?;
        Ok::<_, Error>(stories.iter().map(|it| it.events.len() as u64).sum())
    });
    Ok(written.await?)
}

#[expect(clippy::disallowed_methods, reason = "the data ends now, whatever the seed")]
fn now() -> Result<i64> {
    Ok(i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?)
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { conversations, events, seconds } = self;
        write!(
            formatter,
            "{conversations} conversations with {events} events in {seconds:.0} s, {:.0} events a second",
            *events as f64 / seconds.max(0.001)
        )
    }
}
