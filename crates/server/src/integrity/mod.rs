//! Integrity: whether what is kept is whole. For `frontdesk check`, also beside a running server.
//!
//! Reads in pages, each at one moment, so that a large database is not held for long. Only what is counted from the logs
//! can be repaired: how many conversations each operator answers. A gap in a log is told and left alone.

mod store;
#[cfg(test)]
mod tests;

pub use store::STATEMENTS;

use crate::problem::Problem;
use frontdesk_db::{Db, Error, Tx};

/// Conversations that are looked at together.
const PAGE: i64 = 2_000;

/// What was looked at, and what is wrong.
#[derive(Debug, Default)]
pub struct Report {
    /// Conversations that were looked at.
    pub conversations: i64,
    /// What is wrong, one line each.
    pub findings: Vec<String>,
}

/// Looks at everything.
pub async fn check(db: &Db) -> Result<Report, Problem> {
    let mut report = Report { findings: db.damages().await?, ..Report::default() };
    let mut after = 0;
    while let Some(page) = db.read(move |tx| page(tx, after)).await? {
        after = page.last;
        report.conversations += page.conversations;
        report.findings.extend(page.findings);
    }
    report.findings.extend(db.read(counters).await?);
    Ok(report)
}

/// The same of a small database, at one moment.
pub fn findings(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let (mut findings, mut after) = (counters(tx)?, 0);
    while let Some(page) = page(tx, after)? {
        after = page.last;
        findings.extend(page.findings);
    }
    Ok(findings)
}

/// Counts again what is only counted; how many were wrong.
pub async fn repair(db: &Db) -> Result<u64, Problem> {
    Ok(db.write(store::count_ongoing).await?)
}

struct Page {
    last: i64,
    conversations: i64,
    findings: Vec<String>,
}

fn page(tx: &mut Tx<'_>, after: i64) -> Result<Option<Page>, Error> {
    let Some((last, conversations)) = store::page(tx, after, PAGE)? else {
        return Ok(None);
    };
    let mut findings = Vec::new();
    for (statement, problem) in store::CHECKS {
        for id in store::wrong(tx, statement, after, last)? {
            findings.push(format!("conversation {id}: {problem}"));
        }
    }
    Ok(Some(Page { last, conversations, findings }))
}

fn counters(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let wrong = store::wrong_counters(tx)?;
    let line = |(operator, counted, real): (i64, i64, i64)| {
        format!(
            "operator {operator}: counted as answering {counted} conversations, answers {real}; --repair corrects it"
        )
    };
    Ok(wrong.into_iter().map(line).collect())
}
