//! The delivery path under a seeded simulator: clients with outboxes, nodes, the bus between them, and the database;
//! and beside it starts, which are assigned or wait, ends, edits and deletions.
//!
//! The rules are the server's own: numbering, repetition and reading of the log on a database in memory, the hub, the hints,
//! the cursors. What is simulated is the world around them: a network that delays and breaks, a bus that loses,
//! doubles and reorders, disks that are slow or fail after they have stored, clocks that differ, nodes that die at any
//! point. A seed decides everything, so that a run that failed runs again in the same way.

mod action;
mod bug;
mod chance;
mod client;
mod connection;
mod database;
mod node;
mod shown;
mod step;
mod store;
mod trace;
mod verdict;
mod world;

pub use bug::Bug;
pub use database::Database;
pub use trace::Trace;
pub use verdict::{Failure, Report};

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;
use world::World;

/// Seeds that browsers replay.
const RECORDED: u64 = 16;

/// Runs one seed. `bug` plants a mistake, to see that it is found.
pub fn simulate(database: &Database, seed: u64, bug: Option<Bug>) -> Result<Report, Failure> {
    run(database, seed, bug).map(|(report, _)| report)
}

/// Runs many seeds on all processors, and answers the sum, or a failure.
pub fn simulate_all(seeds: Range<u64>, bug: Option<Bug>) -> Result<Report, Failure> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let shares: Vec<Result<Report, Failure>> = thread::scope(|scope| {
        let share = |first: u64| {
            let share = (first..seeds.end).step_by(processors);
            scope.spawn(move || simulate_share(share, bug))
        };
        let running: Vec<_> = seeds.clone().take(processors).map(share).collect();
        running
            .into_iter()
            .map(|it| it.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    shares.into_iter().try_fold(Report::default(), |all, share| Ok(all + share?))
}

fn simulate_share(seeds: impl Iterator<Item = u64>, bug: Option<Bug>) -> Result<Report, Failure> {
    let database =
        Database::open().map_err(|error| Failure { seed: 0, problem: error.to_string() })?;
    let mut seeds = seeds;
    seeds.try_fold(Report::default(), |all, seed| Ok(all + simulate(&database, seed, bug)?))
}

/// Runs one seed and writes down what its first visitor's browser saw.
pub fn record(database: &Database, seed: u64) -> Result<Trace, Failure> {
    run(database, seed, None).map(|(_, trace)| trace)
}

/// What browsers replay in their tests: one recording a line, as JSON.
pub fn recordings() -> Result<String, Failure> {
    let database =
        Database::open().map_err(|error| Failure { seed: 0, problem: error.to_string() })?;
    let recording = |seed| {
        let trace = record(&database, seed)?;
        Ok(serde_json::json!({"seed": seed, "lines": trace.lines()}).to_string())
    };
    let recordings: Result<Vec<_>, Failure> = (0..RECORDED).map(recording).collect();
    Ok(format!("[\n{}\n]\n", recordings?.join(",\n")))
}

fn run(database: &Database, seed: u64, bug: Option<Bug>) -> Result<(Report, Trace), Failure> {
    let failed = |problem: String| Failure { seed, problem };
    database.forget().map_err(|error| failed(error.to_string()))?;
    let mut world = World::new(database, seed, bug).map_err(failed)?;
    world.run().map_err(failed)?;
    world.settle().map_err(failed)?;
    let report = world.judge().map_err(failed)?;
    world.write_down_what_shows();
    Ok((report, world.into_trace()))
}
