//! The password: who knows the old one may change it.

use frontdesk_test_support::{Answer, Operator, Rate, TestApp, json};

const OLD: &str = "correct horse battery";
const NEW: &str = "staple of batteries";

#[tokio::test]
async fn the_new_password_signs_in_and_the_old_one_does_not() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    change(&maren, OLD, NEW, false).await.expect_status(204);
    app.sign_in("Maren", OLD).await.expect_error(401, "wrong_credentials");
    app.sign_in("Maren", NEW).await.expect_status(201);
    maren.get("/session").await.expect_status(200);
}

#[tokio::test]
async fn the_old_password_is_asked_for() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let wrong = change(&maren, "wrong horse battery", NEW, false).await;
    let refused = wrong.expect_error(422, "current_password_wrong").json();
    assert_eq!(refused["errors"][0]["field"], "current");
    change(&maren, OLD, "short", false).await.expect_error(422, "password_too_short");
    app.sign_in("Maren", OLD).await.expect_status(201);
}

#[tokio::test]
async fn other_browsers_are_signed_out_by_choice() {
    let app = TestApp::start().await;
    let desk = app.operator("Maren").await;
    let phone = app.sign_in("Maren", OLD).await.expect_status(201);
    let phone = desk.in_another_browser(&app, &phone);
    let mut on_phone = phone.connect().await;
    change(&desk, OLD, NEW, true).await.expect_status(204);
    assert_eq!(on_phone.expect_close().await, 4401);
    phone.get("/session").await.expect_status(204);
    desk.get("/session").await.expect_status(200);
}

#[tokio::test]
async fn guesses_at_the_old_password_are_slowed_down() {
    let app = TestApp::start_with(|config| config.limits.wrong_passwords = Rate::new(2, 300)).await;
    let maren = app.operator("Maren").await;
    for _ in 0..2 {
        let guess = change(&maren, "wrong horse battery", NEW, false).await;
        guess.expect_error(422, "current_password_wrong");
    }
    let slowed = change(&maren, OLD, NEW, false).await;
    slowed.expect_error(429, "too_many_requests");
}

async fn change(operator: &Operator, current: &str, password: &str, others: bool) -> Answer {
    let body = json!({"current": current, "password": password, "sign_out_others": others});
    operator.put("/password", &body).await
}
