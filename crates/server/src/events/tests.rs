//! Events that a newer program wrote, on a node that is older.

use frontdesk_db::params;
use frontdesk_test_support::{TestApp, Value, json};

frontdesk_db::statements! {
    NEW_KIND = "update event set kind = 'moon.risen' where conversation_id = $1 and seq = 2";
    NEW_AUTHOR = "update event set author_kind = 'system' where conversation_id = $1 and seq = 2";
}

#[tokio::test]
async fn what_only_a_newer_program_knows_counts_and_shows_nothing() {
    for newer in [NEW_KIND, NEW_AUTHOR] {
        let app = TestApp::start().await;
        let talk = app.talk().await;
        let id = talk.id;
        let changed = app.db().write(move |tx| tx.execute(&newer, params![id])).await;
        assert_eq!(changed.expect("possible"), 1);
        for log in [talk.visitor.log().await, talk.operator.log(id).await] {
            assert_eq!(log.len(), 2);
            assert_eq!((&log[1]["seq"], &log[1]["kind"]), (&json!(2), &json!("unknown")));
            assert_eq!(log[1]["text"], Value::Null);
        }
    }
}
