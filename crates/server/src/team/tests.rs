//! What the team promises: somebody can always administer, and who may not come in is out everywhere.

use frontdesk_test_support::{Operator, TestApp, Value, json};

const PASSWORD: &str = "correct horse battery";

#[tokio::test]
async fn everybody_sees_the_team() {
    let app = TestApp::start().await;
    let (ada, maren) = (app.administrator().await, app.operator("Maren").await);
    let billing = ada.post("/expertise", &json!({"name": "Billing"})).await.json();
    let profile = json!({"name": "Maren", "chat_name": "M", "language": "es",
        "chat_languages": ["fr", "de"], "expertise": [billing["id"]]});
    maren.put("/profile", &profile).await.expect_status(200);
    let seen = member(&maren, maren.id).await;
    assert_eq!(seen["languages"], json!(["es", "de", "fr"]));
    assert_eq!(seen["expertise"], json!([billing["id"]]));
    assert_eq!((&seen["active"], &seen["invited"]), (&json!(true), &json!(false)));
    assert_eq!(member(&maren, ada.id).await["role"], "administrator");
}

#[tokio::test]
async fn administrators_change_names_and_roles() {
    let app = TestApp::start().await;
    let (ada, maren) = (app.administrator().await, app.operator("Maren").await);
    let path = format!("/operators/{}", maren.id);
    let form = json!({"name": "Maren Holm", "chat_name": "", "role": "administrator"});
    maren.put(&path, &form).await.expect_error(403, "not_allowed");
    let changed = ada.put(&path, &form).await.expect_status(200).json();
    assert_eq!(changed["chat_name"], "Maren Holm");
    maren.put(&path, &form).await.expect_status(200);
    ada.put("/operators/4711", &form).await.expect_error(404, "not_found");
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let app = TestApp::start().await;
    let (ada, maren) = (app.administrator().await, app.operator("Maren").await);
    let path = format!("/operators/{}", ada.id);
    let demotion = json!({"name": "Ada", "chat_name": "", "role": "operator"});
    ada.put(&path, &demotion).await.expect_error(409, "last_administrator");
    ada.put(&format!("{path}/deactivation"), &json!({})).await.expect_error(409, "own_account");
    // Somebody who was invited and never came cannot administer either.
    let guest = json!({"name": "Eve", "email": "eve@example.com", "role": "administrator", "language": "en"});
    ada.post("/operators", &guest).await.expect_status(201);
    ada.put(&path, &demotion).await.expect_error(409, "last_administrator");

    let promotion = json!({"name": "Maren", "chat_name": "", "role": "administrator"});
    ada.put(&format!("/operators/{}", maren.id), &promotion).await.expect_status(200);
    ada.put(&path, &demotion).await.expect_status(200);
    ada.put(&path, &demotion).await.expect_error(403, "not_allowed");
}

#[tokio::test]
async fn two_administrators_who_demote_each_other_leave_one() {
    let app = TestApp::start().await;
    let (ada, maren) = (app.administrator().await, app.operator("Maren").await);
    let role = |name: &str, role: &str| json!({"name": name, "chat_name": "", "role": role});
    let (hers, mine) = (format!("/operators/{}", maren.id), format!("/operators/{}", ada.id));
    ada.put(&hers, &role("Maren", "administrator")).await.expect_status(200);
    let (one, other) = (role("Maren", "operator"), role("Ada", "operator"));
    let (one, other) = tokio::join!(ada.put(&hers, &one), maren.put(&mine, &other));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert!(matches!(statuses, [200, 403 | 409]), "{statuses:?}");
}

#[tokio::test]
async fn who_is_deactivated_is_out_everywhere() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let mut talk = app.talk().await;
    let (maren, script) = (&talk.operator, talk.operator.script(&app).await);
    let path = format!("/operators/{}/deactivation", maren.id);
    let gone = ada.put(&path, &json!({})).await.expect_status(200).json();
    assert_eq!(gone["active"], false);

    assert_eq!(talk.console.expect_close().await, 4401);
    maren.get("/session").await.expect_status(204);
    script.get("/session").await.expect_error(401, "not_signed_in");
    app.sign_in("Maren", PASSWORD).await.expect_error(401, "wrong_credentials");
    let channels = ada.get("/channels").await.expect_status(200).json();
    let operators = channels["channels"][0]["operators"].as_array().cloned().unwrap_or_default();
    assert!(operators.iter().all(|it| it["id"] != maren.id), "{operators:?}");
    talk.window.expect("member.left").await;
    assert_eq!(ada.snapshot(talk.id).await["conversation"]["operator"], Value::Null);

    ada.delete(&path).await.expect_status(200);
    app.sign_in("Maren", PASSWORD).await.expect_status(201);
    assert_eq!(member(&ada, maren.id).await["active"], true);
}

#[tokio::test]
async fn who_is_deactivated_at_one_node_is_out_at_the_others() {
    let app = TestApp::start().await;
    let (ada, maren) = (app.administrator().await, app.operator("Maren").await);
    for node in app.other_nodes().await {
        let mut console = maren.at(&node).connect().await;
        let path = format!("/operators/{}/deactivation", maren.id);
        ada.put(&path, &json!({})).await.expect_status(200);
        assert_eq!(console.expect_close().await, 4401);
    }
}

async fn member(operator: &Operator, id: i64) -> Value {
    let team = operator.get("/operators").await.expect_status(200).json();
    let members = team["operators"].as_array().cloned().unwrap_or_default();
    members.into_iter().find(|it| it["id"] == id).expect("a member")
}
