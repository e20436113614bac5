//! How far it is, for whoever watches a terminal.

use frontdesk_db::transfer::Part;
use std::io::{IsTerminal, Write as _, stderr};

/// Rows between two looks at the screen.
const STEP: u64 = 50_000;

/// Counts rows, and shows them where somebody watches.
pub struct Progress {
    what: &'static str,
    total: u64,
    rows: u64,
    shown: u64,
    table: String,
    is_watched: bool,
}

impl Progress {
    /// Nothing is done yet.
    pub fn new(what: &'static str, total: u64) -> Self {
        let is_watched = stderr().is_terminal();
        Self { what, total, rows: 0, shown: 0, table: String::new(), is_watched }
    }

    /// Counts a part.
    pub fn count(&mut self, part: &Part) {
        match part {
            Part::Table(table) => self.table.clone_from(&table.name),
            Part::Rows(rows) => self.rows += u64::from(rows.count()),
            Part::Done(_) => {}
        }
        if self.is_watched && self.rows >= self.shown + STEP {
            self.shown = self.rows;
            let percent = self.rows * 100 / self.total.max(1);
            let (what, rows, table) = (self.what, self.rows, &self.table);
            let _ = write!(stderr(), "\r{what}: {percent} %, {rows} rows ({table})\x1b[K");
        }
    }

    /// All are there; how many.
    pub fn finish(self) -> u64 {
        self.tell_end();
        self.rows
    }

    fn tell_end(&self) {
        if self.shown > 0 {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
