//! A socket as the other side sees it: frames in the order in which they came.

use crate::{PATIENCE, client_id};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::collections::VecDeque;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// Frames that may come at any time beside the log.
const SIGNALS: [&str; 7] =
    ["presence", "visitor_presence", "typing", "marks", "changed", "waiting", "pong"];

/// A handshake that was answered with something else than an upgrade: its status.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused(pub u16);

/// An open socket.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Frames that came while another one was awaited.
    waiting: VecDeque<Value>,
    conversation: Value,
}

impl Socket {
    /// Opens a socket; what it says is about `conversation`.
    pub(crate) async fn open(
        url: &str,
        path: &str,
        headers: &[(&'static str, &str)],
        conversation: Value,
    ) -> Result<Self, Refused> {
        let address = format!("{}{path}", url.replacen("http", "ws", 1));
        let mut request = address.into_client_request().expect("an address");
        for (name, value) in headers {
            let value = HeaderValue::from_str(value).expect("a header");
            request.headers_mut().insert(HeaderName::from_static(name), value);
        }
        match tokio_tungstenite::connect_async(request).await {
            Ok((stream, _)) => Ok(Self { stream, waiting: VecDeque::new(), conversation }),
            Err(Error::Http(response)) => Err(Refused(response.status().as_u16())),
            Err(error) => panic!("cannot connect: {error}"),
        }
    }

    /// Speaks of another conversation from now on.
    pub fn talk_about(&mut self, conversation: i64) {
        self.conversation = json!(conversation);
    }

    /// Says something and waits until it is acknowledged: the `sent` frame.
    pub async fn says(&mut self, text: &str) -> Value {
        let client_id = self.sends(text).await;
        self.acknowledgement(&client_id).await
    }

    /// Says something and does not wait: the client id.
    pub async fn sends(&mut self, text: &str) -> String {
        let id = client_id();
        let frame = json!({"kind": "send", "conversation": self.conversation, "client_id": id, "text": text});
        self.tell(&frame).await;
        id
    }

    /// Waits until the message with this client id is acknowledged; everything else waits for later.
    pub async fn acknowledgement(&mut self, client_id: &str) -> Value {
        let is_it = |frame: &Value| frame["kind"] == "sent" && frame["client_id"] == client_id;
        self.first(is_it).await
    }

    /// Sends a frame.
    pub async fn tell(&mut self, frame: &Value) {
        self.send(Message::text(frame.to_string())).await;
    }

    /// Sends a frame that is about the conversation.
    pub async fn tells(&mut self, kind: &str) {
        let frame = json!({"kind": kind, "conversation": self.conversation});
        self.tell(&frame).await;
    }

    /// Sends text that need not be a frame.
    pub async fn send_text(&mut self, text: &str) {
        self.send(Message::text(text.to_owned())).await;
    }

    /// Sends bytes.
    pub async fn send_bytes(&mut self, bytes: &[u8]) {
        self.send(Message::binary(bytes.to_vec())).await;
    }

    async fn send(&mut self, message: Message) {
        // Whoever was closed meanwhile learns so when reading.
        let _ = self.stream.send(message).await;
    }

    /// The next frame that is no signal, which is of this kind: of the event, where it holds one. A signal that is
    /// asked for is the next of its kind.
    #[track_caller]
    pub fn expect(&mut self, kind: &str) -> impl Future<Output = Value> {
        let caller = std::panic::Location::caller();
        async move {
            let is_next = |frame: &Value| match SIGNALS.contains(&kind) {
                true => name(frame) == kind,
                false => !SIGNALS.contains(&name(frame)),
            };
            let frame = self.first(is_next).await;
            assert_eq!(name(&frame), kind, "at {caller}, got {frame}");
            frame
        }
    }

    /// The first frame of this kind; everything else waits for later.
    pub async fn awaits(&mut self, kind: &str) -> Value {
        self.first(|frame| name(frame) == kind).await
    }

    /// The first frame that is this one, signals included.
    pub async fn expect_frame(&mut self, wanted: &Value) {
        self.first(|frame| frame == wanted).await;
    }

    /// The next event.
    pub async fn expect_event(&mut self) -> Value {
        self.first(|frame| frame["kind"] == "event").await["event"].clone()
    }

    /// The events from the next one to the one with this number.
    pub async fn events_to(&mut self, seq: i64) -> Vec<Value> {
        let mut events = Vec::new();
        loop {
            let event = self.expect_event().await;
            let number = event["seq"].as_i64();
            events.push(event);
            if number >= Some(seq) {
                return events;
            }
        }
    }

    /// Everything that has come until now, and everything that comes before `kind`.
    pub async fn until(&mut self, kind: &str) -> Vec<Value> {
        let mut frames = Vec::new();
        loop {
            let frame = self.first(|_| true).await;
            let found = name(&frame) == kind;
            frames.push(frame);
            if found {
                return frames;
            }
        }
    }

    /// The code with which the server closes; frames before it do not matter.
    pub async fn expect_close(&mut self) -> u16 {
        loop {
            match self.receive().await {
                Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
                Some(Ok(Message::Close(None))) | None => return 0,
                Some(Ok(_)) => {}
                Some(Err(error)) => panic!("the connection broke: {error}"),
            }
        }
    }

    /// The code with which the server closes before a frame of this kind comes; none when the frame comes.
    pub async fn closed_before(&mut self, kind: &str) -> Option<u16> {
        loop {
            match self.receive().await {
                Some(Ok(Message::Close(Some(frame)))) => return Some(frame.code.into()),
                Some(Ok(Message::Text(text))) => {
                    let frame: Value = serde_json::from_str(&text).expect("a frame is JSON");
                    if name(&frame) == kind {
                        return None;
                    }
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Some(0),
            }
        }
    }

    /// Closes it, as a page does that is left.
    pub async fn close(mut self) {
        let _ = self.stream.close(None).await;
    }

    /// The first frame, of those that wait or come, that is `wanted`.
    async fn first(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&wanted) {
            return self.waiting.remove(at).unwrap_or_default();
        }
        loop {
            let frame = self.next().await;
            if wanted(&frame) {
                return frame;
            }
            self.waiting.push_back(frame);
        }
    }

    async fn next(&mut self) -> Value {
        loop {
            match self.receive().await {
                Some(Ok(Message::Text(text))) => {
                    return serde_json::from_str(&text).expect("frames are JSON");
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("the server closed: {other:?}, unread: {:?}", self.waiting),
            }
        }
    }

    async fn receive(&mut self) -> Option<Result<Message, Error>> {
        match tokio::time::timeout(PATIENCE, self.stream.next()).await {
            Ok(received) => received,
            Err(_) => panic!("nothing came in time; unread: {:?}", self.waiting),
        }
    }
}

/// What a frame is called: the kind of the event that it holds, else its own.
fn name(frame: &Value) -> &str {
    let kind = if frame["kind"] == "event" { &frame["event"]["kind"] } else { &frame["kind"] };
    kind.as_str().unwrap_or_default()
}
