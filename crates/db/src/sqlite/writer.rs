//! The thread that writes: it takes what waits, and hands it on as one batch.

use std::{io, sync::Arc, thread};

use rusqlite::Connection;
use tokio::sync::{
    mpsc::{self, error::TrySendError},
    oneshot,
};

use super::batch::{self, Closure, Queued};
use crate::{Error, Tx, counts::Counters};

/// More in one commit gains nothing, and makes the first of them wait.
const BATCH: usize = 256;

/// How many closures may wait: a quarter of a second of work at the measured speed.
const QUEUE: usize = 8_192;

pub(super) struct Writer {
    queue: mpsc::Sender<Request>,
}

enum Request {
    Write(Box<dyn Queued>),
    Close(oneshot::Sender<()>),
}

impl Writer {
    pub(super) fn start(connection: Connection, counters: Arc<Counters>) -> io::Result<Self> {
        let (queue, requests) = mpsc::channel(QUEUE);
        let name = String::from("sqlite-writer");
        thread::Builder::new().name(name).spawn(move || serve(connection, &counters, requests))?;
        Ok(Self { queue })
    }

    pub(super) async fn write<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (closure, answer) = Closure::queued(closure);
        self.queue.try_send(Request::Write(closure)).map_err(|refused| match refused {
            TrySendError::Full(_) => Error::Busy,
            TrySendError::Closed(_) => Error::closed(),
        })?;
        answer.await.map_err(|_| Error::closed())?
    }

    pub(super) async fn close(&self) {
        let (closed, wait) = oneshot::channel();
        if self.queue.send(Request::Close(closed)).await.is_ok() {
            // An error means that another call closes already.
            wait.await.ok();
        }
    }
}

fn serve(connection: Connection, counters: &Counters, mut requests: mpsc::Receiver<Request>) {
    let mut waiting = Vec::with_capacity(BATCH);
    let mut closers = Vec::new();
    while requests.blocking_recv_many(&mut waiting, BATCH) > 0 {
        let mut closures = Vec::with_capacity(waiting.len());
        for request in waiting.drain(..) {
            match request {
                Request::Write(closure) => closures.push(closure),
                Request::Close(closed) => {
                    requests.close();
                    closers.push(closed);
                }
            }
        }
        batch::commit(&connection, counters, closures);
    }
    close(connection);
    for closed in closers {
        closed.send(()).ok();
    }
}

/// Closing the last connection folds the journal into the file and removes it.
fn close(connection: Connection) {
    if let Err((_, cause)) = connection.close() {
        tracing::warn!(error = %cause, "the database file could not be closed; nothing is lost");
    }
}
