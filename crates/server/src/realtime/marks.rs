//! Marks arrive with every message that is read; they are written at most once a second.

use frontdesk_domain::conversation::Marks;
use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;
use tokio::time::Instant;

const WRITE_EVERY: Duration = Duration::from_secs(1);

/// Marks of one connection that wait to be written, by conversation.
pub struct PendingMarks<K> {
    pending: HashMap<K, Marks>,
    not_before: Instant,
}

impl<K: Eq + Hash> PendingMarks<K> {
    /// Nothing waits.
    pub fn new() -> Self {
        Self { pending: HashMap::new(), not_before: Instant::now() }
    }

    /// Keeps marks until they are due; later ones replace earlier ones.
    pub fn add(&mut self, conversation: K, marks: Marks) {
        let waiting = self.pending.entry(conversation).or_default();
        *waiting = waiting.raised_to(marks, i64::MAX);
    }

    /// Waits until something is due; forever when nothing waits.
    pub async fn due(&self) {
        if self.pending.is_empty() {
            return std::future::pending().await;
        }
        tokio::time::sleep_until(self.not_before).await;
    }

    /// Takes what waits.
    pub fn take(&mut self) -> HashMap<K, Marks> {
        self.not_before = Instant::now() + WRITE_EVERY;
        std::mem::take(&mut self.pending)
    }
}

/// Lets a signal pass at most once a second.
pub struct SignalPacer(Option<Instant>);

impl SignalPacer {
    /// The first one passes.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Whether one may pass now.
    pub fn passes(&mut self) -> bool {
        let now = Instant::now();
        let passes = self.0.is_none_or(|last| now - last >= WRITE_EVERY);
        if passes {
            self.0 = Some(now);
        }
        passes
    }
}
