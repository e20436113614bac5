//! Endurance: how a client comes back, as browsers do, when its connection is lost.
//!
//! A scenario without faults counts a lost connection as a violation. Under faults its clients endure: they keep what is
//! not acknowledged, come back after a while, resume after the last number that they applied, and send again.

use anyhow::{Result, ensure};
use std::time::{Duration, Instant};

/// The first pause; it doubles with each failure.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// A browser would wait for up to 15 s. Here nobody is to wait that long for the end of a fault.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// A server that answers no ping for so long is gone, although the network does not say so.
const SILENCE_MAX: Duration = Duration::from_secs(6);
/// How often an enduring client looks after itself.
pub const PULSE: Duration = Duration::from_millis(200);
/// How often it asks whether the server is there.
const PING_EVERY: Duration = Duration::from_secs(1);
/// A handshake that takes longer has failed.
pub const CONNECT_WITHIN: Duration = Duration::from_secs(5);

/// The pauses between attempts: between half and all of a step, so that clients do not come back in step.
#[derive(Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The pause after one more failure.
    pub fn next(&mut self) -> Duration {
        let step = (FIRST_PAUSE * 2_u32.pow(self.failures.min(10))).min(LONGEST_PAUSE);
        self.failures += 1;
        step.mul_f64(0.5 + rand::random::<f64>() / 2.0)
    }
}

/// When a connection was last heard of, and last asked.
pub struct Pulse {
    heard_at: Instant,
    asked_at: Instant,
}

impl Pulse {
    /// A connection that has just been made.
    pub fn new() -> Self {
        let now = Instant::now();
        Self { heard_at: now, asked_at: now }
    }

    /// Something came.
    pub fn heard(&mut self) {
        self.heard_at = Instant::now();
    }

    /// Whether to ask now; an error when the connection has been silent for too long.
    pub fn asks(&mut self) -> Result<bool> {
        ensure!(self.heard_at.elapsed() < SILENCE_MAX, "the server has fallen silent");
        let asks = self.asked_at.elapsed() >= PING_EVERY;
        if asks {
            self.asked_at = Instant::now();
        }
        Ok(asks)
    }
}

/// What an event is to a client that has applied everything up to a number (docs/protocol.md, "The log").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The next one.
    Next,
    /// Known already.
    Known,
    /// Something before it is missing.
    Gap,
}

impl Step {
    /// What the event `seq` is after `cursor`.
    pub const fn of(seq: i64, cursor: i64) -> Self {
        match seq - cursor {
            1 => Self::Next,
            ..=0 => Self::Known,
            _ => Self::Gap,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit_and_differ() {
        let mut backoff = Backoff::default();
        let pauses: Vec<_> = (0..20).map(|_| backoff.next()).collect();
        assert!(pauses[0] >= FIRST_PAUSE / 2 && pauses[0] <= FIRST_PAUSE);
        assert!(pauses.iter().all(|it| *it <= LONGEST_PAUSE));
        assert!(pauses[10..].iter().all(|it| *it >= LONGEST_PAUSE / 2));
        assert!(pauses[10..].windows(2).any(|two| two[0] != two[1]));
    }

    #[test]
    fn only_the_next_number_is_applied() {
        let steps: Vec<_> = [3, 4, 5, 6].map(|seq| Step::of(seq, 4)).into();
        assert_eq!(steps, [Step::Known, Step::Known, Step::Next, Step::Gap]);
    }
}
