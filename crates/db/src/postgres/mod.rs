//! PostgreSQL: each closure has a transaction on a connection of its own, on a thread that may wait.

mod address;
mod convert;
mod error;
mod session;
mod tls;

use std::{sync::Arc, time::Duration};

use deadpool_postgres::{Manager, ManagerConfig, Pool, PoolError, RecyclingMethod, Runtime};
use tokio::{runtime::Handle, task::spawn_blocking, time::sleep};
use tokio_postgres::Client;

use crate::{Error, OpenError, Statement, Tx, counts::Counters, migrations, turns::Turns};
pub(crate) use address::Address;
pub(crate) use convert::column;
pub(crate) use error::error;
pub(crate) use session::Session;
use session::{Attempt, attempt};

/// Connections of one node. A server has room for 100 by default, so for four nodes and some tools.
const CONNECTIONS: u32 = 20;

/// How long a new connection may take, the greeting of the server included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How often a closure runs before its caller hears that the database is busy.
const ATTEMPTS: u32 = 8;

/// The longest pause before the second attempt; it doubles with each.
const FIRST_PAUSE: Duration = Duration::from_millis(4);

const WRITE: &str = "begin isolation level read committed, read write";
const READ: &str = "begin isolation level repeatable read, read only";

pub(crate) struct Postgres {
    pool: Pool,
    turns: Turns,
    counters: Arc<Counters>,
}

impl Postgres {
    pub(crate) async fn open(url: &str, counters: &Arc<Counters>) -> Result<Self, OpenError> {
        let address = Address::parse(url)?;
        let pool = pool(&address)?;
        let mut client = pool.get().await.map_err(|cause| OpenError::Connect {
            address: address.to_string(),
            source: pool_error(cause).into_cause(),
        })?;
        migrations::postgres::migrate(&mut client, None).await?;
        Ok(Self { pool, turns: Turns::new(CONNECTIONS), counters: Arc::clone(counters) })
    }

    pub(crate) async fn write<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.transaction(WRITE, closure).await
    }

    pub(crate) async fn read<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.transaction(READ, closure).await
    }

    async fn transaction<T, E, F>(&self, begin: &'static str, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let closure = Arc::new(closure);
        let mut pause = FIRST_PAUSE;
        for _ in 1..ATTEMPTS {
            match self.attempt(begin, Arc::clone(&closure)).await? {
                Attempt::Over(result) => return result,
                Attempt::Again(_) => sleep(pause.mul_f64(rand::random())).await,
            }
            pause *= 2;
        }
        match self.attempt(begin, closure).await? {
            Attempt::Over(result) => result,
            Attempt::Again(error) => Err(error.into()),
        }
    }

    async fn attempt<T, E, F>(
        &self,
        begin: &'static str,
        closure: Arc<F>,
    ) -> Result<Attempt<T, E>, Error>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let turn = self.turns.take().await?;
        let client = self.pool.get().await.map_err(pool_error)?;
        let counters = Arc::clone(&self.counters);
        let runtime = Handle::current();
        let attempted = spawn_blocking(move || {
            let (attempt, client) = attempt(client, &runtime, begin, &counters, closure.as_ref());
            drop((client, turn));
            attempt
        });
        attempted.await.map_err(|_| Error::Panicked)
    }

    pub(crate) async fn prepare(&self, statement: Statement) -> Result<(), Error> {
        let _turn = self.turns.take().await?;
        let client = self.pool.get().await.map_err(pool_error)?;
        client.prepare(statement.postgres).await.map(drop).map_err(error)
    }

    pub(crate) async fn close(&self) {
        self.turns.close().await;
        self.pool.close();
    }
}

/// A connection of its own, beside those of a server.
pub(crate) async fn connect(url: &str) -> Result<Client, OpenError> {
    let address = Address::parse(url)?;
    let mut config = address.config.clone();
    config.application_name("frontdesk transfer");
    let (client, connection) =
        config.connect(tls::connector(&address.certificates)?).await.map_err(|cause| {
            OpenError::Connect { address: address.to_string(), source: error(cause).into_cause() }
        })?;
    // It ends with the client, which hears of whatever goes wrong.
    tokio::spawn(connection);
    Ok(client)
}

fn pool(address: &Address) -> Result<Pool, OpenError> {
    let fast = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let tls = tls::connector(&address.certificates)?;
    let manager = Manager::from_config(address.config.clone(), tls, fast);
    let pool = Pool::builder(manager)
        .max_size(CONNECTIONS as usize)
        .create_timeout(Some(CONNECT_TIMEOUT))
        .runtime(Runtime::Tokio1)
        .build();
    pool.map_err(|cause| OpenError::Other(Error::driver(cause)))
}

fn pool_error(cause: PoolError) -> Error {
    match cause {
        PoolError::Backend(cause) => error(cause),
        other => Error::unavailable(other),
    }
}
