//! What a client shows of a log, folded from events as `web/widget` and `web/console` fold them.

use serde_json::Value;

/// A piece of a log without gaps that reaches to the newest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    events: Vec<Shown>,
}

/// An event as it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub seq: i64,
    pub kind: String,
    /// Who wrote a message: the sender's id of it, which visitors learn of their own ones only.
    pub client_id: Option<String>,
    /// What a message says now.
    pub text: String,
    pub is_deleted: bool,
}

pub enum Applied {
    Yes,
    Known,
    Gap,
}

impl Log {
    /// What shows after events were read at once.
    pub fn of(events: &[Value]) -> Self {
        Self { events: events.iter().map(Shown::of).collect() }
    }

    pub fn events(&self) -> &[Shown] {
        &self.events
    }

    pub fn cursor(&self) -> i64 {
        self.events.last().map_or(0, |event| event.seq)
    }

    /// `revises`: whether messages that are known change with it.
    pub fn apply(&mut self, event: &Value, revises: bool) -> Applied {
        let shown = Shown::of(event);
        match shown.seq - self.cursor() {
            1 => self.events.push(shown),
            ..=0 => return Applied::Known,
            _ => return Applied::Gap,
        }
        if revises && let Some(message) = event["message"].as_i64() {
            self.revise(message, event);
        }
        Applied::Yes
    }

    fn revise(&mut self, message: i64, event: &Value) {
        let text = event["text"].as_str().unwrap_or_default();
        for known in self.events.iter_mut().filter(|it| it.seq == message) {
            text.clone_into(&mut known.text);
            known.is_deleted = event["kind"] == "message.deleted";
        }
    }
}

impl Shown {
    fn of(event: &Value) -> Self {
        let kind = event["kind"].as_str().unwrap_or_default();
        // How the message of a revision reads shows where the message stands.
        let text = event["text"].as_str().filter(|_| event["message"].is_null());
        Self {
            seq: event["seq"].as_i64().unwrap_or_default(),
            kind: kind.to_owned(),
            client_id: event["client_id"].as_str().map(ToOwned::to_owned),
            text: text.unwrap_or_default().to_owned(),
            is_deleted: event["deleted"] == true,
        }
    }
}
