//! Copies a whole database, whatever engines run the two ends: backing up, restoring and moving are this one thing.
//!
//! The tables come from the migrations themselves ([`Schema`]), so that none can be forgotten. One end sends [`Part`]s:
//! a [`Snapshot`] of a database, or a file. The other end takes them: a [`Target`] database, or a file. What a table
//! held is summed up in a [`Digest`] that does not depend on the order of rows, so that the two ends can be compared.

mod error;
mod postgres;
mod rows;
mod schema;
mod snapshot;
mod sqlite;
mod target;

pub use error::TransferError;
pub use rows::{Digest, Rows};
pub use schema::{Column, Kind, Schema, Table};
pub use snapshot::Snapshot;
pub use target::{Target, TargetOptions};

use tokio::sync::mpsc;

/// Parts that may wait between the end that reads and the end that writes.
const WAITING: usize = 4;

/// A piece of a database on its way.
#[derive(Debug)]
pub enum Part {
    /// The rows that follow belong to this table.
    Table(Table),
    /// Some rows.
    Rows(Rows),
    /// That was the table.
    Done(Summary),
}

/// What a table held.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Summary {
    /// Its name.
    pub table: String,
    /// Its rows, and what they say.
    pub digest: Digest,
    /// The highest id that was ever given out, where the table counts its rows.
    pub last_id: Option<i64>,
}

/// The parts of a database, in order. An error is the last one.
pub type Parts = mpsc::Receiver<Result<Part, TransferError>>;

/// Where the end that reads puts its parts.
pub type PartSender = mpsc::Sender<Result<Part, TransferError>>;

/// A way for parts, which holds few of them.
#[must_use]
pub fn parts() -> (PartSender, Parts) {
    mpsc::channel(WAITING)
}
