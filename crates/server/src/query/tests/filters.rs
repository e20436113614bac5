//! Reading filters: what is right is read, what is wrong is told with its place, and nothing panics.

use super::super::filter::{Filter, TERMS_MAX};
use super::super::page::Plan;
use super::super::value::Zone;
use super::super::{Kind, Model, Request, store};
use super::rows::{ASKER, MODEL, plant};
use crate::query::Field;
use frontdesk_domain::Millis;
use frontdesk_test_support::TestApp;
use proptest::prelude::*;
use serde_json::{Value, json};

static TEXTS: Model = Model {
    name: "operators",
    table: "operator",
    joins: &[],
    fields: &[
        Field::new("id", Kind::Integer, "it.id").sorted_by("it.id"),
        Field::new("email", Kind::Text { key: "it.email_key" }, "it.email"),
        Field::new("half", Kind::Real, "cast(it.id as double precision) / 2"),
    ],
    newest_by: "id",
};

fn problem(filter: Value) -> String {
    let items: Vec<Value> = serde_json::from_value(filter).expect("a list");
    let refused = Filter::parse(MODEL, &items, &Zone::UTC).expect_err("it is wrong");
    refused.to_string()
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (filter, told) in [
        (
            json!([["id", "=", 1], "or"]),
            "filter[1]: expected \"&\", \"|\", \"!\" or [field, operator, value]",
        ),
        (
            json!([["id", "="]]),
            "filter[0]: expected \"&\", \"|\", \"!\" or [field, operator, value]",
        ),
        (json!(["|", ["id", "=", 1]]), "the filter ends where `|` needs another term"),
        (json!([["secret", "=", 1]]), "filter[0]: there is no field `secret`"),
        (
            json!([["id); drop table event", "=", 1]]),
            "filter[0]: there is no field `id); drop table event`",
        ),
        (json!(["!", ["status", "ilike", "x"]]), "filter[1]: `status` has no operator `ilike`"),
        (json!([["id", "child_of", 1]]), "filter[0]: `id` has no operator `child_of`"),
        (json!([["channel", "<", 1]]), "filter[0]: `channel` has no operator `<`"),
        (json!([["id", "=", "1"]]), "filter[0]: `id` is compared with a whole number"),
        (json!([["id", "in", 1]]), "filter[0]: `id` is compared with a list of values"),
        (json!([["open", "=", 1]]), "filter[0]: `open` is compared with true or false"),
        (
            json!([["created_at", ">", "soon"]]),
            "filter[0]: `created_at` is compared with a moment such as 2026-11-20T10:00:00Z, or a day",
        ),
        (
            json!([["status", "=", "x"]]),
            "filter[0]: `status` is compared with one of in_progress, waiting_for_customer, looking_for_help, ended",
        ),
        (
            json!([["country", "=", "\0"]]),
            "filter[0]: `country` is compared with a text of at most 200 characters",
        ),
    ] {
        assert_eq!(problem(filter), told);
    }
}

#[test]
fn a_filter_has_an_end() {
    let deep: Vec<Value> = vec![json!("!"); TERMS_MAX - 1];
    let right = [deep.clone(), vec![json!(["id", "=", 1])]].concat();
    assert!(Filter::parse(MODEL, &right, &Zone::UTC).is_ok());
    let longer = [right, vec![json!(["id", "=", 1])]].concat();
    assert!(problem(json!(longer)).starts_with("a filter has at most"));
    let many: Vec<i64> = (0..501).collect();
    assert!(problem(json!([["id", "in", many]])).contains("at most 500 values"));
}

fn json_values() -> impl Strategy<Value = Value> {
    let words = proptest::sample::select(vec![
        "&",
        "|",
        "!",
        "id",
        "open",
        "created_at",
        "operator",
        "=",
        "in",
        "<",
        "ilike",
        "=?",
        "",
    ]);
    let leaves = prop_oneof![
        words.prop_map(|it| json!(it)),
        any::<i64>().prop_map(|it| json!(it)),
        any::<f64>().prop_map(|it| json!(it)),
        any::<bool>().prop_map(|it| json!(it)),
        ".*".prop_map(|it| json!(it)),
        Just(Value::Null),
    ];
    leaves.prop_recursive(3, 24, 4, |inner| {
        proptest::collection::vec(inner, 0..4).prop_map(Value::Array)
    })
}

proptest! {
    #[test]
    fn nothing_that_is_sent_makes_reading_panic(items in proptest::collection::vec(json_values(), 0..12)) {
        let _ = Filter::parse(MODEL, &items, &Zone::UTC);
    }
}

async fn ids(app: &TestApp, model: &'static Model, request: Value) -> Vec<Value> {
    let request: Request = serde_json::from_value(request).expect("a request");
    let plan = Plan::new(model, ASKER, &request, Millis(0)).expect("the request is right");
    let engine = app.db().engine();
    let page = app.db().read(move |tx| store::run(tx, engine, &plan)).await.expect("it runs");
    let page = json!(page);
    page["rows"].as_array().expect("rows").iter().map(|row| row["id"].clone()).collect()
}

#[tokio::test]
async fn text_is_found_whatever_its_case_and_signs_mean_themselves() {
    let app = TestApp::start().await;
    let kept = [
        "ana@straße.example",
        "100%_sure@example.com",
        "100xysure@example.com",
        "öl\\x@example.com",
    ];
    let plant = move |tx: &mut frontdesk_db::Tx<'_>| {
        for email in kept {
            super::rows::add_operator(tx, email)?;
        }
        Ok::<_, frontdesk_db::Error>(())
    };
    app.db().write(plant).await.expect("planted");
    for (text, found) in [
        ("STRASSE", vec![]),
        ("STRAßE", vec![1]),
        ("0%_S", vec![2]),
        ("ÖL\\X", vec![4]),
        ("", vec![4, 3, 2, 1]),
    ] {
        let request = json!({"filter": [["email", "ilike", text]]});
        assert_eq!(json!(ids(&app, &TEXTS, request).await), json!(found), "{text}");
    }
    let not = json!({"filter": ["!", ["email", "ilike", "EXAMPLE.COM"]]});
    assert_eq!(ids(&app, &TEXTS, not).await, [json!(1)]);
    let half = json!({"filter": [["half", ">", 0.5], ["half", "<=", 1.5]]});
    assert_eq!(ids(&app, &TEXTS, half).await, [json!(3), json!(2)]);
}

#[tokio::test]
async fn channels_and_operators_are_found_by_name() {
    let app = TestApp::start().await;
    let rows = plant(&app).await;
    for (condition, channel) in [
        (json!(["channel", "ilike", "straße 100%"]), 2),
        (json!(["channel", "ilike", "ñandú_"]), 3),
        (json!(["channel", "like", "ÑANDÚ"]), 3),
    ] {
        let expected = rows.iter().filter(|row| row["channel"] == channel).count();
        let found = ids(&app, MODEL, json!({"filter": [condition], "limit": 200})).await;
        assert_eq!(found.len(), expected, "{condition}");
    }
    let wrong_case = json!({"filter": [["channel", "like", "ñandú"]]});
    assert!(ids(&app, MODEL, wrong_case).await.is_empty());
}
