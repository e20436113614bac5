//! The door: one database, whichever engine runs it.

use std::sync::Arc;

use crate::{
    Counts, Error, OpenError, Statement, Tx, counts::Counters, postgres::Postgres, sqlite::Sqlite,
};

/// A database. Clones share it.
#[derive(Clone)]
pub struct Db {
    backend: Backend,
    counters: Arc<Counters>,
}

#[derive(Clone)]
enum Backend {
    Sqlite(Arc<Sqlite>),
    Postgres(Arc<Postgres>),
}

/// The engine that runs a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file of this machine.
    Sqlite,
    /// A server, perhaps shared by several nodes.
    Postgres,
}

impl Db {
    /// Opens `sqlite:/path/to/file.db` or `postgres://…`, and brings its tables up to date.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let counters = Arc::new(Counters::default());
        let backend = if let Some(path) = url.strip_prefix("sqlite:") {
            Backend::Sqlite(Arc::new(Sqlite::open(path, &counters).await?))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Backend::Postgres(Arc::new(Postgres::open(url, &counters).await?))
        } else {
            return Err(OpenError::UnknownAddress);
        };
        Ok(Self { backend, counters })
    }

    /// Runs the closure in a transaction that may write, and answers after the commit.
    ///
    /// The closure may run more than once, so it has no effect but its statements, and does nothing slow: on
    /// SQLite all writers wait for it. An error of its own undoes its statements. The work goes on when the
    /// caller stops waiting.
    pub async fn write<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.write(closure).await,
            Backend::Postgres(postgres) => postgres.write(closure).await,
        }
    }

    /// Runs the closure on one snapshot of the database, in which it cannot write.
    pub async fn read<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.read(closure).await,
            Backend::Postgres(postgres) => postgres.read(closure).await,
        }
    }

    /// The engine, for the few places where one text cannot serve both.
    pub fn engine(&self) -> Engine {
        match &self.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Postgres(_) => Engine::Postgres,
        }
    }

    /// How much ran since the database was opened.
    pub fn counts(&self) -> Counts {
        self.counters.counts()
    }

    /// Whether the database answers. Cheap enough to be asked by a load balancer.
    pub async fn check(&self) -> Result<(), Error> {
        const ANSWER: Statement =
            Statement::from_spellings("select cast(1 as bigint)", b"select cast(1 as bigint)");
        self.read(|tx| tx.one(&ANSWER, &[], |row| row.get::<i64>(0))).await?;
        Ok(())
    }

    /// The time of a database server, in epoch milliseconds; none where the database is a file of this machine.
    pub async fn clock(&self) -> Result<Option<i64>, Error> {
        const TIME: &str = "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
        const STATEMENT: Statement = Statement::from_spellings(TIME, TIME.as_bytes());
        match &self.backend {
            Backend::Sqlite(_) => Ok(None),
            Backend::Postgres(_) => {
                self.read(|tx| tx.one(&STATEMENT, &[], |row| row.get(0))).await.map(Some)
            }
        }
    }

    /// What the engine finds wrong with its own file, one line each.
    pub async fn damages(&self) -> Result<Vec<String>, Error> {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.damages().await,
            // A server looks after its files itself.
            Backend::Postgres(_) => Ok(Vec::new()),
        }
    }

    /// Prepares statements without running them. The error names the first one that the engine refuses.
    pub async fn prepare_all(
        &self,
        statements: &[(&str, Statement)],
    ) -> Result<(), (String, Error)> {
        for (name, statement) in statements {
            let prepared = match &self.backend {
                Backend::Sqlite(sqlite) => sqlite.prepare(*statement).await,
                Backend::Postgres(postgres) => postgres.prepare(*statement).await,
            };
            prepared.map_err(|error| ((*name).to_owned(), error))?;
        }
        Ok(())
    }

    /// Refuses new work, finishes what waits, and leaves a database file without a journal beside it.
    pub async fn close(&self) {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.close().await,
            Backend::Postgres(postgres) => postgres.close().await,
        }
    }
}
