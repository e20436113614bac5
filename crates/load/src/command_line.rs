//! The commands and their options.

use crate::{chat, idle, mixed, pace::Pace, start};
use anyhow::{Result, ensure};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::time::Duration;

/// Puts a Frontdesk server under load, measures it, and checks that no message was lost, doubled or out of order.
#[derive(Parser)]
#[command(name = "frontdesk-load", version)]
pub struct CommandLine {
    /// Print the result as JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Measure the figures of docs/performance.md against the limits of this machine, in one run.
    Bench(BenchOptions),
    /// Conversations in which visitors, and operators too, write at a given rate.
    Chat(ChatOptions),
    /// New conversations at a given rate.
    Start(StartOptions),
    /// A plausible site: many page loads, some openings, few conversations, operators who answer.
    Mixed(MixedOptions),
    /// The same for hours: nothing may be lost, and memory may not rise.
    Soak(SoakOptions),
    /// Visitors who are connected and say nothing: what a connection costs.
    Idle(IdleOptions),
    /// Break the server, its network and what it stands on, again and again while both sides write; nothing may be lost.
    Faults(FaultsOptions),
    /// Fill a database with plausible conversations. No server may serve it meanwhile.
    DemoData(DemoOptions),
    /// The raw relay that the benchmark compares with; it runs in a process of its own.
    #[command(hide = true)]
    Relay,
}

/// Which server.
#[derive(Args, Clone)]
pub struct ServerOptions {
    /// Program to start with an empty data folder, which is removed afterwards.
    #[arg(long, value_name = "FILE", default_value = "target/release/frontdesk")]
    pub server: PathBuf,
    /// Folder in which the data folder is made; it must be on the disk that is to be measured [default: the system's].
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// Address of a server that runs already, with its limits off (http://127.0.0.1:8080).
    #[arg(long, value_name = "URL", requires = "keys")]
    pub url: Option<String>,
    /// API keys of its operators, one a line.
    #[arg(long, value_name = "FILE", requires = "url")]
    pub keys: Option<PathBuf>,
    /// Its process, where it runs on this computer: tells its processor time and memory.
    #[arg(long, requires = "url")]
    pub pid: Option<u32>,
}

/// How to run the benchmark.
#[derive(Args)]
pub struct BenchOptions {
    /// Which server.
    #[command(flatten)]
    pub server: ServerOptions,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 10)]
    pub seconds: u64,
    /// Seconds of load before each measurement.
    #[arg(long, default_value_t = 3)]
    pub warm_up: u64,
    /// Connected operators while conversations are started.
    #[arg(long, default_value_t = 200)]
    pub operators: usize,
    /// Open conversations while others are started.
    #[arg(long, default_value_t = 2_000)]
    pub open: usize,
    /// Connected visitors, the second time; the server and this program each have a socket for one.
    #[arg(long, default_value_t = 9_000)]
    pub visitors: usize,
}

/// How to chat.
#[derive(Args)]
pub struct ChatOptions {
    /// Which server.
    #[command(flatten)]
    pub server: ServerOptions,
    /// Messages a second, all together; without it each conversation writes as fast as it is answered.
    #[arg(long)]
    pub rate: Option<f64>,
    /// Conversations.
    #[arg(long, default_value_t = 100)]
    pub conversations: usize,
    /// Operators who share them.
    #[arg(long, default_value_t = 8)]
    pub operators: usize,
    /// Only visitors write.
    #[arg(long)]
    pub one_sided: bool,
    /// Seconds of load before the measurement.
    #[arg(long, default_value_t = 3)]
    pub warm_up: u64,
    /// Seconds of the measurement.
    #[arg(long, default_value_t = 10)]
    pub seconds: u64,
    /// Characters of a message.
    #[arg(long, default_value_t = 200)]
    pub length: usize,
}

impl ChatOptions {
    /// As a plan.
    pub fn plan(&self) -> Result<chat::Plan> {
        ensure!(
            self.rate.is_none_or(|rate| (0.1..=1_000_000.0).contains(&rate)),
            "--rate is from 0.1 to 1000000"
        );
        ensure!(self.conversations > 0, "--conversations is at least 1");
        Ok(chat::Plan {
            pace: self.rate.map_or(Pace::Saturating, Pace::PerSecond),
            conversations: self.conversations,
            operators: self.operators,
            both_sides: !self.one_sided,
            warm_up: Duration::from_secs(self.warm_up),
            measured: Duration::from_secs(self.seconds),
            length: self.length,
        })
    }
}

