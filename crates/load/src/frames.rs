//! The frames of docs/protocol.md, as far as a load generator needs them. Nothing is copied out of a frame.

use serde::Deserialize;
use serde_json::value::RawValue;

/// What a server sends, to visitors or to operators.
#[derive(Debug, Deserialize)]
pub struct Frame<'a> {
    /// Which frame it is.
    pub kind: &'a str,
    /// Where; a visitor's conversation has a text, an operator's a number.
    #[serde(borrow)]
    conversation: Option<&'a RawValue>,
    /// What happened.
    #[serde(borrow)]
    pub event: Option<EventFrame<'a>>,
    /// The own message that it speaks of.
    pub client_id: Option<&'a str>,
    /// Its number in the log.
    pub seq: Option<i64>,
    /// Why something was refused.
    pub code: Option<&'a str>,
    /// In how many seconds the same may be sent again.
    pub retry_after: Option<f64>,
    /// How far an operator's conversations are.
    #[serde(borrow)]
    conversations: Option<&'a RawValue>,
}

/// How far a conversation is.
#[derive(Debug, Deserialize)]
pub struct Head {
    /// Which.
    pub id: i64,
    /// Its newest number.
    pub last_seq: i64,
}

/// An event of the log.
#[derive(Debug, Deserialize)]
pub struct EventFrame<'a> {
    /// Its number: for a visitor, the visitor's.
    pub seq: i64,
    /// What was said, as it stands in JSON: other people's texts may have escapes, ours have none.
    #[serde(borrow)]
    text: Option<&'a RawValue>,
}

impl<'a> Frame<'a> {
    /// Reads a frame.
    pub fn read(text: &'a str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    /// The conversation's number, for an operator.
    pub fn conversation_number(&self) -> Option<i64> {
        self.conversation?.get().parse().ok()
    }

    /// How far an operator's conversations are.
    pub fn heads(&self) -> Vec<Head> {
        let heads = self.conversations.map(|it| serde_json::from_str(it.get()));
        heads.and_then(Result::ok).unwrap_or_default()
    }

    /// What was said, and its number in the log.
    pub fn said(&self) -> Option<(i64, &'a str)> {
        let event = self.event.as_ref()?;
        Some((event.seq, event.text?.get().trim_matches('"')))
    }
}

/// Says who the visitor is.
pub fn hello(secret: &str) -> String {
    format!(r#"{{"kind":"hello","secret":"{secret}"}}"#)
}

/// Follows a visitor's conversation after a number that was applied.
pub fn subscribe(conversation: &str, after: i64) -> String {
    format!(r#"{{"kind":"subscribe","conversation":"{conversation}","after":{after}}}"#)
}

/// Says something; `conversation` as it stands in JSON. Our texts have nothing that JSON would escape.
pub fn send(conversation: &str, client_id: &uuid::Uuid, text: &str) -> String {
    format!(
        r#"{{"kind":"send","conversation":{conversation},"client_id":"{client_id}","text":"{text}"}}"#
    )
}

/// Keeps a connection alive.
pub const PING: &str = r#"{"kind":"ping"}"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_both_sides_are_read() {
        let visitors = r#"{"kind":"event","conversation":"0198","event":{"seq":3,"at":"","kind":"message.posted","author":"visitor","text":"load me"}}"#;
        let frame = Frame::read(visitors).unwrap();
        assert_eq!(frame.said(), Some((3, "load me")));
        assert_eq!(frame.conversation_number(), None);

        let operators = r#"{"kind":"sent","conversation":12,"client_id":"x","seq":4,"at":""}"#;
        let frame = Frame::read(operators).unwrap();
        assert_eq!(frame.conversation_number(), Some(12));
        assert_eq!((frame.client_id, frame.seq), (Some("x"), Some(4)));
        let others = r#"{"kind":"event","event":{"seq":3,"text":"a\"b","name":"\u00e9"}}"#;
        assert!(Frame::read(others).is_ok_and(|frame| frame.said().is_some()));
        let heads = r#"{"kind":"heads","conversations":[{"id":1,"last_seq":4}]}"#;
        assert_eq!(Frame::read(heads).unwrap().heads()[0].last_seq, 4);
    }
}
