//! The checker: what was acknowledged must be stored, and both sides must have seen what is stored, once and in order.

use crate::stamp::Side;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::fmt;

/// Violations that are told one by one; the others are only counted.
const TOLD: usize = 20;

/// A message in somebody's log, with the number that this log has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Seen {
    /// The log's number.
    pub seq: i64,
    /// Who wrote it.
    pub side: Side,
    /// The how-manieth of that side.
    pub number: u32,
}

/// What is known of a conversation when the load is over. Visitor's and operator's logs count differently.
#[derive(Clone, Debug, Default)]
pub struct Conversation {
    /// Acknowledged to the visitor.
    pub visitors_acknowledged: Vec<Seen>,
    /// Acknowledged to the operator.
    pub operators_acknowledged: Vec<Seen>,
    /// What the visitor's connection saw, as it came.
    pub visitors_log: Vec<Seen>,
    /// What the operator's connection saw, as it came.
    pub operators_log: Vec<Seen>,
    /// What is stored, with the visitor's numbers.
    pub stored_for_visitor: Vec<Seen>,
    /// What is stored, with the operators' numbers.
    pub stored_for_operators: Vec<Seen>,
}

/// What is wrong with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Acknowledged, or stored, and not there.
    Missing,
    /// There more than once.
    Doubled,
    /// There after one that it should come before.
    OutOfOrder,
    /// There, but nobody stored it, or not under this number.
    Unexpected,
}

/// A promise that was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where: "visitor", "operator", "database".
    pub place: &'static str,
    /// What.
    pub wrong: Wrong,
    /// Which message.
    pub message: Seen,
}

/// What the checker found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Checked {
    /// Conversations that were checked.
    pub conversations: usize,
    /// Messages that are stored.
    pub messages: usize,
    /// Acknowledgements that were compared with them.
    pub acknowledged: usize,
    /// Promises that were not kept.
    pub violations: usize,
    /// The first of them.
    pub told: Vec<String>,
}

impl Checked {
    /// Checks one more conversation.
    pub fn add(&mut self, name: &str, conversation: &Conversation) {
        self.conversations += 1;
        self.messages += conversation.stored_for_operators.len();
        self.acknowledged += conversation.visitors_acknowledged.len();
        self.acknowledged += conversation.operators_acknowledged.len();
        for violation in conversation.violations() {
            self.violation(format!("conversation {name}: {violation}"));
        }
    }

    /// Adds a violation that is not about one message, such as a lost connection.
    pub fn violation(&mut self, text: String) {
        self.violations += 1;
        if self.told.len() < TOLD {
            self.told.push(text);
        }
    }

    /// Whether every promise was kept.
    pub const fn holds(&self) -> bool {
        self.violations == 0
    }
}

impl Conversation {
    /// Every promise that was not kept.
    pub fn violations(&self) -> Vec<Violation> {
        let mut found = wrong_in_itself("database", &self.stored_for_operators);
        found.extend(lost(&self.visitors_acknowledged, &self.stored_for_visitor));
        found.extend(lost(&self.operators_acknowledged, &self.stored_for_operators));
        for (place, log, stored) in [
            ("visitor", &self.visitors_log, &self.stored_for_visitor),
            ("operator", &self.operators_log, &self.stored_for_operators),
        ] {
            found.extend(wrong_in_itself(place, log));
            found.extend(differences(place, log, stored));
        }
        found
    }
}

/// Messages that come twice, or before one with a lower number: of the log, or of their side.
fn wrong_in_itself(place: &'static str, log: &[Seen]) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut known = HashSet::new();
    let mut last_seq = 0;
    let mut last_number = HashMap::new();
    for &message in log {
        let last = last_number.entry(message.side).or_insert(None);
        let wrong = if !known.insert((message.side, message.number)) {
            Some(Wrong::Doubled)
        } else if message.seq <= last_seq || Some(message.number) <= *last {
            Some(Wrong::OutOfOrder)
        } else {
            None
        };
        found.extend(wrong.map(|wrong| Violation { place, wrong, message }));
        last_seq = last_seq.max(message.seq);
        *last = (*last).max(Some(message.number));
    }
    found
}

/// Acknowledged messages that are not stored under the number that was acknowledged.
fn lost(acknowledged: &[Seen], stored: &[Seen]) -> Vec<Violation> {
    missing("database", acknowledged, stored, Wrong::Missing)
}

/// What one side did not see although it is stored, and what it saw although it is not.
fn differences(place: &'static str, log: &[Seen], stored: &[Seen]) -> Vec<Violation> {
    let mut found = missing(place, stored, log, Wrong::Missing);
    found.extend(missing(place, log, stored, Wrong::Unexpected));
    found
}

fn missing(
    place: &'static str,
    expected: &[Seen],
    present: &[Seen],
    wrong: Wrong,
) -> Vec<Violation> {
    let present: HashSet<_> = present.iter().collect();
    expected
        .iter()
        .filter(|it| !present.contains(it))
        .map(|&message| Violation { place, wrong, message })
        .collect()
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Seen { seq, side, number } = self.message;
        write!(
            formatter,
            "{}: {side:?}'s message {number} (seq {seq}) is {:?}",
            self.place, self.wrong
        )
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { conversations, messages, acknowledged, violations, told } = self;
        write!(
            formatter,
            "checked        {messages} messages of {conversations} conversations, {acknowledged} acknowledgements: "
        )?;
        if *violations == 0 {
            return write!(formatter, "none missing, doubled or out of order");
        }
        write!(formatter, "{violations} VIOLATIONS")?;
        for text in told {
            write!(formatter, "\n  {text}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
