//! Why a database cannot be copied.

use crate::{Cause, Error, OpenError};

/// Why a database cannot be copied. One line for a person; the cause is its source.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// One of the two cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There are no tables of ours.
    #[error("there is no Frontdesk database at {0}")]
    NotFound(String),
    /// This release does not know all of its tables.
    #[error("it was made by a newer Frontdesk (migration {0}); use that release")]
    Newer(i64),
    /// It holds something already.
    #[error("{0} holds people or conversations already; --replace deletes them first")]
    NotEmpty(String),
    /// It holds a part of something else.
    #[error("{0} holds a part of another transfer; repeat that one, or start over with --replace")]
    OtherTransfer(String),
    /// A server works with it.
    #[error("a Frontdesk is connected to {0}; stop it first")]
    InUse(String),
    /// What arrived is not what was sent.
    #[error(
        "table {table}: {sent} rows were sent, {found} are there, or they differ; start over with --replace"
    )]
    Different {
        /// Which table.
        table: String,
        /// Rows that were sent.
        sent: u64,
        /// Rows that are there.
        found: u64,
    },
    /// A file cannot be read or written, or is damaged.
    #[error("{0}")]
    File(String, #[source] Option<Cause>),
    /// A statement failed.
    #[error(transparent)]
    Database(#[from] Error),
    /// The other end gave up, and says why.
    #[error("the other end gave up")]
    Stopped,
}
