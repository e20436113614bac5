//! What a message costs: one transaction, whatever the conversation has become.

use frontdesk_db::Counts;
use frontdesk_test_support::TestApp;

#[tokio::test]
async fn a_visitors_message_is_one_transaction_of_two_statements() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let mut cheapest = (u64::MAX, u64::MAX);
    for _ in 0..5 {
        let before = app.counts();
        talk.window.says("Hello").await;
        talk.console.expect("message.posted").await;
        cheapest = cheapest.min(since(&app, before));
    }
    assert_eq!(cheapest, (1, 2));
}

#[tokio::test]
async fn an_operators_message_is_one_transaction_of_two_statements() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let mut cheapest = (u64::MAX, u64::MAX);
    for _ in 0..5 {
        let before = app.counts();
        talk.console.says("Hello").await;
        talk.window.expect("message.posted").await;
        cheapest = cheapest.min(since(&app, before));
    }
    assert_eq!(cheapest, (1, 2));
}

/// Transactions and statements; the cheapest of some, since the server does other things beside.
fn since(app: &TestApp, before: Counts) -> (u64, u64) {
    let now = app.counts();
    (now.transactions - before.transactions, now.statements - before.statements)
}
