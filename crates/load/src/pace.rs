//! Pace: when each message is due, whatever the server does (an open loop), or as fast as it answers.
//!
//! A timer of the runtime ticks in whole milliseconds, which is more than what is measured. So a thread of its own waits
//! for each due time and wakes the task that writes.

use std::thread;
use std::time::{Duration, Instant};

/// How fast to write.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// So many a second, due at even distances.
    PerSecond(f64),
    /// In each conversation the next one when the last is acknowledged.
    Saturating,
}

/// Due times at even distances.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    rate: f64,
    amount: u64,
}

impl Schedule {
    /// `rate` a second, for `span`.
    pub fn new(rate: f64, span: Duration) -> Self {
        Self { rate, amount: (rate * span.as_secs_f64()).round() as u64 }
    }

    /// When the one with this number is due, after the beginning. Computed from the number, so that it never drifts.
    pub fn due(&self, number: u64) -> Duration {
        Duration::from_secs_f64(number as f64 / self.rate)
    }

    /// Calls `act` with each number and its due time, from a thread of its own, until it answers false.
    pub fn run(
        self,
        begin: Instant,
        mut act: impl FnMut(u64, Instant) -> bool + Send + 'static,
    ) -> thread::JoinHandle<()> {
        thread::spawn(move || {
            for number in 0..self.amount {
                let due = begin + self.due(number);
                // Late already: the due time stays, and what it is late counts.
                thread::sleep(due.saturating_duration_since(Instant::now()));
                if !act(number, due) {
                    return;
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_times_are_even_and_do_not_drift() {
        let schedule = Schedule::new(1_000.0, Duration::from_secs(10));
        assert_eq!(schedule.amount, 10_000);
        assert_eq!(schedule.due(0), Duration::ZERO);
        assert_eq!(schedule.due(1), Duration::from_millis(1));
        assert_eq!(schedule.due(9_999), Duration::from_millis(9_999));
        let thirds = Schedule::new(3.0, Duration::from_secs(1_000_000));
        assert_eq!(thirds.due(3_000_000), Duration::from_secs(1_000_000));
    }

    #[test]
    fn slow_rates_have_few() {
        assert_eq!(Schedule::new(0.5, Duration::from_secs(10)).amount, 5);
        assert_eq!(Schedule::new(0.5, Duration::ZERO).amount, 0);
    }

    #[test]
    fn every_number_comes_once_and_in_order_though_late() {
        let begin = Instant::now().checked_sub(Duration::from_secs(1)).unwrap();
        let (sender, receiver) = std::sync::mpsc::channel();
        let act = move |number, due| sender.send((number, due)).is_ok();
        let pacer = Schedule::new(100.0, Duration::from_secs(1)).run(begin, act);
        pacer.join().unwrap();
        let seen: Vec<_> = receiver.iter().collect();
        assert!(seen.iter().map(|it| it.0).eq(0..100));
        assert_eq!(seen[50].1 - begin, Duration::from_millis(500));
    }
}
