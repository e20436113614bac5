//! What channels promise: operators join and leave, and see how much goes on.

use frontdesk_test_support::{TestApp, json};

#[tokio::test]
async fn an_operator_joins_and_leaves_a_channel() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    let path = format!("/channels/{}/membership", app.channel().await);

    let left = maren.delete(&path).await.expect_status(200).json();
    assert_eq!(left["joined"], false);
    let start = app.visitor().await.starts("Hello").await;
    start.expect_error(409, "no_operator_available");

    for _ in 0..2 {
        let joined = maren.put(&path, &json!({})).await.expect_status(200).json();
        assert_eq!(joined["joined"], true);
        assert_eq!(joined["operators"].as_array().map(Vec::len), Some(1));
    }
    app.visitor().await.starts("Hello").await.expect_status(201);
}

#[tokio::test]
async fn a_conversation_goes_on_when_its_operator_leaves_the_channel() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let path = format!("/channels/{}/membership", app.channel().await);
    talk.operator.delete(&path).await.expect_status(200);
    talk.console.says("Still here").await;
    talk.window.expect("message.posted").await;
}

#[tokio::test]
async fn a_channel_tells_how_many_conversations_it_has() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    app.visitor().await.starts("Me too").await.expect_status(201);
    talk.visitor.ends().await.expect_status(200);
    let channels = talk.operator.get("/channels").await.expect_status(200).json();
    let channel = &channels["channels"][0];
    assert_eq!(channel["ongoing"], 1);
    assert_eq!(channel["conversations"], 2);
    let id = app.channel().await;
    let line = format!(r#"<script async src="{}/embed/{id}.js"></script>"#, app.url());
    assert_eq!(channel["embed_code"], line);
    assert_eq!(channel["direct_link"], format!("{}/chat/{id}", app.url()));
}

#[tokio::test]
async fn an_unknown_channel_is_not_found() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    for id in ["0", "-1", "4711", "9223372036854775807"] {
        let path = format!("/channels/{id}/membership");
        maren.put(&path, &json!({})).await.expect_error(404, "channel_not_found");
        maren.delete(&path).await.expect_error(404, "channel_not_found");
    }
    for id in ["one", "1.5", "99999999999999999999"] {
        let path = format!("/channels/{id}/membership");
        maren.put(&path, &json!({})).await.expect_error(404, "not_found");
    }
    let mut visitor = app.visitor().await;
    visitor.channel = 4711;
    visitor.starts("Hello").await.expect_error(404, "channel_not_found");
    let none = visitor.get("/conversations?channel_id=4711").await;
    assert_eq!(none.expect_status(200).json(), json!({"conversations": []}));
}
