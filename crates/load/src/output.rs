//! What is printed: results to the standard output, progress and trouble to the standard error.

use anyhow::Result;
use serde::Serialize;
use std::fmt::Display;
use std::io::Write as _;

/// A line of the result. Whoever closed the pipe does not want it.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A line about what is going on.
pub fn note(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A whole result, for people or for programs.
pub fn report(report: &(impl Display + Serialize), json: bool) -> Result<()> {
    if json {
        say(&serde_json::to_string_pretty(report)?);
    } else {
        say(&report.to_string());
    }
    Ok(())
}
