//! All conversations: found, sorted, grouped and paged (D16, M7).

use frontdesk_test_support::{Operator, TestApp, Value, Visitor, json};
use std::time::Duration;

const SEARCH: &str = "/lists/conversations/search";

async fn search(operator: &Operator, request: Value) -> Value {
    operator.post(SEARCH, &request).await.expect_status(200).json()
}

/// Five conversations with an hour between them; the first two have ended.
async fn five(app: &TestApp) -> (Operator, Vec<Visitor>) {
    let maren = app.operator("Maren").await;
    let mut visitors = Vec::new();
    for _ in 0..5 {
        let _console = maren.connect().await;
        let visitor = app.visitor().await;
        visitor.starts("Hello").await.expect_status(201);
        visitors.push(visitor);
        app.clock.advance(Duration::from_secs(3600));
    }
    for visitor in &visitors[..2] {
        visitor.ends().await.expect_status(200);
    }
    (maren, visitors)
}

fn numbers(page: &Value) -> Vec<i64> {
    let rows = page["rows"].as_array().expect("rows");
    rows.iter().filter_map(|row| row["id"].as_i64()).collect()
}

#[tokio::test]
async fn a_row_tells_what_a_conversation_is() {
    let app = TestApp::start().await;
    let (maren, visitors) = five(&app).await;
    visitors[4].says("Anybody?").await.expect_status(201);
    let page = search(&maren, json!({"limit": 1})).await;
    let row = &page["rows"][0];
    assert_eq!((&row["id"], &row["messages"]), (&json!(5), &json!(2)));
    assert_eq!((&row["status"], &row["open"]), (&json!("in_progress"), &json!(true)));
    assert_eq!(row["operator"], json!({"id": maren.id, "name": "Maren"}));
    assert_eq!(row["visitor"], json!({"id": 5, "name": null}));
    assert_eq!((&row["language"], &row["country"]), (&json!("de-CH"), &json!(null)));
    assert_eq!((&row["duration"], &row["ended_at"]), (&json!(null), &json!(null)));
    assert_eq!(
        (&row["created_at"], &row["member"]),
        (&json!("2025-11-20T04:53:20.000Z"), &json!(true))
    );
    assert_eq!(page["total"], json!({"count": 5, "more": false}));
    let first = json!({"filter": [["id", "=", 1]], "columns": ["duration", "status"]});
    let first = search(&maren, first).await;
    assert_eq!(first["rows"][0], json!({"id": 1, "duration": 5 * 3_600_000, "status": "ended"}));
}

#[tokio::test]
async fn pages_follow_each_other_in_every_order_without_a_gap() {
    let app = TestApp::start().await;
    let (maren, _visitors) = five(&app).await;
    for (field, descending, expected) in [
        ("created_at", true, [5, 4, 3, 2, 1]),
        ("created_at", false, [1, 2, 3, 4, 5]),
        ("duration", true, [1, 2, 5, 4, 3]),
        ("duration", false, [3, 4, 5, 2, 1]),
    ] {
        let mut found = Vec::new();
        let mut cursor = json!(null);
        loop {
            let sort = json!({"field": field, "descending": descending});
            let page = search(&maren, json!({"sort": sort, "limit": 2, "cursor": cursor})).await;
            found.extend(numbers(&page));
            cursor = page["next"].clone();
            if cursor.is_null() {
                break;
            }
        }
        assert_eq!(found, expected, "{field} {descending}");
    }
}

