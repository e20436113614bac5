//! Latency: a histogram of times that all tasks record into.

use hdrhistogram::Histogram;
use serde::Serialize;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Three digits: a thousandth of the value is more than any machine can repeat.
const DIGITS: u8 = 3;
/// Longer ones count as this long: a minute, in nanoseconds.
const LONGEST: u64 = 60_000_000_000;

/// Times, from a microsecond to a minute.
pub struct Latency(Mutex<Histogram<u64>>);

/// What the times were, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// How many.
    pub count: u64,
    /// Half were at most this.
    pub p50_ms: f64,
    /// 90 of 100 were at most this.
    pub p90_ms: f64,
    /// 99 of 100 were at most this.
    pub p99_ms: f64,
    /// 999 of 1,000 were at most this.
    pub p999_ms: f64,
    /// The longest.
    pub max_ms: f64,
}

impl Latency {
    /// Nothing recorded.
    pub fn new() -> Self {
        // The bounds are constants that the histogram takes.
        let histogram = Histogram::new_with_bounds(1_000, LONGEST, DIGITS);
        Self(Mutex::new(histogram.unwrap_or_else(|_| unreachable!())))
    }

    /// Records a time.
    pub fn record(&self, took: Duration) {
        let nanos = u64::try_from(took.as_nanos()).unwrap_or(LONGEST);
        self.lock().saturating_record(nanos);
    }

    /// What was recorded.
    pub fn summary(&self) -> Summary {
        let histogram = self.lock();
        let at = |quantile| histogram.value_at_quantile(quantile) as f64 / 1e6;
        if histogram.is_empty() {
            return Summary::default();
        }
        Summary {
            count: histogram.len(),
            p50_ms: at(0.5),
            p90_ms: at(0.9),
            p99_ms: at(0.99),
            p999_ms: at(0.999),
            max_ms: histogram.max() as f64 / 1e6,
        }
    }

    // Recording cannot leave half a change behind.
    fn lock(&self) -> MutexGuard<'_, Histogram<u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "p50 {:.2}  p90 {:.2}  p99 {:.2}  p99.9 {:.2}  max {:.2} ms",
            self.p50_ms, self.p90_ms, self.p99_ms, self.p999_ms, self.max_ms
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: f64, expected: f64) -> bool {
        (value - expected).abs() <= expected / 500.0
    }

    #[test]
    fn quantiles_are_in_milliseconds() {
        let latency = Latency::new();
        for millis in 1..=1_000 {
            latency.record(Duration::from_millis(millis));
        }
        let summary = latency.summary();
        assert_eq!(summary.count, 1_000);
        assert!(near(summary.p50_ms, 500.0), "{summary}");
        assert!(near(summary.p99_ms, 990.0), "{summary}");
        assert!(near(summary.p999_ms, 999.0), "{summary}");
        assert!(near(summary.max_ms, 1_000.0), "{summary}");
    }

    #[test]
    fn what_is_out_of_bounds_counts_as_the_bound() {
        let latency = Latency::new();
        latency.record(Duration::ZERO);
        latency.record(Duration::from_secs(3_600));
        let summary = latency.summary();
        assert_eq!(summary.count, 2);
        assert!(near(summary.max_ms, 60_000.0), "{summary}");
    }

    #[test]
    fn nothing_recorded_is_zero() {
        assert_eq!(Latency::new().summary(), Summary::default());
    }
}
