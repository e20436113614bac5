//! What the browser of the first visitor saw and did: for the test that replays it with the code that browsers run.

use serde_json::{Value, json};

/// The browser that is written down.
const RECORDED: usize = 0;

/// What happened, in order: JSON, one thing a line.
#[derive(Debug, Default)]
pub struct Trace(Vec<Value>);

impl Trace {
    /// Everything that happened.
    #[must_use]
    pub fn lines(&self) -> &[Value] {
        &self.0
    }

    pub(crate) fn wrote(&mut self, client: usize, client_id: &str, text: &str) {
        self.add(client, || json!({"kind": "wrote", "client_id": client_id, "text": text}));
    }

    pub(crate) fn connected(&mut self, client: usize) {
        self.add(client, || json!({"kind": "connected"}));
    }

    pub(crate) fn disconnected(&mut self, client: usize) {
        self.add(client, || json!({"kind": "disconnected"}));
    }

    pub(crate) fn heard(&mut self, client: usize, frame: &Value) {
        self.add(client, || json!({"kind": "heard", "frame": frame}));
    }

    pub(crate) fn released(&mut self, client: usize) {
        self.add(client, || json!({"kind": "released"}));
    }

    pub(crate) fn lost_patience(&mut self, client: usize) {
        self.add(client, || json!({"kind": "lost_patience"}));
    }

    pub(crate) fn fetched(&mut self, client: usize, events: &[Value]) {
        self.add(client, || json!({"kind": "fetched", "events": events}));
    }

    /// What shows in the end: each number with its text.
    pub(crate) fn shows(&mut self, client: usize, texts: &[(i64, &str)]) {
        self.add(client, || json!({"kind": "shows", "texts": texts}));
    }

    pub(crate) fn subscribed(&mut self, client: usize, after: i64) {
        self.add(client, || json!({"kind": "subscribes", "after": after}));
    }

    pub(crate) fn sent(&mut self, client: usize, client_id: &str) {
        self.add(client, || json!({"kind": "sends", "client_id": client_id}));
    }

    fn add(&mut self, client: usize, line: impl FnOnce() -> Value) {
        if client == RECORDED {
            self.0.push(line());
        }
    }
}
