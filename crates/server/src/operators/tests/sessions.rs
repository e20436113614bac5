//! Signing in and out.

use frontdesk_test_support::{Answer, Method, Rate, TestApp, json};
use std::time::Duration;

const PASSWORD: &str = "correct horse battery";

#[tokio::test]
async fn an_operator_signs_in_and_out() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let me = maren.get("/session").await.expect_status(200).json();
    assert_eq!(me["name"], "Maren");
    assert_eq!(me["role"], "operator");
    assert_eq!(me["base_url"], app.url());

    let out = maren.delete("/session").await.expect_status(204);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    maren.get("/session").await.expect_status(204);
    maren.delete("/session").await.expect_status(204);
}

#[tokio::test]
async fn signing_out_closes_the_console() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let mut console = maren.connect().await;
    maren.delete("/session").await.expect_status(204);
    assert_eq!(console.expect_close().await, 4401);
}

#[tokio::test]
async fn signing_out_leaves_other_browsers_signed_in() {
    let app = TestApp::start().await;
    let desk = app.operator("Maren").await;
    let mut at_desk = desk.connect().await;
    let phone = app.sign_in("Maren", PASSWORD).await.expect_status(201);
    let phone = desk.in_another_browser(&app, &phone);
    let mut on_phone = phone.connect().await;

    phone.delete("/session").await.expect_status(204);
    assert_eq!(on_phone.expect_close().await, 4401);
    desk.get("/session").await.expect_status(200);
    let visitor = app.visitor().await;
    visitor.starts("Still there?").await.expect_status(201);
    at_desk.expect("conversation.opened").await;
}

#[tokio::test]
async fn email_addresses_have_no_case() {
    let app = TestApp::start().await;
    app.operator("Maren").await;
    sign_in(&app, " MAREN@example.COM ", PASSWORD).await.expect_status(201);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_read_the_same() {
    let app = TestApp::start().await;
    app.operator("Maren").await;
    let wrong = app.sign_in("Maren", "wrong horse battery").await;
    let unknown = app.sign_in("Nobody", PASSWORD).await;
    assert_eq!(wrong.text, unknown.text);
    wrong.expect_error(401, "wrong_credentials");
    unknown.expect_error(401, "wrong_credentials");
}

#[tokio::test]
async fn guesses_at_one_account_are_slowed_down() {
    let app = TestApp::start_with(|config| config.limits.wrong_passwords = Rate::new(3, 300)).await;
    for _ in 0..3 {
        let guess = app.sign_in("Maren", "wrong horse battery").await;
        guess.expect_error(401, "wrong_credentials");
    }
    let slowed = app.sign_in("Maren", PASSWORD).await;
    let slowed = slowed.expect_error(429, "too_many_requests");
    let wait: u64 = slowed.header("retry-after").parse().expect("seconds");
    assert!((1..=101).contains(&wait), "{wait}");
    let other = app.sign_in("Nobody", PASSWORD).await;
    other.expect_error(401, "wrong_credentials");
}

#[tokio::test]
async fn attempts_from_one_address_are_slowed_down() {
    let app = TestApp::start_with(|config| config.limits.sign_ins = Rate::new(2, 60)).await;
    for name in ["One", "Two"] {
        app.sign_in(name, PASSWORD).await.expect_error(401, "wrong_credentials");
    }
    let slowed = app.sign_in("Three", PASSWORD).await;
    slowed.expect_error(429, "too_many_requests");
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    app.clock.advance(Duration::from_secs(30 * 24 * 3600 - 1));
    maren.get("/session").await.expect_status(200);
    app.clock.advance(Duration::from_secs(1));
    maren.get("/session").await.expect_status(204);
}

#[tokio::test]
async fn a_session_that_is_not_remembered_ends_with_the_day() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let forgetful = sign_in(&app, "maren@example.com", PASSWORD).await;
    assert!(!forgetful.header("set-cookie").contains("Max-Age"));
    let forgetful = maren.in_another_browser(&app, &forgetful);
    app.clock.advance(Duration::from_secs(16 * 3600));
    forgetful.get("/session").await.expect_status(204);
    maren.get("/session").await.expect_status(200);
}

#[tokio::test]
async fn a_session_outlives_a_restart() {
    let mut app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    app.restart().await;
    maren.get("/session").await.expect_status(200);
}

#[tokio::test]
async fn a_session_that_ends_by_itself_closes_the_console() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let mut console = maren.connect().await;
    app.minute_passes().await;
    app.clock.advance(Duration::from_secs(30 * 24 * 3600));
    app.minute_passes().await;
    assert_eq!(console.expect_close().await, 4401);
}

#[tokio::test]
async fn an_operator_sees_the_signed_in_browsers_and_signs_one_out() {
    let app = TestApp::start().await;
    let desk = app.operator("Maren").await;
    app.clock.advance(Duration::from_secs(3600));
    let phone = app.sign_in("Maren", PASSWORD).await.expect_status(201);
    let phone = desk.in_another_browser(&app, &phone);
    let mut on_phone = phone.connect().await;

    let sessions = desk.get("/sessions").await.expect_status(200).json()["sessions"].clone();
    assert_eq!(sessions.as_array().map(Vec::len), Some(2));
    assert_eq!((&sessions[0]["current"], &sessions[1]["current"]), (&json!(true), &json!(false)));
    assert_eq!(sessions[0]["network"], "127.0.0.0/24");
    assert_eq!(sessions[0]["seen_at"], sessions[1]["seen_at"]);
    assert_ne!(sessions[0]["created_at"], sessions[1]["created_at"]);

    let path = format!("/sessions/{}", sessions[1]["id"].as_str().expect("an id"));
    let liv = app.operator("Liv").await;
    liv.delete(&path).await.expect_error(404, "not_found");
    desk.delete(&path).await.expect_status(204);
    assert_eq!(on_phone.expect_close().await, 4401);
    phone.get("/session").await.expect_status(204);
    desk.delete(&path).await.expect_error(404, "not_found");
}

#[tokio::test]
async fn signing_out_elsewhere_closes_consoles_at_every_node() {
    let app = TestApp::start().await;
    let desk = app.operator("Maren").await;
    for node in app.other_nodes().await {
        let phone = app.sign_in("Maren", PASSWORD).await.expect_status(201);
        let phone = desk.in_another_browser(&app, &phone).at(&node);
        let mut on_phone = phone.connect().await;
        desk.delete("/sessions").await.expect_status(204);
        assert_eq!(on_phone.expect_close().await, 4401);
        desk.get("/session").await.expect_status(200);
    }
}

#[tokio::test]
async fn names_are_changed_and_checked() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let me = maren.is_called("Maren  Holm", "").await.expect_status(200).json();
    assert_eq!(me["name"], "Maren Holm");
    assert_eq!(me["chat_name"], "Maren Holm");
    let nameless = maren.is_called(" ", "M").await;
    nameless.expect_error(422, "name_invalid");
    let endless = maren.is_called("M", &"m".repeat(101)).await;
    let refused = endless.expect_error(422, "name_invalid").json();
    assert_eq!(refused["errors"][0]["field"], "chat_name");
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> Answer {
    let request = app.request(Method::POST, "/api/v1/operator/session");
    Answer::to(request.json(&json!({"email": email, "password": password}))).await
}
