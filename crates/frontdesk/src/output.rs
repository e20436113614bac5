//! What the commands say: results to the standard output, everything else to the standard error.

use std::io::Write as _;
use std::process::ExitCode;

/// A line of the result. Whoever closed the pipe does not want it.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// What went wrong, one clear line each.
pub fn failed(mistakes: &[String]) -> ExitCode {
    for mistake in mistakes {
        let _ = writeln!(std::io::stderr(), "frontdesk: {mistake}");
    }
    ExitCode::FAILURE
}

/// What the command line asked for (help, version), or the one line that says what is wrong with it.
pub fn usage(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    if !error.use_stderr() {
        let _ = write!(std::io::stdout(), "{text}");
        return ExitCode::SUCCESS;
    }
    if error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = write!(std::io::stderr(), "{text}");
        return ExitCode::from(2);
    }
    let mut lines = text.lines().map(str::trim).take_while(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let rest: Vec<_> = lines.collect();
    let line = [&[first.as_str()], rest.as_slice()].concat().join(" ");
    let _ = writeln!(std::io::stderr(), "frontdesk: {line} (see frontdesk --help)");
    ExitCode::from(2)
}
