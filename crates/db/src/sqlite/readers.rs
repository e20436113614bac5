//! A few connections that read, opened when they are first needed.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rusqlite::Connection;
use tokio::task::spawn_blocking;

use super::connection::{error, open_reader};
use crate::{Error, turns::Turns};

/// Readers work on the processor more than on the disk, and each keeps memory for pages.
const CONNECTIONS: u32 = 4;

pub(super) struct Readers {
    path: PathBuf,
    turns: Turns,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, turns: Turns::new(CONNECTIONS), idle: Mutex::default() }
    }

    /// Runs the work on a connection, off the asynchronous threads.
    pub(super) async fn run<T, E, F>(self: &Arc<Self>, work: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let turn = self.turns.take().await?;
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
        self.turns.close().await;
        self.idle().clear();
    }

    fn with_connection<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open_reader(&self.path).map_err(error)?,
        };
        let result = work(&connection);
        // A connection that could not end its transaction would show an old snapshot for ever.
        if connection.is_autocommit() {
            self.idle().push(connection);
        }
        result
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
