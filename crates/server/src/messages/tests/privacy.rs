//! What a visitor never learns.

use frontdesk_test_support::{TestApp, Value};

#[tokio::test]
async fn a_visitor_learns_the_chat_name_and_nothing_else_of_an_operator() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let liv = app.operator("Liv").await;
    liv.is_called("Liv Sand", "L.").await.expect_status(200);
    liv.joins(talk.id).await.expect_status(200);
    let sent = talk.console.says("From Maren").await;
    talk.console.tells("typing").await;
    talk.operator.marks(talk.id, 3, 3).await.expect_status(204);
    liv.answers(talk.id, "From Liv").await.expect_status(201);
    liv.leaves(talk.id).await.expect_status(200);
    talk.operator.ends(talk.id).await.expect_status(200);

    let frames = talk.window.until("conversation.ended").await;
    let list = format!("/conversations?channel_id={}", talk.visitor.channel);
    let told = [
        joined(&frames),
        talk.visitor.snapshot().await.to_string(),
        talk.visitor.get(&list).await.text,
        talk.visitor.get(&talk.visitor.path("/events")).await.text,
        talk.visitor.get(&talk.visitor.path("/poll")).await.text,
        talk.visitor.starts("Again").await.text,
    ];
    for text in told {
        assert!(text.contains("\"Maren\""), "{text}");
        for secret in ["Holm", "Sand", "@example.com", "visitor_seq", "operator_id", "\"why\""] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        let operators_client_id = sent["client_id"].as_str().expect("an id");
        assert!(!text.contains(operators_client_id), "{text}");
    }
}

#[tokio::test]
async fn numbers_of_the_team_are_not_told() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.console.says("Hello").await;
    let event = talk.window.expect("message.posted").await;
    let mut keys: Vec<_> =
        event["event"].as_object().into_iter().flat_map(|it| it.keys()).collect();
    keys.sort();
    assert_eq!(keys, ["at", "author", "kind", "name", "seq", "text"]);
    assert_eq!(event["conversation"], talk.visitor.conversation);
}

fn joined(frames: &[Value]) -> String {
    frames.iter().map(ToString::to_string).collect()
}
