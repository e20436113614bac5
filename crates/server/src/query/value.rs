//! Values of a filter: read once, by the kind of their field.

use super::model::{Field, Kind};
use super::problem::QueryProblem;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};
use serde_json::Value;

/// The longest text of a filter, in characters.
const TEXT_MAX_CHARS: usize = 200;

/// Where days begin for whoever asks.
pub type Zone = TimeZone;

/// One value that a field is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// Integers, moments, flags and references.
    Integer(i64),
    /// Numbers.
    Real(f64),
    /// Words, choices and texts.
    Text(String),
}

/// The value, if it fits the field.
pub fn scalar(field: &'static Field, value: &Value, zone: &Zone) -> Result<Scalar, QueryProblem> {
    let found = match field.kind {
        Kind::Integer => value.as_i64().map(Scalar::Integer),
        Kind::Reference(_) => value.as_i64().map(Scalar::Integer),
        Kind::Real => value.as_f64().map(Scalar::Real),
        Kind::Flag => value.as_bool().map(|flag| Scalar::Integer(flag.into())),
        Kind::Moment => value.as_str().and_then(|text| moment(text, zone)).map(Scalar::Integer),
        Kind::Choice(words) => {
            value.as_str().filter(|word| words.contains(word)).map(|it| Scalar::Text(it.to_owned()))
        }
        Kind::Word | Kind::Text { .. } => return text(field, value).map(Scalar::Text),
    };
    found.ok_or_else(|| wrong(field))
}

/// A text to compare with or to look for.
pub fn text(field: &'static Field, value: &Value) -> Result<String, QueryProblem> {
    let text = value.as_str().filter(|text| text.chars().count() <= TEXT_MAX_CHARS);
    // The databases do not agree on NUL.
    text.filter(|text| !text.contains('\0')).map(ToOwned::to_owned).ok_or_else(|| wrong(field))
}

/// A moment in RFC 3339, or a day, which begins at midnight in the zone.
fn moment(text: &str, zone: &Zone) -> Option<i64> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.round(Unit::Millisecond).ok()?.as_millisecond());
    }
    let day: Date = text.parse().ok()?;
    Some(day.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond())
}

fn wrong(field: &'static Field) -> QueryProblem {
    let expected = match field.kind {
        Kind::Integer => "a whole number".to_owned(),
        Kind::Reference(_) => "the number of a row".to_owned(),
        Kind::Real => "a number".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Moment => "a moment such as 2026-11-20T10:00:00Z, or a day".to_owned(),
        Kind::Choice(words) => format!("one of {}", words.join(", ")),
        Kind::Word | Kind::Text { .. } => format!("a text of at most {TEXT_MAX_CHARS} characters"),
    };
    QueryProblem::WrongValue { field: field.name, expected }
}
