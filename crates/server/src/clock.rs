//! The clock, so that time is a parameter and stories can move it.

use frontdesk_domain::Millis;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Clocks that are closer than this, in milliseconds, are not told apart: an answer takes its time.
const DRIFT_MAX: i64 = 250;

/// Tells the time: the system's, or one that a story moves by hand.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    /// The computer's, and by how many milliseconds it is behind.
    System(Arc<AtomicI64>),
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The computer's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System(Arc::default()))
    }

    /// A clock that stands still until it is moved.
    #[must_use]
    pub fn manual(start: Millis) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(start.0))))
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Millis {
        match &self.0 {
            Source::System(behind) => Millis(system_millis() + behind.load(Ordering::Relaxed)),
            Source::Manual(millis) => Millis(millis.load(Ordering::Relaxed)),
        }
    }

    /// Goes by another clock from now on, which said `time` when it was asked at `asked` and has just answered.
    pub fn follow(&self, time: Millis, asked: Millis) {
        let Source::System(behind) = &self.0 else { return };
        // It may have been read at any moment in between.
        let off = time.0 - (asked.0 + self.now().0) / 2;
        if off.abs() > DRIFT_MAX {
            behind.fetch_add(off, Ordering::Relaxed);
        }
    }

    /// Moves a manual clock forwards; the system's stays as it is.
    pub fn advance(&self, span: Duration) {
        self.set(self.now().plus(span));
    }

    /// Sets a manual clock, backwards too; the system's stays as it is.
    pub fn set(&self, now: Millis) {
        if let Source::Manual(millis) = &self.0 {
            millis.store(now.0, Ordering::Relaxed);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that asks the system")]
fn system_millis() -> i64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
}

/// `at` as RFC 3339 in UTC with milliseconds: the form of every time on the wire.
#[must_use]
pub fn rfc3339(at: Millis) -> String {
    let timestamp = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    format!("{timestamp:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_milliseconds_and_utc() {
        assert_eq!(rfc3339(Millis(0)), "1970-01-01T00:00:00.000Z");
        assert_eq!(rfc3339(Millis(1_763_600_000_120)), "2025-11-20T00:53:20.120Z");
    }

    #[test]
    fn a_clock_that_is_wrong_follows_another_one() {
        let clock = Clock::system();
        let hour = 3_600_000;
        let right = Millis(clock.now().0 + hour);
        clock.follow(right, clock.now());
        assert!((clock.now().0 - right.0).abs() < hour / 2);
        // Nearly right is right enough.
        let behind = clock.now();
        clock.follow(Millis(behind.0 - DRIFT_MAX / 2), behind);
        assert!(clock.now() >= behind);
    }

    #[test]
    fn a_manual_clock_moves_both_ways() {
        let clock = Clock::manual(Millis(5_000));
        clock.advance(Duration::from_secs(1));
        assert_eq!(clock.now(), Millis(6_000));
        clock.set(Millis(10));
        assert_eq!(clock.now(), Millis(10));
    }
}
