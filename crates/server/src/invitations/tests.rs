//! What invitations promise: a link that works once, by mail or by hand, and nobody learns who is known.

use frontdesk_test_support::{Answer, MailServer, Method, Operator, TestApp, Value, json};
use std::time::Duration;

const PASSWORD: &str = "staple of batteries";

#[tokio::test]
async fn an_invited_operator_comes_in_through_the_link() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let invitation = invite(&ada, "Liv").await.expect_status(201).json();
    assert_eq!(invitation["mailed"], false);
    let token = token(&invitation);
    app.sign_in("Liv", PASSWORD).await.expect_error(401, "wrong_credentials");
    let invited = ask(&app, "/invitation/check", &json!({"token": token})).await;
    let invited = invited.expect_status(200).json();
    assert_eq!(invited, json!({"name": "Liv", "email": "liv@example.com", "returning": false}));

    accept(&app, &token, "short").await.expect_error(422, "password_too_short");
    let me = accept(&app, &token, PASSWORD).await.expect_status(201);
    assert_eq!(me.json()["name"], "Liv");
    assert!(me.header("set-cookie").contains("HttpOnly"));
    accept(&app, &token, PASSWORD).await.expect_error(410, "link_invalid");
    app.sign_in("Liv", PASSWORD).await.expect_status(201);
}

#[tokio::test]
async fn two_who_use_a_link_at_once_are_one() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let token = token(&invite(&ada, "Liv").await.json());
    let (one, two) = tokio::join!(accept(&app, &token, PASSWORD), accept(&app, &token, PASSWORD));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 410]);
}

#[tokio::test]
async fn an_invitation_is_checked_and_for_administrators() {
    let app = TestApp::start().await;
    let (ada, maren) = (app.administrator().await, app.operator("Maren").await);
    invite(&maren, "Liv").await.expect_error(403, "not_allowed");
    let taken = invite(&ada, "Maren").await.expect_error(409, "email_taken").json();
    assert_eq!(taken["errors"][0]["field"], "email");
    let form = json!({"name": "Liv", "email": "nowhere", "role": "operator", "language": "en"});
    ada.post("/operators", &form).await.expect_error(422, "email_invalid");
    ada.post("/operators/4711/invitation", &json!({})).await.expect_error(404, "not_found");
}

#[tokio::test]
async fn a_link_expires_and_can_be_made_anew() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let invitation = invite(&ada, "Liv").await.json();
    app.clock.advance(Duration::from_secs(7 * 24 * 3600));
    accept(&app, &token(&invitation), PASSWORD).await.expect_error(410, "link_invalid");
    let path = format!("/operators/{}/invitation", invitation["operator_id"]);
    let fresh = ada.post(&path, &json!({})).await.expect_status(201).json();
    accept(&app, &token(&fresh), PASSWORD).await.expect_status(201);
}

#[tokio::test]
async fn a_link_for_another_password_signs_out_whoever_was_in() {
    let app = TestApp::start().await;
    let (ada, maren) = (app.administrator().await, app.operator("Maren").await);
    let mut console = maren.connect().await;
    let path = format!("/operators/{}/invitation", maren.id);
    let link = ada.post(&path, &json!({})).await.expect_status(201).json();
    maren.get("/session").await.expect_status(200);
    accept(&app, &token(&link), PASSWORD).await.expect_status(201);
    assert_eq!(console.expect_close().await, 4401);
    maren.get("/session").await.expect_status(204);
    app.sign_in("Maren", PASSWORD).await.expect_status(201);
}

#[tokio::test]
async fn the_link_of_somebody_deactivated_leads_nowhere() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let invitation = invite(&ada, "Liv").await.json();
    let path = format!("/operators/{}", invitation["operator_id"]);
    ada.put(&format!("{path}/deactivation"), &json!({})).await.expect_status(200);
    accept(&app, &token(&invitation), PASSWORD).await.expect_error(410, "link_invalid");
    ada.post(&format!("{path}/invitation"), &json!({})).await.expect_error(404, "not_found");
}

#[tokio::test]
async fn an_invitation_is_mailed_in_the_guests_language() {
    let mut mail = MailServer::start().await;
    let settings = mail.settings();
    let app = TestApp::start_with(|config| config.mail = Some(settings)).await;
    let ada = app.administrator().await;
    let form =
        json!({"name": "Liv", "email": "liv@example.com", "role": "operator", "language": "es"});
    let invitation = ada.post("/operators", &form).await.expect_status(201).json();
    assert_eq!(invitation["mailed"], true);
    let letter = mail.letter().await;
    assert_eq!(letter.to, "liv@example.com");
    assert!(letter.text.contains("Ada te invita"), "{}", letter.text);
    assert!(letter.text.contains("text/plain") && letter.text.contains("text/html"));
    assert_ne!(letter.token(), token(&invitation));
    accept(&app, &letter.token(), PASSWORD).await.expect_status(201);
    accept(&app, &token(&invitation), PASSWORD).await.expect_error(410, "link_invalid");
}

#[tokio::test]
async fn a_mail_that_was_refused_is_sent_later() {
    let mut mail = MailServer::start().await;
    let settings = mail.settings();
    let app = TestApp::start_with(|config| config.mail = Some(settings)).await;
    let ada = app.administrator().await;
    mail.refuses(2);
    invite(&ada, "Liv").await.expect_status(201);
    for pause in [60, 120] {
        app.jobs_rest().await;
        app.clock.advance(Duration::from_secs(pause));
        app.runs_jobs().await;
    }
    assert_eq!(mail.letter().await.to, "liv@example.com");
    assert_eq!(mail.refusals_left(), 0);
}

#[tokio::test]
async fn who_forgot_the_password_gets_a_link_and_nobody_learns_who_is_known() {
    let mut mail = MailServer::start().await;
    let settings = mail.settings();
    let app = TestApp::start_with(|config| config.mail = Some(settings)).await;
    app.operator("Maren").await;
    let unknown = forgot(&app, "nobody@example.com").await;
    let known = forgot(&app, " MAREN@example.com").await;
    assert_eq!((unknown.status, &unknown.text), (known.status, &known.text));
    known.expect_status(202);
    let letter = mail.letter().await;
    assert_eq!(letter.to, "maren@example.com");
    app.clock.advance(Duration::from_secs(3599));
    accept(&app, &letter.token(), PASSWORD).await.expect_status(201);
}

#[tokio::test]
async fn without_a_mail_server_no_link_is_promised() {
    let app = TestApp::start().await;
    forgot(&app, "maren@example.com").await.expect_error(409, "mail_not_set_up");
    forgot(&app, "maren").await.expect_error(422, "email_invalid");
}

async fn invite(operator: &Operator, name: &str) -> Answer {
    let email = format!("{}@example.com", name.to_lowercase());
    let form = json!({"name": name, "email": email, "role": "operator", "language": "en"});
    operator.post("/operators", &form).await
}

async fn accept(app: &TestApp, token: &str, password: &str) -> Answer {
    ask(app, "/invitation", &json!({"token": token, "password": password})).await
}

async fn forgot(app: &TestApp, email: &str) -> Answer {
    ask(app, "/password/link", &json!({"email": email})).await
}

async fn ask(app: &TestApp, path: &str, body: &Value) -> Answer {
    let request = app.request(Method::POST, &format!("/api/v1/operator{path}"));
    Answer::to(request.json(body)).await
}

fn token(invitation: &Value) -> String {
    let link = invitation["link"].as_str().expect("a link");
    link.split_once("token=").expect("a token").1.to_owned()
}
