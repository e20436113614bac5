//! What expertise promises: administrators edit, everybody sees.

use frontdesk_test_support::{Operator, TestApp, Value, json};

#[tokio::test]
async fn an_administrator_makes_renames_and_removes_expertise() {
    let app = TestApp::start().await;
    let (ada, maren) = (app.administrator().await, app.operator("Maren").await);
    let billing = json!({"name": " Billing ", "operators": [maren.id, maren.id]});
    let made = ada.post("/expertise", &billing).await.expect_status(201).json();
    assert_eq!(made["name"], "Billing");
    assert_eq!(made["operators"], json!([{"id": maren.id, "name": "Maren"}]));
    assert_eq!(known(&maren).await, json!([made["id"]]));

    let path = format!("/expertise/{}", made["id"]);
    let renamed = ada.put(&path, &json!({"name": "billing"})).await.expect_status(200).json();
    assert_eq!(renamed["name"], "billing");
    assert_eq!(renamed["operators"], made["operators"]);

    ada.delete(&path).await.expect_status(204);
    ada.delete(&path).await.expect_error(404, "not_found");
    assert_eq!(known(&maren).await, json!([]));
}

#[tokio::test]
async fn names_of_expertise_are_unique_without_case() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    ada.post("/expertise", &json!({"name": "Événements"})).await.expect_status(201);
    let twice = ada.post("/expertise", &json!({"name": "ÉVÉNEMENTS"})).await;
    let refused = twice.expect_error(409, "expertise_name_taken").json();
    assert_eq!(refused["errors"][0]["field"], "name");
    let other = ada.post("/expertise", &json!({"name": "Billing"})).await.expect_status(201);
    let path = format!("/expertise/{}", other.json()["id"]);
    ada.put(&path, &json!({"name": "événements"})).await.expect_error(409, "expertise_name_taken");
    ada.post("/expertise", &json!({"name": " "})).await.expect_error(422, "name_invalid");
}

#[tokio::test]
async fn operators_see_expertise_and_change_nothing_of_it() {
    let app = TestApp::start().await;
    let (ada, maren) = (app.administrator().await, app.operator("Maren").await);
    let made = ada.post("/expertise", &json!({"name": "Billing"})).await.expect_status(201).json();
    let seen = maren.get("/expertise").await.expect_status(200).json();
    assert_eq!(seen["expertise"], json!([made]));
    let path = format!("/expertise/{}", made["id"]);
    let form = json!({"name": "Mine"});
    maren.post("/expertise", &form).await.expect_error(403, "not_allowed");
    maren.put(&path, &form).await.expect_error(403, "not_allowed");
    maren.delete(&path).await.expect_error(403, "not_allowed");
}

#[tokio::test]
async fn nobody_knows_what_does_not_exist() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let stranger = json!({"name": "Billing", "operators": [4711]});
    ada.post("/expertise", &stranger).await.expect_error(404, "not_found");
    assert_eq!(ada.get("/expertise").await.json()["expertise"], json!([]));
    let profile = json!({"name": "Ada", "chat_name": "", "language": "en", "expertise": [4711]});
    ada.put("/profile", &profile).await.expect_error(404, "not_found");
}

async fn known(operator: &Operator) -> Value {
    operator.get("/session").await.expect_status(200).json()["expertise"].clone()
}
