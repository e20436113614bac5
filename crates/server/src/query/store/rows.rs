//! A page of rows, in the order of a key: however far one goes, the next page costs the same.

use super::super::model::{Field, Kind};
use super::super::page::{Cell, ListPage};
use super::{Composer, Scope, alias, for_asker};
use crate::clock::rfc3339;
use frontdesk_db::{Error, Row};
use frontdesk_domain::Millis;
use sea_query::{Alias, Expr, ExprTrait, JoinType, Order, SelectStatement};
use std::collections::BTreeMap;

/// The rows after the cursor.
pub fn rows(composer: &mut Composer<'_, '_>, scope: &Scope<'_>) -> Result<ListPage, Error> {
    let select = selection(scope);
    let columns = &scope.plan.columns;
    let mut found = composer.all(&select, |row| {
        Ok((format!("{}.{}", row.get::<i64>(0)?, row.get::<i64>(1)?), cells(columns, row)?))
    })?;
    let wanted = usize::try_from(scope.plan.limit).unwrap_or(usize::MAX);
    let more = found.len() > wanted;
    found.truncate(wanted);
    let next = found.last().filter(|_| more).map(|(cursor, _)| cursor.clone());
    let rows = found.into_iter().map(|(_, row)| row).collect();
    Ok(ListPage { rows, next, ..ListPage::default() })
}

fn selection(scope: &Scope<'_>) -> SelectStatement {
    let plan = scope.plan;
    let mut select = scope.select(&plan.columns);
    let (key, id) = (Expr::cust(plan.sort.sort.unwrap_or("it.id")), Expr::cust("it.id"));
    select.expr(key.clone()).expr(id.clone());
    for field in &plan.columns {
        select.expr(scope.expression(field));
        if let Kind::Reference(reference) = field.kind {
            let (alias, sql) = (alias(field), for_asker(field.sql, plan.asker));
            let on = Expr::cust(format!("{alias}.id = {sql}"));
            select.join_as(JoinType::LeftJoin, reference.table, Alias::new(&alias), on);
            select.expr(Expr::cust(format!("{alias}.name")));
        }
    }
    if let Some((value, last)) = plan.after {
        let place = Expr::tuple([key.clone(), id.clone()]);
        let after = Expr::tuple([Expr::val(value), Expr::val(last)]);
        select.and_where(if plan.descending { place.lt(after) } else { place.gt(after) });
    }
    let order = if plan.descending { Order::Desc } else { Order::Asc };
    select.order_by_expr(key, order.clone()).order_by_expr(id, order);
    select.limit(plan.limit.unsigned_abs() + 1);
    select
}

fn cells(columns: &[&'static Field], row: &Row<'_>) -> Result<BTreeMap<&'static str, Cell>, Error> {
    let mut cells = BTreeMap::new();
    // The sort key and the id come first.
    let mut at = 2;
    for field in columns {
        cells.insert(field.name, cell(field, row, at)?);
        at += if matches!(field.kind, Kind::Reference(_)) { 2 } else { 1 };
    }
    Ok(cells)
}

/// What stands at this place of a row, and for a reference at the next one.
fn cell(field: &Field, row: &Row<'_>, at: usize) -> Result<Cell, Error> {
    let found = match field.kind {
        Kind::Real => row.get::<Option<f64>>(at)?.map(Cell::Real),
        Kind::Choice(_) | Kind::Word | Kind::Text { .. } => {
            row.get::<Option<String>>(at)?.map(Cell::Text)
        }
        Kind::Integer => row.get::<Option<i64>>(at)?.map(Cell::Integer),
        Kind::Flag => row.get::<Option<i64>>(at)?.map(|flag| Cell::Flag(flag == 1)),
        Kind::Moment => row.get::<Option<i64>>(at)?.map(|at| Cell::Text(rfc3339(Millis(at)))),
        Kind::Reference(_) => match row.get::<Option<i64>>(at)? {
            Some(id) => Some(Cell::Reference { id, name: row.get(at + 1)? }),
            None => None,
        },
    };
    Ok(found.unwrap_or(Cell::None))
}
