//! Jobs: work that outlives the request which asked for it, and a crash.
//!
//! A job is a row that commits together with what asks for it. A node takes it under a lease; what fails is tried again,
//! later each time, and is put aside after [`ATTEMPTS_MAX`]. A job may run twice when a node dies while it works, so
//! that work must bear it. Workers sleep until somebody wakes them or the next job is due.

mod store;
#[cfg(test)]
mod tests;
mod work;
mod worker;

pub use store::STATEMENTS;
pub use work::Work;
pub use worker::{is_busy, run_due, work};

use frontdesk_db::{Error, Tx};
use frontdesk_domain::Millis;
use std::time::Duration;
use tokio::sync::Notify;

/// A job that failed so often is put aside: with growing pauses, that is after half a day.
const ATTEMPTS_MAX: i64 = 10;
/// The pause after the first failure; it doubles with each.
const PAUSE: Duration = Duration::from_secs(60);
/// Sweeping is done this often.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);
/// The name of the job that sweeps.
const SWEEP: &str = "sweep";

/// Wakes the worker of this node.
#[derive(Default)]
pub struct Wake(Notify);

impl Wake {
    /// There is something to do.
    pub fn up(&self) {
        self.0.notify_one();
    }
}

/// Why a job did not succeed.
#[derive(Debug)]
pub enum Failure {
    /// It may succeed later.
    Later(String),
    /// It never will.
    Never(String),
}

/// Adds a job. After the commit, [`Wake::up`] lets it start at once.
pub fn add(tx: &mut Tx<'_>, work: &Work, now: Millis) -> Result<(), Error> {
    add_later(tx, work, now, now)
}

/// Adds a job that is not to begin before `due`.
pub fn add_later(tx: &mut Tx<'_>, work: &Work, now: Millis, due: Millis) -> Result<(), Error> {
    store::insert(tx, &work.encoded(), now, due)
}

/// How long to wait after so many attempts.
fn pause(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts - 1).unwrap_or_default().min(10);
    PAUSE * 2_u32.pow(doublings)
}
