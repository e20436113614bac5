//! A reader that is too slow does not hold up anybody, and comes back.

use frontdesk_test_support::TestApp;

/// Far more messages than buffers and queue of one connection hold.
const ENDLESS: usize = 5000;

#[tokio::test]
async fn a_reader_that_is_too_slow_is_closed_and_resumes() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.console.close().await;
    // The window reads nothing while this is said.
    let longest = "🐌".repeat(8000);
    let mut last = 2;
    while app.get("/metrics").await.text.contains("frontdesk_connections{side=\"visitor\"} 1") {
        assert!(last < ENDLESS, "nobody is too slow");
        for _ in 0..10 {
            talk.operator.answers(talk.id, &longest).await.expect_status(201);
            last += 1;
        }
    }
    assert_eq!(talk.window.expect_close().await, 4409);

    let mut window = talk.visitor.connect_after(last as i64 - 100).await;
    let missed = window.events_to(last as i64).await;
    assert_eq!(missed.len(), 100);
    talk.operator.answers(talk.id, "Live again").await.expect_status(201);
    assert_eq!(window.expect("message.posted").await["event"]["text"], "Live again");
}
