//! Business hours: when somebody answers on a channel (J7).
//!
//! Times are those of the channel's own time zone; whoever asks has turned the moment into one of its days and minutes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Minutes of a day.
pub const DAY_MINUTES: u16 = 24 * 60;
/// So many spans a week may have.
pub const SPANS_MAX: usize = 50;
/// So many holidays may be kept.
pub const HOLIDAYS_MAX: usize = 200;

/// When a channel is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BusinessHours {
    /// A name of the IANA database, such as `Europe/Madrid`.
    pub time_zone: String,
    /// Every week.
    pub week: Vec<OpenSpan>,
    /// Days on which it is closed all day.
    pub holidays: Vec<Holiday>,
}

/// A part of a day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpenSpan {
    /// 0 is Monday.
    pub weekday: u8,
    /// First minute of the day, from 0.
    pub opens: u16,
    /// The minute at which it closes, up to 1440: the end of the day.
    pub closes: u16,
}

/// A day without anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Holiday {
    /// As `2026-12-25`.
    pub date: String,
    /// What it is called, for the team.
    pub name: String,
}

/// A moment, as clocks and calendars of the channel's time zone show it.
#[derive(Clone, Debug)]
pub struct LocalMoment {
    /// As `2026-12-25`.
    pub date: String,
    /// 0 is Monday.
    pub weekday: u8,
    /// Minute of the day.
    pub minute: u16,
}

impl BusinessHours {
    /// Whether it is open.
    #[must_use]
    pub fn are_open_at(&self, moment: &LocalMoment) -> bool {
        !self.holidays.iter().any(|holiday| holiday.date == moment.date)
            && self.week.iter().any(|span| span.holds(moment))
    }
}

impl OpenSpan {
    /// Whether it is a part of a day at all.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.weekday < 7 && self.opens < self.closes && self.closes <= DAY_MINUTES
    }

    fn holds(&self, moment: &LocalMoment) -> bool {
        self.weekday == moment.weekday && (self.opens..self.closes).contains(&moment.minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(date: &str, weekday: u8, minute: u16) -> bool {
        let span = |weekday, opens, closes| OpenSpan { weekday, opens, closes };
        let christmas = Holiday { date: "2026-12-25".to_owned(), name: "Christmas".to_owned() };
        let hours = BusinessHours {
            time_zone: "Europe/Madrid".to_owned(),
            week: vec![span(0, 540, 780), span(0, 840, 1080), span(4, 0, DAY_MINUTES)],
            holidays: vec![christmas],
        };
        hours.are_open_at(&LocalMoment { date: date.to_owned(), weekday, minute })
    }

    #[test]
    fn spans_are_open_until_the_minute_before_they_close() {
        assert!(open("2026-12-21", 0, 540));
        assert!(open("2026-12-21", 0, 779));
        assert!(open("2026-12-21", 0, 840));
        for closed in [0, 539, 780, 839, 1080] {
            assert!(!open("2026-12-21", 0, closed), "{closed}");
        }
        assert!(!open("2026-12-22", 1, 600));
    }

    #[test]
    fn a_day_may_be_open_until_midnight_and_a_holiday_is_not() {
        assert!(open("2026-12-18", 4, 0) && open("2026-12-18", 4, DAY_MINUTES - 1));
        assert!(!open("2026-12-25", 4, 600));
    }

    #[test]
    fn a_span_that_is_none_is_told() {
        let span = |weekday, opens, closes| OpenSpan { weekday, opens, closes }.is_sound();
        assert!(span(6, 0, DAY_MINUTES));
        assert!(!span(7, 0, 10) && !span(0, 10, 10) && !span(0, 0, DAY_MINUTES + 1));
    }
}
