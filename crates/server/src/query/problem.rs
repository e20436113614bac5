//! Why a query was refused: told to whoever wrote it.

use crate::problem::Problem;

/// What is wrong with a query.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryProblem {
    /// A part of the filter, counted from 0.
    #[error("filter[{0}]: {1}")]
    At(usize, Box<Self>),
    /// Neither an operator nor a condition.
    #[error("expected \"&\", \"|\", \"!\" or [field, operator, value]")]
    NotATerm,
    /// An operator without enough terms behind it.
    #[error("the filter ends where `{0}` needs another term")]
    MissingTerm(&'static str),
    /// The model has no such field.
    #[error("there is no field `{0}`")]
    UnknownField(String),
    /// There is no such operator, or not for this field.
    #[error("`{field}` has no operator `{operator}`")]
    WrongOperator {
        /// The field.
        field: &'static str,
        /// What was written.
        operator: String,
    },
    /// The value does not fit the field.
    #[error("`{field}` is compared with {expected}")]
    WrongValue {
        /// The field.
        field: &'static str,
        /// What fits.
        expected: String,
    },
    /// Too many terms or values.
    #[error("a filter has at most {0} terms, and a list at most {1} values")]
    TooLarge(usize, usize),
    /// Rows cannot be sorted by this field.
    #[error("rows cannot be sorted by `{0}`")]
    NotSortable(&'static str),
    /// Rows cannot be grouped by this field, or not so.
    #[error("rows cannot be grouped by `{0}`")]
    NotGroupable(String),
    /// The cursor is of another list.
    #[error("cursor is the next of the same list")]
    WrongCursor,
    /// The number of rows is out of range.
    #[error("limit is a number from 1 to {0}")]
    WrongLimit(i64),
    /// The zone is not known.
    #[error("time_zone is a name of the IANA database, such as Europe/Madrid")]
    UnknownTimeZone,
}

impl From<QueryProblem> for Problem {
    fn from(problem: QueryProblem) -> Self {
        Self::QueryInvalid(problem)
    }
}
