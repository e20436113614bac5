//! What the repository checks and generates for itself: `cargo xtask --help`.
#![expect(
    clippy::print_stdout,
    reason = "a command line program speaks on standard output"
)]

mod licenses;
mod spdx;
mod tidy;
mod translations;
mod tree;

use anyhow::{Result, bail};
use clap::Parser;
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
}

fn main() -> Result<()> {
    let tree = Tree::of_repository()?;
    match Command::parse() {
        Command::Tidy => report(&tidy::check(&tree)),
        Command::Translations => report(&translations::check(&tree)),
        Command::Licenses => report(&licenses::check(&tree)?),
    }
}

fn report(findings: &[Finding]) -> Result<()> {
    for finding in findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => Ok(()),
        count => bail!("{count} to put right"),
    }
}
