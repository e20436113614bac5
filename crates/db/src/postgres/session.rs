//! One closure in one transaction. Synchronous outside, asynchronous inside.

use std::cell::Cell;

use deadpool_postgres::Object;
use futures_util::future::join;
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
    let has_begun = Cell::new(false);
    let session = Session { client: &client, runtime, begin, has_begun: &has_begun };
    let mut tx = Tx::new(Connection::Postgres(session));
    let result = tx.run(counters, closure);
    let ended = session.end(if result.is_ok() { "commit" } else { "rollback" });
    let (lost, client) = (tx.lost_without_fault(), ended.is_ok().then_some(client));
    match (lost, ended, result) {
        (Some(cause), _, _) | (_, Err(cause @ Error::Busy), Ok(_)) => {
            (Attempt::Again(cause), client)
        }
        (None, Err(cause), Ok(_)) => (Attempt::Over(Err(cause.into())), client),
        (None, _, result) => (Attempt::Over(result), client),
    }
}

/// A connection inside a transaction, which begins with the first statement.
#[derive(Clone, Copy)]
pub(crate) struct Session<'c> {
    client: &'c Object,
    runtime: &'c Handle,
    begin: &'static str,
    has_begun: &'c Cell<bool>,
}

impl Session<'_> {
    pub(crate) fn execute(
        &self,
        statement: &Statement,
        params: &[Value<'_>],
    ) -> Result<u64, Error> {
        self.runtime.block_on(async {
            let prepared = self.client.prepare_cached(statement.postgres).await.map_err(error)?;
            self.in_transaction(self.client.execute(&prepared, &references(params))).await
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

    pub(crate) fn each_composed_row(
        &self,
        text: &str,
        params: &[Value<'_>],
        visit: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let rows = self.runtime.block_on(async {
            let prepared = self.client.prepare(text).await.map_err(error)?;
            self.in_transaction(self.client.query(&prepared, &references(params))).await
        })?;
        rows.iter().try_for_each(|row| visit(&Row(Source::Postgres(row))))
    }

    fn query(
        &self,
        statement: &Statement,
        params: &[Value<'_>],
    ) -> Result<Vec<PostgresRow>, Error> {
        self.runtime.block_on(async {
            let prepared = self.client.prepare_cached(statement.postgres).await.map_err(error)?;
            self.in_transaction(self.client.query(&prepared, &references(params))).await
        })
    }

    /// The first statement travels together with the beginning of the transaction: one round trip less.
    async fn in_transaction<T>(
        &self,
        statement: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, Error> {
        if self.has_begun.replace(true) {
            return statement.await.map_err(error);
        }
        // `join` polls in order, and the driver sends in the order of the first poll.
        let (begun, result) = join(self.client.batch_execute(self.begin), statement).await;
        begun.map_err(error)?;
        result.map_err(error)
    }

    fn end(&self, how: &str) -> Result<(), Error> {
        if !self.has_begun.get() {
            return Ok(());
        }
        self.runtime.block_on(self.client.batch_execute(how)).map_err(error)
    }
}

fn references<'a>(params: &'a [Value<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}
