//! SQLite: one thread writes, a few connections read.

mod batch;
mod connection;
mod readers;
mod writer;

use std::{path::PathBuf, sync::Arc};

use tokio::task::spawn_blocking;

use crate::{Error, OpenError, Statement, Tx, counts::Counters, tx::Connection};
pub(crate) use connection::{
    column, control, each_composed_row, each_row, error, execute, open_reader, open_writer,
};
use readers::Readers;
use writer::Writer;

pub(crate) struct Sqlite {
    writer: Writer,
    readers: Arc<Readers>,
    counters: Arc<Counters>,
}

impl Sqlite {
    pub(crate) async fn open(path: &str, counters: &Arc<Counters>) -> Result<Self, OpenError> {
        let path = PathBuf::from(path);
        let readers = Arc::new(Readers::new(path.clone()));
        let opened = spawn_blocking(move || connection::open_and_migrate(&path)).await;
        let connection = opened.map_err(|_| Error::Panicked)??;
        let writer = Writer::start(connection, Arc::clone(counters)).map_err(Error::unavailable)?;
        Ok(Self { writer, readers, counters: Arc::clone(counters) })
    }

    pub(crate) async fn write<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.writer.write(closure).await
    }

    pub(crate) async fn read<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let counters = Arc::clone(&self.counters);
        self.readers
            .run(move |connection| {
                control(connection, "begin")?;
                let result = Tx::new(Connection::Sqlite(connection)).run(&counters, &closure);
                control(connection, "rollback")?;
                result
            })
            .await
    }

    pub(crate) async fn damages(&self) -> Result<Vec<String>, Error> {
        self.readers.run(connection::damages).await
    }

    pub(crate) async fn prepare(&self, statement: Statement) -> Result<(), Error> {
        self.readers
            .run(move |connection| connection.prepare(statement.sqlite).map(drop).map_err(error))
            .await
    }

    /// Readers go first: as long as one is open, the journal cannot be folded into the file.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
