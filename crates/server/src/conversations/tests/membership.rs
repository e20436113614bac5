//! Operators come in and leave.

use frontdesk_test_support::{Operator, TestApp, json};

#[tokio::test]
async fn another_operator_joins_and_both_answer() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let liv = app.operator("Liv").await;
    let mut livs = liv.connect().await;
    livs.talk_about(talk.id);

    let outside = liv.answers(talk.id, "May I?").await;
    outside.expect_error(403, "not_a_member");
    let joined = liv.joins(talk.id).await.expect_status(200).json();
    assert_eq!(joined["member"], true);
    assert_eq!(joined["operator"]["name"], "Maren Holm");
    let event = talk.window.expect("member.joined").await;
    assert_eq!(event["event"]["name"], "Liv");
    let event = talk.console.expect("member.joined").await;
    assert_eq!(event["event"]["operator"], json!({"id": liv.id, "name": "Liv"}));

    livs.expect("member.joined").await;
    livs.says("Liv here").await;
    assert_eq!(talk.window.expect("message.posted").await["event"]["name"], "Liv");
    talk.console.expect("message.posted").await;
    talk.console.says("Maren too").await;
    livs.events_to(5).await;
}

#[tokio::test]
async fn joining_twice_tells_it_once() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let liv = app.operator("Liv").await;
    let (one, two) = tokio::join!(liv.joins(talk.id), liv.joins(talk.id));
    one.expect_status(200);
    two.expect_status(200);
    liv.joins(talk.id).await.expect_status(200);
    let kinds: Vec<_> = talk.visitor.log().await.iter().map(|it| it["kind"].clone()).collect();
    assert_eq!(kinds, ["conversation.opened", "message.posted", "member.joined"]);
}

#[tokio::test]
async fn leaving_never_ends_a_conversation() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let left = talk.operator.leaves(talk.id).await.expect_status(200).json();
    assert_eq!(left["member"], false);
    assert_eq!(left["operator"], json!(null));
    assert_eq!(left["ended_at"], json!(null));
    talk.window.expect("member.left").await;
    assert!(talk.operator.conversations().await.is_empty());

    talk.window.says("Is anybody there?").await;
    let again = talk.operator.joins(talk.id).await.expect_status(200).json();
    assert_eq!(again["operator"]["id"], talk.operator.id);
    assert_eq!(again["unread"], 2);
    talk.operator.answers(talk.id, "Yes").await.expect_status(201);
}

#[tokio::test]
async fn leaving_twice_tells_it_once() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    talk.operator.leaves(talk.id).await.expect_status(200);
    talk.operator.leaves(talk.id).await.expect_status(200);
    assert_eq!(talk.visitor.log().await.len(), 3);
}

#[tokio::test]
async fn who_has_left_writes_no_more() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.operator.leaves(talk.id).await.expect_status(200);
    let refused = talk.operator.answers(talk.id, "Wait").await;
    refused.expect_error(403, "not_a_member");
    talk.console.sends("Wait").await;
    let refused = talk.console.awaits("refused").await;
    assert_eq!(refused["code"], "not_a_member");
    talk.operator.marks(talk.id, 3, 3).await.expect_error(403, "not_a_member");
    talk.operator.ends(talk.id).await.expect_error(403, "not_a_member");
}

#[tokio::test]
async fn the_next_in_line_answers_when_the_first_leaves() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let liv = app.operator("Liv").await;
    liv.joins(talk.id).await.expect_status(200);
    talk.operator.leaves(talk.id).await.expect_status(200);
    let snapshot = talk.visitor.snapshot().await;
    assert_eq!(snapshot["conversation"]["operator"]["name"], "Liv");
}

#[tokio::test]
async fn an_operator_looks_on_without_taking_part() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let liv = app.operator("Liv").await;
    let mut livs = liv.connect().await;
    assert_eq!(liv.snapshot(talk.id).await["conversation"]["member"], false);
    livs.talk_about(talk.id);
    livs.tells("follow").await;
    assert_eq!(livs.expect("followed").await["last_seq"], 2);
    talk.window.says("Hello again").await;
    let seen = livs.expect("message.posted").await;
    assert_eq!(seen["event"]["text"], "Hello again");

    livs.tells("unfollow").await;
    livs.tells("ping").await;
    livs.expect("pong").await;
    talk.window.says("Not for Liv").await;
    let own = app.visitor().await;
    talk.operator.chooses("busy").await.expect_status(200);
    own.starts("For Liv").await.expect_status(201);
    livs.expect("conversation.opened").await;
}

#[tokio::test]
async fn nobody_joins_what_has_ended() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let liv = app.operator("Liv").await;
    talk.visitor.ends().await.expect_status(200);
    liv.joins(talk.id).await.expect_error(409, "conversation_ended");
}

#[tokio::test]
async fn the_load_is_what_an_operator_came_into_until_it_ends() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let maren = &talk.operator;
    let liv = app.operator("Liv").await;
    let _console = liv.connect().await;
    assert_eq!(who_answers(&app, maren, &liv).await, ("Liv", 0));

    // Leaving keeps the load, so that nobody gets rid of work for more work.
    maren.leaves(talk.id).await.expect_status(200);
    liv.ends(liv.newest().await).await.expect_status(200);
    assert_eq!(who_answers(&app, maren, &liv).await, ("Liv", 0));
    talk.visitor.ends().await.expect_status(200);
    assert_eq!(who_answers(&app, maren, &liv).await, ("Maren", 0));
}

