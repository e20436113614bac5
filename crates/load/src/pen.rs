//! The pen: one side of one conversation, which numbers what it writes and remembers what was acknowledged.

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
    in_flight: VecDeque<(u32, Duration)>,
    /// What was acknowledged.
    pub acknowledged: Vec<Seen>,
    /// What this side saw.
    pub log: Vec<Seen>,
}

impl Pen {
    /// A pen whose next message has the number `next`.
    pub const fn new(conversation: u32, side: Side, next: u32) -> Self {
        Self {
            conversation,
            side,
            next,
            in_flight: VecDeque::new(),
            acknowledged: Vec::new(),
            log: Vec::new(),
        }
    }

    /// The next message, which is due at `due`: its client id and text.
    pub fn write(&mut self, board: &Board, due: Instant) -> (Uuid, String) {
        let stamp = Stamp {
            run: board.run,
            conversation: self.conversation,
            side: self.side,
            number: self.next,
            due: due.saturating_duration_since(board.begin),
        };
        self.next += 1;
        self.in_flight.push_back((stamp.number, stamp.due));
        board.count(Count::Sent);
        board.record(&board.written, stamp.due);
        (stamp.client_id(), stamp.text(board.length))
    }

    /// A message is acknowledged as number `seq` of the log.
    pub fn acknowledge(&mut self, board: &Board, number: u32, seq: i64) {
        if let Some(due) = self.settle(number) {
            board.record(&board.acknowledged, due);
        }
        board.count(Count::Acknowledged);
        self.acknowledged.push(Seen { seq, side: self.side, number });
    }

    /// A message is refused, and stays so.
    pub fn refuse(&mut self, board: &Board, number: u32) {
        self.settle(number);
        board.count(Count::Refused);
    }

    /// A message stands in the log.
    pub fn see(&mut self, seq: i64, stamp: &Stamp) {
        self.log.push(Seen { seq, side: stamp.side, number: stamp.number });
    }

    // Answers come in the order of the messages, so that it is the first one.
    fn settle(&mut self, number: u32) -> Option<Duration> {
        let at = self.in_flight.iter().position(|it| it.0 == number)?;
        self.in_flight.remove(at).map(|it| it.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_numbered_and_acknowledged_once_each() {
        let board = Board::new(80, true);
        let mut pen = Pen::new(7, Side::Operator, 1);
        let (id, text) = pen.write(&board, board.begin);
        assert_eq!(Stamp::of_client_id(&id.to_string()), Some((7, 1)));
        assert_eq!(Stamp::read(&text).map(|it| it.number), Some(1));
        pen.write(&board, board.begin);
        pen.acknowledge(&board, 2, 9);
        pen.refuse(&board, 1);
        assert_eq!(pen.acknowledged, [Seen { seq: 9, side: Side::Operator, number: 2 }]);
        assert!(pen.in_flight.is_empty());
        assert_eq!(board.counted(Count::Sent), 2);
    }
}
