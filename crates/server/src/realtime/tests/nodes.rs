//! Whichever node somebody reaches, it is the same installation.
//!
//! On SQLite the one node is the whole installation; with PostgreSQL and NATS there is a second one.

use frontdesk_test_support::{TestApp, json};

#[tokio::test]
async fn visitor_and_operator_talk_through_any_two_nodes() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let others = app.other_nodes().await;
    let nodes: Vec<&TestApp> = std::iter::once(&app).chain(&others).collect();
    let mut last = 2;
    for visitors in &nodes {
        for operators in &nodes {
            let visitor = talk.visitor.at(visitors);
            let operator = talk.operator.at(operators);
            let mut window = visitor.connect_after(last).await;
            let mut console = operator.connect().await;
            console.talk_about(talk.id);

            window.says("From the window").await;
            let shown = console.expect("message.posted").await;
            assert_eq!(shown["event"]["text"], "From the window");
            window.tells("typing").await;
            console.expect("typing").await;
            console.says("From the console").await;
            window.expect("message.posted").await;
            let shown = window.expect("message.posted").await;
            assert_eq!(shown["event"]["text"], "From the console");
            last += 2;
        }
    }
}

#[tokio::test]
async fn a_start_on_any_node_reaches_the_operator() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let mut console = maren.connect().await;
    let others = app.other_nodes().await;
    for node in std::iter::once(&app).chain(&others) {
        let visitor = app.visitor().await.at(node);
        visitor.starts("Hello").await.expect_status(201);
        let opened = console.expect("conversation.opened").await;
        let first = console.expect("message.posted").await;
        assert_eq!(first["conversation"], opened["conversation"]);
        let mut window = visitor.connect_after(2).await;
        let id = opened["conversation"].as_i64().expect("an id");
        maren.answers(id, "Welcome").await.expect_status(201);
        console.expect("message.posted").await;
        assert_eq!(window.expect("message.posted").await["event"]["text"], "Welcome");
        maren.marks(id, 3, 3).await.expect_status(204);
        let marks = window.expect("marks").await;
        assert_eq!((&marks["delivered"], &marks["read"]), (&json!(3), &json!(3)));
    }
}

#[tokio::test]
async fn senders_on_every_node_make_one_log() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let others = app.other_nodes().await;
    let mut last = 2;
    for node in std::iter::once(&app).chain(&others) {
        let (visitor, operator) = (talk.visitor.at(node), talk.operator.at(node));
        for number in 0..10 {
            let text = format!("number {number}");
            let (one, two) = tokio::join!(visitor.says(&text), operator.answers(talk.id, &text));
            one.expect_status(201);
            two.expect_status(201);
        }
        last += 20;
    }
    let truth = talk.visitor.log().await;
    assert_eq!(talk.window.events_to(last).await, truth[2..]);
    assert_eq!(talk.console.events_to(last).await, talk.operator.log(talk.id).await[2..]);
}
