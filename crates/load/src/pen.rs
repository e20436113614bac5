//! The pen: one side of one conversation, which numbers what it writes and remembers what was acknowledged.
//!
//! What is not acknowledged waits in it. It is an outbox where the clients of a run endure: one message is on its way at
//! a time, and is sent again until it is answered for good, so that the order holds whatever happens.

use crate::board::{Board, Count};
use crate::checker::Seen;
use crate::stamp::{Side, Stamp};
use std::collections::VecDeque;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// One side of one conversation.
pub struct Pen {
    conversation: u32,
    side: Side,
    next: u32,
    /// What is not acknowledged, and when it was due.
    waiting: VecDeque<(u32, Duration)>,
    /// When the first of them may be sent again, after the server was busy.
    again_at: Option<Instant>,
    /// What was acknowledged.
    pub acknowledged: Vec<Seen>,
    /// What this side saw.
    pub log: Vec<Seen>,
}

/// A message to send: its client id and text.
pub type Written = (Uuid, String);

impl Pen {
    /// A pen whose next message has the number `next`.
    pub const fn new(conversation: u32, side: Side, next: u32) -> Self {
        Self {
            conversation,
            side,
            next,
            waiting: VecDeque::new(),
            again_at: None,
            acknowledged: Vec::new(),
            log: Vec::new(),
        }
    }

    /// The next message, which is due at `due`; none when it has to wait for others.
    pub fn write(&mut self, board: &Board, due: Instant) -> Option<Written> {
        let (number, due) = (self.next, due.saturating_duration_since(board.begin));
        self.next += 1;
        self.waiting.push_back((number, due));
        board.count(Count::Sent);
        board.record(&board.written, due);
        (!board.endures || self.waiting.len() == 1).then(|| self.written(board, number, due))
    }

    /// What to send first on a new connection, or after the server was busy.
    pub fn again(&mut self, board: &Board) -> Option<Written> {
        self.again_at = None;
        let (number, due) = *self.waiting.front()?;
        Some(self.written(board, number, due))
    }

    /// What to send again since its time has come.
    pub fn again_if_due(&mut self, board: &Board) -> Option<Written> {
        if self.again_at.is_none_or(|at| at > Instant::now()) {
            return None;
        }
        self.again(board)
    }

    /// A message is acknowledged as number `seq` of the log; what to send now.
    pub fn acknowledge(&mut self, board: &Board, number: u32, seq: i64) -> Option<Written> {
        let due = self.settle(number)?;
        board.record(&board.acknowledged, due);
        board.count(Count::Acknowledged);
        self.acknowledged.push(Seen { seq, side: self.side, number });
        self.following(board)
    }

    /// A message is refused: for good, or until it is sent again after some seconds. What to send now.
    pub fn refuse(
        &mut self,
        board: &Board,
        number: u32,
        retry_after: Option<f64>,
    ) -> Option<Written> {
        if let Some(seconds) = retry_after.filter(|_| board.endures) {
            board.count(Count::SentAgain);
            self.again_at = Some(Instant::now() + Duration::from_secs_f64(seconds));
            return None;
        }
        self.settle(number)?;
        board.count(Count::Refused);
        self.following(board)
    }

    /// A message stands in the log.
    pub fn see(&mut self, seq: i64, stamp: &Stamp) {
        self.log.push(Seen { seq, side: stamp.side, number: stamp.number });
    }

    /// The same text each time, since everything in it stands in its stamp.
    fn written(&self, board: &Board, number: u32, due: Duration) -> Written {
        let (conversation, side) = (self.conversation, self.side);
        let stamp = Stamp { run: board.run, conversation, side, number, due };
        (stamp.client_id(), stamp.text(board.length))
    }

    /// Without endurance everything is on its way already.
    fn following(&mut self, board: &Board) -> Option<Written> {
        if board.endures { self.again(board) } else { None }
    }

    // Answers come in the order of the messages, so that it is the first one.
    fn settle(&mut self, number: u32) -> Option<Duration> {
        let at = self.waiting.iter().position(|it| it.0 == number)?;
        self.waiting.remove(at).map(|it| it.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(written: Option<Written>) -> Option<u32> {
        written.and_then(|(_, text)| Stamp::read(&text)).map(|it| it.number)
    }

    #[test]
    fn messages_are_numbered_and_acknowledged_once_each() {
        let board = Board::new(80, true);
        let mut pen = Pen::new(7, Side::Operator, 1);
        let (id, text) = pen.write(&board, board.begin).expect("nothing waits");
        assert_eq!(Stamp::of_client_id(&id.to_string()), Some((7, 1)));
        assert_eq!(Stamp::read(&text).map(|it| it.number), Some(1));
        pen.write(&board, board.begin);
        assert_eq!(pen.acknowledge(&board, 2, 9), None);
        assert_eq!(pen.refuse(&board, 1, Some(1.0)), None);
        assert_eq!(pen.acknowledged, [Seen { seq: 9, side: Side::Operator, number: 2 }]);
        assert!(pen.waiting.is_empty());
        assert_eq!(board.counted(Count::Sent), 2);
    }

    #[test]
    fn who_endures_sends_one_message_at_a_time_until_it_is_answered() {
        let board = Board::enduring(80);
        let mut pen = Pen::new(7, Side::Visitor, 1);
        assert_eq!(number(pen.write(&board, board.begin)), Some(1));
        assert_eq!(number(pen.write(&board, board.begin)), None);
        assert_eq!(number(pen.refuse(&board, 1, Some(0.0))), None);
        assert_eq!(number(pen.again_if_due(&board)), Some(1));
        assert_eq!(number(pen.again_if_due(&board)), None);
        assert_eq!(number(pen.again(&board)), Some(1));
        assert_eq!(number(pen.acknowledge(&board, 1, 3)), Some(2));
        // The answer to what was sent twice.
        assert_eq!(number(pen.acknowledge(&board, 1, 3)), None);
        assert_eq!(number(pen.refuse(&board, 2, None)), None);
        assert_eq!(pen.acknowledged.len(), 1);
        assert_eq!(board.counted(Count::Acknowledged) + board.counted(Count::Refused), 2);
    }
}
