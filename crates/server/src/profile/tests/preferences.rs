//! Preferences: kept, checked, and only what is told changes.

use frontdesk_test_support::{TestApp, Value, json};

#[tokio::test]
async fn what_is_left_out_stays() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let fresh = maren.get("/session").await.json();
    assert_eq!(fresh["alerts"], json!({"sound": true, "notification": false}));
    assert_eq!(fresh["time_zone"], Value::Null);
    assert_eq!(fresh["chat_languages"], json!([]));

    let told = json!({"chat_languages": ["FR", "de-AT", "de"], "time_zone": "Europe/Madrid",
        "alerts": {"sound": false, "notification": true}});
    let me = maren.put("/profile", &profile(&told)).await.expect_status(200).json();
    assert_eq!(me["chat_languages"], json!(["de", "fr"]));
    assert_eq!(me["time_zone"], "Europe/Madrid");

    let me = maren.is_called("Maren", "Maren").await.expect_status(200).json();
    assert_eq!(me["chat_languages"], json!(["de", "fr"]));
    assert_eq!(me["alerts"], told["alerts"]);
    let cleared = json!({"time_zone": "", "chat_languages": []});
    let me = maren.put("/profile", &profile(&cleared)).await.expect_status(200).json();
    assert_eq!(me["time_zone"], Value::Null);
    assert_eq!(me["chat_languages"], json!([]));
}

#[tokio::test]
async fn operators_answer_in_enabled_languages_only() {
    let app = TestApp::start().await;
    let (ada, maren) = (app.administrator().await, app.operator("Maren").await);
    let swedish = profile(&json!({"chat_languages": ["sv"]}));
    let refused = maren.put("/profile", &swedish).await.expect_error(422, "language_invalid");
    assert_eq!(refused.json()["errors"][0]["field"], "chat_languages");

    let languages = json!({"languages": ["sv", "en-GB", "en"]});
    maren.put("/languages", &languages).await.expect_error(403, "not_allowed");
    let enabled = ada.put("/languages", &languages).await.expect_status(200).json();
    assert_eq!(enabled, json!({"languages": ["en", "sv"]}));
    assert_eq!(maren.get("/languages").await.json(), enabled);
    maren.put("/profile", &swedish).await.expect_status(200);

    ada.put("/languages", &json!({"languages": ["en"]})).await.expect_status(200);
    assert_eq!(maren.get("/session").await.json()["chat_languages"], json!([]));
    for wrong in [json!([]), json!(["klingon"]), json!(vec!["en"; 101])] {
        let refused = ada.put("/languages", &json!({"languages": wrong})).await;
        refused.expect_error(422, "language_invalid");
    }
}

#[tokio::test]
async fn a_time_zone_has_a_form() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let wrong = profile(&json!({"time_zone": "<b>"}));
    maren.put("/profile", &wrong).await.expect_error(422, "time_zone_invalid");
}

fn profile(more: &Value) -> Value {
    let mut profile = json!({"name": "Maren", "chat_name": "Maren", "language": "en"});
    for (key, value) in more.as_object().into_iter().flatten() {
        profile[key] = value.clone();
    }
    profile
}
