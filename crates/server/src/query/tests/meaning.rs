//! Whatever filter is sent, the database finds the rows that a plain evaluation finds.

use super::super::page::Plan;
use super::super::{Cell, Request, store};
use super::rows::{ASKER, Expected, MODEL, plant};
use frontdesk_domain::Millis;
use frontdesk_test_support::TestApp;
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::cmp::Ordering;

const FILTERS: usize = 400;

#[tokio::test]
async fn the_databases_find_what_a_plain_evaluation_finds() {
    let app = TestApp::start().await;
    let rows = plant(&app).await;
    let mut runner = TestRunner::deterministic();
    for _ in 0..FILTERS {
        let filter = filters().new_tree(&mut runner).expect("a filter").current();
        let expected: Vec<i64> = rows
            .iter()
            .filter(|row| holds(&filter, row))
            .filter_map(|row| row["id"].as_i64())
            .collect();
        assert_eq!(found(&app, &filter).await, expected, "{}", json!(filter));
    }
}

async fn found(app: &TestApp, filter: &[Value]) -> Vec<i64> {
    let request = json!({"filter": filter, "columns": [], "limit": 200,
        "sort": {"field": "id", "descending": false}});
    let request: Request = serde_json::from_value(request).expect("a request");
    let plan = Plan::new(MODEL, ASKER, &request, Millis(0)).expect("the filter is right");
    let engine = app.db().engine();
    let page = app.db().read(move |tx| store::run(tx, engine, &plan)).await.expect("it runs");
    let id = |row: &std::collections::BTreeMap<&str, Cell>| match row["id"] {
        Cell::Integer(id) => id,
        _ => 0,
    };
    page.rows.iter().map(id).collect()
}

/// Prefix notation is read from its end: an operator takes what lies on top.
fn holds(filter: &[Value], row: &Expected) -> bool {
    let mut stack: Vec<bool> = Vec::new();
    for item in filter.iter().rev() {
        let result = match item.as_str() {
            None => passes(row, item),
            Some("!") => !stack.pop().expect("a term"),
            Some(operator) => {
                let (one, other) = (stack.pop().expect("a term"), stack.pop().expect("a term"));
                if operator == "&" { one && other } else { one || other }
            }
        };
        stack.push(result);
    }
    stack.into_iter().all(|it| it)
}

fn passes(row: &Expected, condition: &Value) -> bool {
    let has = &row[condition[0].as_str().expect("a field")];
    let wanted = &condition[2];
    let same = |wanted: &Value| compare(has, wanted) == Some(Ordering::Equal);
    let side = compare(has, wanted).filter(|_| !has.is_null());
    match condition[1].as_str().expect("an operator") {
        "=" => same(wanted),
        "!=" => !same(wanted),
        "=?" => wanted.is_null() || same(wanted),
        "in" => wanted.as_array().expect("a list").iter().any(same),
        "not in" => !wanted.as_array().expect("a list").iter().any(same),
        "<" => side == Some(Ordering::Less),
        "<=" => side.is_some_and(|it| it != Ordering::Greater),
        ">" => side == Some(Ordering::Greater),
        ">=" => side.is_some_and(|it| it != Ordering::Less),
        other => panic!("{other} is not generated"),
    }
}

fn compare(one: &Value, other: &Value) -> Option<Ordering> {
    match (moment(one), moment(other)) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        _ if one == other => Some(Ordering::Equal),
        _ => one.as_i64().zip(other.as_i64()).map(|(one, other)| one.cmp(&other)),
    }
}

fn moment(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

fn filters() -> impl Strategy<Value = Vec<Value>> {
    proptest::collection::vec(terms(), 0..4).prop_map(|terms| terms.concat())
}

fn terms() -> impl Strategy<Value = Vec<Value>> {
    conditions().prop_map(|it| vec![it]).prop_recursive(6, 32, 2, |inner| {
        let pair = (prop_oneof![Just("&"), Just("|")], inner.clone(), inner.clone());
        prop_oneof![
            inner.prop_map(|term| [vec![json!("!")], term].concat()),
            pair.prop_map(|(operator, one, other)| [vec![json!(operator)], one, other].concat()),
        ]
    })
}

fn conditions() -> impl Strategy<Value = Value> {
    let numbers = prop_oneof![Just("id"), Just("messages"), Just("duration"), Just("visitor")];
    let (moments, kept) = (prop_oneof![Just("created_at"), Just("ended_at")], words());
    prop_oneof![
        (numbers, 0..45_i64).prop_flat_map(|(field, number)| ordered(field, json!(number))),
        (moments, 0..120_i64).prop_flat_map(|(field, hours)| {
            let at = Timestamp::from_second(1_763_600_000 + hours * 3600).expect("a moment");
            ordered(field, json!(at.to_string()))
        }),
        (kept, proptest::collection::vec(any::<bool>(), 4)).prop_flat_map(
            |((field, all), taken)| {
                let some = all.iter().zip(taken).filter(|it| it.1).map(|it| it.0.clone());
                let (list, one) = (Value::Array(some.collect()), all[0].clone());
                prop_oneof![
                    Just(json!([field, "in", list])),
                    Just(json!([field, "not in", list])),
                    equal(field, one),
                ]
            }
        ),
    ]
}

/// A field with four of its values.
fn words() -> impl Strategy<Value = (&'static str, [Value; 4])> {
    prop_oneof![
        Just((
            "status",
            [json!("ended"), json!("in_progress"), json!("looking_for_help"), json!(null)]
        )),
        Just(("country", [json!("PT"), json!("DE"), json!(null), json!("' or 1=1 --")])),
        Just(("language", [json!(null), json!("de"), json!("DE"), json!("%")])),
        Just(("channel", [json!(1), json!(2), json!(3), json!(null)])),
        Just(("operator", [json!(null), json!(1), json!(2), json!(9)])),
        Just(("open", [json!(true), json!(false), json!(true), json!(true)])),
        Just(("member", [json!(false), json!(true), json!(true), json!(true)])),
    ]
}

fn ordered(field: &'static str, value: Value) -> impl Strategy<Value = Value> {
    // The number of a visitor is no measure.
    let signs: &[&str] = if field == "visitor" { &["="] } else { &["<", "<=", ">", ">=", "="] };
    let sign = proptest::sample::select(signs);
    prop_oneof![
        sign.prop_map({
            let value = value.clone();
            move |sign| json!([field, sign, value])
        }),
        equal(field, value)
    ]
}

fn equal(field: &'static str, value: Value) -> impl Strategy<Value = Value> {
    let value = prop_oneof![3 => Just(value.clone()), 1 => Just(missing_like(&value))];
    (prop_oneof![Just("="), Just("!="), Just("=?")], value)
        .prop_map(move |(operator, value)| json!([field, operator, value]))
}

/// Flags know no third value.
fn missing_like(value: &Value) -> Value {
    if value.is_boolean() { value.clone() } else { Value::Null }
}
