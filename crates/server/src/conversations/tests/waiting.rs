//! Conversations that nobody can take now: they wait, or are left as a message.

use frontdesk_test_support::{TestApp, Visitor, client_id, json};
use serde_json::Value;
use std::time::Duration;

#[tokio::test]
async fn where_everybody_has_enough_to_do_a_conversation_waits_for_its_turn() {
    let app = TestApp::start().await;
    app.limits_sessions(1).await;
    let talk = app.talk().await;
    let (second, third) = (app.visitor().await, app.visitor().await);
    let started = second.starts("Me too").await.expect_status(201).json();
    assert_eq!(started["conversation"]["operator"], json!(null));
    assert_eq!(started["conversation"]["waiting"], json!({"position": 1}));
    third.starts("And me").await.expect_status(201);
    assert_eq!(third.snapshot().await["conversation"]["waiting"]["position"], 2);
    assert_eq!(waiting(&talk.operator.queue().await), ["Me too", "And me"]);

    let (mut seconds, mut thirds) = (second.connect_after(2).await, third.connect_after(2).await);
    let place = thirds.expect("waiting").await;
    assert_eq!(
        (&place["conversation"], &place["position"]),
        (&json!(third.conversation), &json!(2))
    );
    talk.operator.ends(talk.id).await.expect_status(200);
    assert_eq!(seconds.expect("member.joined").await["event"]["name"], "Maren");
    let over = json!({"kind": "waiting", "conversation": second.conversation, "position": null});
    seconds.expect_frame(&over).await;
    let next = json!({"kind": "waiting", "conversation": third.conversation, "position": 1});
    thirds.expect_frame(&next).await;
    let seen = second.snapshot().await;
    assert_eq!(seen["conversation"]["waiting"], json!(null));
    assert_eq!(waiting(&talk.operator.queue().await), ["And me"]);
}

#[tokio::test]
async fn an_operator_who_comes_takes_what_waits_and_one_may_be_taken_by_hand() {
    let app = TestApp::start().await;
    app.limits_sessions(1).await;
    let talk = app.talk().await;
    let (second, third) = (app.visitor().await, app.visitor().await);
    second.starts("Me too").await.expect_status(201);
    third.starts("And me").await.expect_status(201);
    let by_hand = talk.operator.queue().await["waiting"][1]["id"].as_i64().expect("an id");
    talk.operator.takes(by_hand).await.expect_status(200);
    assert_eq!(third.snapshot().await["conversation"]["operator"]["name"], "Maren");

    let mut seconds = second.connect_after(2).await;
    let liv = app.operator("Liv").await;
    let _console = liv.connect().await;
    assert_eq!(seconds.expect("member.joined").await["event"]["name"], "Liv");
    assert_eq!(waiting(&liv.queue().await), [""; 0]);
}

#[tokio::test]
async fn a_limit_that_is_raised_and_a_conversation_that_falls_silent_make_room() {
    let app = TestApp::start().await;
    let administrator = app.administrator().await;
    let path = format!("/channels/{}/limits", app.channel().await);
    administrator.sets_channel("max_sessions", json!(1)).await.expect_status(200);
    let talk = app.talk().await;
    let (second, third) = (app.visitor().await, app.visitor().await);
    second.starts("Me too").await.expect_status(201);
    let mut seconds = second.connect_after(2).await;
    administrator.sets_channel("max_sessions", json!(2)).await.expect_status(200);
    seconds.expect("member.joined").await;
    let limits = administrator.get(&path).await.expect_status(200).json();
    assert_eq!((&limits["ongoing"], &limits["remaining"]), (&json!(2), &json!(2)));
    let places = |operator: &Value| (operator["ongoing"].clone(), operator["remaining"].clone());
    let operators: Vec<_> = limits["operators"].as_array().into_iter().flatten().collect();
    assert!(operators.iter().any(|it| places(it) == (json!(2), json!(0))));

    third.starts("And me").await.expect_status(201);
    assert_eq!(third.snapshot().await["conversation"]["waiting"]["position"], 1);
    app.clock.advance(Duration::from_secs(15 * 60));
    app.sees(&talk.operator).await;
    let another = app.visitor().await.starts("Now?").await.expect_status(201).json();
    assert_eq!(another["conversation"]["operator"]["name"], "Maren");
}

