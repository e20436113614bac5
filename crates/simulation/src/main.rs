//! `cargo xtask simulate`: many seeds, or one seed again.
#![expect(clippy::print_stdout, reason = "a command line program speaks on standard output")]

use anyhow::Result;
use clap::Parser;
use frontdesk_simulation::{Bug, recordings, simulate_all};

/// Run the delivery path under the simulator.
#[derive(Parser)]
struct Options {
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many seeds to run.
    #[arg(long, default_value_t = 100_000)]
    seeds: u64,
    /// A mistake to plant.
    #[arg(long)]
    bug: Option<Bug>,
    /// Print the recordings that browsers replay, instead.
    #[arg(long)]
    recordings: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    if options.recordings {
        print!("{}", recordings()?);
        return Ok(());
    }
    let seeds = options.from..options.from + options.seeds;
    let all = simulate_all(seeds, options.bug)?;
    println!(
        "{} seeds, {} steps, {} faults, {} messages: nothing lost, doubled or out of order",
        options.seeds, all.steps, all.faults, all.messages
    );
    Ok(())
}
