//! A filter as a condition. *Not* is carried down to the single tests, so that a missing value never makes a
//! condition unknown: each says itself what it means of one.

use super::super::filter::{Filter, Side, Test};
use super::super::model::{Field, Kind};
use super::super::value::Scalar;
use super::{expression, for_asker};
use sea_query::{Expr, ExprTrait, LikeExpr};

/// The condition under which the filter holds, or does not.
pub fn condition(filter: &Filter, asker: i64, holds: bool) -> Expr {
    match (filter, holds) {
        (Filter::All(terms), true) | (Filter::Any(terms), false) => all(terms, asker, holds),
        (Filter::All(terms), false) | (Filter::Any(terms), true) => any(terms, asker, holds),
        (Filter::Not(term), _) => condition(term, asker, !holds),
        (Filter::Field(field, test), _) => tested(field, test, asker, holds),
    }
}

fn all(terms: &[Filter], asker: i64, holds: bool) -> Expr {
    let conditions = terms.iter().map(|term| condition(term, asker, holds));
    conditions.reduce(ExprTrait::and).unwrap_or_else(always)
}

fn any(terms: &[Filter], asker: i64, holds: bool) -> Expr {
    let conditions = terms.iter().map(|term| condition(term, asker, holds));
    conditions.reduce(ExprTrait::or).unwrap_or_else(never)
}

fn tested(field: &'static Field, test: &Test, asker: i64, holds: bool) -> Expr {
    if let (Kind::Flag, Test::In(values)) = (field.kind, test) {
        return flagged(field, values, asker, holds);
    }
    let value = expression(field, asker);
    let passes = match test {
        Test::None if holds => return value.is_null(),
        Test::None => return value.is_not_null(),
        Test::In(values) => among(value.clone(), values, holds),
        Test::Compares(side, scalar) => on_side(value.clone(), *side, scalar, holds),
        Test::Contains { text, .. } => holding(field, text, holds),
    };
    // What is missing passes no test, so it passes the contrary of each.
    if field.nullable && !holds { passes.or(value.is_null()) } else { passes }
}

fn flagged(field: &Field, values: &[Scalar], asker: i64, holds: bool) -> Expr {
    let wanted = |flag: i64| values.contains(&Scalar::Integer(flag)) == holds;
    let sql = for_asker(field.sql, asker);
    match (wanted(1), wanted(0)) {
        (true, true) => always(),
        (true, false) => Expr::cust(format!("({sql})")),
        (false, true) => Expr::cust(format!("not ({sql})")),
        (false, false) => never(),
    }
}

/// Whether a value is one of these, or none of them.
pub fn among(value: Expr, values: &[Scalar], holds: bool) -> Expr {
    match (values, holds) {
        ([], true) => never(),
        ([], false) => always(),
        ([one], true) => value.eq(parameter(one)),
        ([one], false) => value.ne(parameter(one)),
        (several, true) => value.is_in(several.iter().map(parameter)),
        (several, false) => value.is_not_in(several.iter().map(parameter)),
    }
}

fn on_side(value: Expr, side: Side, scalar: &Scalar, holds: bool) -> Expr {
    let bound = parameter(scalar);
    match (side, holds) {
        (Side::Below, true) | (Side::From, false) => value.lt(bound),
        (Side::UpTo, true) | (Side::Above, false) => value.lte(bound),
        (Side::Above, true) | (Side::UpTo, false) => value.gt(bound),
        (Side::From, true) | (Side::Below, false) => value.gte(bound),
    }
}

fn holding(field: &Field, text: &str, holds: bool) -> Expr {
    let Kind::Text { key } = field.kind else {
        return never();
    };
    let mut pattern = String::from("%");
    for letter in text.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    let (key, like) = (Expr::cust(key), LikeExpr::new(pattern).escape('\\'));
    if holds { key.like(like) } else { key.not_like(like) }
}

fn parameter(scalar: &Scalar) -> Expr {
    match scalar {
        Scalar::Integer(number) => Expr::val(*number),
        Scalar::Real(number) => Expr::val(*number),
        Scalar::Text(text) => Expr::val(text.as_str()),
    }
}

fn always() -> Expr {
    Expr::cust("1 = 1")
}

fn never() -> Expr {
    Expr::cust("1 = 0")
}
