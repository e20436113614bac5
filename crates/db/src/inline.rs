//! A database in memory, for simulations.

use rusqlite::Connection;

use crate::{
    Error, OpenError, Tx,
    counts::Counters,
    migrations,
    sqlite::{control, error},
    tx,
};

/// A SQLite database in memory with all tables, whose closures run on the caller's thread, one after the other.
pub struct Inline {
    connection: Connection,
    counters: Counters,
}

impl Inline {
    /// Opens a new one.
    pub fn open() -> Result<Self, OpenError> {
        let mut connection = Connection::open_in_memory().map_err(error)?;
        connection.set_prepared_statement_cache_capacity(64);
        migrations::sqlite::migrate(&mut connection, None)?;
        control(&connection, "begin")?;
        Ok(Self { connection, counters: Counters::default() })
    }

    /// Runs the closure in a transaction.
    pub fn write<T, E: From<Error>>(
        &self,
        closure: impl Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        control(&self.connection, "savepoint closure")?;
        let connection = tx::Connection::Sqlite(&self.connection);
        let result = Tx::new(connection).run(&self.counters, &closure);
        if result.is_err() {
            control(&self.connection, "rollback to closure")?;
        }
        control(&self.connection, "release closure")?;
        result
    }

    /// Undoes everything that was ever written.
    pub fn forget(&self) -> Result<(), Error> {
        control(&self.connection, "rollback")?;
        control(&self.connection, "begin")
    }
}
