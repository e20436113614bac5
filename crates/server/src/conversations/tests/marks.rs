//! Marks: how far each side has received and read.

use frontdesk_test_support::{TestApp, json};

#[tokio::test]
async fn the_team_is_told_what_the_visitor_has_read() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.console.says("Good day").await;
    let frame = json!({"kind": "mark", "conversation": talk.visitor.conversation, "delivered": 3, "read": 2});
    talk.window.tell(&frame).await;
    let marks = talk.console.expect("marks").await;
    let told = json!({"kind": "marks", "conversation": talk.id, "by": "visitor", "delivered": 3, "read": 2});
    assert_eq!(marks, told);
    let snapshot = talk.operator.snapshot(talk.id).await;
    assert_eq!(snapshot["visitor_marks"], json!({"delivered": 3, "read": 2}));
    let own = &talk.visitor.snapshot().await["conversation"]["own_marks"];
    assert_eq!(*own, json!({"delivered": 3, "read": 2}));
}

#[tokio::test]
async fn the_visitor_is_told_what_the_team_has_read() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let frame = json!({"kind": "mark", "conversation": talk.id, "delivered": 2, "read": 2});
    talk.console.tell(&frame).await;
    let marks = talk.window.expect("marks").await;
    assert_eq!((&marks["delivered"], &marks["read"]), (&json!(2), &json!(2)));
    let own = talk.console.expect("marks").await;
    assert_eq!(own["by"], "operator");
    let snapshot = talk.visitor.snapshot().await;
    assert_eq!(snapshot["conversation"]["marks"], json!({"delivered": 2, "read": 2}));
    let snapshot = talk.operator.snapshot(talk.id).await;
    assert_eq!(snapshot["own_marks"], json!({"delivered": 2, "read": 2}));
    assert_eq!(snapshot["conversation"]["unread"], 0);
}

#[tokio::test]
async fn marks_only_rise_and_stay_inside_the_log() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let reports = [(2, 1, 2, 1), (1, 0, 2, 1), (-5, -5, 2, 1), (0, 2, 2, 2), (99, 99, 2, 2)];
    for (delivered, read, then_delivered, then_read) in reports {
        talk.visitor.marks(delivered, read).await.expect_status(204);
        talk.operator.marks(talk.id, delivered, read).await.expect_status(204);
        let stand = json!({"delivered": then_delivered, "read": then_read});
        let seen = talk.operator.snapshot(talk.id).await;
        assert_eq!((&seen["visitor_marks"], &seen["own_marks"]), (&stand, &stand));
    }
}

#[tokio::test]
async fn marks_are_sent_with_every_resume() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.operator.marks(talk.id, 2, 1).await.expect_status(204);
    talk.window.tell(&talk.visitor.subscribe(2)).await;
    let subscribed = talk.window.expect("subscribed").await;
    assert_eq!(subscribed["marks"], json!({"delivered": 2, "read": 1}));
    assert_eq!(subscribed["last_seq"], 2);
}

#[tokio::test]
async fn the_team_has_read_what_one_of_it_has_read() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let liv = app.operator("Liv").await;
    liv.joins(talk.id).await.expect_status(200);
    liv.marks(talk.id, 3, 3).await.expect_status(204);
    let seen = talk.visitor.snapshot().await;
    assert_eq!(seen["conversation"]["marks"], json!({"delivered": 3, "read": 3}));
    let seen = talk.operator.snapshot(talk.id).await;
    assert_eq!(seen["own_marks"], json!({"delivered": 0, "read": 0}));
    assert_eq!(seen["conversation"]["unread"], 1);
}

#[tokio::test]
async fn whoever_looks_on_leaves_no_marks() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let liv = app.operator("Liv").await;
    liv.marks(talk.id, 2, 2).await.expect_error(403, "not_a_member");
    let seen = talk.visitor.snapshot().await;
    assert_eq!(seen["conversation"]["marks"], json!({"delivered": 0, "read": 0}));
}
