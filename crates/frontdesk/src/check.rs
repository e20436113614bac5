//! `frontdesk check`: whether what is kept is whole.

use crate::command_line::CheckOptions;
use crate::database::{self, chain};
use crate::output::say;
use crate::settings::Storage;
use frontdesk_db::Db;
use frontdesk_server::integrity;
use frontdesk_server::problem::Problem;
use std::process::ExitCode;

/// Findings that are told; the rest is counted.
const TOLD: usize = 100;

/// Tells what is wrong, one line each; the exit code says whether anything is.
pub async fn check(options: CheckOptions) -> Result<ExitCode, Vec<String>> {
    let storage = Storage::read(&options.storage)?;
    let db = database::open(&storage).await.map_err(|mistake| vec![mistake])?;
    let checked = look(&db, options.repair).await;
    db.close().await;
    checked.map_err(|problem| vec![chain(&problem)])
}

async fn look(db: &Db, repairs: bool) -> Result<ExitCode, Problem> {
    if repairs {
        let counters = integrity::repair(db).await?;
        say(&format!("counted again: {counters} counters were wrong"));
    }
    let report = integrity::check(db).await?;
    for finding in report.findings.iter().take(TOLD) {
        say(&format!("PROBLEM  {finding}"));
    }
    if report.findings.len() > TOLD {
        say(&format!("PROBLEM  and {} more", report.findings.len() - TOLD));
    }
    let (conversations, findings) = (report.conversations, report.findings.len());
    say(&format!("{conversations} conversations, {findings} problems"));
    Ok(if findings == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
