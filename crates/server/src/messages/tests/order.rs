//! Numbers without gaps, in one order for everybody.

use frontdesk_domain::Millis;
use frontdesk_test_support::{Socket, Talk, TestApp, Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

/// Messages of each sender.
const EACH: i64 = 15;

#[tokio::test]
async fn many_senders_at_once_make_one_log_without_gaps() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let liv = app.operator("Liv").await;
    let mut livs = liv.connect().await;
    liv.joins(talk.id).await.expect_status(200);
    livs.talk_about(talk.id);
    livs.expect("member.joined").await;
    let mut second_window = talk.visitor.connect_after(3).await;
    let last = 3 + 5 * EACH;

    tokio::join!(
        says_all(&mut talk.window, "window"),
        says_all(&mut second_window, "second"),
        says_all(&mut talk.console, "console"),
        says_all(&mut livs, "liv"),
        async {
            for number in 0..EACH {
                talk.visitor.says(&format!("request {number}")).await.expect_status(201);
            }
        }
    );
    let truth = talk.visitor.log().await;
    let shown = talk.window.events_to(last).await;
    assert_eq!(seqs(&truth), (1..=last).collect::<Vec<_>>());
    assert_eq!(shown, truth[2..]);
    assert_eq!(second_window.events_to(last).await, truth[3..]);
    let truth = talk.operator.log(talk.id).await;
    assert_eq!(talk.console.events_to(last).await, truth[2..]);
    assert_eq!(livs.events_to(last).await, truth[3..]);
    everybody_is_heard_in_order(&truth);
}

async fn says_all(socket: &mut Socket, who: &str) {
    // All at once, as a browser that comes back with a full outbox.
    let mut ids = Vec::new();
    for number in 0..EACH {
        ids.push(socket.sends(&format!("{who} {number}")).await);
    }
    for id in ids {
        socket.acknowledgement(&id).await;
    }
}

fn everybody_is_heard_in_order(log: &[Value]) {
    let texts: Vec<&str> = log.iter().filter_map(|it| it["text"].as_str()).collect();
    assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), texts.len());
    for who in ["window", "second", "console", "liv", "request"] {
        let said: Vec<_> = texts.iter().filter(|it| it.starts_with(who)).copied().collect();
        let expected: Vec<_> = (0..EACH).map(|number| format!("{who} {number}")).collect();
        assert_eq!(said, expected);
    }
}

#[tokio::test]
async fn a_clock_that_goes_backwards_keeps_the_order() {
    let app = TestApp::start().await;
    let Talk { visitor, mut window, mut console, operator, id } = app.talk().await;
    let start = app.clock.now();
    for (hours_back, text) in [(1, "one"), (2, "two"), (0, "three")] {
        app.clock.set(start.minus(Duration::from_secs(hours_back * 3600)));
        window.says(text).await;
    }
    app.clock.set(Millis(0));
    visitor.says("four").await.expect_status(201);
    let texts = |events: &[Value]| events.iter().map(|it| it["text"].clone()).collect::<Vec<_>>();
    let order = ["one", "two", "three", "four"].map(|it| json!(it));
    assert_eq!(texts(&window.events_to(6).await), order);
    assert_eq!(texts(&console.events_to(6).await), order);
    assert_eq!(texts(&visitor.log().await[2..]), order);
    assert_eq!(seqs(&operator.log(id).await), [1, 2, 3, 4, 5, 6]);
}

fn seqs(events: &[Value]) -> Vec<i64> {
    events.iter().filter_map(|it| it["seq"].as_i64()).collect()
}
