//! Frames that fit, that nearly fit, and that do not.

use super::broken::Maker;
use frontdesk_test_support::{Socket, TestApp, Value, json};

/// Frames that each side sends.
const FRAMES: u64 = 300;

#[tokio::test]
async fn whatever_a_socket_hears_it_answers_or_says_why_it_closes() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let document = serde_json::to_value(crate::openapi()).expect("JSON");
    let schemas = &document["components"]["schemas"];
    let known = [talk.visitor.conversation.as_str()];
    for seed in super::seeds(FRAMES) {
        let mut maker = Maker::new(&document, seed, &known);
        let text = frame(&mut maker, &schemas["VisitorClientFrame"]);
        // A second hello is one too many, and a wrong secret is a stranger's.
        said(talk.visitor.connect().await, &text).await;
        let text = frame(&mut maker, &schemas["OperatorClientFrame"]);
        said(talk.operator.connect().await, &text).await;
    }
    app.get("/readyz").await.expect_status(200);
}

fn frame(maker: &mut Maker<'_>, schema: &Value) -> String {
    let frame = maker.fitting(schema);
    match maker.below(4) {
        0 => frame.to_string(),
        1 | 2 => maker.broken(frame).to_string(),
        _ => {
            let text = frame.to_string();
            let cut = (0..=maker.below(text.len() + 1)).rev().find(|it| text.is_char_boundary(*it));
            text[..cut.unwrap_or_default()].to_owned()
        }
    }
}

async fn said(mut socket: Socket, text: &str) {
    socket.send_text(text).await;
    socket.tell(&json!({"kind": "ping"})).await;
    let closed = socket.closed_before("pong").await;
    assert!(matches!(closed, None | Some(4400)), "{closed:?} after {text}");
}
