//! The table of faults, as docs/faults.md has it.

use crate::checker::Checked;
use crate::latency::Summary;
use serde::Serialize;
use std::fmt;

/// What became of each fault.
#[derive(Default, Serialize)]
pub struct Table {
    /// One row each.
    pub rows: Vec<Row>,
}

/// What became of a fault.
#[derive(Serialize)]
pub struct Row {
    /// Its name on the command line.
    pub fault: &'static str,
    /// What happened.
    pub told: &'static str,
    /// Where.
    pub place: &'static str,
    /// How often.
    pub rounds: usize,
    /// Messages that are stored.
    pub messages: usize,
    /// Connections that were made again.
    pub came_back: u64,
    /// Messages that were refused with "busy" and sent again.
    pub sent_again: u64,
    /// From the due time until the other side saw the message.
    pub delivered: Summary,
    /// Memory of the server before the first round, in bytes.
    pub memory_before: u64,
    /// Memory of the server when all was over, in bytes.
    pub memory_after: u64,
    /// What the checker found.
    pub checked: Checked,
}

impl Table {
    /// Whether every promise was kept.
    pub fn holds(&self) -> bool {
        self.rows.iter().all(|it| it.checked.holds())
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "| where | what happens | times | messages | came back | sent again | longest wait | memory, before and after | lost, doubled, out of order |"
        )?;
        write!(formatter, "|---|---|--:|--:|--:|--:|--:|--:|--:|")?;
        for row in &self.rows {
            write!(formatter, "\n{row}")?;
        }
        for (row, told) in
            self.rows.iter().flat_map(|row| row.checked.told.iter().map(move |it| (row, it)))
        {
            write!(formatter, "\n{}: {told}", row.fault)?;
        }
        Ok(())
    }
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        write!(
            formatter,
            "| {} | {} | {} | {} | {} | {} | {:.1} s | {:.0} to {:.0} MB | {} |",
            self.place,
            self.told,
            self.rounds,
            self.messages,
            self.came_back,
            self.sent_again,
            self.delivered.max_ms / 1e3,
            megabytes(self.memory_before),
            megabytes(self.memory_after),
            self.checked.violations
        )
    }
}