/// How to start conversations.
#[derive(Args)]
pub struct StartOptions {
    /// Which server.
    #[command(flatten)]
    pub server: ServerOptions,
    /// Starts a second.
    #[arg(long, default_value_t = 100.0)]
    pub rate: f64,
    /// Seconds of the measurement.
    #[arg(long, default_value_t = 10)]
    pub seconds: u64,
    /// Connected operators.
    #[arg(long, default_value_t = 20)]
    pub operators: usize,
    /// Open conversations before the measurement.
    #[arg(long, default_value_t = 200)]
    pub open: usize,
}

impl StartOptions {
    /// As a plan.
    pub fn plan(&self) -> start::Plan {
        start::Plan {
            rate: self.rate.clamp(0.1, 100_000.0),
            measured: Duration::from_secs(self.seconds),
            operators: self.operators,
            open: self.open,
        }
    }
}

/// What kind of site, for a minute.
#[derive(Args)]
pub struct MixedOptions {
    /// What kind of site.
    #[command(flatten)]
    pub site: SiteOptions,
    /// Seconds of the measurement.
    #[arg(long, default_value_t = 60)]
    pub seconds: u64,
}

impl MixedOptions {
    /// As a plan.
    pub fn plan(&self) -> mixed::Plan {
        self.site.plan(Duration::from_secs(self.seconds))
    }
}

/// What kind of site, for hours.
#[derive(Args)]
pub struct SoakOptions {
    /// What kind of site.
    #[command(flatten)]
    pub site: SiteOptions,
    /// Minutes of the measurement.
    #[arg(long, default_value_t = 480, value_parser = clap::value_parser!(u64).range(mixed::SOAK_MINUTES_MIN..))]
    pub minutes: u64,
}

impl SoakOptions {
    /// As a plan.
    pub fn plan(&self) -> mixed::Plan {
        self.site.plan(Duration::from_secs(self.minutes * 60))
    }
}

/// What kind of site.
#[derive(Args)]
pub struct SiteOptions {
    /// Which server.
    #[command(flatten)]
    pub server: ServerOptions,
    /// Pages a second. The window is opened on one of 20, and a conversation begins on one of 80.
    #[arg(long, default_value_t = 50.0)]
    pub pages: f64,
    /// Operators who answer.
    #[arg(long, default_value_t = 8)]
    pub operators: usize,
}

impl SiteOptions {
    fn plan(&self, measured: Duration) -> mixed::Plan {
        let pages = self.pages.clamp(0.1, 100_000.0);
        mixed::Plan { pages, operators: self.operators, measured }
    }
}

/// How to idle.
#[derive(Args)]
pub struct IdleOptions {
    /// Which server.
    #[command(flatten)]
    pub server: ServerOptions,
    /// Connected visitors.
    #[arg(long, default_value_t = 2_000)]
    pub visitors: usize,
    /// Operators who have their conversations.
    #[arg(long, default_value_t = 8)]
    pub operators: usize,
    /// Seconds to stay connected.
    #[arg(long, default_value_t = 10)]
    pub seconds: u64,
}

impl IdleOptions {
    /// As a plan.
    pub fn plan(&self) -> idle::Plan {
        idle::Plan {
            visitors: self.visitors,
            operators: self.operators,
            stay: Duration::from_secs(self.seconds),
        }
    }
}

/// Which faults.
#[derive(Args)]
pub struct FaultsOptions {
    /// Faults by name; without one all but disk-full, which mounts a small filesystem, and nodes-upgraded-in-turn, which needs an older program.
    #[arg(value_name = "FAULT")]
    pub only: Vec<String>,
    /// A few seconds for each, instead of some minutes.
    #[arg(long)]
    pub short: bool,
    /// Program to start.
    #[arg(long, value_name = "FILE", default_value = "target/release/frontdesk")]
    pub server: PathBuf,
    /// An older program, with which the nodes begin that are upgraded.
    #[arg(long, value_name = "FILE")]
    pub older: Option<PathBuf>,
}

/// How much data.
#[derive(Args)]
pub struct DemoOptions {
    /// The database: sqlite:data/frontdesk.db or postgres://…
    #[arg(long, value_name = "URL")]
    pub database_url: String,
    /// Conversations.
    #[arg(long, default_value_t = 1_000)]
    pub conversations: u64,
    /// Messages of a conversation, on average.
    #[arg(long, default_value_t = 10)]
    pub messages: u64,
    /// How many of the conversations are open.
    #[arg(long, default_value_t = 20)]
    pub open: u64,
    /// Operators who answered; the ones that are missing are made, and cannot sign in.
    #[arg(long, default_value_t = 8)]
    pub operators: usize,
    /// Days over which the conversations are spread, back from now.
    #[arg(long, default_value_t = 365)]
    pub days: u64,
    /// The same seed makes the same conversations.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}
