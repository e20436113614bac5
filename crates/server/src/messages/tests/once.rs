//! A message is stored once, however often it is sent.

use frontdesk_test_support::{TestApp, client_id, json};

#[tokio::test]
async fn a_resend_gets_the_first_answer() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let message = json!({"client_id": client_id(), "text": "Once"});
    let first = talk.visitor.sends(&message).await.expect_status(201).json();
    for _ in 0..3 {
        let again = talk.visitor.sends(&message).await.expect_status(200).json();
        assert_eq!(again, first);
    }
    talk.visitor.says("Next").await.expect_status(201);
    let shown = talk.console.events_to(4).await;
    assert_eq!(shown.len(), 2);
}

#[tokio::test]
async fn the_first_text_stays_when_a_resend_says_something_else() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let id = client_id();
    let first = json!({"client_id": id, "text": "First"});
    talk.operator.sends(talk.id, &first).await.expect_status(201);
    let other = json!({"client_id": id, "text": "Other"});
    let answer = talk.operator.sends(talk.id, &other).await.expect_status(200);
    assert_eq!(answer.json()["text"], "First");
}

#[tokio::test]
async fn the_same_message_at_the_same_instant_is_one() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    for _ in 0..5 {
        let message = json!({"client_id": client_id(), "text": "Once"});
        let (one, two, three) = tokio::join!(
            talk.visitor.sends(&message),
            talk.visitor.sends(&message),
            talk.visitor.sends(&message)
        );
        let mut statuses = [one.status, two.status, three.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 200, 201]);
        assert_eq!(one.json(), two.json());
        assert_eq!(two.json(), three.json());
    }
    assert_eq!(talk.visitor.log().await.len(), 7);
}

#[tokio::test]
async fn a_resend_over_the_socket_is_acknowledged_with_the_first_number() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let first = talk.window.says("Once").await;
    talk.console.says("In between").await;
    let frame = json!({"kind": "send", "conversation": talk.visitor.conversation, "client_id": first["client_id"], "text": "Once"});
    talk.window.tell(&frame).await;
    let id = first["client_id"].as_str().unwrap_or_default();
    assert_eq!(talk.window.acknowledgement(id).await, first);
    assert_eq!(talk.window.events_to(4).await.len(), 2);
}

#[tokio::test]
async fn the_other_sides_client_id_is_taken() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let liv = app.operator("Liv").await;
    liv.joins(talk.id).await.expect_status(200);
    let (visitors, operators) = (client_id(), client_id());
    let visitors = json!({"client_id": visitors, "text": "Mine"});
    let operators = json!({"client_id": operators, "text": "Mine"});
    talk.visitor.sends(&visitors).await.expect_status(201);
    talk.operator.sends(talk.id, &operators).await.expect_status(201);

    talk.visitor.sends(&operators).await.expect_error(409, "client_id_taken");
    talk.operator.sends(talk.id, &visitors).await.expect_error(409, "client_id_taken");
    liv.sends(talk.id, &operators).await.expect_error(409, "client_id_taken");
    talk.visitor.ends().await.expect_status(200);
    talk.visitor.sends(&operators).await.expect_error(409, "client_id_taken");
}

#[tokio::test]
async fn a_client_id_counts_in_its_own_conversation() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let message = json!({"client_id": client_id(), "text": "Once here"});
    talk.visitor.sends(&message).await.expect_status(201);
    let other = talk.visitor.with_new_conversation();
    other.starts_with(&message).await.expect_status(201);
    assert_eq!(other.log().await.len(), 2);
    other.sends(&message).await.expect_status(200);
}

#[tokio::test]
async fn a_client_id_is_a_uuid() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    for id in ["", "1", "0198AA1C-5D3E-7F00-8A2B-1C2D3E4F5A6B", "\0", "' or 1=1 --"] {
        let message = json!({"client_id": id, "text": "Hello"});
        let refused = talk.visitor.sends(&message).await;
        let refused = refused.expect_error(422, "client_id_invalid").json();
        assert_eq!(refused["errors"][0]["field"], "client_id");
        let frame =
            json!({"kind": "send", "conversation": talk.id, "client_id": id, "text": "Hello"});
        talk.console.tell(&frame).await;
        let refused = talk.console.awaits("refused").await;
        assert_eq!(refused["code"], "client_id_invalid");
        assert_eq!(refused["client_id"], id);
    }
    assert_eq!(talk.visitor.log().await.len(), 2);
}

#[tokio::test]
async fn an_acknowledged_message_outlives_a_restart() {
    let mut app = TestApp::start().await;
    let mut talk = app.talk().await;
    let sent = talk.window.says("Keep this").await;
    app.restart().await;
    let last = talk.visitor.log().await.pop().expect("events");
    assert_eq!((&last["seq"], &last["text"]), (&sent["seq"], &json!("Keep this")));
    let resend = json!({"client_id": sent["client_id"], "text": "Keep this"});
    talk.visitor.sends(&resend).await.expect_status(200);
}
