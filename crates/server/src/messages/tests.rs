//! What messages promise: said once, in order, on both sides, and kept.

use frontdesk_test_support::TestApp;

#[tokio::test]
async fn a_visitor_and_an_operator_talk_live() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;

    talk.window.says("Do you have tea?").await;
    let asked = talk.console.expect("message.posted").await;
    assert_eq!(asked["conversation"], talk.id);
    assert_eq!(asked["event"]["text"], "Do you have tea?");
    assert_eq!(asked["event"]["author"]["kind"], "visitor");

    talk.console.says("Yes, green and black.").await;
    talk.window.expect("message.posted").await;
    let answered = talk.window.expect("message.posted").await;
    assert_eq!(answered["event"]["text"], "Yes, green and black.");
    assert_eq!(answered["event"]["author"], "operator");
    assert_eq!(answered["event"]["name"], "Maren");
}
