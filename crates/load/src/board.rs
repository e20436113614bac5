//! The board: what all connections of a run share, and the counts that tell how far it is.

use crate::latency::Latency;
use crate::output;
use crate::stamp::{Side, Stamp};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long to wait for what is still under way when nobody writes any more.
const SETTLE_MAX: Duration = Duration::from_secs(20);
const SETTLE_STEP: Duration = Duration::from_millis(20);

/// What all connections of a run share.
pub struct Board {
    /// Tells this run's messages from others'.
    pub run: u32,
    /// The beginning, from which due times count.
    pub begin: Instant,
    /// Characters of a message.
    pub length: usize,
    /// The next message is written as soon as the last is acknowledged.
    pub saturating: bool,
    /// Clients whose connection is lost come back, and send again what was not acknowledged.
    pub endures: bool,
    /// From the time at which it was due until the other side saw it.
    pub delivered: Latency,
    /// From the time at which it was due until its author had the acknowledgement.
    pub acknowledged: Latency,
    /// From the time at which it was due until it was written: what the generator itself is late.
    pub written: Latency,
    measuring: AtomicBool,
    stopped: AtomicBool,
    measured_from: AtomicU64,
    counts: [AtomicU64; 8],
    owners: Mutex<HashMap<u32, usize>>,
}

/// What is counted.
#[derive(Clone, Copy)]
pub enum Count {
    /// Messages that were written.
    Sent,
    /// Those that were acknowledged.
    Acknowledged,
    /// Those that visitors saw.
    SeenByVisitors,
    /// Those that operators saw.
    SeenByOperators,
    /// Those that were refused for good.
    Refused,
    /// Those that clients were told to write.
    Due,
    /// Those that were refused and sent again.
    SentAgain,
    /// Connections that were made again.
    CameBack,
}

impl Board {
    /// A new run.
    pub fn new(length: usize, saturating: bool) -> Self {
        Self {
            run: rand::random(),
            begin: Instant::now(),
            length,
            saturating,
            endures: false,
            delivered: Latency::new(),
            acknowledged: Latency::new(),
            written: Latency::new(),
            measuring: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            measured_from: AtomicU64::new(u64::MAX),
            counts: Default::default(),
            owners: Mutex::default(),
        }
    }

    /// A new run whose clients come back when their connection is lost.
    pub fn enduring(length: usize) -> Self {
        Self { endures: true, ..Self::new(length, false) }
    }

    /// The first message of a conversation, which is due at `due`.
    pub const fn first(&self, conversation: u32, due: Duration) -> Stamp {
        Stamp { run: self.run, conversation, side: Side::Visitor, number: 0, due }
    }

    /// Counts one.
    pub fn count(&self, what: Count) {
        self.counts[what as usize].fetch_add(1, Relaxed);
    }

    /// How many there were.
    pub fn counted(&self, what: Count) -> u64 {
        self.counts[what as usize].load(Relaxed)
    }

    /// From now on messages are measured.
    pub fn measure(&self) {
        let now = u64::try_from(self.begin.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.measured_from.store(now, Relaxed);
        self.measuring.store(true, Relaxed);
    }

    /// Messages that become due from now on are not measured, and no more are written after an acknowledgement.
    pub fn stop(&self) {
        self.measuring.store(false, Relaxed);
        self.stopped.store(true, Relaxed);
    }

    /// Whether an acknowledgement makes the next message due.
    pub fn writes_on(&self) -> bool {
        self.saturating && !self.stopped.load(Relaxed)
    }

    /// Records how late a message is that was due at `due`, if it is measured.
    pub fn record(&self, latency: &Latency, due: Duration) {
        let from = Duration::from_nanos(self.measured_from.load(Relaxed));
        if self.measuring.load(Relaxed) && due >= from {
            latency.record(self.begin.elapsed().saturating_sub(due));
        }
    }

    /// The stamp of a text that `reader` sees, if it is of this run; messages of the other side are measured.
    pub fn see(&self, text: &str, reader: Side) -> Option<Stamp> {
        let stamp = Stamp::read(text).filter(|stamp| stamp.run == self.run)?;
        self.count(match reader {
            Side::Visitor => Count::SeenByVisitors,
            Side::Operator => Count::SeenByOperators,
        });
        if stamp.side != reader {
            self.record(&self.delivered, stamp.due);
        }
        Some(stamp)
    }

    /// A conversation was assigned to an operator, by its number in the run.
    pub fn assign(&self, conversation: u32, operator: usize) {
        self.owners().insert(conversation, operator);
    }

    /// The operator of a conversation.
    pub fn owner(&self, conversation: u32) -> Option<usize> {
        self.owners().get(&conversation).copied()
    }

    fn owners(&self) -> MutexGuard<'_, HashMap<u32, usize>> {
        self.owners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits while time passes, and shows how far it is.
    pub async fn watch(&self, what: &str, span: Duration) {
        let end = Instant::now() + span;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            tokio::time::sleep(left.min(Duration::from_secs(5))).await;
            output::note(&format!(
                "  {what}: {} sent, {} acknowledged, {} delivered",
                self.counted(Count::Sent),
                self.counted(Count::Acknowledged),
                self.counted(Count::SeenByOperators),
            ));
        }
    }

    /// Waits until all that was sent is answered, and both sides saw what was acknowledged (and `started` messages that
    /// started conversations); or until it is clear that they will not.
    pub async fn settle(&self, started: u64) {
        let end = Instant::now() + SETTLE_MAX;
        while Instant::now() < end && !self.settled(started) {
            tokio::time::sleep(SETTLE_STEP).await;
        }
    }

    /// Whether all that was sent is answered, and both sides saw it.
    pub fn settled(&self, started: u64) -> bool {
        let acknowledged = self.counted(Count::Acknowledged);
        let seen = acknowledged + started;
        let sent = self.counted(Count::Sent);
        sent >= self.counted(Count::Due)
            && acknowledged + self.counted(Count::Refused) >= sent
            && self.counted(Count::SeenByVisitors) >= seen
            && self.counted(Count::SeenByOperators) >= seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_messages_that_were_due_while_measuring_are_measured() {
        let board = Board::new(0, false);
        let due = board.begin.elapsed();
        board.record(&board.delivered, due);
        board.measure();
        board.record(&board.delivered, due);
        board.record(&board.delivered, board.begin.elapsed());
        board.stop();
        board.record(&board.delivered, board.begin.elapsed());
        assert_eq!(board.delivered.summary().count, 1);
    }

    #[test]
    fn messages_of_another_run_are_not_seen() {
        let (board, other) = (Board::new(0, false), Board::new(0, false));
        let stamp = Stamp {
            run: board.run,
            conversation: 0,
            side: Side::Visitor,
            number: 0,
            due: Duration::ZERO,
        };
        assert_eq!(board.see(&stamp.text(0), Side::Operator), Some(stamp));
        assert_eq!(board.see("hello", Side::Operator), None);
        assert_eq!(board.counted(Count::SeenByOperators), 1);
        assert!(other.run == board.run || other.see(&stamp.text(0), Side::Visitor).is_none());
    }
}
