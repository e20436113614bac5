//! D10: an author edits and deletes own messages; nobody is shown afterwards what was removed.

use frontdesk_test_support::{Talk, TestApp, Value, json};

/// Maren's message number 3, which both sides have.
async fn a_talk_with_an_answer(app: &TestApp) -> Talk {
    let mut talk = app.talk().await;
    talk.console.says("The key is 1234").await;
    talk.window.expect("message.posted").await;
    talk.console.expect("message.posted").await;
    talk
}

#[tokio::test]
async fn an_edited_message_reads_anew_on_both_sides() {
    let app = TestApp::start().await;
    let mut talk = a_talk_with_an_answer(&app).await;
    let edited = talk.operator.edits(talk.id, 3, " The door is open\r\n").await;
    let edited = edited.expect_status(200).json();
    let told = (&edited["seq"], &edited["message"], &edited["text"]);
    assert_eq!(told, (&json!(4), &json!(3), &json!("The door is open")));
    assert_eq!(talk.console.expect("message.edited").await["event"], edited);
    let seen = talk.window.expect("message.edited").await["event"].clone();
    assert_eq!((&seen["seq"], &seen["message"], &seen["text"]), told);

    for log in [talk.operator.log(talk.id).await, talk.visitor.log().await] {
        assert_eq!(log[2]["text"], "The door is open");
        assert_eq!((&log[2]["edited"], &log[2]["deleted"]), (&json!(true), &Value::Null));
        assert!(!everything(&log).contains("1234"));
    }
    let summary = &talk.operator.snapshot(talk.id).await["conversation"];
    assert_eq!(summary["last_message"]["text"], "The door is open");
}

#[tokio::test]
async fn a_deleted_message_is_gone_for_everybody() {
    let app = TestApp::start().await;
    let mut talk = a_talk_with_an_answer(&app).await;
    talk.operator.edits(talk.id, 3, "The key is 5678").await.expect_status(200);
    let deleted = talk.operator.deletes(talk.id, 3).await.expect_status(200).json();
    assert_eq!((&deleted["kind"], &deleted["message"]), (&json!("message.deleted"), &json!(3)));
    talk.window.expect("message.edited").await;
    let seen = talk.window.expect("message.deleted").await["event"].clone();
    assert_eq!(seen, json!({"seq": 5, "at": seen["at"], "kind": "message.deleted", "message": 3}));

    for log in [talk.operator.log(talk.id).await, talk.visitor.log().await] {
        assert_eq!((&log[2]["text"], &log[2]["deleted"]), (&json!(""), &json!(true)));
        let told = everything(&log);
        assert!(!told.contains("1234") && !told.contains("5678"), "{told}");
    }
    let mut late = talk.visitor.connect_after(3).await;
    assert_eq!(late.events_to(5).await[0]["text"], "");
    let last = talk.operator.snapshot(talk.id).await["conversation"]["last_message"].clone();
    assert_eq!(
        (&last["seq"], &last["text"], &last["deleted"]),
        (&json!(3), &json!(""), &json!(true))
    );
}

#[tokio::test]
async fn doing_the_same_again_changes_nothing() {
    let app = TestApp::start().await;
    let talk = a_talk_with_an_answer(&app).await;
    let unchanged = talk.operator.edits(talk.id, 3, "The key is 1234").await.expect_status(200);
    assert_eq!(unchanged.json()["kind"], "message.posted");
    let first = talk.operator.edits(talk.id, 3, "Other").await.expect_status(200).json();
    let again = talk.operator.edits(talk.id, 3, "Other").await.expect_status(200).json();
    assert_eq!(again, first);
    let first = talk.operator.deletes(talk.id, 3).await.expect_status(200).json();
    let again = talk.operator.deletes(talk.id, 3).await.expect_status(200).json();
    assert_eq!(again, first);
    talk.operator.edits(talk.id, 3, "Back").await.expect_error(409, "message_deleted");
    assert_eq!(talk.visitor.log().await.len(), 5);
}

#[tokio::test]
async fn at_the_same_instant_one_deletion_counts_and_no_edit_brings_it_back() {
    for _ in 0..5 {
        let app = TestApp::start().await;
        let talk = a_talk_with_an_answer(&app).await;
        let (one, two, _) = tokio::join!(
            talk.operator.deletes(talk.id, 3),
            talk.operator.deletes(talk.id, 3),
            talk.operator.edits(talk.id, 3, "Edited meanwhile"),
        );
        assert_eq!(one.expect_status(200).json(), two.expect_status(200).json());
        let log = talk.operator.log(talk.id).await;
        assert_eq!((&log[2]["text"], &log[2]["deleted"]), (&json!(""), &json!(true)));
        assert_eq!(log.iter().filter(|it| it["kind"] == "message.deleted").count(), 1);
        assert!(!everything(&log).contains("meanwhile"));
    }
}

#[tokio::test]
async fn only_the_author_changes_a_message() {
    let app = TestApp::start().await;
    let talk = a_talk_with_an_answer(&app).await;
    let liv = app.operator("Liv").await;
    let elsewhere = talk.visitor.with_new_conversation();
    elsewhere.starts("Elsewhere").await.expect_status(201);
    liv.edits(talk.id, 3, "Mine").await.expect_error(403, "not_a_member");
    liv.joins(talk.id).await.expect_status(200);
    for seq in [2, 3] {
        liv.edits(talk.id, seq, "Mine").await.expect_error(403, "not_the_author");
        liv.deletes(talk.id, seq).await.expect_error(403, "not_the_author");
    }
    talk.operator.edits(talk.id, 2, "Hers").await.expect_error(403, "not_the_author");
    for seq in [0, 1, -1, 99] {
        talk.operator.edits(talk.id, seq, "What?").await.expect_error(404, "not_found");
        talk.operator.deletes(talk.id, seq).await.expect_error(404, "not_found");
    }
    talk.operator
        .from_origin("https://evil.example")
        .deletes(talk.id, 3)
        .await
        .expect_error(403, "wrong_origin");
    assert_eq!(talk.operator.log(talk.id).await[2]["text"], "The key is 1234");
}

#[tokio::test]
async fn a_conversation_that_is_over_stays_as_it_is() {
    let app = TestApp::start().await;
    let talk = a_talk_with_an_answer(&app).await;
    talk.operator.ends(talk.id).await.expect_status(200);
    talk.operator.edits(talk.id, 3, "Late").await.expect_error(409, "conversation_ended");
    talk.operator.deletes(talk.id, 3).await.expect_error(409, "conversation_ended");
}

#[tokio::test]
async fn an_edited_text_is_checked_like_a_new_one() {
    let app = TestApp::start().await;
    let talk = a_talk_with_an_answer(&app).await;
    for (text, code) in [(" \n", "message_empty"), ("a\0", "control_characters")] {
        talk.operator.edits(talk.id, 3, text).await.expect_error(422, code);
    }
    let long = "a".repeat(8001);
    talk.operator.edits(talk.id, 3, &long).await.expect_error(422, "message_too_long");
}

#[tokio::test]
async fn a_resend_of_an_edited_message_gets_it_as_it_is() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let sent = talk.console.says("First").await;
    talk.operator.deletes(talk.id, 3).await.expect_status(200);
    let resend = json!({"client_id": sent["client_id"], "text": "First"});
    let answer = talk.operator.sends(talk.id, &resend).await.expect_status(200).json();
    assert_eq!((&answer["seq"], &answer["text"]), (&json!(3), &json!("")));
}

fn everything(log: &[Value]) -> String {
    log.iter().map(ToString::to_string).collect()
}
