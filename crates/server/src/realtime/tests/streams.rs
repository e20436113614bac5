//! Where WebSockets are blocked: stream and poll carry the same events.

use frontdesk_test_support::{Method, Response, Talk, TestApp, Value, Visitor, json};

#[tokio::test]
async fn a_stream_carries_the_same_frames_as_the_socket() {
    let app = TestApp::start().await;
    let mut talk = app.talk().await;
    let mut lines = Lines::open(&talk.visitor, 1).await;
    assert_eq!(lines.next("subscribed").await["last_seq"], 2);
    assert_eq!(lines.next("presence").await["present"], true);
    assert_eq!(lines.next("event").await["event"]["seq"], 2);

    talk.console.says("Over a stream").await;
    let live = talk.window.expect("message.posted").await;
    assert_eq!(lines.next("event").await, live);
    talk.console.tells("typing").await;
    assert_eq!(lines.next("typing").await, talk.window.expect("typing").await);
    talk.operator.ends(talk.id).await.expect_status(200);
    assert_eq!(lines.next("event").await, talk.window.expect("conversation.ended").await);
}

#[tokio::test]
async fn a_stream_ends_when_the_server_stops() {
    let mut app = TestApp::start().await;
    let talk = app.talk().await;
    let mut lines = Lines::open(&talk.visitor, 2).await;
    lines.next("subscribed").await;
    app.stop().await;
    assert_eq!(lines.rest().await, 1);
}

#[tokio::test]
async fn a_poll_answers_what_is_missing_at_once() {
    let app = TestApp::start().await;
    let Talk { visitor, mut console, .. } = app.talk().await;
    console.says("Third").await;
    let frames = poll(&visitor, 1).await;
    assert_eq!(kinds(&frames), ["subscribed", "presence", "event", "event"]);
    assert_eq!(frames[3]["event"]["text"], "Third");
    let behind = poll(&visitor, 99).await;
    assert_eq!(kinds(&behind), ["subscribed", "presence", "reload"]);
}

#[tokio::test]
async fn a_poll_waits_for_the_next_event() {
    let app = TestApp::start().await;
    let Talk { visitor, mut console, .. } = app.talk().await;
    let (frames, sent) = tokio::join!(poll(&visitor, 2), console.says("Worth the wait"));
    let event = &frames[2]["event"];
    assert_eq!((&event["seq"], &event["text"]), (&sent["seq"], &json!("Worth the wait")));
}

#[tokio::test]
async fn polls_one_after_the_other_miss_nothing() {
    let app = TestApp::start().await;
    let Talk { visitor, mut console, .. } = app.talk().await;
    let says = async {
        for number in 3..=12 {
            console.says(&format!("number {number}")).await;
        }
    };
    let polls = async {
        let mut seen = vec![1, 2];
        while seen.len() < 12 {
            let frames = poll(&visitor, seen.len() as i64).await;
            let events = frames.iter().filter(|it| it["kind"] == "event");
            seen.extend(events.filter_map(|it| it["event"]["seq"].as_i64()));
        }
        seen
    };
    let (seen, ()) = tokio::join!(polls, says);
    assert_eq!(seen, (1..=12).collect::<Vec<_>>());
}

async fn poll(visitor: &Visitor, after: i64) -> Vec<Value> {
    let answer = visitor.get(&visitor.path(&format!("/poll?after={after}"))).await;
    let body = answer.expect_status(200).json();
    body["frames"].as_array().cloned().unwrap_or_default()
}

fn kinds(frames: &[Value]) -> Vec<&str> {
    frames.iter().filter_map(|it| it["kind"].as_str()).collect()
}

/// The lines of a response stream.
struct Lines {
    response: Response,
    unread: String,
}

impl Lines {
    async fn open(visitor: &Visitor, after: i64) -> Self {
        let path = visitor.path(&format!("/stream?after={after}"));
        let response = visitor.request(Method::GET, &path).send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "application/x-ndjson");
        Self { response, unread: String::new() }
    }

    /// The next frame of this kind.
    async fn next(&mut self, kind: &str) -> Value {
        loop {
            while let Some((line, rest)) = self.unread.split_once('\n') {
                let frame: Value = line.parse().unwrap_or_default();
                self.unread = rest.to_owned();
                if frame["kind"] == kind {
                    return frame;
                }
            }
            let chunk = self.response.chunk().await.expect("readable").expect("more frames");
            self.unread.push_str(std::str::from_utf8(&chunk).expect("text"));
        }
    }

    /// How many lines come until the stream ends.
    async fn rest(mut self) -> usize {
        while let Some(chunk) = self.response.chunk().await.expect("ends in order") {
            self.unread.push_str(std::str::from_utf8(&chunk).expect("text"));
        }
        self.unread.lines().count()
    }
}
