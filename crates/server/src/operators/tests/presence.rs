//! When an operator counts as there, and who gets a new conversation then.

use frontdesk_test_support::{TestApp, json};
use std::time::Duration;

#[tokio::test]
async fn only_an_online_operator_gets_conversations() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    for choice in ["away", "busy", "offline"] {
        let me = maren.chooses(choice).await.expect_status(200).json();
        assert_eq!(me["presence"], choice);
        let start = app.visitor().await.starts("Hello").await;
        start.expect_error(409, "no_operator_available");
    }
    maren.chooses("online").await.expect_status(200);
    app.visitor().await.starts("Hello").await.expect_status(201);
}

#[tokio::test]
async fn a_choice_that_does_not_exist_is_refused() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    maren.chooses("asleep").await.expect_error(400, "bad_request");
}

#[tokio::test]
async fn an_operator_without_console_is_offline() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let me = maren.get("/session").await.expect_status(200).json();
    assert_eq!(me["presence"], "offline");
    assert_eq!(me["presence_choice"], "online");
    let start = app.visitor().await.starts("Hello").await;
    start.expect_error(409, "no_operator_available");
}

#[tokio::test]
async fn an_operator_who_was_idle_for_30_minutes_is_offline() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let mut console = maren.connect().await;
    console.expect("changed").await;

    app.clock.advance(Duration::from_secs(30 * 60));
    app.sees(&maren).await;
    app.visitor().await.starts("In time").await.expect_status(201);

    app.clock.advance(Duration::from_millis(1));
    app.sees(&maren).await;
    let late = app.visitor().await.starts("Too late").await;
    late.expect_error(409, "no_operator_available");

    console.tell(&json!({"kind": "activity"})).await;
    // The first `changed` may be about going, and not yet about being back.
    app.until(async || maren.get("/session").await.json()["presence"] == "online").await;
    app.visitor().await.starts("Back").await.expect_status(201);
}

#[tokio::test]
async fn an_operator_whose_node_is_silent_for_a_minute_is_offline() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    app.clock.advance(Duration::from_secs(60));
    app.visitor().await.starts("In time").await.expect_status(201);
    app.clock.advance(Duration::from_millis(1));
    let late = app.visitor().await.starts("Too late").await;
    late.expect_error(409, "no_operator_available");
}

#[tokio::test]
async fn a_reload_of_the_console_is_not_noticed() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    maren.connect().await.close().await;
    app.clock.advance(Duration::from_secs(14));
    app.visitor().await.starts("Hello").await.expect_status(201);
}

#[tokio::test]
async fn an_operator_counts_as_there_shortly_after_a_restart() {
    let mut app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    app.restart().await;
    app.visitor().await.starts("Hello").await.expect_status(201);
}

#[tokio::test]
async fn visitor_and_team_see_that_an_operator_went_although_nobody_says_so() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let liv = app.operator("Liv").await;
    let mut console = liv.connect().await;
    // As if the node that holds Maren's console had died.
    app.clock.advance(Duration::from_secs(40));
    app.sees(&liv).await;
    app.clock.advance(Duration::from_secs(21));
    let changed = json!({"kind": "changed", "what": "operator", "id": talk.operator.id});
    console.expect_frame(&changed).await;
    let conversation = &talk.visitor.conversation;
    let absence = json!({"kind": "presence", "conversation": conversation, "present": false});
    talk.window.expect_frame(&absence).await;
}

#[tokio::test]
async fn the_team_sees_who_comes_and_what_they_choose() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let mut console = maren.connect().await;
    let liv = app.operator("Liv").await;
    let _livs = liv.connect().await;
    let joined = json!({"kind": "changed", "what": "channel", "id": app.channel().await});
    console.expect_frame(&joined).await;
    let changed = json!({"kind": "changed", "what": "operator", "id": liv.id});
    console.expect_frame(&changed).await;
    liv.chooses("busy").await.expect_status(200);
    console.expect_frame(&changed).await;
    let channels = maren.get("/channels").await.expect_status(200).json();
    let presences: Vec<_> = channels["channels"][0]["operators"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| it["presence"].clone())
        .collect();
    assert_eq!(presences, ["busy", "online"]);
}
