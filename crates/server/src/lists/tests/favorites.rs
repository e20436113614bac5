//! Searches that people keep (I6, M31).

use frontdesk_test_support::{Operator, TestApp, Value, json};

const FAVORITES: &str = "/lists/conversations/favorites";

async fn names(operator: &Operator) -> Vec<(String, bool)> {
    let kept = operator.get(FAVORITES).await.expect_status(200).json();
    let name = |it: &Value| it["name"].as_str().unwrap_or_default().to_owned();
    let kept = kept["favorites"].as_array().cloned().unwrap_or_default();
    kept.iter().map(|it| (name(it), it["initial"] == true)).collect()
}

fn favorite(name: &str, shared: bool, initial: bool) -> Value {
    json!({"name": name, "search": {"filters": ["mine"]}, "shared": shared, "initial": initial})
}

#[tokio::test]
async fn own_favorites_are_private_and_shared_ones_are_everybodys() {
    let app = TestApp::start().await;
    let (maren, ada) = (app.operator("Maren").await, app.operator("Bea").await);
    let kept = maren.post(FAVORITES, &favorite(" Mine  only ", false, false)).await;
    let kept = kept.expect_status(201).json();
    assert_eq!(kept["name"], "Mine only");
    assert_eq!(kept["search"], json!({"filters": ["mine"]}));
    assert_eq!((&kept["own"], &kept["owner_name"]), (&json!(true), &json!("Maren")));
    maren.post(FAVORITES, &favorite("Ours", true, false)).await.expect_status(201);
    let named =
        |names: &[&str]| names.iter().map(|it| ((*it).to_owned(), false)).collect::<Vec<_>>();
    assert_eq!(names(&maren).await, named(&["Mine only", "Ours"]));
    assert_eq!(names(&ada).await, named(&["Ours"]));
}

#[tokio::test]
async fn one_favorite_is_applied_when_the_list_is_opened() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    maren.post(FAVORITES, &favorite("First", false, true)).await.expect_status(201);
    maren.post(FAVORITES, &favorite("Second", false, true)).await.expect_status(201);
    assert_eq!(names(&maren).await, [("First".to_owned(), false), ("Second".to_owned(), true)]);
    maren.put(&format!("{FAVORITES}/1"), &favorite("First", false, true)).await.expect_status(200);
    assert_eq!(names(&maren).await, [("First".to_owned(), true), ("Second".to_owned(), false)]);
}

#[tokio::test]
async fn a_shared_favorite_is_changed_by_its_owner_and_by_administrators() {
    let app = TestApp::start().await;
    let administrator = app.administrator().await;
    let (maren, bea) = (app.operator("Maren").await, app.operator("Bea").await);
    maren.post(FAVORITES, &favorite("Ours", true, false)).await.expect_status(201);
    maren.post(FAVORITES, &favorite("Mine", false, false)).await.expect_status(201);
    let (ours, mine) = (format!("{FAVORITES}/1"), format!("{FAVORITES}/2"));
    bea.put(&ours, &favorite("Taken", true, false)).await.expect_error(404, "not_found");
    bea.delete(&ours).await.expect_error(404, "not_found");
    administrator.put(&mine, &favorite("Taken", false, false)).await.expect_error(404, "not_found");
    administrator.delete(&mine).await.expect_error(404, "not_found");
    administrator.put(&ours, &favorite("Everybody's", true, false)).await.expect_status(200);
    maren.delete(&mine).await.expect_status(204);
    maren.delete(&mine).await.expect_error(404, "not_found");
    assert_eq!(names(&bea).await, [("Everybody's".to_owned(), false)]);
    administrator.delete(&ours).await.expect_status(204);
    assert!(names(&maren).await.is_empty());
}

#[tokio::test]
async fn a_favorite_has_a_name_and_a_bounded_search() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    maren.post(FAVORITES, &favorite(" ", false, false)).await.expect_error(422, "name_invalid");
    for search in [json!("text"), json!(null), json!({"filter": "x".repeat(9000)})] {
        let wrong = json!({"name": "Mine", "search": search});
        maren.post(FAVORITES, &wrong).await.expect_error(400, "bad_request");
    }
    maren.get("/lists/secrets/favorites").await.expect_error(404, "not_found");
    for number in 0..100 {
        let name = number.to_string();
        maren.post(FAVORITES, &favorite(&name, false, false)).await.expect_status(201);
    }
    let more = maren.post(FAVORITES, &favorite("More", false, false)).await;
    more.expect_error(409, "too_many_favorites");
}
