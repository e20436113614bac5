//! What page views promise: only where the channel records them, only of who has written, and never for ever.

use frontdesk_test_support::{Answer, Method, Talk, TestApp, Visitor, client_id, json};
use std::time::Duration;

#[tokio::test]
async fn pages_are_kept_only_where_the_channel_records_them() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    let mut talk = app.talk().await;
    views(&talk.visitor, "https://shop.example/bikes").await.expect_status(204);
    assert_eq!(viewed(&talk).await, [""; 0]);

    ada.sets_channel("records_page_views", json!(true)).await.expect_status(200);
    for page in ["bikes", "cart", "cart", "bikes", "help"] {
        let url = format!("https://shop.example/{page}");
        views(&talk.visitor, &url).await.expect_status(204);
    }
    let urls = ["help", "bikes", "cart"].map(|it| format!("https://shop.example/{it}"));
    assert_eq!(viewed(&talk).await, urls);
    let frame = json!({"kind": "changed", "what": "conversation", "id": talk.id});
    talk.console.expect_frame(&frame).await;

    let stranger = app.visitor().await;
    let refused = views(&stranger, "https://shop.example/").await;
    refused.expect_error(404, "not_found");
    for wrong in ["javascript:alert(1)", "", "shop"] {
        views(&talk.visitor, wrong).await.expect_error(400, "bad_request");
    }
}

#[tokio::test]
async fn the_page_of_the_first_message_is_the_first_of_them() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    ada.sets_channel("records_page_views", json!(true)).await.expect_status(200);
    let talk = app.talk().await;
    let start = talk.visitor.with_new_conversation();
    let message = json!({"client_id": client_id(), "text": "Hello"});
    let body = json!({"channel_id": start.channel, "id": start.conversation, "message": message,
        "page_url": "https://shop.example/start"});
    start.post("/conversations", &body).await.expect_status(201);
    assert_eq!(viewed(&talk).await[0], "https://shop.example/start");
}

#[tokio::test]
async fn only_so_many_pages_are_shown_and_old_ones_go() {
    let app = TestApp::start().await;
    let ada = app.administrator().await;
    ada.sets_channel("records_page_views", json!(true)).await.expect_status(200);
    let mut talk = app.talk().await;
    // A session would be over by then.
    talk.operator = talk.operator.script(&app).await;
    for page in 0..60 {
        views(&talk.visitor, &format!("https://shop.example/{page}")).await.expect_status(204);
    }
    assert_eq!(viewed(&talk).await.len(), 15);
    app.clock.advance(Duration::from_secs(31 * 24 * 3600));
    app.runs_jobs().await;
    assert_eq!(viewed(&talk).await, [""; 0]);
}

async fn views(visitor: &Visitor, url: &str) -> Answer {
    let said = json!({"channel_id": visitor.channel, "url": url, "title": "A page"});
    Answer::to(visitor.request(Method::POST, "/page-views").json(&said)).await
}

async fn viewed(talk: &Talk) -> Vec<String> {
    let path = format!("/conversations/{}/page-views", talk.id);
    let pages = talk.operator.get(&path).await.expect_status(200).json();
    let pages = pages["pages"].as_array().cloned().unwrap_or_default();
    pages.iter().map(|it| it["url"].as_str().unwrap_or_default().to_owned()).collect()
}
