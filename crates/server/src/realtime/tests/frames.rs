//! Frames that cannot be read end a connection with the reason, and nothing else.

use frontdesk_test_support::{Refused, Socket, TestApp, Value, Visitor, json};

/// Larger than any frame may be.
const HUGE: usize = 64 * 1024 + 1;

#[tokio::test]
async fn a_frame_that_cannot_be_read_closes_the_connection() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let nested = "[".repeat(10_000);
    let unreadable = [
        "",
        "nonsense",
        "{",
        "null",
        "[]",
        "{}",
        "\"ping\"",
        r#"{"kind":"dance"}"#,
        r#"{"kind":"send"}"#,
        r#"{"kind":"typing","conversation":{}}"#,
        &nested,
    ];
    for text in unreadable {
        let mut window = talk.visitor.connect().await;
        window.send_text(text).await;
        assert_eq!(window.expect_close().await, 4400, "{text}");
        let mut console = talk.operator.connect().await;
        console.send_text(text).await;
        assert_eq!(console.expect_close().await, 4400, "{text}");
    }
    assert_eq!(talk.visitor.log().await.len(), 2);
}

#[tokio::test]
async fn a_binary_frame_closes_the_connection() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.window.send_bytes(br#"{"kind":"ping"}"#).await;
    assert_eq!(talk.window.expect_close().await, 1003);
    talk.console.send_bytes(&[0, 159, 146, 150]).await;
    assert_eq!(talk.console.expect_close().await, 1003);
}

#[tokio::test]
async fn a_frame_that_is_too_large_closes_the_connection() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    for socket in [&mut talk.window, &mut talk.console] {
        socket.send_text(&"a".repeat(HUGE)).await;
        assert_eq!(socket.expect_close().await, 1009);
    }
    let mut window = talk.visitor.connect().await;
    window.send_text(&"a".repeat(1024 * 1024)).await;
    assert_eq!(window.expect_close().await, 1009);
}

#[tokio::test]
async fn unknown_fields_do_not_matter() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    for socket in [&mut talk.window, &mut talk.console] {
        socket.tell(&json!({"kind": "ping", "mood": "good"})).await;
        socket.expect("pong").await;
    }
}

#[tokio::test]
async fn a_visitor_says_hello_first_and_once() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let hello = json!({"kind": "hello", "secret": talk.visitor.secret});
    assert_eq!(closed_after(&talk.visitor, &[json!({"kind": "ping"})]).await, 4400);
    assert_eq!(closed_after(&talk.visitor, &[talk.visitor.subscribe(0)]).await, 4400);
    assert_eq!(closed_after(&talk.visitor, &[hello.clone(), hello]).await, 4400);
}

#[tokio::test]
async fn a_secret_that_nobody_knows_opens_nothing() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    for secret in [app.visitor().await.secret, "short".to_owned(), "\0".repeat(43)] {
        let hello = json!({"kind": "hello", "secret": secret});
        assert_eq!(closed_after(&talk.visitor, &[hello]).await, 4401);
    }
}

#[tokio::test]
async fn a_connection_without_hello_is_closed() {
    let app = TestApp::start().await;
    let visitor = app.visitor().await;
    // This one waits for the real ten seconds.
    assert_eq!(closed_after(&visitor, &[]).await, 4408);
}

async fn closed_after(visitor: &Visitor, frames: &[Value]) -> u16 {
    let mut socket: Socket = visitor.opens_socket().await.expect("the server upgrades");
    for frame in frames {
        socket.tell(frame).await;
    }
    socket.expect_close().await
}

#[tokio::test]
async fn the_operators_socket_opens_for_operators_only() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    maren.delete("/session").await.expect_status(204);
    assert_eq!(maren.opens_socket().await.err(), Some(Refused(401)));
}

#[tokio::test]
async fn a_visitor_follows_four_conversations_at_once() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    let mut visitor = app.visitor().await;
    visitor.starts("One").await.expect_status(201);
    let first = visitor.clone();
    let mut socket = visitor.connect_after(2).await;
    for text in ["Two", "Three", "Four", "Five"] {
        visitor = visitor.with_new_conversation();
        visitor.starts(text).await.expect_status(201);
        socket.tell(&visitor.subscribe(2)).await;
        socket.expect("subscribed").await;
    }
    first.says("Followed no more").await.expect_status(201);
    visitor.says("Followed").await.expect_status(201);
    assert_eq!(socket.expect("message.posted").await["event"]["text"], "Followed");
}
