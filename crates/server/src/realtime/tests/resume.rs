//! Coming back: exactly what was missed, then live again.

use frontdesk_test_support::{TestApp, Value, json};

#[tokio::test]
async fn a_lost_connection_gets_exactly_what_it_missed() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.window.close().await;
    for number in 3..=6 {
        talk.console.says(&format!("number {number}")).await;
    }
    let mut window = talk.visitor.connect_after(4).await;
    assert_eq!(seqs(&window.events_to(6).await), [5, 6]);
    talk.console.says("number 7").await;
    window.says("number 8").await;
    assert_eq!(seqs(&window.events_to(8).await), [7, 8]);
}

#[tokio::test]
async fn whoever_missed_nothing_gets_nothing_twice() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let mut window = talk.visitor.connect_after(2).await;
    talk.console.says("Next").await;
    assert_eq!(seqs(&window.events_to(3).await), [3]);
}

#[tokio::test]
async fn subscribing_again_starts_over_at_the_given_number() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.console.says("Third").await;
    talk.window.events_to(3).await;
    talk.window.tell(&talk.visitor.subscribe(1)).await;
    assert_eq!(talk.window.expect("subscribed").await["last_seq"], 3);
    assert_eq!(seqs(&talk.window.events_to(3).await), [2, 3]);
    talk.console.says("Fourth").await;
    assert_eq!(seqs(&talk.window.events_to(4).await), [4]);
}

#[tokio::test]
async fn nothing_slips_between_subscribing_and_live() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let mut last = 2;
    for _ in 0..10 {
        let (mut window, sent) =
            tokio::join!(talk.visitor.connect_after(last), talk.console.says("Now"));
        last = sent["seq"].as_i64().expect("a number");
        assert_eq!(seqs(&window.events_to(last).await), [last]);
    }
}

#[tokio::test]
async fn five_hundred_missing_events_are_sent_and_more_are_loaded_afresh() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let mut last_id = String::new();
    for number in 3..=501 {
        last_id = talk.window.sends(&format!("number {number}")).await;
    }
    talk.window.acknowledgement(&last_id).await;

    let mut behind = talk.visitor.connect_after(1).await;
    assert_eq!(seqs(&behind.events_to(501).await), (2..=501).collect::<Vec<_>>());
    let mut far_behind = talk.visitor.connect_after(0).await;
    let reload = far_behind.expect("reload").await;
    assert_eq!(reload["conversation"], talk.visitor.conversation);
    let fresh = talk.visitor.snapshot().await;
    assert_eq!(fresh["conversation"]["last_seq"], 501);
    assert_eq!((&fresh["events"][0]["seq"], &fresh["more"]), (&json!(452), &json!(true)));
    talk.window.says("number 502").await;
    assert_eq!(seqs(&far_behind.events_to(502).await), [502]);
}

#[tokio::test]
async fn a_browser_that_is_ahead_of_the_log_loads_it_afresh() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    for after in [3, i64::MAX, -1, i64::MIN] {
        talk.visitor.connect_after(after).await.expect("reload").await;
    }
}

#[tokio::test]
async fn a_console_learns_from_the_heads_what_it_missed() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    talk.console.close().await;
    talk.window.says("Anybody?").await;
    let mut console = talk.operator.opens_socket().await.expect("the server upgrades");
    let heads = console.expect("heads").await;
    assert_eq!(heads["conversations"], json!([{"id": talk.id, "last_seq": 3}]));
    talk.window.says("Hello?").await;
    assert_eq!(seqs(&console.events_to(4).await), [4]);
}

#[tokio::test]
async fn a_restart_tells_everybody_to_come_back() {
    let mut app = TestApp::start().await;
    let mut talk = app.talk().await;
    app.restart().await;
    assert_eq!(talk.window.expect_close().await, 1012);
    assert_eq!(talk.console.expect_close().await, 1012);

    let mut window = talk.visitor.connect_after(2).await;
    let mut console = talk.operator.connect().await;
    console.talk_about(talk.id);
    window.says("Back again").await;
    console.expect("message.posted").await;
    console.says("Welcome back").await;
    assert_eq!(seqs(&window.events_to(4).await), [3, 4]);
}

fn seqs(events: &[Value]) -> Vec<i64> {
    events.iter().filter_map(|it| it["seq"].as_i64()).collect()
}
