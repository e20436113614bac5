//! A few connections that read, opened when they are first needed.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::Connection;
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::connection::{error, open_reader};
use crate::Error;

/// Readers work on the processor more than on the disk, and each keeps memory for pages.
const CONNECTIONS: usize = 4;

/// How many may wait for a connection before the next one is told to come back.
const QUEUE: usize = 4_096;

pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    connections: Arc<Semaphore>,
    queue: Semaphore,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            idle: Mutex::default(),
            connections: Arc::new(Semaphore::new(CONNECTIONS)),
            queue: Semaphore::new(QUEUE),
        }
    }

    /// Runs the work on a connection, off the asynchronous threads.
    pub(super) async fn run<T, E, F>(self: &Arc<Self>, work: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let _place = self.queue.try_acquire().map_err(|_| Error::Busy)?;
        let turn = Arc::clone(&self.connections).acquire_owned().await;
        let turn = turn.map_err(|_| Error::closed())?;
        let readers = Arc::clone(self);
        let done = spawn_blocking(move || {
            let result = readers.with_connection(work);
            drop(turn);
            result
        });
        done.await.map_err(|_| Error::Panicked)?
    }

    /// Waits until nobody reads any more, and lets the connections go.
    pub(super) async fn close(&self) {
        let everyone = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
        let turns = self.connections.acquire_many(everyone).await;
        self.connections.close();
        drop(turns);
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    fn with_connection<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open_reader(&self.path).map_err(error)?,
        };
        let result = work(&connection);
        // A connection that could not end its transaction would show an old snapshot for ever.
        if connection.is_autocommit() {
            self.idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
        }
        result
    }
}
