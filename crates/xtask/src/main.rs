//! What the repository checks and generates for itself: `cargo xtask --help`.
#![expect(clippy::print_stdout, reason = "a command line program speaks on standard output")]

mod generate;
mod licenses;
mod spdx;
mod tidy;
mod translations;
mod tree;

use anyhow::Result;
use clap::Parser;
use std::process::ExitCode;
use tree::{Finding, Tree};

/// The project's own checks and generators.
#[derive(Parser)]
enum Command {
    /// Check lengths, imports, migrations, links, words and left-overs.
    Tidy,
    /// Check that every language says everything, and that every error code has a text.
    Translations,
    /// Check licences and sources of all dependencies against deny.toml.
    Licenses,
    /// Run the delivery path under the simulator: `--seeds 1000000`, `--from SEED --seeds 1`, `--help`.
    Simulate {
        /// Options of the simulator.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
    /// Write the OpenAPI document and the TypeScript types of web/protocol.
    Generate {
        /// Write nothing; fail when a generated file is not what would be written.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> Result<ExitCode> {
    let tree = Tree::of_repository()?;
    let findings = match Command::parse() {
        Command::Tidy => tidy::check(&tree),
        Command::Translations => translations::check(&tree),
        Command::Licenses => licenses::check(&tree)?,
        Command::Simulate { options } => return simulate(&tree, &options),
        Command::Generate { check: true } => generate::check(&tree)?,
        Command::Generate { check: false } => generate::write(&tree).map(|()| Vec::new())?,
    };
    Ok(report(&findings))
}

fn simulate(tree: &Tree, options: &[String]) -> Result<ExitCode> {
    let status = std::process::Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "--locked",
            "--release",
            "--package",
            "frontdesk-simulation",
            "--",
        ])
        .args(options)
        .current_dir(&tree.root)
        .status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn report(findings: &[Finding]) -> ExitCode {
    for finding in findings {
        println!("{finding}");
    }
    if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
