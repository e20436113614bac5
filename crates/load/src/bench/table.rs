//! The table that the benchmark prints.

use crate::checker::Checked;
use serde::Serialize;
use std::fmt;

/// A figure, what it is compared with, and what it should reach.
#[derive(Serialize)]
pub struct Row {
    /// What was measured.
    pub measure: String,
    /// How much it was.
    pub value: Option<f64>,
    /// In what.
    pub unit: &'static str,
    /// What this machine allows, as measured in the same run.
    pub limit: Option<f64>,
    /// The value as a multiple of the limit.
    pub ratio: Option<f64>,
    /// What it should reach.
    pub reach: Option<Reach>,
    /// Whether it does.
    pub reached: Option<bool>,
}

/// What a figure should reach.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// At most this.
    AtMost(f64),
    /// At least this.
    AtLeast(f64),
    /// At most this multiple of the limit.
    TimesLimit(f64),
}

/// The result of a benchmark.
#[derive(Serialize)]
pub struct Table {
    /// Processors that server and generator shared.
    pub processors: usize,
    /// The figures.
    pub rows: Vec<Row>,
    /// What the checker found.
    pub checked: Vec<Checked>,
}

impl Row {
    /// A figure that is only told.
    pub fn told(measure: &str, value: Option<f64>, unit: &'static str) -> Self {
        Self {
            measure: measure.to_owned(),
            value,
            unit,
            limit: None,
            ratio: None,
            reach: None,
            reached: None,
        }
    }

    /// The same, compared with a limit.
    pub fn against(self, limit: f64) -> Self {
        Self { limit: Some(limit), ratio: self.value.map(|value| value / limit), ..self }
    }

    /// The same, with what it should reach.
    pub fn reaching(self, reach: Reach) -> Self {
        Self { reached: self.is_reached(reach), reach: Some(reach), ..self }
    }

    fn is_reached(&self, reach: Reach) -> Option<bool> {
        match reach {
            Reach::AtMost(most) => self.value.map(|value| value <= most),
            Reach::AtLeast(least) => self.value.map(|value| value >= least),
            Reach::TimesLimit(times) => self.ratio.map(|ratio| ratio <= times),
        }
    }
}

impl Table {
    /// Whether the checker found nothing. A figure that is missed is no failure: machines differ.
    pub fn holds(&self) -> bool {
        self.checked.iter().all(Checked::holds)
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => write!(formatter, "<= {}", digits(*most)),
            Self::AtLeast(least) => write!(formatter, ">= {}", digits(*least)),
            Self::TimesLimit(times) => write!(formatter, "<= {times}x"),
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), digits);
        let ratio = self.ratio.map(|it| format!("{it:.2}x"));
        let reach = self.reach.map(|it| it.to_string());
        let verdict = match self.reached {
            Some(true) => "reached",
            Some(false) => "missed",
            None => "",
        };
        write!(
            formatter,
            "{:<44} {:>9} {:<5} {:>9} {:>7} {:>10}  {verdict}",
            self.measure,
            number(self.value),
            self.unit,
            number(self.limit),
            ratio.as_deref().unwrap_or("-"),
            reach.as_deref().unwrap_or("-"),
        )
    }
}

/// Few digits for people: 0.31, 17.2, 30000.
fn digits(value: f64) -> String {
    match value.abs() {
        ..1.0 => format!("{value:.2}"),
        1.0..100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "{:<44} {:>9} {:<5} {:>9} {:>7} {:>10}  verdict",
            "measure", "value", "", "limit", "ratio", "reach"
        )?;
        for row in &self.rows {
            writeln!(formatter, "{row}")?;
        }
        writeln!(formatter, "server and generator shared {} processors", self.processors)?;
        for (number, checked) in self.checked.iter().enumerate() {
            let end = if number == 0 { "" } else { "\n" };
            write!(formatter, "{end}{checked}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_compared_with_its_limit() {
        let row = Row::told("message", Some(30.0), "us").against(20.0);
        assert_eq!(row.ratio, Some(1.5));
        assert_eq!(row.reaching(Reach::TimesLimit(1.5)).reached, Some(true));
        let row = Row::told("message", Some(31.0), "us").against(20.0);
        assert_eq!(row.reaching(Reach::TimesLimit(1.5)).reached, Some(false));
    }

    #[test]
    fn more_or_less_may_be_wanted() {
        let reached = |reach| Row::told("", Some(5.0), "").reaching(reach).reached;
        assert_eq!(reached(Reach::AtMost(5.0)), Some(true));
        assert_eq!(reached(Reach::AtMost(4.0)), Some(false));
        assert_eq!(reached(Reach::AtLeast(5.0)), Some(true));
        assert_eq!(reached(Reach::AtLeast(6.0)), Some(false));
        let unknown = Row::told("", None, "").reaching(Reach::AtMost(1.0));
        assert_eq!(unknown.reached, None);
    }

    #[test]
    fn numbers_have_as_many_digits_as_they_deserve() {
        assert_eq!(digits(0.314), "0.31");
        assert_eq!(digits(17.24), "17.2");
        assert_eq!(digits(30_000.4), "30000");
    }
}
