//! Runs a plan: rows or groups, and how many rows there are.

mod condition;
mod groups;
mod rows;

use super::filter::{Filter, Test};
use super::model::{Field, Kind, Model};
use super::page::{ListPage, Plan, Total};
use super::value::Scalar;
use crate::problem::Problem;
use condition::condition;
use frontdesk_db::{Engine, Error, Row, Tx, Value};
use sea_query::{
    Expr, JoinType, PostgresQueryBuilder, Query, SelectStatement, SqliteQueryBuilder,
    Value as SeaValue,
};

/// Counting stops here: a list shows "1,000+".
const TOTAL_MAX: u64 = 1000;
/// Names of a table whose rows are few.
const NAMES_MAX: u64 = 10_000;
/// Up to so many rows of a joined table are named by their ids, since among very many rows of the model those that
/// belong to them would be looked for one by one. What is more common is soon met.
const RARE_MAX: usize = 10_000;

/// Answers a plan from one snapshot.
pub fn run(tx: &mut Tx<'_>, engine: Engine, plan: &Plan) -> Result<ListPage, Problem> {
    let mut composer = Composer { tx, engine, model: plan.model };
    let filter = composer.resolved(&plan.filter)?;
    let scope = Scope { plan, filter };
    let total = composer.total(&scope)?;
    let page = match plan.group {
        Some((field, period)) => groups::groups(&mut composer, &scope, field, period)?,
        None => rows::rows(&mut composer, &scope)?,
    };
    Ok(ListPage { total, ..page })
}

/// The rows that a plan speaks of.
struct Scope<'a> {
    plan: &'a Plan,
    filter: Filter,
}

impl Scope<'_> {
    /// A selection from the table, and from those joined to it that filter and `fields` need.
    fn select(&self, fields: &[&'static Field]) -> SelectStatement {
        let model = self.plan.model;
        let mut select = Query::select();
        select.from_as(model.table, "it");
        let mut needed: Vec<&str> = fields.iter().filter_map(|field| field.join).collect();
        joins_of(&self.filter, &mut needed);
        for join in model.joins.iter().filter(|join| needed.contains(&join.table)) {
            select.join(JoinType::LeftJoin, join.table, Expr::cust(join.on));
        }
        select.and_where(condition(&self.filter, self.plan.asker, true));
        select
    }

    fn expression(&self, field: &'static Field) -> Expr {
        expression(field, self.plan.asker)
    }
}

/// A field's value; of a flag 1 or 0.
fn expression(field: &Field, asker: i64) -> Expr {
    let sql = for_asker(field.sql, asker);
    match field.kind {
        Kind::Flag => Expr::cust(format!("case when {sql} then 1 else 0 end")),
        // No index is used for this, so that SQLite does not begin with the joined table and sort all that belongs to it.
        _ if field.join.is_some() => Expr::cust(format!("coalesce({sql}, null)")),
        _ => Expr::cust(sql),
    }
}

fn for_asker(sql: &str, asker: i64) -> String {
    sql.replace("{asker}", &asker.to_string())
}

fn joins_of(filter: &Filter, joins: &mut Vec<&str>) {
    match filter {
        Filter::All(terms) | Filter::Any(terms) => {
            terms.iter().for_each(|term| joins_of(term, joins));
        }
        Filter::Not(term) => joins_of(term, joins),
        Filter::Field(field, _) => joins.extend(field.join),
    }
}

/// Composes statements in the engine's spelling and runs them.
struct Composer<'t, 'c> {
    tx: &'t mut Tx<'c>,
    engine: Engine,
    model: &'static Model,
}

impl Composer<'_, '_> {
    fn all<T>(
        &mut self,
        select: &SelectStatement,
        row: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let (text, values) = match self.engine {
            Engine::Sqlite => select.build(SqliteQueryBuilder),
            Engine::Postgres => select.build(PostgresQueryBuilder),
        };
        let params: Vec<Value<'_>> = values.iter().map(parameter).collect();
        self.tx.all_composed(&text, &params, row)
    }