#[tokio::test]
async fn groups_count_their_rows_and_their_terms_leave_only_them() {
    let app = TestApp::start().await;
    let (maren, visitors) = five(&app).await;
    maren.leaves(5).await.expect_status(200);
    visitors[2].ends().await.expect_status(200);
    for (group_by, counts) in [
        ("operator", vec![4, 1]),
        ("channel", vec![5]),
        ("status", vec![3, 1, 1]),
        ("created_at:hour", vec![1, 1, 1, 1, 1]),
        ("created_at:day", vec![5]),
        ("created_at:month", vec![5]),
        ("created_at:week", vec![5]),
    ] {
        let zone = "America/New_York";
        let page = search(&maren, json!({"group_by": group_by, "time_zone": zone})).await;
        let groups = page["groups"].as_array().expect("groups");
        let found: Vec<_> = groups.iter().filter_map(|it| it["count"].as_i64()).collect();
        assert_eq!(found, counts, "{group_by}: {page}");
        for group in groups {
            let inside = search(&maren, json!({"filter": group["filter"]})).await;
            assert_eq!(json!(numbers(&inside).len()), group["count"], "{group_by}: {group}");
        }
    }
    let page = search(&maren, json!({"group_by": "operator"})).await;
    assert_eq!(page["groups"][0]["value"], json!({"id": maren.id, "name": "Maren"}));
    assert_eq!(page["groups"][1]["value"], json!(null));
}

#[tokio::test]
async fn a_day_begins_at_midnight_where_the_operator_is() {
    let app = TestApp::start().await;
    let (maren, _visitors) = five(&app).await;
    // From 00:53 to 04:53 in UTC: the first hours are the day before in Lima.
    let days = async |zone: &str| {
        let page = search(&maren, json!({"group_by": "created_at:day", "time_zone": zone})).await;
        let groups = page["groups"].as_array().expect("groups").clone();
        groups.into_iter().map(|it| (it["value"].clone(), it["count"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(days("UTC").await, [(json!("2025-11-20T00:00:00Z"), json!(5))]);
    assert_eq!(days("America/Lima").await, [(json!("2025-11-19T05:00:00Z"), json!(5))]);
    let pitcairn = days("Etc/GMT+2").await;
    assert_eq!(pitcairn[0], (json!("2025-11-20T02:00:00Z"), json!(3)));
    assert_eq!(pitcairn[1], (json!("2025-11-19T02:00:00Z"), json!(2)));
}

#[tokio::test]
async fn my_sessions_are_those_that_i_am_or_was_in() {
    let app = TestApp::start().await;
    let (maren, _visitors) = five(&app).await;
    let ada = app.operator("Ada").await;
    ada.joins(3).await.expect_status(200);
    ada.joins(4).await.expect_status(200);
    ada.leaves(4).await.expect_status(200);
    let mine = json!({"filter": [["member", "=", true]]});
    assert_eq!(numbers(&search(&ada, mine.clone()).await), [4, 3]);
    assert_eq!(numbers(&search(&maren, mine).await), [5, 4, 3, 2, 1]);
    assert_eq!(
        numbers(&search(&ada, json!({"filter": [["member", "=", false]]})).await),
        [5, 2, 1]
    );
}

#[tokio::test]
async fn what_is_asked_wrongly_is_refused_with_the_reason() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    for wrong in [
        json!({"filter": [["password_hash", "=", "x"]]}),
        json!({"filter": ["&"]}),
        json!({"sort": {"field": "country"}}),
        json!({"sort": {"field": "messages"}}),
        json!({"group_by": "visitor"}),
        json!({"group_by": "created_at:century"}),
        json!({"group_by": "channel:day"}),
        json!({"columns": ["nothing"]}),
        json!({"cursor": "1"}),
        json!({"limit": 0}),
        json!({"limit": 201}),
        json!({"time_zone": "Mars/Olympus"}),
    ] {
        maren.post(SEARCH, &wrong).await.expect_error(422, "query_invalid");
    }
    maren.post(SEARCH, &json!({"filter": 1})).await.expect_error(400, "bad_request");
    maren.post("/lists/operators/search", &json!({})).await.expect_error(404, "not_found");
    let nobody =
        app.request(frontdesk_test_support::Method::POST, &format!("/api/v1/operator{SEARCH}"));
    frontdesk_test_support::Answer::to(nobody.json(&json!({})))
        .await
        .expect_error(401, "not_signed_in");
}
