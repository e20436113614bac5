//! What the first start promises: a link that works once, and nobody else gets in.

use frontdesk_test_support::{Method, TestApp, json};
use std::time::Duration;

#[tokio::test]
async fn the_first_administrator_comes_in_through_the_link() {
    let app = TestApp::start().await;
    let link = app.setup_link.clone().expect("a link is printed");
    assert!(link.starts_with(&format!("{}/console/#/setup?token=", app.url())));

    let answer = app.set_up("Ada", "Ada@Example.com").await.expect_status(201);
    let me = answer.json();
    assert_eq!(me["name"], "Ada");
    assert_eq!(me["chat_name"], "Ada");
    assert_eq!(me["email"], "Ada@Example.com");
    assert_eq!(me["role"], "administrator");
    assert!(answer.header("set-cookie").contains("HttpOnly"));
    assert!(answer.header("set-cookie").contains("SameSite=Lax"));
}

#[tokio::test]
async fn the_first_administrator_answers_in_the_default_channel() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let channels = ada.get("/channels").await.expect_status(200).json();
    assert_eq!(channels["channels"].as_array().map(Vec::len), Some(1));
    let channel = &channels["channels"][0];
    assert_eq!(channel["name"], "YourWebsite.com");
    assert_eq!(channel["joined"], true);
    assert_eq!(channel["operators"][0]["name"], "Ada");
}

#[tokio::test]
async fn the_link_works_once() {
    let app = TestApp::start().await;
    check(&app, 204).await;
    app.set_up("Ada", "ada@example.com").await.expect_status(201);
    check(&app, 410).await;
    let second = app.set_up("Eve", "eve@example.com").await;
    second.expect_error(410, "setup_link_invalid");
}

#[tokio::test]
async fn two_who_use_the_link_at_once_make_one_administrator() {
    let app = TestApp::start().await;
    let (one, two) =
        tokio::join!(app.set_up("Ada", "ada@example.com"), app.set_up("Eve", "eve@example.com"));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 410]);
}

#[tokio::test]
async fn a_mistake_in_the_form_leaves_the_link_working() {
    let app = TestApp::start().await;
    let nameless = app.set_up(" ", "ada@example.com").await;
    let refused = nameless.expect_error(422, "name_invalid");
    assert_eq!(refused.json()["errors"][0]["field"], "name");
    app.set_up("Ada", "ada").await.expect_error(422, "email_invalid");
    check(&app, 204).await;
}

#[tokio::test]
async fn the_link_expires() {
    let app = TestApp::start().await;
    app.clock.advance(Duration::from_secs(3601));
    check(&app, 410).await;
    let late = app.set_up("Ada", "ada@example.com").await;
    late.expect_error(410, "setup_link_invalid");
}

#[tokio::test]
async fn a_restart_replaces_the_link() {
    let mut app = TestApp::start().await;
    let old = app.setup_token();
    app.restart().await;
    assert_ne!(app.setup_token(), old);
    let answer =
        app.request(Method::POST, "/api/v1/operator/setup/check").json(&json!({"token": old}));
    assert_eq!(answer.send().await.expect("answers").status(), 410);
    check(&app, 204).await;
}

#[tokio::test]
async fn nobody_gets_a_link_once_somebody_can_sign_in() {
    let mut app = TestApp::start().await;
    app.operator("Maren").await;
    check(&app, 410).await;
    app.restart().await;
    assert_eq!(app.setup_link, None);
}

#[tokio::test]
async fn a_page_of_another_origin_cannot_set_up() {
    let app = TestApp::start().await;
    let request = app
        .request(Method::POST, "/api/v1/operator/setup")
        .header("origin", "https://evil.example")
        .json(&json!({"token": app.setup_token(), "name": "Eve", "email": "e@x.org", "password": "0123456789"}));
    assert_eq!(request.send().await.expect("answers").status(), 403);
    check(&app, 204).await;
}

async fn check(app: &TestApp, status: u16) {
    let request = app
        .request(Method::POST, "/api/v1/operator/setup/check")
        .json(&json!({"token": app.setup_token()}));
    assert_eq!(request.send().await.expect("answers").status(), status);
}