#[tokio::test]
async fn limits_are_whole_numbers_that_administrators_set() {
    let app = TestApp::start().await;
    let administrator = app.administrator().await;
    for wrong in [0, -1, 1001] {
        let refused = administrator.sets_channel("max_sessions", json!(wrong)).await;
        let refused = refused.expect_error(422, "number_invalid").json();
        assert_eq!(refused["errors"][0]["field"], "max_sessions");
    }
    let none = administrator.sets_channel("max_sessions", json!(null)).await.expect_status(200);
    assert_eq!(none.json()["max_sessions"], json!(null));
    let path = format!("/channels/{}/limits", app.channel().await);
    let limits = administrator.get(&path).await.expect_status(200).json();
    assert_eq!(limits["remaining"], json!(null));
    let maren = app.operator("Maren").await;
    let refused = maren.sets_channel("max_sessions", json!(3)).await;
    refused.expect_error(403, "not_allowed");
    administrator.get("/channels/4711/limits").await.expect_error(404, "channel_not_found");
}

#[tokio::test]
async fn ending_while_waiting_is_an_outcome_of_its_own() {
    let app = TestApp::start().await;
    app.limits_sessions(1).await;
    let talk = app.talk().await;
    let second = app.visitor().await;
    second.starts("Me too").await.expect_status(201);
    let id = talk.operator.queue().await["waiting"][0]["id"].as_i64().expect("an id");
    second.ends().await.expect_status(200);
    let ended = &talk.operator.snapshot(id).await["conversation"];
    assert_eq!(ended["outcome"], "no_one_available");
    assert_eq!(waiting(&talk.operator.queue().await), [""; 0]);
    talk.operator.takes(id).await.expect_error(409, "conversation_ended");
}

#[tokio::test]
async fn where_nobody_is_there_a_visitor_leaves_a_message_with_an_address() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let visitor = app.visitor().await;
    leaves(&visitor, "no address").await.expect_error(422, "email_invalid");
    let left = leaves(&visitor, "ana@example.com").await.expect_status(201).json();
    assert_eq!(left["conversation"]["left_message"], true);
    assert_eq!(left["conversation"]["waiting"], json!(null));
    let _console = maren.connect().await;
    let queue = maren.queue().await;
    let waits = &queue["waiting"][0];
    assert_eq!((&waits["left_message"], &waits["operator"]), (&json!(true), &json!(null)));
    assert_eq!(waits["visitor"]["email"], "ana@example.com");

    // Nobody gets it without asking; whoever takes it answers when the visitor comes back.
    let id = waits["id"].as_i64().expect("an id");
    maren.takes(id).await.expect_status(200);
    assert_eq!(visitor.snapshot().await["conversation"]["left_message"], false);
    assert_eq!(maren.queue().await["waiting"], json!([]));
}

#[tokio::test]
async fn a_visitor_who_comes_back_to_a_left_message_finds_somebody() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let visitor = app.visitor().await;
    leaves(&visitor, "ana@example.com").await.expect_status(201);
    let _console = maren.connect().await;
    let mut window = visitor.connect_after(2).await;
    window.says("Anybody now?").await;
    window.expect("message.posted").await;
    assert_eq!(window.expect("member.joined").await["event"]["name"], "Maren");
}

/// The first message, with an address.
async fn leaves(visitor: &Visitor, email: &str) -> frontdesk_test_support::Answer {
    let body = json!({
        "channel_id": visitor.channel,
        "id": visitor.conversation,
        "message": {"client_id": client_id(), "text": "Call me"},
        "email": email,
    });
    visitor.post("/conversations", &body).await
}

/// What those who wait wrote.
fn waiting(queue: &Value) -> Vec<String> {
    let waiting = queue["waiting"].as_array().into_iter().flatten();
    waiting.filter_map(|it| it["last_message"]["text"].as_str().map(ToOwned::to_owned)).collect()
}
