//! Whoever looks at a list is told when it is not what it was.

use frontdesk_test_support::{Socket, TestApp, json};

async fn told(console: &mut Socket, id: i64) {
    console.expect_frame(&json!({"kind": "changed", "what": "conversation", "id": id})).await;
}

#[tokio::test]
async fn every_operator_hears_of_conversations_that_begin_change_and_end() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    // Bea takes no part.
    let bea = app.operator("Bea").await;
    bea.chooses("offline").await.expect_status(200);
    let mut console = bea.connect().await;
    let visitor = app.visitor().await;
    visitor.starts("Hello").await.expect_status(201);
    told(&mut console, 1).await;
    bea.joins(1).await.expect_status(200);
    told(&mut console, 1).await;
    visitor.ends().await.expect_status(200);
    told(&mut console, 1).await;
}

#[tokio::test]
async fn the_other_nodes_hear_of_it_too() {
    let app = TestApp::start().await;
    let maren = app.operator("Maren").await;
    let _console = maren.connect().await;
    for node in app.other_nodes().await {
        let mut elsewhere = maren.at(&node).connect().await;
        app.visitor().await.starts("Hello").await.expect_status(201);
        told(&mut elsewhere, 1).await;
    }
}
