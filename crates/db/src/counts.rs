//! How much the database was asked, for metrics and for tests that pin the cost of an operation.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What ran since the database was opened. Work that was run again counts again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Closures that ran, reading and writing.
    pub transactions: u64,
    /// Statements in them, without those that begin and end transactions.
    pub statements: u64,
}

#[derive(Default)]
pub(crate) struct Counters {
    transactions: AtomicU64,
    statements: AtomicU64,
}

impl Counters {
    pub(crate) fn add_transaction(&self, statements: u64) {
        self.transactions.fetch_add(1, Relaxed);
        self.statements.fetch_add(statements, Relaxed);
    }

    pub(crate) fn counts(&self) -> Counts {
        Counts {
            transactions: self.transactions.load(Relaxed),
            statements: self.statements.load(Relaxed),
        }
    }
}