    fn total(&mut self, scope: &Scope<'_>) -> Result<Total, Error> {
        let mut found = scope.select(&[]);
        found.expr(Expr::cust("1 as found")).limit(TOTAL_MAX + 1);
        let mut select = Query::select();
        select.expr(Expr::cust("count(*)")).from_subquery(found, "found");
        let counts = self.all(&select, |row| row.get::<i64>(0))?;
        let (count, most) = (counts.first().copied().unwrap_or(0), TOTAL_MAX as i64);
        Ok(Total { count: count.min(most), more: count > most })
    }

    /// The same filter, with rows that are looked for by name replaced by their ids. Names are compared here,
    /// since the databases do not agree on upper and lower case.
    fn resolved(&mut self, filter: &Filter) -> Result<Filter, Error> {
        Ok(match filter {
            Filter::All(terms) => Filter::All(self.all_resolved(terms)?),
            Filter::Any(terms) => Filter::Any(self.all_resolved(terms)?),
            Filter::Not(term) => Filter::Not(Box::new(self.resolved(term)?)),
            Filter::Field(field, Test::Contains { text, exact }) => match field.kind {
                Kind::Reference(reference) => {
                    let ids = self.ids_named(reference.table, text, *exact)?;
                    Filter::Field(field, Test::In(ids))
                }
                _ => filter.clone(),
            },
            Filter::Field(field, Test::In(values)) => {
                self.named_by_ids(field, values)?.unwrap_or_else(|| filter.clone())
            }
            Filter::Field(..) => filter.clone(),
        })
    }

    /// The rows that a joined table is asked for, where they are rare.
    fn named_by_ids(
        &mut self,
        field: &'static Field,
        values: &[Scalar],
    ) -> Result<Option<Filter>, Error> {
        let join = self.model.joins.iter().find(|join| Some(join.table) == field.join);
        let Some((join, key)) =
            join.and_then(|join| Some((join, self.model.field(join.key).ok()?)))
        else {
            return Ok(None);
        };
        let mut select = Query::select();
        select.expr(Expr::cust("id")).from(join.table).limit(RARE_MAX as u64 + 1);
        select.and_where(condition::among(Expr::cust(field.sql), values, true));
        let ids = self.all(&select, |row| row.get(0).map(Scalar::Integer))?;
        let is_rare = ids.len() <= RARE_MAX;
        Ok(is_rare.then_some(Filter::Field(key, Test::In(ids))))
    }

    fn all_resolved(&mut self, terms: &[Filter]) -> Result<Vec<Filter>, Error> {
        terms.iter().map(|term| self.resolved(term)).collect()
    }

    fn ids_named(
        &mut self,
        table: &'static str,
        text: &str,
        exact: bool,
    ) -> Result<Vec<Scalar>, Error> {
        let case = |text: &str| if exact { text.to_owned() } else { text.to_lowercase() };
        let sought = case(text);
        let mut select = Query::select();
        select.expr(Expr::cust("id")).expr(Expr::cust("name")).from(table).limit(NAMES_MAX);
        let named = |row: &Row<'_>| Ok((row.get(0)?, row.get::<Option<String>>(1)?));
        let names = self.all(&select, named)?.into_iter();
        let found =
            names.filter(|(_, name)| name.as_ref().is_some_and(|it| case(it).contains(&sought)));
        Ok(found.map(|(id, _)| Scalar::Integer(id)).collect())
    }
}

fn parameter(value: &SeaValue) -> Value<'_> {
    match value {
        SeaValue::BigInt(Some(number)) => Value::Integer(*number),
        SeaValue::BigUnsigned(Some(number)) => {
            Value::Integer(i64::try_from(*number).unwrap_or(i64::MAX))
        }
        SeaValue::Double(Some(number)) => Value::Real(*number),
        SeaValue::String(Some(text)) => Value::Text(text),
        _ => Value::Null,
    }
}

/// The name that a field's referenced row is selected under.
fn alias(field: &Field) -> String {
    format!("named_{}", field.name)
}
