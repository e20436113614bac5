//! Reading a filter: prefix notation, terms beside each other must all hold.

use super::model::{Field, Kind, Model};
use super::problem::QueryProblem;
use super::value::{Scalar, Zone, scalar, text};
use serde_json::Value;

/// The most terms and operators; it bounds the depth too.
pub const TERMS_MAX: usize = 200;
/// The most values of a list.
pub const VALUES_MAX: usize = 500;

/// Which rows.
#[derive(Clone, Debug)]
pub enum Filter {
    /// Those for which all of these hold.
    All(Vec<Self>),
    /// Those for which one of these holds.
    Any(Vec<Self>),
    /// Those for which this does not hold.
    Not(Box<Self>),
    /// Those whose field passes this test.
    Field(&'static Field, Test),
}

/// What a field is tested for. A missing value passes only `None`.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// It is missing.
    None,
    /// It is one of these.
    In(Vec<Scalar>),
    /// It is on this side of a value.
    Compares(Side, Scalar),
    /// It holds this text.
    Contains {
        /// What is looked for.
        text: String,
        /// Upper and lower case differ.
        exact: bool,
    },
}

/// A side of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `<`
    Below,
    /// `<=`
    UpTo,
    /// `>`
    Above,
    /// `>=`
    From,
}

impl Filter {
    /// Reads a filter for a model; moments without a zone are in `zone`.
    pub fn parse(
        model: &'static Model,
        items: &[Value],
        zone: &Zone,
    ) -> Result<Self, QueryProblem> {
        if items.len() > TERMS_MAX {
            return Err(QueryProblem::TooLarge(TERMS_MAX, VALUES_MAX));
        }
        let mut reader = Reader { model, items, zone, at: 0 };
        let mut terms = Vec::new();
        while reader.at < items.len() {
            terms.push(reader.term()?);
        }
        Ok(Self::All(terms))
    }
}

struct Reader<'a> {
    model: &'static Model,
    items: &'a [Value],
    zone: &'a Zone,
    at: usize,
}

impl Reader<'_> {
    fn term(&mut self) -> Result<Filter, QueryProblem> {
        let at = self.at;
        self.at += 1;
        match &self.items[at] {
            Value::String(operator) => match operator.as_str() {
                "&" => Ok(Filter::All(vec![self.operand("&")?, self.operand("&")?])),
                "|" => Ok(Filter::Any(vec![self.operand("|")?, self.operand("|")?])),
                "!" => Ok(Filter::Not(Box::new(self.operand("!")?))),
                _ => Err(QueryProblem::At(at, Box::new(QueryProblem::NotATerm))),
            },
            Value::Array(parts) => {
                self.condition(parts).map_err(|problem| QueryProblem::At(at, Box::new(problem)))
            }
            _ => Err(QueryProblem::At(at, Box::new(QueryProblem::NotATerm))),
        }
    }

    fn operand(&mut self, operator: &'static str) -> Result<Filter, QueryProblem> {
        if self.at == self.items.len() {
            return Err(QueryProblem::MissingTerm(operator));
        }
        self.term()
    }

    fn condition(&self, parts: &[Value]) -> Result<Filter, QueryProblem> {
        let [Value::String(name), Value::String(operator), value] = parts else {
            return Err(QueryProblem::NotATerm);
        };
        let field = self.model.field(name)?;
        let is = |test| Filter::Field(field, test);
        let not = |test| Filter::Not(Box::new(Filter::Field(field, test)));
        match operator.as_str() {
            "=" => Ok(is(self.equals(field, value)?)),
            "!=" => Ok(not(self.equals(field, value)?)),
            "=?" if is_missing(field, value) => Ok(Filter::All(Vec::new())),
            "=?" => Ok(is(self.equals(field, value)?)),
            "in" => self.one_of(field, value),
            "not in" => Ok(Filter::Not(Box::new(self.one_of(field, value)?))),
            "<" => Ok(is(self.compares(field, Side::Below, value)?)),
            "<=" => Ok(is(self.compares(field, Side::UpTo, value)?)),
            ">" => Ok(is(self.compares(field, Side::Above, value)?)),
            ">=" => Ok(is(self.compares(field, Side::From, value)?)),
            "like" if may_hold(field.kind, true) => Ok(is(contains(field, value, true)?)),
            "ilike" if may_hold(field.kind, false) => Ok(is(contains(field, value, false)?)),
            _ => Err(wrong_operator(field, operator)),
        }
    }

    fn equals(&self, field: &'static Field, value: &Value) -> Result<Test, QueryProblem> {
        if is_missing(field, value) {
            return Ok(Test::None);
        }
        Ok(Test::In(vec![scalar(field, value, self.zone)?]))
    }

    fn one_of(&self, field: &'static Field, value: &Value) -> Result<Filter, QueryProblem> {
        let Value::Array(values) = value else {
            let expected = "a list of values".to_owned();
            return Err(QueryProblem::WrongValue { field: field.name, expected });
        };
        if values.len() > VALUES_MAX {
            return Err(QueryProblem::TooLarge(TERMS_MAX, VALUES_MAX));
        }
        let (missing, there): (Vec<_>, Vec<_>) =
            values.iter().partition(|value| is_missing(field, value));
        let scalars: Result<Vec<_>, _> =
            there.into_iter().map(|value| scalar(field, value, self.zone)).collect();
        let among = Filter::Field(field, Test::In(scalars?));
        if missing.is_empty() {
            return Ok(among);
        }
        Ok(Filter::Any(vec![Filter::Field(field, Test::None), among]))
    }

    fn compares(
        &self,
        field: &'static Field,
        side: Side,
        value: &Value,
    ) -> Result<Test, QueryProblem> {
        if !matches!(field.kind, Kind::Integer | Kind::Real | Kind::Moment) {
            return Err(wrong_operator(field, side.sign()));
        }
        Ok(Test::Compares(side, scalar(field, value, self.zone)?))
    }
}

impl Side {
    const fn sign(self) -> &'static str {
        match self {
            Self::Below => "<",
            Self::UpTo => "<=",
            Self::Above => ">",
            Self::From => ">=",
        }
    }
}

fn contains(field: &'static Field, value: &Value, exact: bool) -> Result<Test, QueryProblem> {
    Ok(Test::Contains { text: text(field, value)?, exact })
}

/// Whether a text can be looked for. A normalised column has forgotten upper and lower case.
const fn may_hold(kind: Kind, exact: bool) -> bool {
    match kind {
        Kind::Text { .. } => !exact,
        Kind::Reference(reference) => reference.by_name,
        _ => false,
    }
}

/// `null`, or `false` where the field is not itself a yes or no.
fn is_missing(field: &Field, value: &Value) -> bool {
    value.is_null() || (*value == Value::Bool(false) && field.kind != Kind::Flag)
}

fn wrong_operator(field: &'static Field, operator: &str) -> QueryProblem {
    let operator = operator.chars().take(20).collect();
    QueryProblem::WrongOperator { field: field.name, operator }
}