#[tokio::test]
async fn left_alone_a_conversation_looks_for_help_until_somebody_new_comes() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let liv = app.operator("Liv").await;
    let left = talk.operator.leaves(talk.id).await.expect_status(200).json();
    assert_eq!(left["status"], "looking_for_help");
    talk.console.expect("member.left").await;
    let changed = talk.console.expect("conversation.status_changed").await;
    assert_eq!(changed["event"]["status"], "looking_for_help");
    assert_eq!(changed["event"]["visitor_seq"], json!(null));
    assert_eq!(liv.queue().await["looking_for_help"][0]["id"], talk.id);

    // Who had left is no help.
    let again = talk.operator.joins(talk.id).await.expect_status(200).json();
    assert_eq!(again["status"], "looking_for_help");
    let joined = liv.takes(talk.id).await.expect_status(200).json();
    assert_eq!(joined["status"], "in_progress");
    assert_eq!(liv.queue().await["looking_for_help"], json!([]));
    talk.window.expect("member.left").await;
    talk.window.expect("member.joined").await;
    assert_eq!(talk.window.expect("member.joined").await["event"]["name"], "Liv");
}

#[tokio::test]
async fn the_next_message_of_a_visitor_left_alone_finds_somebody_else() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.operator.leaves(talk.id).await.expect_status(200);
    talk.window.expect("member.left").await;
    talk.window.says("Is anybody there?").await;
    talk.window.expect("message.posted").await;
    let liv = app.operator("Liv").await;
    let mut livs = liv.connect().await;
    livs.talk_about(talk.id);
    talk.window.says("Hello?").await;
    talk.window.expect("message.posted").await;
    assert_eq!(talk.window.expect("member.joined").await["event"]["name"], "Liv");
    let joined = livs.awaits("member.joined").await;
    let considered = &joined["event"]["why"]["considered"];
    assert_eq!(considered[0]["reason"], "chosen");
    assert_eq!(
        considered[1],
        json!({"operator": talk.operator.id, "reason": "left", "ongoing": 1})
    );
    let summary = &liv.snapshot(talk.id).await["conversation"];
    assert_eq!(summary["status"], "in_progress");
}

#[tokio::test]
async fn the_first_joiner_wins() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let (liv, tom) = (app.operator("Liv").await, app.operator("Tom").await);
    liv.takes(talk.id).await.expect_error(409, "already_taken");
    talk.operator.sets_status(talk.id, "looking_for_help").await.expect_status(200);
    let (one, two) = tokio::join!(liv.takes(talk.id), tom.takes(talk.id));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    // Beside others one may always come in.
    tom.joins(talk.id).await.expect_status(200);
}

#[tokio::test]
async fn a_status_set_by_hand_is_seen_by_the_team_alone() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let liv = app.operator("Liv").await;
    let mut livs = liv.connect().await;
    for _ in 0..2 {
        let set = talk.operator.sets_status(talk.id, "looking_for_help").await;
        assert_eq!(set.expect_status(200).json()["status"], "looking_for_help");
    }
    livs.expect_frame(&json!({"kind": "changed", "what": "queue", "id": talk.id})).await;
    talk.operator.sets_status(talk.id, "waiting_for_customer").await.expect_status(200);
    assert_eq!(talk.operator.log(talk.id).await.len(), 4);
    assert_eq!(talk.visitor.log().await.len(), 2);
    talk.window.says("Here I am").await;
    talk.window.expect("message.posted").await;
    let summary = &talk.operator.snapshot(talk.id).await["conversation"];
    assert_eq!(summary["status"], "in_progress");
    talk.operator.ends(talk.id).await.expect_status(200);
    let refused = talk.operator.sets_status(talk.id, "in_progress").await;
    refused.expect_error(409, "conversation_ended");
    let refused = talk.operator.sets_status(talk.id, "done").await;
    refused.expect_error(400, "bad_request");
}

#[tokio::test]
async fn invited_colleagues_take_part_and_the_visitor_is_told() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let (liv, tom) = (app.operator("Liv").await, app.operator("Tom").await);
    let mut livs = liv.connect().await;
    livs.talk_about(talk.id);
    for _ in 0..2 {
        talk.operator.invites(talk.id, &[liv.id, tom.id]).await.expect_status(200);
    }
    let joined = livs.expect("member.joined").await;
    assert_eq!(joined["event"]["invited_by"], talk.operator.id);
    assert_eq!(talk.window.expect("member.joined").await["event"]["name"], "Liv");
    assert_eq!(talk.window.expect("member.joined").await["event"]["name"], "Tom");
    livs.says("Hello from Liv").await;
    talk.operator.invites(talk.id, &[4711]).await.expect_error(404, "not_found");
}

/// Who gets the next conversation, and how many that operator had before it.
async fn who_answers(app: &TestApp, maren: &Operator, liv: &Operator) -> (&'static str, i64) {
    let started = app.visitor().await.starts("Hello").await.expect_status(201).json();
    let is_liv = started["conversation"]["operator"]["name"] == "Liv";
    let (name, chosen) = if is_liv { ("Liv", liv) } else { ("Maren", maren) };
    let log = chosen.log(chosen.newest().await).await;
    (name, log[0]["why"]["ongoing"].as_i64().expect("an explanation"))
}
