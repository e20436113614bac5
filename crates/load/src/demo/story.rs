//! One conversation from beginning to end, decided by nothing but the seed and its number.

use super::chance::Chance;
use super::phrases::{LANGUAGES, PAGES, Phrases};
use uuid::Uuid;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// A conversation that is open now began at most this long ago.
const OPEN_FOR: u64 = 3 * 60;
/// How long ended conversations stand in the operator's own list.
const LISTED_AFTER_END: i64 = DAY;
/// Open ones stand there until they end.
const LISTED_WHILE_OPEN: i64 = i64::MAX;

/// What all conversations have in common.
pub struct Plan {
    /// Decides everything.
    pub seed: u64,
    /// How many there are.
    pub conversations: u64,
    /// How many of them, the newest, are open.
    pub open: u64,
    /// Messages of one of them, on average.
    pub messages: u64,
    /// The days over which they are spread, back from now.
    pub days: u64,
    /// Now, in epoch milliseconds.
    pub now: i64,
}

/// A conversation.
#[derive(Debug, PartialEq, Eq)]
pub struct Story {
    /// Names it, and its visitor's secret.
    pub id: Uuid,
    /// The visitor's language.
    pub language: &'static str,
    /// The visitor's time zone.
    pub time_zone: &'static str,
    /// Path and title of the page.
    pub page: (&'static str, &'static str),
    /// Which of the team answers.
    pub operator: usize,
    /// When it began, in epoch milliseconds.
    pub began_at: i64,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// What happened; numbered from 1.
    pub events: Vec<Said>,
}

/// Something that happened.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    /// When, in epoch milliseconds.
    pub at: i64,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Debug, PartialEq, Eq)]
pub enum What {
    /// The conversation was opened.
    Opened,
    /// The visitor said something.
    Visitor(Uuid, &'static str),
    /// The operator said something.
    Operator(Uuid, &'static str),
    /// The visitor ended it.
    Ended,
}

impl Plan {
    /// The conversation with this number, the oldest first; `operators` is how many there are to answer.
    pub fn story(&self, index: u64, operators: usize) -> Story {
        let mut chance = Chance::of(self.seed, index);
        let phrases = chance.one_of(LANGUAGES);
        let is_open = index >= self.conversations - self.open;
        let began_at = self.beginning(index, is_open, &mut chance);
        let events = self.events(began_at, is_open, &phrases, &mut chance);
        let last = events.last().map_or(began_at, |it| it.at);
        Story {
            id: uuid(&mut chance),
            language: phrases.language,
            time_zone: phrases.time_zone,
            page: chance.one_of(PAGES),
            operator: usize::try_from(chance.below(operators as u64)).unwrap_or_default(),
            began_at,
            ended_at: (!is_open).then_some(last),
            events,
        }
    }

    /// Ended ones are spread evenly over the days; open ones began in the last hours.
    fn beginning(&self, index: u64, is_open: bool, chance: &mut Chance) -> i64 {
        if is_open {
            return self.now - millis(1 + chance.below(OPEN_FOR)) * MINUTE;
        }
        let span = millis(self.days) * DAY;
        let ended = i128::from(self.conversations - self.open);
        let passed = i128::from(span) * i128::from(index) / ended.max(1);
        self.now - span - OPEN_FOR as i64 * MINUTE + i64::try_from(passed).unwrap_or_default()
    }

    fn events(
        &self,
        began_at: i64,
        is_open: bool,
        phrases: &Phrases,
        chance: &mut Chance,
    ) -> Vec<Said> {
        let messages = 1 + chance.below(2 * self.messages - 1);
        let mut at = began_at;
        let mut events = vec![Said { at, what: What::Opened }];
        for number in 0..messages {
            if number > 0 {
                at = (at + 2_000 + millis(chance.below(90_000))).min(self.now);
            }
            let id = uuid(chance);
            // The visitor begins; then both have their say, and sometimes one of them twice.
            let what = if number > 0 && chance.below(5) < 2 + number % 2 {
                What::Operator(id, chance.one_of(phrases.answers))
            } else {
                What::Visitor(id, chance.one_of(phrases.questions))
            };
            events.push(Said { at, what });
        }
        if !is_open {
            events.push(Said { at: at + MINUTE, what: What::Ended });
        }
        events
    }
}

impl Story {
    /// The newest number of the log.
    pub const fn last_seq(&self) -> i64 {
        self.events.len() as i64
    }

    /// The number of the newest message.
    pub const fn last_message_seq(&self) -> i64 {
        if self.ended_at.is_some() { self.last_seq() - 1 } else { self.last_seq() }
    }

    /// When something last happened.
    pub fn last_active_at(&self) -> i64 {
        self.events.last().map_or(self.began_at, |it| it.at)
    }

    /// Until when it stands in its operator's own list.
    pub fn listed_until(&self) -> i64 {
        self.ended_at.map_or(LISTED_WHILE_OPEN, |at| at + LISTED_AFTER_END)
    }
}

fn uuid(chance: &mut Chance) -> Uuid {
    Uuid::new_v8((u128::from(chance.number()) << 64 | u128::from(chance.number())).to_be_bytes())
}

fn millis(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: Plan = Plan {
        seed: 1,
        conversations: 1_000,
        open: 10,
        messages: 10,
        days: 30,
        now: 1_763_600_000_000,
    };

    fn stories() -> Vec<Story> {
        (0..PLAN.conversations).map(|index| PLAN.story(index, 4)).collect()
    }

    #[test]
    fn the_same_seed_makes_the_same_conversations() {
        assert_eq!(stories(), stories());
        let other = Plan { seed: 2, ..PLAN };
        assert_ne!(other.story(0, 4), PLAN.story(0, 4));
    }

    #[test]
    fn each_begins_with_its_visitor_and_goes_on_in_order() {
        for story in stories() {
            assert_eq!(story.events[0].what, What::Opened);
            assert!(matches!(story.events[1].what, What::Visitor(..)));
            assert!(story.events.windows(2).all(|two| two[0].at <= two[1].at));
            assert_eq!(story.ended_at.is_some(), story.events.last().unwrap().what == What::Ended);
            assert!(story.operator < 4);
        }
    }

    #[test]
    fn the_newest_are_open_and_the_amount_of_messages_is_right() {
        let stories = stories();
        let open: Vec<_> = stories.iter().map(|it| it.ended_at.is_none()).collect();
        assert_eq!(open.iter().filter(|open| **open).count(), 10);
        assert!(open[990..].iter().all(|open| *open));
        let events: usize = stories.iter().map(|it| it.events.len()).sum();
        assert!((11_000..=13_000).contains(&events), "{events}");
    }
}
