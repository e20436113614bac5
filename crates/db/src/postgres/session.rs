//! One closure in one transaction. Synchronous outside, asynchronous inside.

use deadpool_postgres::Object;
use tokio::runtime::Handle;
use tokio_postgres::{Row as PostgresRow, types::ToSql};

use super::error;
use crate::{Error, Row, Statement, Tx, Value, column::Source, counts::Counters, tx::Connection};

/// How an attempt to run a closure ended.
pub(super) enum Attempt<T, E> {
    Over(Result<T, E>),
    /// Nothing was stored, through no fault of the closure.
    Again(Error),
}

/// Runs a closure in a transaction, and hands the connection back unless it is of no more use.
pub(super) fn attempt<T, E: From<Error>>(
    client: Object,
    runtime: &Handle,
    begin: &'static str,
    counters: &Counters,
    closure: &impl Fn(&mut Tx<'_>) -> Result<T, E>,
) -> (Attempt<T, E>, Option<Object>) {
    let session = Session { client: &client, runtime };
    // A server that was restarted leaves dead connections in the pool; nothing has run on this one yet.
    if let Err(cause) = session.control(begin) {
        return (Attempt::Again(cause), None);
    }
    let mut tx = Tx::new(Connection::Postgres(session));
    let result = tx.run(counters, closure);
    let lost_a_race = tx.lost_a_race();
    let end = if result.is_ok() { "commit" } else { "rollback" };
    match (session.control(end), result) {
        (Ok(()), _) if lost_a_race => (Attempt::Again(Error::Busy), Some(client)),
        (Ok(()), result) => (Attempt::Over(result), Some(client)),
        (Err(Error::Busy), Ok(_)) => (Attempt::Again(Error::Busy), Some(client)),
        (Err(cause), Ok(_)) => (Attempt::Over(Err(cause.into())), None),
        (Err(_), Err(cause)) => (Attempt::Over(Err(cause)), None),
    }
}

/// A connection inside a transaction.
#[derive(Clone, Copy)]
pub(crate) struct Session<'c> {
    client: &'c Object,
    runtime: &'c Handle,
}

impl Session<'_> {
    pub(crate) fn execute(
        &self,
        statement: &Statement,
        params: &[Value<'_>],
    ) -> Result<u64, Error> {
        self.runtime.block_on(async {
            let prepared = self.client.prepare_cached(statement.postgres).await.map_err(error)?;
            self.client.execute(&prepared, &references(params)).await.map_err(error)
        })
    }

    pub(crate) fn each_row(
        &self,
        statement: &Statement,
        params: &[Value<'_>],
        visit: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for row in self.query(statement, params)? {
            visit(&Row(Source::Postgres(&row)))?;
        }
        Ok(())
    }

    fn query(
        &self,
        statement: &Statement,
        params: &[Value<'_>],
    ) -> Result<Vec<PostgresRow>, Error> {
        self.runtime.block_on(async {
            let prepared = self.client.prepare_cached(statement.postgres).await.map_err(error)?;
            self.client.query(&prepared, &references(params)).await.map_err(error)
        })
    }

    /// Begins or ends the transaction.
    fn control(&self, sql: &str) -> Result<(), Error> {
        self.runtime.block_on(self.client.batch_execute(sql)).map_err(error)
    }
}

fn references<'a>(params: &'a [Value<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}
