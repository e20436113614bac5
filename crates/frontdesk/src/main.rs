//! `frontdesk`: live chat for websites, in one binary.

mod check;
mod command_line;
mod data_folder;
mod database;
mod doctor;
mod keep;
mod key;
mod output;
mod serve;
mod settings;
mod user;

use clap::Parser;
use command_line::{Command, CommandLine, KeyCommand, UserCommand};
use std::process::ExitCode;

fn main() -> ExitCode {
    let command_line = match CommandLine::try_parse() {
        Ok(command_line) => command_line,
        Err(error) => return output::usage(&error),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return output::failed(&[format!("cannot start: {error}")]),
    };
    match runtime.block_on(run(command_line.command)) {
        Ok(code) => code,
        Err(mistakes) => output::failed(&mistakes),
    }
}

/// Runs a command; what goes wrong is told one clear line each.
async fn run(command: Command) -> Result<ExitCode, Vec<String>> {
    match command {
        Command::Serve(options) => serve::serve(options).await,
        Command::User { command: UserCommand::Add(options) } => user::add(options).await,
        Command::Key { command: KeyCommand::Add(options) } => key::add(options).await,
        Command::Doctor(options) => doctor::doctor(options).await,
        Command::Backup(options) => keep::backup(options).await,
        Command::Restore(options) => keep::restore(options).await,
        Command::Check(options) => check::check(options).await,
        Command::Move(options) => keep::relocate(options).await,
    }
}
