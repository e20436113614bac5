//! Rows, and what their columns turn into.

use crate::{Error, postgres, sqlite};

/// One row of an answer, readable while the closure that receives it runs.
pub struct Row<'a>(pub(crate) Source<'a>);

pub(crate) enum Source<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

impl Row<'_> {
    /// The column at this position, counted from 0.
    pub fn get<T: FromColumn>(&self, index: usize) -> Result<T, Error> {
        let column = match self.0 {
            Source::Sqlite(row) => sqlite::column(row, index)?,
            Source::Postgres(row) => postgres::column(row, index)?,
        };
        T::from_column(&column).ok_or_else(|| Error::driver(ColumnError::new::<T>(index, &column)))
    }
}

/// What a database holds in one column of one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Column<'a> {
    /// SQL `null`.
    Null,
    /// `bigint`.
    Integer(i64),
    /// `double precision`.
    Real(f64),
    /// `text`.
    Text(&'a str),
    /// `bytea` or `blob`.
    Bytes(&'a [u8]),
}

impl Column<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Column::Null => "null",
            Column::Integer(_) => "an integer",
            Column::Real(_) => "a real number",
            Column::Text(_) => "text",
            Column::Bytes(_) => "bytes",
        }
    }
}

/// A type that a column can be read as.
pub trait FromColumn: Sized {
    /// The value, or `None` when the column holds something else.
    fn from_column(column: &Column<'_>) -> Option<Self>;
}

impl FromColumn for i64 {
    fn from_column(column: &Column<'_>) -> Option<Self> {
        match column {
            Column::Integer(value) => Some(*value),
            _ => None,
        }
    }
}

impl FromColumn for bool {
    fn from_column(column: &Column<'_>) -> Option<Self> {
        match column {
            Column::Integer(0) => Some(false),
            Column::Integer(1) => Some(true),
            _ => None,
        }
    }
}

impl FromColumn for f64 {
    fn from_column(column: &Column<'_>) -> Option<Self> {
        match column {
            Column::Real(value) => Some(*value),
            _ => None,
        }
    }
}

impl FromColumn for String {
    fn from_column(column: &Column<'_>) -> Option<Self> {
        match column {
            Column::Text(value) => Some((*value).to_owned()),
            _ => None,
        }
    }
}

impl FromColumn for Vec<u8> {
    fn from_column(column: &Column<'_>) -> Option<Self> {
        match column {
            Column::Bytes(value) => Some(value.to_vec()),
            _ => None,
        }
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(column: &Column<'_>) -> Option<Self> {
        match column {
            Column::Null => Some(None),
            other => T::from_column(other).map(Some),
        }
    }
}

/// A column was read as a type that it does not hold: a mistake in the program.
#[derive(Debug, thiserror::Error)]
#[error("column {index} holds {found}, which is not a {wanted}")]
struct ColumnError {
    index: usize,
    found: &'static str,
    wanted: &'static str,
}

impl ColumnError {
    fn new<T>(index: usize, column: &Column<'_>) -> Self {
        Self { index, found: column.kind(), wanted: std::any::type_name::<T>() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_read_as_what_it_holds() {
        assert_eq!(i64::from_column(&Column::Integer(7)), Some(7));
        assert_eq!(f64::from_column(&Column::Real(0.5)), Some(0.5));
        assert_eq!(String::from_column(&Column::Text("a")), Some("a".to_owned()));
        assert_eq!(Vec::from_column(&Column::Bytes(b"a")), Some(b"a".to_vec()));
        assert_eq!(bool::from_column(&Column::Integer(1)), Some(true));
    }

    #[test]
    fn null_is_an_option_and_nothing_else() {
        assert_eq!(Option::<i64>::from_column(&Column::Null), Some(None));
        assert_eq!(i64::from_column(&Column::Null), None);
        assert_eq!(Option::<i64>::from_column(&Column::Text("7")), None);
        assert_eq!(bool::from_column(&Column::Integer(2)), None);
    }
}
