//! The main job: a visitor and an operator talk.

use frontdesk_test_support::{TestApp, json};

#[tokio::test]
async fn a_visitor_and_an_operator_talk_live() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;

    talk.window.says("Do you have tea?").await;
    let asked = talk.console.expect("message.posted").await;
    assert_eq!(asked["conversation"], talk.id);
    assert_eq!(asked["event"]["text"], "Do you have tea?");
    assert_eq!(asked["event"]["author"], json!({"kind": "visitor"}));

    talk.console.says("Yes, green and black.").await;
    talk.window.expect("message.posted").await;
    let answered = talk.window.expect("message.posted").await;
    assert_eq!(answered["event"]["text"], "Yes, green and black.");
    assert_eq!(answered["event"]["author"], "operator");
    assert_eq!(answered["event"]["name"], "Maren");
}

#[tokio::test]
async fn what_is_said_by_request_comes_live_too() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let said = talk.visitor.says("By request").await.expect_status(201).json();
    assert_eq!(talk.window.expect("message.posted").await["event"], said);
    talk.console.expect("message.posted").await;
    let answered = talk.operator.answers(talk.id, "Also").await.expect_status(201).json();
    assert_eq!(talk.console.expect("message.posted").await["event"], answered);
    assert_eq!(talk.window.expect("message.posted").await["event"]["text"], "Also");
}

#[tokio::test]
async fn an_acknowledgement_names_the_number_of_the_event() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let sent = talk.window.says("Third").await;
    assert_eq!(sent["seq"], 3);
    assert_eq!(sent["conversation"], talk.visitor.conversation);
    let event = talk.window.expect("message.posted").await["event"].clone();
    assert_eq!((&event["seq"], &event["at"]), (&sent["seq"], &sent["at"]));
    assert_eq!(event["client_id"], sent["client_id"]);
}

#[tokio::test]
async fn all_windows_and_consoles_show_the_same() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let mut second_window = talk.visitor.connect_after(2).await;
    let mut second_console = talk.operator.connect().await;
    talk.window.says("From the first window").await;
    second_console.talk_about(talk.id);
    second_console.says("From the second console").await;
    let shown = talk.window.events_to(4).await;
    assert_eq!(second_window.events_to(4).await, shown);
    let shown = talk.console.events_to(4).await;
    assert_eq!(second_console.events_to(4).await, shown);
}

#[tokio::test]
async fn a_new_chat_name_shows_at_once() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.operator.is_called("Maren H.", "M.").await.expect_status(200);
    talk.console.says("Under a new name").await;
    let live = talk.window.expect("message.posted").await["event"].clone();
    assert_eq!(live["name"], "M.");
    assert_eq!(talk.visitor.log().await.pop(), Some(live));
    let live = talk.console.expect("message.posted").await["event"].clone();
    assert_eq!(live["author"]["name"], "Maren H.");
}

#[tokio::test]
async fn typing_is_told_both_ways() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.window.tells("typing").await;
    let typing = talk.console.expect("typing").await;
    let told = json!({"kind": "typing", "conversation": talk.id, "by": {"kind": "visitor"}});
    assert_eq!(typing, told);

    talk.console.tells("typing").await;
    let typing = talk.window.expect("typing").await;
    let conversation = &talk.visitor.conversation;
    let told = json!({"kind": "typing", "conversation": conversation, "name": "Maren"});
    assert_eq!(typing, told);
    assert_eq!(talk.visitor.log().await.len(), 2);
}

#[tokio::test]
async fn a_visitor_is_told_that_the_operator_is_there() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    assert_eq!(talk.window.expect("presence").await["present"], true);
    let seen = talk.visitor.snapshot().await;
    assert_eq!(seen["conversation"]["operator_present"], true);
    let _second = talk.visitor.connect_after(2).await;
    let present = talk.console.expect("visitor_presence").await;
    assert_eq!(present["present"], true);
}
