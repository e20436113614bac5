//! What goes wrong with a database, sorted by what a caller does about it.

use std::{path::PathBuf, sync::Arc};

/// The error underneath. Shared, because a failed commit is the answer to a whole batch.
pub type Cause = Arc<dyn std::error::Error + Send + Sync>;

/// Why a transaction failed. Nothing of it is stored then, except after `Unavailable`, which may hide a commit that succeeded.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// Too much waits already, or the retries were used up. Trying again later may work.
    #[error("the database is busy")]
    Busy,
    /// A unique constraint refused the row.
    #[error("a unique constraint refused the row")]
    Unique,
    /// There is no such row.
    #[error("there is no such row")]
    NoRow,
    /// The closure panicked; the message went to standard error.
    #[error("the code of a transaction panicked")]
    Panicked,
    /// The database is away: connection lost, disk full, closed.
    #[error("the database is unavailable")]
    Unavailable(#[source] Cause),
    /// The driver refused something: a mistake in the program or in the schema.
    #[error("the database refused a statement")]
    Driver(#[source] Cause),
}

impl Error {
    pub(crate) fn unavailable(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Unavailable(Arc::new(cause))
    }

    pub(crate) fn driver(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Driver(Arc::new(cause))
    }

    pub(crate) fn closed() -> Self {
        Self::unavailable(Closed)
    }

    /// What the driver said, where somebody else says what it means.
    pub(crate) fn into_cause(self) -> Cause {
        match self {
            Self::Unavailable(cause) | Self::Driver(cause) => cause,
            other => Arc::new(other),
        }
    }
}

/// Somebody asked after [`Db::close`](crate::Db::close).
#[derive(Debug, thiserror::Error)]
#[error("the database was closed")]
struct Closed;

/// Why a database could not be opened. One line for a person; the cause is its source.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address begins with something else than `sqlite:` or `postgres://`.
    #[error("a database address begins with sqlite: or postgres://, this one does not")]
    UnknownAddress,
    /// The address of a PostgreSQL server cannot be read.
    #[error("the address of the PostgreSQL database is not valid")]
    InvalidAddress(#[source] Cause),
    /// The file cannot be created or written.
    #[error("cannot write the database file {}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is something else in the file.
    #[error("{} is not a SQLite database", .0.display())]
    NotADatabase(PathBuf),
    /// The authorities that may sign the server's certificate cannot be read.
    #[error("cannot read the certificates of the authorities to trust")]
    Certificates(#[source] Cause),
    /// The server cannot be reached, or does not let us in.
    #[error("cannot connect to PostgreSQL at {address}")]
    Connect {
        /// Where: host, port and database, without the password.
        address: String,
        /// Why.
        source: Cause,
    },
    /// A newer release changed the database in a way that this one does not understand.
    #[error("the database needs Frontdesk {oldest} or newer, this is {this}")]
    NeedsNewerBinary {
        /// The oldest release that the database still serves.
        oldest: String,
        /// This release.
        this: String,
    },
    /// A restore or a move filled only a part of it so far.
    #[error("the database is filled only in part: repeat the restore or move that stopped")]
    Unfinished,
    /// A migration was edited after it had been applied.
    #[error("migration {0} is not the one that made this database")]
    MigrationChanged(String),
    /// A migration failed; none was applied.
    #[error("migration {name} failed")]
    Migration {
        /// Its file name.
        name: String,
        /// Why.
        source: Error,
    },
    /// Anything else, such as a full disk.
    #[error("cannot open the database")]
    Other(#[from] Error),
}
