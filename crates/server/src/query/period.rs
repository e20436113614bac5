//! Hours, days, weeks and months as the clock on the asker's wall shows them.
//!
//! The databases only divide numbers: a moment becomes the number of its local hour or day, since a zone's offset
//! changes at known moments. Weeks and months are made of days here.

use super::value::Zone;
use frontdesk_domain::Millis;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Span, Timestamp, ToSpan};

/// Offsets are known for so many years back; what is older is counted with the oldest.
const YEARS_BACK: i64 = 20;
const YEARS_AHEAD: i64 = 2;

/// A granularity of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// An hour of a day.
    Hour,
    /// A day.
    Day,
    /// A week, which begins at the asker's first weekday.
    Week,
    /// A month.
    Month,
}

/// The asker's calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Where.
    pub zone: Zone,
    /// With which day weeks begin.
    pub first_weekday: Weekday,
    /// From when on which offset held, both in milliseconds, newest first.
    pub offsets: Vec<(i64, i64)>,
}

impl Period {
    /// From the name in requests.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "hour" => Some(Self::Hour),
            "day" => Some(Self::Day),
            "week" => Some(Self::Week),
            "month" => Some(Self::Month),
            _ => None,
        }
    }

    /// What the database counts by, in milliseconds.
    #[must_use]
    pub const fn step(self) -> i64 {
        match self {
            Self::Hour => 3_600_000,
            Self::Day | Self::Week | Self::Month => 86_400_000,
        }
    }

    /// How many of the database's steps one period has at most.
    #[must_use]
    pub const fn steps(self) -> u64 {
        match self {
            Self::Hour | Self::Day => 1,
            Self::Week => 7,
            Self::Month => 31,
        }
    }
}

impl Calendar {
    /// The calendar of a zone around now.
    #[must_use]
    pub fn new(zone: Zone, first_weekday: Weekday, now: Millis) -> Self {
        let offsets = offsets(&zone, now);
        Self { zone, first_weekday, offsets }
    }

    /// The period in which a step of the database lies: its first and its last moment, the latter excluded.
    #[must_use]
    pub fn bounds(&self, period: Period, step: i64) -> Option<(Timestamp, Timestamp)> {
        let start = self.start(period, step)?;
        let length = match period {
            Period::Hour => 1.hours(),
            Period::Day => 1.days(),
            Period::Week => 7.days(),
            Period::Month => 1.months(),
        };
        Some((self.moment(start)?, self.moment(start.checked_add(length).ok()?)?))
    }

    fn start(&self, period: Period, step: i64) -> Option<DateTime> {
        let epoch = Date::constant(1970, 1, 1).at(0, 0, 0, 0);
        let steps = match period {
            Period::Hour => Span::new().try_hours(step).ok()?,
            Period::Day | Period::Week | Period::Month => Span::new().try_days(step).ok()?,
        };
        let local = epoch.checked_add(steps).ok()?;
        match period {
            Period::Hour | Period::Day => Some(local),
            Period::Week => {
                let since = local.weekday().since(self.first_weekday);
                local.checked_sub(i64::from(since).days()).ok()
            }
            Period::Month => Some(local.first_of_month()),
        }
    }

    fn moment(&self, local: DateTime) -> Option<Timestamp> {
        Some(self.zone.to_ambiguous_zoned(local).compatible().ok()?.timestamp())
    }
}

fn offsets(zone: &Zone, now: Millis) -> Vec<(i64, i64)> {
    let years = |count: i64| count * 366 * 86_400_000;
    let at = |millis: i64| Timestamp::from_millisecond(millis).unwrap_or_default();
    let (first, last) = (at(now.0 - years(YEARS_BACK)), at(now.0 + years(YEARS_AHEAD)));
    let in_millis = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * 1000;
    let oldest = (i64::MIN, in_millis(zone.to_offset(first)));
    let changes = zone.following(first).take_while(|it| it.timestamp() < last);
    let mut offsets: Vec<_> = std::iter::once(oldest)
        .chain(changes.map(|it| (it.timestamp().as_millisecond(), in_millis(it.offset()))))
        .collect();
    offsets.reverse();
    offsets
}

#[cfg(test)]
mod tests {
    use super::*;

    fn madrid() -> Calendar {
        let zone = Zone::get("Europe/Madrid").expect("a zone");
        let now = "2026-11-20T10:00:00Z".parse::<Timestamp>().expect("a moment");
        Calendar::new(zone, Weekday::Monday, Millis(now.as_millisecond()))
    }

    fn bounds(period: Period, at: &str) -> (String, String) {
        let (calendar, at) = (madrid(), at.parse::<Timestamp>().expect("a moment"));
        let millis = at.as_millisecond();
        let offset = calendar.offsets.iter().find(|it| it.0 <= millis).expect("an offset").1;
        let (from, to) =
            calendar.bounds(period, (millis + offset) / period.step()).expect("in range");
        (from.to_string(), to.to_string())
    }

    #[test]
    fn a_day_is_the_one_on_the_wall_also_when_the_clock_changes() {
        let day = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let winter = bounds(Period::Day, "2026-11-19T23:30:00Z");
        assert_eq!(winter, day("2026-11-19T23:00:00Z", "2026-11-20T23:00:00Z"));
        let shorter = bounds(Period::Day, "2026-03-29T12:00:00Z");
        assert_eq!(shorter, day("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"));
        let longer = bounds(Period::Day, "2026-10-25T12:00:00Z");
        assert_eq!(longer, day("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"));
    }

    #[test]
    fn weeks_begin_on_the_first_weekday_and_months_on_the_first() {
        let (from, to) = bounds(Period::Week, "2026-11-20T10:00:00Z");
        assert_eq!((from.as_str(), to.as_str()), ("2026-11-15T23:00:00Z", "2026-11-22T23:00:00Z"));
        let (from, to) = bounds(Period::Month, "2026-11-20T10:00:00Z");
        assert_eq!((from.as_str(), to.as_str()), ("2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z"));
        let (from, to) = bounds(Period::Hour, "2026-11-20T10:59:59Z");
        assert_eq!((from.as_str(), to.as_str()), ("2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z"));
    }
}
