//! `frontdesk-load`: puts a Frontdesk server under load, and checks what it measures.
//!
//! Every message carries its conversation, its number and the time at which it was due. Whoever sees it, sees from that
//! alone how late it is; and when the load is over, the checker compares what was acknowledged with what each side saw
//! and with what the server stored.

mod api;
mod bench;
mod board;
mod chat;
mod chatbot;
mod checker;
mod command_line;
mod crowd;
mod demo;
mod endurance;
mod faults;
mod frames;
mod idle;
mod latency;
mod mixed;
mod node;
mod operator;
mod output;
mod pace;
mod pen;
mod process;
mod raw;
mod server;
mod socket;
mod stamp;
mod start;
mod visitor;

use anyhow::Result;
use clap::Parser;
use command_line::{Command, CommandLine};
use std::process::ExitCode;

/// One descriptor a connection, and some.
const OPEN_FILES: u64 = 1_048_576;

fn main() -> ExitCode {
    let command_line = CommandLine::parse();
    // A lower limit than wished for shows as a refused connection, which the scenario reports.
    let _ = rlimit::increase_nofile_limit(OPEN_FILES);
    match run(command_line) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            output::note(&format!("frontdesk-load: {error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Runs a command; whether everything that was promised was kept.
fn run(command_line: CommandLine) -> Result<bool> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let json = command_line.json;
    runtime.block_on(async {
        match command_line.command {
            Command::Bench(options) => bench::run(&options, json).await,
            Command::Chat(options) => {
                let server = server::Server::of(&options.server, options.operators).await?;
                let report = chat::run(&server, &options.plan()?).await?;
                output::report(&report, json)?;
                Ok(report.checked.holds())
            }
            Command::Start(options) => {
                let server = server::Server::of(&options.server, options.operators).await?;
                let report = start::run(&server, &options.plan()).await?.report;
                output::report(&report, json)?;
                Ok(report.checked.holds())
            }
            Command::Idle(options) => {
                let server = server::Server::of(&options.server, options.operators).await?;
                let report = idle::run(&server, &options.plan()).await?;
                output::report(&report, json)?;
                Ok(report.lost == 0)
            }
            Command::Mixed(options) => {
                let server =
                    server::Server::of(&options.site.server, options.site.operators).await?;
                let report = mixed::run(&server, &options.plan()).await?;
                output::report(&report, json)?;
                Ok(report.holds())
            }
            Command::Soak(options) => {
                let server =
                    server::Server::of(&options.site.server, options.site.operators).await?;
                let mut report = mixed::run(&server, &options.plan()).await?;
                report.judge_memory();
                output::report(&report, json)?;
                Ok(report.holds())
            }
            Command::DemoData(options) => {
                output::report(&demo::run(&options).await?, json)?;
                Ok(true)
            }
            Command::Faults(options) => faults::run(&options, json).await,
            Command::Relay => raw::relay::serve().await.map(|()| true),
        }
    })
}
