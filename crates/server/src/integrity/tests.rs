//! What is whole is called whole, and each thing that cannot be is found.

use super::{check, repair};
use frontdesk_db::{Statement, params};
use frontdesk_test_support::TestApp;

frontdesk_db::statements! {
    LOSE_AN_EVENT = "delete from event where conversation_id = $1 and seq = 3";
    LOSE_THE_LAST = "delete from event where conversation_id = $1 and seq = 4";
    HIDE_AN_EVENT = "update event set visitor_seq = null where conversation_id = $1 and seq = 3";
    SWAP_NUMBERS = "update event set visitor_seq = 7 - visitor_seq where conversation_id = $1
        and seq > 2";
    RAISE_THE_HEAD = "update conversation set last_seq = 9 where id = $1";
    NO_MESSAGE = "update conversation set last_message_seq = 1 where id = $1";
    NO_OPENING = "update event set kind = 'member.joined' where conversation_id = $1 and seq = 1";
    END_SILENTLY = "update conversation set ended_at = 1, status = null where id = $1";
    LOSE_THE_VISITOR = "delete from member where conversation_id = $1 and kind = 'visitor'";
    LEAVE_SILENTLY = "update member set left_at = 1 where conversation_id = $1 and kind = 'operator'";
    READ_AHEAD = "update member set read_seq = 9 where conversation_id = $1 and kind = 'visitor'";
    LOSE_THE_PLACE = "update conversation set chatbot_id = 7 where id = $1";
    MISCOUNT = "update operator_presence set ongoing = ongoing + $1";
}

/// A conversation of four events: opened, a first message, an answer, a second message.
async fn talk() -> (TestApp, i64) {
    let app = TestApp::start().await;
    let maren = app.operator("maren").await;
    let mut console = maren.connect().await;
    let visitor = app.visitor().await;
    visitor.starts("Hello").await.expect_status(201);
    let mut window = visitor.connect_after(2).await;
    let id = maren.newest().await;
    console.talk_about(id);
    console.says("Welcome").await;
    window.expect("message.posted").await;
    window.says("Thank you").await;
    (app, id)
}

async fn findings(app: &TestApp) -> Vec<String> {
    check(app.db()).await.expect("readable").findings
}

#[tokio::test]
async fn what_is_whole_is_called_whole() {
    let (app, _) = talk().await;
    let report = check(app.db()).await.expect("readable");
    assert_eq!((report.conversations, report.findings), (1, Vec::<String>::new()));
}

#[tokio::test]
async fn each_thing_that_cannot_be_is_found() {
    let cases: [(Statement, &str); 12] = [
        (LOSE_AN_EVENT, "its log has a gap"),
        (LOSE_THE_LAST, "its head is not its newest event"),
        (HIDE_AN_EVENT, "the visitor's numbers have a gap"),
        (SWAP_NUMBERS, "out of order"),
        (RAISE_THE_HEAD, "its head is not"),
        (NO_MESSAGE, "its last message is none"),
        (NO_OPENING, "does not begin with its opening"),
        (END_SILENTLY, "without an event that says so"),
        (LOSE_THE_VISITOR, "its visitor is no member"),
        (LEAVE_SILENTLY, "the operator who answers it is no member"),
        (READ_AHEAD, "read further than it goes"),
        (LOSE_THE_PLACE, "stands nowhere in the script"),
    ];
    for (damage, expected) in cases {
        let (app, id) = talk().await;
        let changed = app.db().write(move |tx| tx.execute(&damage, params![id])).await;
        assert!(changed.expect("possible") > 0, "{expected}");
        let found = findings(&app).await;
        let told = format!("conversation {id}: ");
        assert!(found.iter().any(|it| it.starts_with(&told) && it.contains(expected)), "{found:?}");
    }
}

#[tokio::test]
async fn counters_are_repaired() {
    let (app, _) = talk().await;
    app.db().write(|tx| tx.execute(&MISCOUNT, params![3_i64])).await.expect("possible");
    let found = findings(&app).await;
    assert!(found[0].contains("counted as answering 4 conversations, answers 1"), "{found:?}");
    assert_eq!(repair(app.db()).await.expect("writable"), 1);
    assert_eq!(findings(&app).await, Vec::<String>::new());
    assert_eq!(repair(app.db()).await.expect("writable"), 0);
}
