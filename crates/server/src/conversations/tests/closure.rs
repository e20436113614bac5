//! The end of a conversation.

use frontdesk_test_support::{TestApp, client_id, json};
use std::time::Duration;

#[tokio::test]
async fn a_visitor_ends_a_conversation() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let ended = talk.visitor.ends().await.expect_status(200).json();
    assert_ne!(ended["ended_at"], json!(null));
    let event = talk.console.expect("conversation.ended").await;
    assert_eq!(event["event"]["by"], json!({"kind": "visitor"}));
    let event = talk.window.expect("conversation.ended").await;
    assert_eq!(event["event"]["by"], "visitor");
}

#[tokio::test]
async fn an_operator_ends_a_conversation() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let ended = talk.operator.ends(talk.id).await.expect_status(200).json();
    assert_ne!(ended["ended_at"], json!(null));
    let event = talk.window.expect("conversation.ended").await;
    assert_eq!(event["event"]["by"], "operator");
    let event = talk.console.expect("conversation.ended").await;
    let by = json!({"kind": "operator", "id": talk.operator.id, "name": "Maren Holm"});
    assert_eq!(event["event"]["by"], by);
}

#[tokio::test]
async fn ending_twice_is_fine_and_told_once() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let (one, two) = tokio::join!(talk.visitor.ends(), talk.operator.ends(talk.id));
    one.expect_status(200);
    two.expect_status(200);
    talk.visitor.ends().await.expect_status(200);
    assert_eq!(talk.visitor.log().await.len(), 3);
}

#[tokio::test]
async fn nobody_writes_after_the_end() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.visitor.ends().await.expect_status(200);
    let late = talk.visitor.says("One more thing").await;
    late.expect_error(409, "conversation_ended");
    let late = talk.operator.answers(talk.id, "Me too").await;
    late.expect_error(409, "conversation_ended");
    for socket in [&mut talk.window, &mut talk.console] {
        let id = socket.sends("And here").await;
        let refused = socket.awaits("refused").await;
        assert_eq!(refused["code"], "conversation_ended");
        assert_eq!(refused["client_id"], id);
        assert_eq!(refused["retry_after"], json!(null));
    }
}

#[tokio::test]
async fn a_resend_of_an_acknowledged_message_gets_its_first_answer_after_the_end() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let said = json!({"client_id": client_id(), "text": "Before the end"});
    let first = talk.visitor.sends(&said).await.expect_status(201).json();
    let answered = json!({"client_id": client_id(), "text": "Me too"});
    let second = talk.operator.sends(talk.id, &answered).await.expect_status(201);
    talk.visitor.ends().await.expect_status(200);

    let again = talk.visitor.sends(&said).await.expect_status(200).json();
    assert_eq!(again, first);
    let again = talk.operator.sends(talk.id, &answered).await.expect_status(200);
    assert_eq!(again.json(), second.json());
}

#[tokio::test]
async fn an_ended_conversation_stays_listed_for_a_day() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    talk.visitor.ends().await.expect_status(200);
    app.clock.advance(Duration::from_secs(24 * 3600 - 1));
    assert_eq!(talk.operator.conversations().await.len(), 1);
    app.clock.advance(Duration::from_secs(1));
    assert!(talk.operator.conversations().await.is_empty());
    talk.operator.snapshot(talk.id).await;
}

#[tokio::test]
async fn a_visitor_may_start_again_after_the_end() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.visitor.ends().await.expect_status(200);
    talk.console.expect("conversation.ended").await;
    let again = talk.visitor.with_new_conversation();
    again.starts("It's me").await.expect_status(201);
    let opened = talk.console.expect("conversation.opened").await;
    let id = opened["conversation"].as_i64().expect("an id");
    let seen = talk.operator.snapshot(id).await;
    assert_eq!(seen["recent"][0]["id"], talk.id);
    assert_eq!(seen["conversation"]["visitor"]["id"], 1);
}
