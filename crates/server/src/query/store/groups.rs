//! Groups of rows, each with the terms that leave only its rows.

use super::super::model::{Field, Kind, Reference};
use super::super::page::{Cell, Group, ListPage};
use super::super::period::{Calendar, Period};
use super::{Composer, Scope};
use frontdesk_db::{Error, Row};
use jiff::Timestamp;
use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use serde_json::json;
use std::collections::HashMap;

/// The most groups of a page.
const GROUPS_MAX: usize = 200;

/// The groups of a field.
pub fn groups(
    composer: &mut Composer<'_, '_>,
    scope: &Scope<'_>,
    field: &'static Field,
    period: Option<Period>,
) -> Result<ListPage, Error> {
    let mut groups = match (period, field.kind) {
        (Some(period), _) => periods(composer, scope, field, period)?,
        (None, Kind::Reference(reference)) => references(composer, scope, field, reference)?,
        _ => values(composer, scope, field)?,
    };
    let more_groups = groups.len() > GROUPS_MAX;
    groups.truncate(GROUPS_MAX);
    Ok(ListPage { groups, more_groups, ..ListPage::default() })
}

/// Largest first.
fn counted(scope: &Scope<'_>, field: &'static Field) -> SelectStatement {
    let key = scope.expression(field);
    let mut select = scope.select(&[field]);
    select.expr(key.clone()).expr(Expr::cust("count(*)")).add_group_by([key.clone()]);
    select.order_by_expr(Expr::cust("count(*)"), Order::Desc).order_by_expr(key, Order::Asc);
    select.limit(GROUPS_MAX as u64 + 1);
    select
}

fn values(
    composer: &mut Composer<'_, '_>,
    scope: &Scope<'_>,
    field: &'static Field,
) -> Result<Vec<Group>, Error> {
    composer.all(&counted(scope, field), |row| {
        let value = match field.kind {
            Kind::Flag => Cell::Flag(row.get::<i64>(0)? == 1),
            Kind::Integer => row.get::<Option<i64>>(0)?.map_or(Cell::None, Cell::Integer),
            _ => row.get::<Option<String>>(0)?.map_or(Cell::None, Cell::Text),
        };
        let filter = vec![json!([field.name, "=", value])];
        Ok(Group { value, count: row.get(1)?, filter })
    })
}

fn references(
    composer: &mut Composer<'_, '_>,
    scope: &Scope<'_>,
    field: &'static Field,
    reference: Reference,
) -> Result<Vec<Group>, Error> {
    let found = composer.all(&counted(scope, field), step)?;
    let mut select = Query::select();
    let ids = found.iter().filter_map(|(id, _)| *id);
    select.expr(Expr::cust("id")).expr(Expr::cust("name")).from(reference.table);
    select.and_where(Expr::cust("id").is_in(ids));
    let named = |row: &Row<'_>| Ok((row.get::<i64>(0)?, row.get::<Option<String>>(1)?));
    let mut names: HashMap<_, _> = composer.all(&select, named)?.into_iter().collect();
    let group = |(id, count): (Option<i64>, i64)| Group {
        value: id
            .map_or(Cell::None, |id| Cell::Reference { id, name: names.remove(&id).flatten() }),
        count,
        filter: vec![json!([field.name, "=", id])],
    };
    Ok(found.into_iter().map(group).collect())
}

/// Newest first; those without a moment come last.
fn periods(
    composer: &mut Composer<'_, '_>,
    scope: &Scope<'_>,
    field: &'static Field,
    period: Period,
) -> Result<Vec<Group>, Error> {
    let calendar = &scope.plan.calendar;
    let key = Expr::cust(local_step(field.sql, calendar, period));
    let mut select = scope.select(&[field]);
    select.expr(key.clone()).expr(Expr::cust("count(*)")).add_group_by([key.clone()]);
    select.order_by_expr(Expr::cust("1"), Order::Desc);
    select.limit((GROUPS_MAX as u64 + 1) * period.steps() + 1);
    let steps = composer.all(&select, step)?;
    let mut groups: Vec<(Timestamp, Timestamp, i64)> = Vec::new();
    let mut without = 0;
    for (step, count) in steps {
        let Some((from, to)) = step.and_then(|step| calendar.bounds(period, step)) else {
            without += count;
            continue;
        };
        match groups.last_mut() {
            Some(last) if last.0 == from => last.2 += count,
            _ => groups.push((from, to, count)),
        }
    }
    let mut groups: Vec<Group> = groups.into_iter().map(|it| of_period(field, it)).collect();
    if without > 0 {
        let filter = vec![json!([field.name, "=", null])];
        groups.push(Group { value: Cell::None, count: without, filter });
    }
    Ok(groups)
}

fn of_period(field: &Field, (from, to, count): (Timestamp, Timestamp, i64)) -> Group {
    let (from, to) = (from.to_string(), to.to_string());
    let filter = vec![json!([field.name, ">=", from]), json!([field.name, "<", to])];
    Group { value: Cell::Text(from), count, filter }
}

/// The number of the hour or day on the asker's wall in which a moment lies.
fn local_step(sql: &str, calendar: &Calendar, period: Period) -> String {
    let step = period.step();
    let Some(((_, oldest), newer)) = calendar.offsets.split_last() else {
        return format!("{sql} / {step}");
    };
    if newer.is_empty() {
        return format!("({sql} + {oldest}) / {step}");
    }
    let cases: String = newer
        .iter()
        .map(|(since, offset)| format!("when {sql} >= {since} then {offset} "))
        .collect();
    format!("({sql} + case {cases}else {oldest} end) / {step}")
}

fn step(row: &Row<'_>) -> Result<(Option<i64>, i64), Error> {
    Ok((row.get(0)?, row.get(1)?))
}
