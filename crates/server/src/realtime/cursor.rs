//! The rule that keeps every connection right, whatever was lost, doubled or overtaken on the way.

/// How far a connection has come in the log of one conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor(i64);

/// What an event's number means for a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// It is the next one, and passes.
    Next,
    /// It has passed already.
    Known,
    /// Something before it is missing: it is read from the log.
    Gap,
}

/// How a connection begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// Nothing is missing.
    UpToDate,
    /// The log goes further: what is missing is read.
    Behind,
    /// The client knows more than the log, which was restored from a backup: it takes a fresh snapshot.
    Ahead,
}

impl Cursor {
    /// So far.
    #[must_use]
    pub const fn at(seq: i64) -> Self {
        Self(seq)
    }

    /// The last number that passed.
    #[must_use]
    pub const fn seq(self) -> i64 {
        self.0
    }

    /// Compares with the head of the log. One that is ahead is put back.
    pub const fn begin(&mut self, last_seq: i64) -> Beginning {
        if self.0 > last_seq || self.0 < 0 {
            self.0 = last_seq;
            return Beginning::Ahead;
        }
        if self.0 < last_seq { Beginning::Behind } else { Beginning::UpToDate }
    }

    /// Decides about an event; the next one moves the cursor.
    pub const fn pass(&mut self, seq: i64) -> Passage {
        match seq.saturating_sub(self.0) {
            1 => {
                self.0 = seq;
                Passage::Next
            }
            ..=0 => Passage::Known,
            _ => Passage::Gap,
        }
    }

    /// What was read from the log has passed.
    pub const fn move_to(&mut self, seq: i64) {
        self.0 = seq;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_next_number_passes() {
        let mut cursor = Cursor::at(4);
        assert_eq!(cursor.pass(6), Passage::Gap);
        assert_eq!(cursor.pass(5), Passage::Next);
        assert_eq!(cursor.pass(5), Passage::Known);
        assert_eq!(cursor.pass(1), Passage::Known);
        assert_eq!(cursor.seq(), 5);
    }

    #[test]
    fn a_connection_that_waits_for_its_heads_lets_nothing_pass() {
        assert_eq!(Cursor::at(i64::MAX).pass(7), Passage::Known);
    }

    #[test]
    fn a_client_that_knows_more_than_the_log_starts_over() {
        let mut cursor = Cursor::at(9);
        assert_eq!(cursor.begin(7), Beginning::Ahead);
        assert_eq!(cursor.begin(7), Beginning::UpToDate);
        assert_eq!(cursor.begin(8), Beginning::Behind);
        assert_eq!(Cursor::at(-1).begin(0), Beginning::Ahead);
    }
}
