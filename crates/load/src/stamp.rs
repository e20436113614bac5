//! The stamp on each message: which one it is and when it was due, so that whoever reads it needs nothing else.

use std::fmt::Write as _;
use std::time::Duration;
use uuid::Uuid;

/// Begins every text, so that other people's messages are told apart.
const MARK: &str = "load";
/// What fills a text up to its length.
const FILLER: &str =
    " Could you tell me whether the blue one is still in stock, and how long it takes to arrive?";

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The visitor.
    Visitor,
    /// The operator.
    Operator,
}

/// Which message, and when it was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The run, so that another run's messages are told apart.
    pub run: u32,
    /// The conversation's number in the run.
    pub conversation: u32,
    /// Who wrote it.
    pub side: Side,
    /// The how-manieth of this side in this conversation, from 0.
    pub number: u32,
    /// When it was due, since the run began.
    pub due: Duration,
}

impl Side {
    const fn letter(self) -> char {
        match self {
            Self::Visitor => 'v',
            Self::Operator => 'o',
        }
    }
}

impl Stamp {
    /// A text with this stamp, filled up to `length` characters.
    pub fn text(&self, length: usize) -> String {
        let mut text = String::with_capacity(length.max(64));
        let side = self.side.letter();
        let due = self.due.as_nanos();
        // Writing into a string cannot fail.
        let _ = write!(
            text,
            "{MARK} {:08x} {} {side} {} {due}",
            self.run, self.conversation, self.number
        );
        while text.len() < length {
            let room = (length - text.len()).min(FILLER.len());
            text.push_str(&FILLER[..room]);
        }
        // A text loses its blanks at the end, and would not have its length then.
        if text.ends_with(' ') {
            text.pop();
            text.push('.');
        }
        text
    }

    /// The stamp of a text; none: it is not one of ours.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        if parts.next()? != MARK {
            return None;
        }
        Some(Self {
            run: u32::from_str_radix(parts.next()?, 16).ok()?,
            conversation: parts.next()?.parse().ok()?,
            side: match parts.next()? {
                "v" => Side::Visitor,
                "o" => Side::Operator,
                _ => return None,
            },
            number: parts.next()?.parse().ok()?,
            due: Duration::from_nanos(parts.next()?.parse().ok()?),
        })
    }

    /// The client id of the message: unique in its conversation, and it tells the number.
    pub fn client_id(&self) -> Uuid {
        let mut bytes = [0; 16];
        bytes[..4].copy_from_slice(&self.conversation.to_be_bytes());
        bytes[7] = self.side as u8;
        bytes[12..].copy_from_slice(&self.number.to_be_bytes());
        Uuid::new_v8(bytes)
    }

    /// Conversation and number of an own message, from its client id.
    pub fn of_client_id(id: &str) -> Option<(u32, u32)> {
        let id = Uuid::try_parse(id).ok()?;
        let bytes = id.as_bytes();
        let number = |range: std::ops::Range<usize>| {
            let part: [u8; 4] = bytes[range].try_into().ok()?;
            Some(u32::from_be_bytes(part))
        };
        Some((number(0..4)?, number(12..16)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAMP: Stamp = Stamp {
        run: 0xbeef,
        conversation: 1_234,
        side: Side::Operator,
        number: 56_789,
        due: Duration::from_nanos(1_234_567_890),
    };

    #[test]
    fn a_text_tells_its_stamp() {
        for length in [0, 60, 130, 131, 200, 8_000] {
            let text = STAMP.text(length);
            assert!(text.len() == length || length < 64, "{text}");
            assert_eq!(text.trim(), text);
            assert_eq!(Stamp::read(&text), Some(STAMP));
        }
        assert_eq!(Stamp::read("loading 1 2 v 3 4"), None);
        assert_eq!(Stamp::read("load 1 2 x 3 4"), None);
        assert_eq!(Stamp::read("load"), None);
    }

    #[test]
    fn a_client_id_tells_conversation_and_number() {
        let id = STAMP.client_id().to_string();
        assert_eq!(Stamp::of_client_id(&id), Some((1_234, 56_789)));
        let visitor = Stamp { side: Side::Visitor, ..STAMP };
        assert_ne!(visitor.client_id(), STAMP.client_id());
    }
}
