//! Business hours against the clock: a moment becomes a day and a minute of the channel's own time zone.

use crate::problem::{FieldProblem, Problem};
use frontdesk_domain::Millis;
use frontdesk_domain::business_hours::{BusinessHours, HOLIDAYS_MAX, LocalMoment, SPANS_MAX};
use frontdesk_domain::text;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Whether a channel with these hours is open.
#[must_use]
pub fn are_open(hours: &BusinessHours, now: Millis) -> bool {
    local(&hours.time_zone, now).is_none_or(|moment| hours.are_open_at(&moment))
}

/// None when a time zone was forgotten by the database of time zones: then the channel is open rather than silent.
fn local(time_zone: &str, now: Millis) -> Option<LocalMoment> {
    let zone = TimeZone::get(time_zone).ok()?;
    let there: Zoned = Timestamp::from_millisecond(now.0).ok()?.to_zoned(zone);
    Some(LocalMoment {
        date: there.date().to_string(),
        weekday: u8::try_from(there.weekday().to_monday_zero_offset()).ok()?,
        minute: u16::from(there.hour().unsigned_abs()) * 60
            + u16::from(there.minute().unsigned_abs()),
    })
}

/// The hours as they are kept: names cleaned, sorted; or what is wrong with them.
pub fn accepted(mut hours: BusinessHours) -> Result<BusinessHours, Problem> {
    if TimeZone::get(&hours.time_zone).is_err() {
        return Err(FieldProblem::TimeZoneInvalid("business_hours").into());
    }
    if hours.week.len() > SPANS_MAX || !hours.week.iter().all(|span| span.is_sound()) {
        return Err(FieldProblem::HoursInvalid.into());
    }
    if hours.holidays.len() > HOLIDAYS_MAX {
        return Err(FieldProblem::HolidayInvalid.into());
    }
    for holiday in &mut hours.holidays {
        let date: Date = holiday.date.parse().map_err(|_| FieldProblem::HolidayInvalid)?;
        holiday.date = date.to_string();
        holiday.name = text::described(&holiday.name, text::NAME_MAX_CHARS).unwrap_or_default();
    }
    hours.week.sort_by_key(|span| (span.weekday, span.opens));
    hours.holidays.sort_by(|one, other| one.date.cmp(&other.date));
    hours.holidays.dedup_by(|one, other| one.date == other.date);
    Ok(hours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_domain::business_hours::OpenSpan;

    /// Monday to Friday, 9 to 17 in Madrid.
    fn madrid() -> BusinessHours {
        let span = |weekday| OpenSpan { weekday, opens: 540, closes: 1020 };
        let week = (0..5).map(span).collect();
        BusinessHours { time_zone: "Europe/Madrid".to_owned(), week, holidays: Vec::new() }
    }

    fn at(time: &str) -> Millis {
        Millis(time.parse::<Timestamp>().expect("a time").as_millisecond())
    }

    #[test]
    fn hours_are_those_of_the_channels_own_clocks() {
        // In winter Madrid is an hour ahead of UTC, in summer two.
        for (time, open) in [
            ("2026-01-05T07:59:00Z", false),
            ("2026-01-05T08:00:00Z", true),
            ("2026-01-05T15:59:59Z", true),
            ("2026-01-05T16:00:00Z", false),
            ("2026-07-06T07:00:00Z", true),
            ("2026-07-06T15:00:00Z", false),
            ("2026-01-10T10:00:00Z", false),
        ] {
            assert_eq!(are_open(&madrid(), at(time)), open, "{time}");
        }
    }

    #[test]
    fn hours_that_cannot_be_are_refused() {
        assert!(accepted(madrid()).is_ok());
        for zone in ["", "Mars/Base", "../etc/passwd"] {
            let hours = BusinessHours { time_zone: zone.to_owned(), ..madrid() };
            assert!(accepted(hours).is_err(), "{zone}");
        }
        for span in [(7, 0, 10), (0, 10, 10), (0, 0, 1441)] {
            let span = OpenSpan { weekday: span.0, opens: span.1, closes: span.2 };
            assert!(accepted(BusinessHours { week: vec![span], ..madrid() }).is_err());
        }
    }
}
