//! From when on heads are read again.

use frontdesk_domain::Millis;
use std::time::Duration;

/// Clocks of nodes differ by less than this, and no transaction takes as long.
const REACHES_BACK: Duration = Duration::from_secs(60);

/// Remembers when the heads were last read, so that a node that stood still, or could not reach the database, misses nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct HeadScan {
    last: Option<Millis>,
}

impl HeadScan {
    /// Heads that changed since then are read now.
    #[must_use]
    pub fn since(&self, now: Millis) -> Millis {
        self.last.map_or(now, |last| last.min(now)).minus(REACHES_BACK)
    }

    /// They were read.
    pub const fn done(&mut self, at: Millis) {
        self.last = Some(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_that_stood_still_looks_back_to_its_last_look() {
        let mut scan = HeadScan::default();
        assert_eq!(scan.since(Millis(1_000_000)), Millis(940_000));
        scan.done(Millis(1_000_000));
        assert_eq!(scan.since(Millis(1_002_000)), Millis(940_000));
        assert_eq!(scan.since(Millis(9_000_000)), Millis(940_000));
        // The clock was put back.
        assert_eq!(scan.since(Millis(500_000)), Millis(440_000));
    }
}
