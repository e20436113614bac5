//! What was acknowledged is kept, whatever happens to the process.

use crate::server::{Installation, TERMINATE, told};
use frontdesk_test_support::{client_id, json};

#[tokio::test]
async fn an_acknowledged_message_survives_kill_9() {
    let installation = Installation::new().await;
    let server = installation.serve();
    let maren = installation.operator(&server, "maren").await;
    let _console = maren.connect().await;
    let visitor = server.visitor();
    visitor.starts("Hello").await.expect_status(201);
    let address = server.address().to_owned();

    let mut server = server;
    for number in 3..=7 {
        let message = json!({"client_id": client_id(), "text": format!("number {number}")});
        let sent = visitor.sends(&message).await.expect_status(201).json();
        server.kill();
        server = installation.serve_at(&address);
        let log = visitor.log().await;
        assert_eq!(log.last(), Some(&sent));
        assert_eq!(log.len(), number);
        let again = visitor.sends(&message).await.expect_status(200).json();
        assert_eq!(again, sent);
    }
    server.stop();
}

#[tokio::test]
async fn both_sides_go_on_after_a_restart() {
    let installation = Installation::new().await;
    let server = installation.serve();
    let maren = installation.operator(&server, "maren").await;
    let mut console = maren.connect().await;
    let visitor = server.visitor();
    visitor.starts("Hello").await.expect_status(201);
    let mut window = visitor.connect_after(2).await;
    window.says("Before the restart").await;
    let address = server.address().to_owned();

    server.signal(TERMINATE);
    assert_eq!(window.expect_close().await, 1012);
    assert_eq!(console.expect_close().await, 1012);
    assert_eq!(server.stopped(), Some(0));

    let _server = installation.serve_at(&address);
    let mut window = visitor.connect_after(3).await;
    let mut console = maren.connect().await;
    console.talk_about(maren.newest().await);
    window.says("After the restart").await;
    console.expect("message.posted").await;
    console.says("Welcome back").await;
    let texts: Vec<_> = window.events_to(5).await.iter().map(|it| it["text"].clone()).collect();
    assert_eq!(texts, ["After the restart", "Welcome back"]);
}

#[tokio::test]
async fn messages_that_were_under_way_when_the_server_died_are_sent_again_once() {
    let installation = Installation::new().await;
    let server = installation.serve();
    let maren = installation.operator(&server, "maren").await;
    let _console = maren.connect().await;
    let visitor = server.visitor();
    visitor.starts("Hello").await.expect_status(201);
    let mut window = visitor.connect_after(2).await;
    let address = server.address().to_owned();
    let mut outbox = Vec::new();
    for number in 0..50 {
        let text = format!("number {number}");
        outbox.push(json!({"client_id": window.sends(&text).await, "text": text}));
    }
    server.kill();

    let _server = installation.serve_at(&address);
    for message in &outbox {
        let answer = visitor.sends(message).await;
        assert!([200, 201].contains(&answer.status), "{}", answer.text);
    }
    let log = visitor.log().await;
    let texts: Vec<_> = log[2..].iter().map(|it| it["text"].clone()).collect();
    let expected: Vec<_> = outbox.iter().map(|it| it["text"].clone()).collect();
    assert_eq!(texts, expected);
}

#[tokio::test]
async fn the_first_start_prints_where_to_go_on() {
    let installation = Installation::new().await;
    let server = installation.serve();
    assert_eq!(told(&server.greeting, "Console"), format!("{}/console/", server.url));
    let other_origin = server.url.replace("127.0.0.1", "localhost");
    assert_eq!(told(&server.greeting, "Demonstration site"), format!("{other_origin}/demo/"));
    let folder = installation.folder().display().to_string();
    assert_eq!(told(&server.greeting, "Data folder"), folder);
    server.get("/healthz").await.expect_status(200);
    server.get("/demo/").await.expect_status(200);
    server.stop();
}
