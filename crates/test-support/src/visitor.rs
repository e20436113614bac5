//! A visitor: a secret made by the browser, and one conversation at a time.

use crate::{Answer, Refused, Socket, TestApp, client, client_id};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

const BASE: &str = "/api/v1/visitor";

/// Somebody on a website.
#[derive(Clone)]
pub struct Visitor {
    client: Client,
    url: String,
    /// What the browser made before the first message.
    pub secret: String,
    /// The channel of the website.
    pub channel: i64,
    /// The client conversation id.
    pub conversation: String,
}

impl Visitor {
    /// Somebody on a website that embeds a channel of the server at `url`.
    #[must_use]
    pub fn of(url: &str, channel: i64) -> Self {
        Self {
            client: client(),
            url: url.to_owned(),
            secret: URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()),
            channel,
            conversation: client_id(),
        }
    }

    /// The same visitor, about to start another conversation.
    #[must_use]
    pub fn with_new_conversation(&self) -> Self {
        Self { conversation: client_id(), ..self.clone() }
    }

    /// The same visitor, whom another node serves.
    #[must_use]
    pub fn at(&self, app: &TestApp) -> Self {
        self.moved_to(&app.url())
    }

    /// The same visitor, whom the server at `url` serves.
    #[must_use]
    pub fn moved_to(&self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self.clone() }
    }

    /// Writes a first message.
    pub async fn starts(&self, text: &str) -> Answer {
        self.starts_with(&message(text)).await
    }

    /// Writes a first message, whose client id is known.
    pub async fn starts_with(&self, message: &Value) -> Answer {
        let body = json!({
            "channel_id": self.channel,
            "id": self.conversation,
            "message": message,
            "page_url": "https://shop.example/tea?cup=1",
            "page_title": "Tea",
            "language": "de-CH",
            "time_zone": "Europe/Zurich",
        });
        self.post("/conversations", &body).await
    }

    /// Writes a message.
    pub async fn says(&self, text: &str) -> Answer {
        self.sends(&message(text)).await
    }

    /// Writes a message, whose client id is known.
    pub async fn sends(&self, message: &Value) -> Answer {
        self.post(&self.path("/messages"), message).await
    }

    /// Ends the conversation.
    pub async fn ends(&self) -> Answer {
        self.post(&self.path("/closure"), &json!({})).await
    }

    /// Reports marks.
    pub async fn marks(&self, delivered: i64, read: i64) -> Answer {
        let body = json!({"delivered": delivered, "read": read});
        Answer::to(self.request(Method::PUT, &self.path("/marks")).json(&body)).await
    }

    /// The conversation, freshly loaded.
    pub async fn snapshot(&self) -> Value {
        let answer = self.get(&self.path("")).await;
        answer.expect_status(200).json()
    }

    /// All events of the conversation, page after page.
    pub async fn log(&self) -> Vec<Value> {
        let mut events: Vec<Value> = Vec::new();
        loop {
            let path = self.path(&format!("/events?after={}&limit=200", events.len()));
            let page = self.get(&path).await.expect_status(200).json();
            events.extend(page["events"].as_array().cloned().unwrap_or_default());
            if page["more"] != true {
                return events;
            }
        }
    }

    /// Opens a socket and subscribes from the beginning.
    pub async fn connect(&self) -> Socket {
        self.connect_after(0).await
    }

    /// Opens a socket and subscribes after a number that was applied before.
    pub async fn connect_after(&self, seq: i64) -> Socket {
        let mut socket = self.opens_socket().await.expect("the server upgrades");
        socket.tell(&json!({"kind": "hello", "secret": self.secret})).await;
        socket.expect("ready").await;
        socket.tell(&self.subscribe(seq)).await;
        socket.expect("subscribed").await;
        socket
    }

    /// The frame that subscribes after a number.
    #[must_use]
    pub fn subscribe(&self, after: i64) -> Value {
        json!({"kind": "subscribe", "conversation": self.conversation, "after": after})
    }

    /// Opens a socket and says nothing yet.
    pub async fn opens_socket(&self) -> Result<Socket, Refused> {
        let conversation = json!(self.conversation);
        Socket::open(&self.url, "/api/v1/visitor/socket", &[], conversation).await
    }

    /// The path of the conversation, and below.
    #[must_use]
    pub fn path(&self, below: &str) -> String {
        format!("/conversations/{}{below}", self.conversation)
    }

    /// What a path below the visitor's API answers.
    pub async fn get(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::GET, path)).await
    }

    /// What posting to a path below the visitor's API answers.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::to(self.request(Method::POST, path).json(body)).await
    }

    /// A request with the secret.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{BASE}{path}", self.url))
            .header("authorization", format!("Visitor {}", self.secret))
    }
}

/// A new message.
pub(crate) fn message(text: &str) -> Value {
    json!({"client_id": client_id(), "text": text})
}
