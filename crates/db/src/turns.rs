//! Who may use a connection next: at most so many at once, a bounded queue behind them.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::Error;

/// How many may wait before the next one is told to come back.
const QUEUE: usize = 4_096;

/// A caller that has waited this long has better things to do.
const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) struct Turns {
    connections: u32,
    free: Arc<Semaphore>,
    queue: Semaphore,
}

impl Turns {
    pub(crate) fn new(connections: u32) -> Self {
        let free = Arc::new(Semaphore::new(connections as usize));
        Self { connections, free, queue: Semaphore::new(QUEUE) }
    }

    /// Waits for a turn, which lasts until the answer is dropped.
    pub(crate) async fn take(&self) -> Result<OwnedSemaphorePermit, Error> {
        let _place = self.queue.try_acquire().map_err(|_| Error::Busy)?;
        match timeout(PATIENCE, Arc::clone(&self.free).acquire_owned()).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_closed)) => Err(Error::closed()),
            Err(_too_long) => Err(Error::Busy),
        }
    }

    /// Waits until every turn is over; there are no more after that.
    pub(crate) async fn close(&self) {
        let last = self.free.acquire_many(self.connections).await;
        self.free.close();
        drop(last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn waiting_ends_with_busy() {
        let turns = Turns::new(1);
        let first = turns.take().await;
        assert!(first.is_ok());
        assert!(matches!(turns.take().await, Err(Error::Busy)));
        drop(first);
        assert!(turns.take().await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_queue_refuses_at_once() {
        let turns = Turns::new(1);
        let _first = turns.take().await;
        let _places = turns.queue.try_acquire_many(u32::try_from(QUEUE).expect("small"));
        let before = tokio::time::Instant::now();
        assert!(matches!(turns.take().await, Err(Error::Busy)));
        assert_eq!(before.elapsed(), Duration::ZERO);
    }

    #[tokio::test]
    async fn nobody_takes_a_turn_after_the_end() {
        let turns = Turns::new(2);
        turns.close().await;
        assert!(matches!(turns.take().await, Err(Error::Unavailable(_))));
    }
}
