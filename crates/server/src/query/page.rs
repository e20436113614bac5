//! What is asked of a list, and what it answers.

use super::filter::Filter;
use super::model::{Field, Kind, Model};
use super::period::{Calendar, Period};
use super::problem::QueryProblem;
use super::value::Zone;
use frontdesk_domain::Millis;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Rows of a page, unless told.
const PAGE: i64 = 50;
/// The most rows of a page.
const PAGE_MAX: i64 = 200;

/// Which rows of a model, or which groups of them.
#[derive(Deserialize, ToSchema)]
#[schema(as = ListRequest)]
pub struct Request {
    /// The filter, in prefix notation: `["|", ["channel", "=", 1], ["open", "=", true]]`. Empty: all rows.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub filter: Vec<Value>,
    /// Groups instead of rows: a field, for moments with `:hour`, `:day`, `:week` or `:month`.
    pub group_by: Option<String>,
    /// The order of rows; the newest first unless told.
    pub sort: Option<Sort>,
    /// Fields of each row; all unless told. The id is always there.
    pub columns: Option<Vec<String>>,
    /// `next` of the page before.
    pub cursor: Option<String>,
    /// At most so many rows, 1 to 200; 50 unless told.
    pub limit: Option<i64>,
    /// Where days begin; UTC unless told.
    pub time_zone: Option<String>,
    /// With which day weeks begin: 1 Monday (unless told) to 7 Sunday.
    pub first_weekday: Option<i8>,
}

/// An order of rows.
#[derive(Deserialize, ToSchema)]
#[schema(as = ListSort)]
pub struct Sort {
    /// By this field.
    pub field: String,
    /// The highest first.
    #[serde(default)]
    pub descending: bool,
}

/// A page of a list.
#[derive(Default, Serialize, ToSchema)]
pub struct ListPage {
    /// The rows, by name of field.
    pub rows: Vec<BTreeMap<&'static str, Cell>>,
    /// The groups, where groups were asked for: the largest first, of moments the newest.
    pub groups: Vec<Group>,
    /// There are more groups than a page has.
    pub more_groups: bool,
    /// `cursor` of the next page.
    #[schema(required)]
    pub next: Option<String>,
    /// How many rows the filter lets through.
    pub total: Total,
}

/// A number of rows.
#[derive(Default, Serialize, ToSchema)]
#[schema(as = ListTotal)]
pub struct Total {
    /// So many.
    pub count: i64,
    /// Or more: counting stops there.
    pub more: bool,
}

/// Rows that have something in common.
#[derive(Serialize, ToSchema)]
#[schema(as = ListGroup)]
pub struct Group {
    /// What; of moments, the period's first.
    pub value: Cell,
    /// How many rows.
    pub count: i64,
    /// The terms which, added to the filter, leave the rows of this group.
    #[schema(value_type = Vec<Object>)]
    pub filter: Vec<Value>,
}

/// What a row has in a field.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = ListCell)]
pub enum Cell {
    /// Nothing.
    None,
    /// Yes or no.
    Flag(bool),
    /// A number without a fraction.
    Integer(i64),
    /// A number.
    Real(f64),
    /// A text; a moment as RFC 3339.
    Text(String),
    /// Another row.
    Reference {
        /// Which.
        id: i64,
        /// What it is called, where it has a name.
        #[schema(required)]
        name: Option<String>,
    },
}

/// A request that was understood.
pub struct Plan {
    pub model: &'static Model,
    pub asker: i64,
    pub filter: Filter,
    pub group: Option<(&'static Field, Option<Period>)>,
    pub sort: &'static Field,
    pub descending: bool,
    pub columns: Vec<&'static Field>,
    /// The sort value and the id of the last row of the page before.
    pub after: Option<(i64, i64)>,
    pub limit: i64,
    pub calendar: Calendar,
}

impl Plan {
    pub fn new(
        model: &'static Model,
        asker: i64,
        request: &Request,
        now: Millis,
    ) -> Result<Self, QueryProblem> {
        let calendar = calendar(request, now)?;
        let sort = request.sort.as_ref();
        let field = model.field(sort.map_or(model.newest_by, |sort| &sort.field))?;
        if field.sort.is_none() {
            return Err(QueryProblem::NotSortable(field.name));
        }
        Ok(Self {
            model,
            asker,
            filter: Filter::parse(model, &request.filter, &calendar.zone)?,
            group: request.group_by.as_ref().map(|name| group(model, name)).transpose()?,
            sort: field,
            descending: sort.is_none_or(|sort| sort.descending),
            columns: columns(model, request.columns.as_deref())?,
            after: request.cursor.as_ref().map(|it| cursor(it)).transpose()?,
            limit: limit(request.limit)?,
            calendar,
        })
    }
}

fn calendar(request: &Request, now: Millis) -> Result<Calendar, QueryProblem> {
    let zone = match &request.time_zone {
        Some(name) => Zone::get(name).map_err(|_| QueryProblem::UnknownTimeZone)?,
        None => Zone::UTC,
    };
    let first = request.first_weekday.map(Weekday::from_monday_one_offset);
    let first = first.transpose().ok().flatten().unwrap_or(Weekday::Monday);
    Ok(Calendar::new(zone, first, now))
}

fn group(
    model: &'static Model,
    name: &str,
) -> Result<(&'static Field, Option<Period>), QueryProblem> {
    let (field_name, period) = match name.split_once(':') {
        Some((field, period)) => (field, Some(period)),
        None => (name, None),
    };
    let field = model.field(field_name)?;
    let period = period.map(Period::parse);
    let refused = || Err(QueryProblem::NotGroupable(name.chars().take(60).collect()));
    match (field.groups, field.kind == Kind::Moment, period) {
        (true, true, Some(Some(period))) => Ok((field, Some(period))),
        (true, true, None) => Ok((field, Some(Period::Day))),
        (true, false, None) => Ok((field, None)),
        _ => refused(),
    }
}

fn columns(
    model: &'static Model,
    names: Option<&[String]>,
) -> Result<Vec<&'static Field>, QueryProblem> {
    let Some(names) = names else {
        return Ok(model.fields.iter().collect());
    };
    let mut columns = vec![&model.fields[0]];
    for name in names {
        let field = model.field(name)?;
        if !columns.iter().any(|it| it.name == field.name) {
            columns.push(field);
        }
    }
    Ok(columns)
}

fn cursor(text: &str) -> Result<(i64, i64), QueryProblem> {
    let parts = text.split_once('.');
    let numbers = parts.and_then(|(value, id)| Some((value.parse().ok()?, id.parse().ok()?)));
    numbers.ok_or(QueryProblem::WrongCursor)
}

fn limit(limit: Option<i64>) -> Result<i64, QueryProblem> {
    let limit = limit.unwrap_or(PAGE);
    if !(1..=PAGE_MAX).contains(&limit) {
        return Err(QueryProblem::WrongLimit(PAGE_MAX));
    }
    Ok(limit)
}
