//! One transaction, seen from the closure that runs in it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{Error, Row, Statement, Value, counts::Counters, postgres::Session, sqlite};

/// A running transaction. Synchronous: the closure already runs where waiting is allowed.
///
/// After a statement failed the transaction is lost, as PostgreSQL has it: later statements answer the same
/// error, and so does the transaction, even if the closure swallows it. Prefer `on conflict do nothing`.
pub struct Tx<'c> {
    connection: Connection<'c>,
    statements: u64,
    failure: Option<Error>,
}

pub(crate) enum Connection<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(Session<'c>),
}

impl<'c> Tx<'c> {
    pub(crate) fn new(connection: Connection<'c>) -> Self {
        Self { connection, statements: 0, failure: None }
    }

    /// Runs the closure. `Ok` means that its statements may be committed.
    pub(crate) fn run<T, E: From<Error>>(
        &mut self,
        counters: &Counters,
        closure: &impl Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let result = catch_unwind(AssertUnwindSafe(|| closure(self)));
        counters.add_transaction(self.statements);
        match (result, &self.failure) {
            (Err(_panic), _) => Err(Error::Panicked.into()),
            (Ok(Ok(_)), Some(failure)) => Err(failure.clone().into()),
            (Ok(result), _) => result,
        }
    }

    /// Why the closure should run again, if another transaction was faster or the connection broke.
    pub(crate) fn lost_without_fault(&self) -> Option<Error> {
        let failure = self.failure.as_ref();
        failure.filter(|it| matches!(it, Error::Busy | Error::Unavailable(_))).cloned()
    }

    /// Runs a statement that answers no rows; how many rows it changed.
    pub fn execute(&mut self, statement: &Statement, params: &[Value<'_>]) -> Result<u64, Error> {
        self.attempt(|connection| match connection {
            Connection::Sqlite(sqlite) => sqlite::execute(sqlite, statement, params),
            Connection::Postgres(session) => session.execute(statement, params),
        })
    }

    /// The first row, which must exist: otherwise `Error::NoRow`.
    pub fn one<T>(
        &mut self,
        statement: &Statement,
        params: &[Value<'_>],
        row: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.optional(statement, params, row)?.ok_or(Error::NoRow)
    }

    /// The first row, if there is one.
    pub fn optional<T>(
        &mut self,
        statement: &Statement,
        params: &[Value<'_>],
        mut row: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let mut first = None;
        self.each(statement, params, &mut |it| {
            if first.is_none() {
                first = Some(row(it)?);
            }
            Ok(())
        })?;
        Ok(first)
    }

    /// All rows. A list has a limit in its statement.
    pub fn all<T>(
        &mut self,
        statement: &Statement,
        params: &[Value<'_>],
        mut row: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut rows = Vec::new();
        self.each(statement, params, &mut |it| {
            rows.push(row(it)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// All rows of a statement that was composed while the program runs, in the spelling of [`Db::engine`](crate::Db::engine).
    ///
    /// Prepared anew each time: there is no end of such texts, and they would drive the others out of the caches.
    pub fn all_composed<T>(
        &mut self,
        text: &str,
        params: &[Value<'_>],
        mut row: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut rows = Vec::new();
        let visit = &mut |it: &Row<'_>| {
            rows.push(row(it)?);
            Ok(())
        };
        self.attempt(|connection| match connection {
            Connection::Sqlite(sqlite) => sqlite::each_composed_row(sqlite, text, params, visit),
            Connection::Postgres(session) => session.each_composed_row(text, params, visit),
        })?;
        Ok(rows)
    }

    fn each(
        &mut self,
        statement: &Statement,
        params: &[Value<'_>],
        visit: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.attempt(|connection| match connection {
            Connection::Sqlite(sqlite) => sqlite::each_row(sqlite, statement, params, visit),
            Connection::Postgres(session) => session.each_row(statement, params, visit),
        })
    }

    fn attempt<T>(
        &mut self,
        statement: impl FnOnce(&mut Connection<'c>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        self.statements += 1;
        let result = statement(&mut self.connection);
        if let Err(failure) = &result {
            self.failure = Some(failure.clone());
        }
        result
    }
}
