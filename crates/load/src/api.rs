//! The HTTP API, as far as a load generator needs it.

use crate::stamp::{Side, Stamp};
use crate::visitor::Identity;
use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

/// An answer that takes longer is a failure.
const TIMEOUT: Duration = Duration::from_secs(30);
/// As many events as a page may have.
const PAGE: usize = 200;

/// The server's API.
#[derive(Clone)]
pub struct Api {
    client: Client,
    base: String,
}

/// A channel, and whether the caller is one of its operators.
#[derive(Deserialize)]
pub struct Channel {
    /// Which.
    pub id: i64,
    /// The caller is.
    pub joined: bool,
}

/// An event as operators see it.
#[derive(Deserialize)]
pub struct StoredEvent {
    /// The operators' number.
    pub seq: i64,
    /// The visitor's.
    pub visitor_seq: Option<i64>,
    /// What was said, where something was said.
    pub text: Option<String>,
}

#[derive(Deserialize)]
struct Readiness {
    ready: bool,
    bus: String,
}

#[derive(Deserialize)]
struct Channels {
    channels: Vec<Channel>,
}

#[derive(Deserialize)]
struct Page {
    events: Vec<StoredEvent>,
    more: bool,
}

impl Api {
    /// The API of the server at `base` (http://host:port).
    pub fn new(base: &str) -> Result<Self> {
        let client = Client::builder().timeout(TIMEOUT).no_proxy().build()?;
        Ok(Self { client, base: base.to_owned() })
    }

    /// The address of the server.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Whether the server takes requests.
    pub async fn is_ready(&self) -> bool {
        let answer = self.client.get(format!("{}/readyz", self.base)).send().await;
        answer.is_ok_and(|answer| answer.status() == StatusCode::OK)
    }

    /// Whether the server says that it can serve, and what it says of its bus.
    pub async fn readiness(&self) -> Result<(bool, String)> {
        let answer = self.client.get(format!("{}/readyz", self.base)).send().await?;
        let Readiness { ready, bus } = answer.json().await?;
        Ok((ready, bus))
    }

    /// Live connections of a side, as the server counts them.
    pub async fn connections(&self, side: &str) -> Result<usize> {
        let request = self.client.get(format!("{}/metrics", self.base));
        let metrics = accepted(request).await?.text().await?;
        let name = format!("frontdesk_connections{{side=\"{side}\"}} ");
        let value = metrics.lines().find_map(|line| line.strip_prefix(&name));
        value.and_then(|it| it.parse().ok()).context("the server does not count connections")
    }

    /// All channels, as the operator of a key sees them.
    pub async fn channels(&self, key: &str) -> Result<Vec<Channel>> {
        let url = format!("{}/api/v1/operator/channels", self.base);
        let request = self.client.get(url).bearer_auth(key);
        Ok(read::<Channels>(request).await?.channels)
    }

    /// The operator of a key joins a channel.
    pub async fn join(&self, key: &str, channel: i64) -> Result<()> {
        let url = format!("{}/api/v1/operator/channels/{channel}/membership", self.base);
        accepted(self.client.put(url).bearer_auth(key)).await.map(drop)
    }

    /// A new visitor starts a conversation, the `index`-th of the run.
    pub async fn start(&self, channel: i64, first: &Stamp, length: usize) -> Result<Identity> {
        let identity = Identity {
            secret: URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()),
            conversation: Uuid::now_v7().to_string(),
            index: first.conversation,
        };
        debug_assert_eq!((first.side, first.number), (Side::Visitor, 0));
        let body = json!({
            "channel_id": channel,
            "id": identity.conversation,
            "message": { "client_id": first.client_id(), "text": first.text(length) },
            "page_url": "https://shop.example/products/blue-lamp",
            "page_title": "Blue lamp",
            "language": "en-GB",
            "time_zone": "Europe/London",
        });
        let url = format!("{}/api/v1/visitor/conversations", self.base);
        let request = self.client.post(url).json(&body);
        let answer = accepted(as_visitor(request, &identity)).await?;
        ensure!(answer.status() == StatusCode::CREATED, "a new conversation was known already");
        // Read to the end, so that the connection can be used again.
        answer.bytes().await?;
        Ok(identity)
    }

    /// A page with the widget is loaded: the loader, and the decision what it shows.
    pub async fn load_page(&self, channel: i64) -> Result<()> {
        let loader = self.client.get(format!("{}/embed/{channel}.js", self.base));
        accepted(loader).await?.bytes().await?;
        let body = json!({"url": "https://shop.example/products/blue-lamp", "language": "en-GB"});
        let url = format!("{}/api/v1/visitor/channels/{channel}/decision", self.base);
        let request = self.client.post(url).header("content-type", "text/plain");
        accepted(request.body(body.to_string())).await?.bytes().await?;
        Ok(())
    }

    /// Somebody who has not written yet opens the window.
    pub async fn open_window(&self, channel: i64) -> Result<()> {
        let secret = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        let url = format!("{}/api/v1/visitor/conversations?channel_id={channel}", self.base);
        let request = self.client.get(url).header("authorization", format!("Visitor {secret}"));
        accepted(request).await?.bytes().await?;
        Ok(())
    }

    /// A visitor ends its conversation.
    pub async fn end(&self, identity: &Identity) -> Result<()> {
        let url =
            format!("{}/api/v1/visitor/conversations/{}/closure", self.base, identity.conversation);
        let request = as_visitor(self.client.post(url), identity);
        accepted(request).await?.bytes().await?;
        Ok(())
    }

    /// What is stored of a conversation after a number, as operators see it.
    pub async fn events(
        &self,
        key: &str,
        conversation: i64,
        after: i64,
    ) -> Result<Vec<StoredEvent>> {
        let path = format!("/api/v1/operator/conversations/{conversation}/events");
        self.pages(&path, after, |request| request.bearer_auth(key)).await
    }

    /// What is stored of a conversation after a number, as its visitor sees it.
    pub async fn log(&self, identity: &Identity, after: i64) -> Result<Vec<StoredEvent>> {
        let path = format!("/api/v1/visitor/conversations/{}/events", identity.conversation);
        self.pages(&path, after, |request| as_visitor(request, identity)).await
    }

    async fn pages(
        &self,
        path: &str,
        after: i64,
        who: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<Vec<StoredEvent>> {
        let mut events: Vec<StoredEvent> = Vec::new();
        loop {
            let after = events.last().map_or(after, |it| it.seq);
            let url = format!("{}{path}?after={after}&limit={PAGE}", self.base);
            let page: Page = read(who(self.client.get(url))).await?;
            let done = !page.more || page.events.is_empty();
            events.extend(page.events);
            if done {
                return Ok(events);
            }
        }
    }
}

fn as_visitor(request: RequestBuilder, identity: &Identity) -> RequestBuilder {
    request.header("authorization", format!("Visitor {}", identity.secret))
}

async fn read<T: DeserializeOwned>(request: RequestBuilder) -> Result<T> {
    Ok(accepted(request).await?.json().await?)
}

async fn accepted(request: RequestBuilder) -> Result<Response> {
    let answer = request.send().await?;
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let path = answer.url().path().to_owned();
    let body = answer.text().await.context("the answer breaks off")?;
    anyhow::bail!("{path} answered {status}: {body}")
}
