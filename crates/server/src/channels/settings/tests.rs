//! What a channel's settings promise: nobody saves over somebody else, and what they say counts on every page.

use frontdesk_test_support::{Answer, Method, Operator, TestApp, Value, json};
use std::time::Duration;

#[tokio::test]
async fn a_form_is_read_and_written_whole() {
    let app = TestApp::start().await;
    let (ada, path) = administrator(&app).await;
    let mut form = ada.get(&path).await.expect_status(200).json();
    form["name"] = json!("  Alder   Cycles ");
    form["welcome_message"] = json!("Which bike?");
    form["colors"]["header"] = json!("#9A4A2F");
    let saved = ada.put(&path, &form).await.expect_status(200).json();
    assert_eq!(saved["name"], "Alder Cycles");
    assert_eq!(saved["version"], 2);
    let decision = decide(&app, "").await.json();
    assert_eq!(decision["texts"]["welcome"], "Which bike?");
    assert_eq!(decision["colors"]["header"], "#9A4A2F");

    // The same form again: somebody else has saved since it was read.
    ada.put(&path, &form).await.expect_error(409, "changed_meanwhile");
    let maren = app.operator("Maren").await;
    maren.get(&path).await.expect_status(200);
    maren.put(&path, &saved).await.expect_error(403, "not_allowed");
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_field() {
    let app = TestApp::start().await;
    let (ada, path) = administrator(&app).await;
    let form = ada.get(&path).await.expect_status(200).json();
    let hours = |week: Value, zone: &str| json!({"time_zone": zone, "week": week, "holidays": []});
    for (field, value, code) in [
        ("name", json!(" "), "name_invalid"),
        ("welcome_message", json!("é".repeat(241)), "text_too_long"),
        ("button_text", json!("a\u{0}b"), "control_characters"),
        ("allowed_origins", json!(["shop.example"]), "origin_invalid"),
        ("business_hours", hours(json!([]), "Mars/Base"), "time_zone_invalid"),
        (
            "business_hours",
            hours(json!([{"weekday": 0, "opens": 600, "closes": 540}]), "UTC"),
            "hours_invalid",
        ),
    ] {
        let mut wrong = form.clone();
        wrong[field] = value;
        let refused = ada.put(&path, &wrong).await.expect_error(422, code);
        assert_eq!(refused.json()["errors"][0]["field"], field);
    }
    let mut wrong = form.clone();
    wrong["colors"]["button"] = json!("red");
    ada.put(&path, &wrong).await.expect_error(422, "color_invalid");
}

#[tokio::test]
async fn outside_the_business_hours_nobody_is_available() {
    let app = TestApp::start().await;
    let (ada, path) = administrator(&app).await;
    let _console = ada.connect().await;
    assert_eq!(decide(&app, "").await.json()["available"], true);
    let visitor = app.visitor().await;
    visitor.starts("Still open?").await.expect_status(201);

    let mut form = ada.get(&path).await.expect_status(200).json();
    form["business_hours"] = json!({"time_zone": "Europe/Madrid", "week": [], "holidays": []});
    form["away_message"] = json!("Back on Monday");
    ada.put(&path, &form).await.expect_status(200);
    let decision = decide(&app, "").await.json();
    assert_eq!(decision["available"], false);
    assert_eq!(decision["texts"]["away"], "Back on Monday");
    let late = app.visitor().await.starts("Hello?").await;
    late.expect_error(409, "no_operator_available");
}

#[tokio::test]
async fn only_listed_websites_load_the_widget() {
    let app = TestApp::start().await;
    let (ada, path) = administrator(&app).await;
    let _console = ada.connect().await;
    decide(&app, "https://stranger.example").await.expect_status(200);
    let mut form = ada.get(&path).await.expect_status(200).json();
    form["allowed_origins"] = json!(["https://Shop.example/", "https://shop.example"]);
    let saved = ada.put(&path, &form).await.expect_status(200).json();
    assert_eq!(saved["allowed_origins"], json!(["https://shop.example"]));

    decide(&app, "https://shop.example").await.expect_status(200);
    decide(&app, "").await.expect_status(200);
    decide(&app, &app.url()).await.expect_status(200);
    let refused = decide(&app, "https://stranger.example").await;
    refused.expect_error(403, "origin_not_allowed");
}

#[tokio::test]
async fn an_installation_is_written_once_an_hour() {
    let app = TestApp::start().await;
    let (ada, path) = administrator(&app).await;
    let installed = async || {
        let settings = ada.get(&path).await.expect_status(200).json();
        settings["installations"].clone()
    };
    decide(&app, "https://shop.example").await.expect_status(200);
    decide(&app, &app.url()).await.expect_status(200);
    app.until(async || installed().await.as_array().map(Vec::len) == Some(1)).await;
    let first = installed().await;
    assert_eq!(first[0]["origin"], "https://shop.example");

    decide(&app, "https://shop.example").await.expect_status(200);
    assert_eq!(installed().await, first);
    app.clock.advance(Duration::from_secs(3601));
    decide(&app, "https://shop.example").await.expect_status(200);
    app.until(async || installed().await[0]["last_loaded_at"] != first[0]["last_loaded_at"]).await;
}

#[tokio::test]
async fn a_decision_reads_once_and_writes_nothing() {
    let app = TestApp::start().await;
    let path = decision_path(&app).await;
    let mut cheapest = (u64::MAX, u64::MAX);
    for _ in 0..5 {
        let before = app.counts();
        decide_at(&app, &path, "https://shop.example").await.expect_status(200);
        let now = app.counts();
        let cost = (now.transactions - before.transactions, now.statements - before.statements);
        cheapest = cheapest.min(cost);
    }
    assert_eq!(cheapest, (1, 1));
}

#[tokio::test]
async fn a_channel_goes_and_its_conversations_stay() {
    let app = TestApp::start().await;
    let (ada, _) = administrator(&app).await;
    let _console = ada.connect().await;
    let made = ada.post("/channels", &json!({"name": "Workshop"})).await.expect_status(201).json();
    assert_eq!(made["channel"]["joined"], true);
    let id = made["channel"]["id"].as_i64().unwrap_or_default();
    let mut visitor = app.visitor().await;
    visitor.channel = id;
    visitor.starts("Hello").await.expect_status(201);
    let conversation = ada.newest().await;

    let archived = ada.put(&format!("/channels/{id}/archive"), &json!({})).await;
    assert_ne!(archived.expect_status(200).json()["archived_at"], Value::Null);
    let mut late = app.visitor().await;
    late.channel = id;
    late.starts("Hello?").await.expect_error(409, "no_operator_available");
    ada.delete(&format!("/channels/{id}/archive")).await.expect_status(200);

    ada.delete(&format!("/channels/{id}")).await.expect_status(204);
    ada.delete(&format!("/channels/{id}")).await.expect_error(404, "channel_not_found");
    let left = ada.get("/channels").await.expect_status(200).json();
    assert_eq!(left["channels"].as_array().map(Vec::len), Some(1));
    let seen = ada.snapshot(conversation).await;
    assert_eq!(seen["conversation"]["channel_name"], "Workshop");
    ada.answers(conversation, "Still here").await.expect_status(201);
}

#[tokio::test]
async fn a_secret_is_kept_until_it_is_renewed() {
    let app = TestApp::start().await;
    let (ada, _) = administrator(&app).await;
    let path = format!("/channels/{}/secret", app.channel().await);
    let secret = async || ada.get(&path).await.expect_status(200).json();
    let first = secret().await;
    assert_eq!(secret().await, first);
    let renewed = ada.post(&path, &json!({})).await.expect_status(200).json();
    assert_ne!(renewed, first);
    assert_eq!(secret().await, renewed);
    let maren = app.operator("Maren").await;
    maren.get(&path).await.expect_error(403, "not_allowed");
}

/// Ada, and the path of the default channel's settings.
async fn administrator(app: &TestApp) -> (Operator, String) {
    (app.administrator().await, format!("/channels/{}/settings", app.channel().await))
}

/// What a page of an origin is told; of none where it is empty.
async fn decide(app: &TestApp, origin: &str) -> Answer {
    decide_at(app, &decision_path(app).await, origin).await
}

async fn decision_path(app: &TestApp) -> String {
    format!("/api/v1/visitor/channels/{}/decision", app.channel().await)
}

async fn decide_at(app: &TestApp, path: &str, origin: &str) -> Answer {
    let body = json!({"url": "https://a.example/", "language": "en"}).to_string();
    let request = app.request(Method::POST, path).header("content-type", "text/plain").body(body);
    Answer::to(if origin.is_empty() { request } else { request.header("origin", origin) }).await
}

#[tokio::test]
async fn a_channel_shows_an_image_that_goes_with_it() {
    let app = TestApp::start().await;
    let (ada, path) = administrator(&app).await;
    let image = path.replace("/settings", "/image");
    let shown = |it: Value| it["channel"]["image"].as_str().map(str::to_owned);
    let mut file = Vec::new();
    let square = image::DynamicImage::new_rgb8(8, 8);
    square.write_to(&mut std::io::Cursor::new(&mut file), image::ImageFormat::Png).expect("a file");
    let upload = |bytes: Vec<u8>| Answer::to(ada.request(Method::PUT, &image).body(bytes));
    let first = shown(upload(file.clone()).await.expect_status(200).json()).expect("a path");
    let second = shown(upload(file.clone()).await.expect_status(200).json()).expect("a path");
    app.get(&first).await.expect_status(404);
    app.get(&second).await.expect_status(200);
    upload(b"<svg/>".to_vec()).await.expect_error(422, "image_invalid");
    let page = app.get(&format!("/chat/{}", app.channel().await)).await.expect_status(200);
    assert!(page.text.contains(&second));

    let maren = app.operator("Maren").await;
    let refused = Answer::to(maren.request(Method::PUT, &image).body(file.clone())).await;
    refused.expect_error(403, "not_allowed");
    let hidden = ada.delete(&image).await.expect_status(200).json();
    assert_eq!(shown(hidden), None);
    app.get(&second).await.expect_status(404);

    let last = shown(upload(file).await.expect_status(200).json()).expect("a path");
    ada.delete(path.trim_end_matches("/settings")).await.expect_status(204);
    app.get(&last).await.expect_status(404);
}
