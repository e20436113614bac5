//! Connections that no browser makes: some that read nothing, some that send nonsense.

use super::site::Site;
use super::trial::until;
use crate::socket::{self, Socket};
use crate::{operator, visitor};
use anyhow::{Context, Result, ensure};
use futures_util::{SinkExt, StreamExt};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{Bytes, Message};

/// Connections that read nothing.
const READERS: usize = 100;
/// How often each kind of nonsense is sent.
const TIMES: usize = 40;
/// A server closes such a connection at once.
const CLOSED_WITHIN: Duration = Duration::from_secs(20);
/// More than any frame may have.
const TOO_LARGE: usize = 70_000;
/// Deeper than any JSON of ours.
const DEEP: usize = 20_000;

/// Opens operators' connections that read nothing, and waits until the server has closed all of them.
pub async fn read_nothing(site: &Site) -> Result<()> {
    let server = &site.server;
    let connected = || async { server.api.connections("operator").await.unwrap_or_default() };
    let before = connected().await;
    let base = site.nodes[0].url();
    let mut readers = Vec::with_capacity(READERS);
    for number in 0..READERS {
        let key = &server.keys[number % server.keys.len()];
        readers.push(socket::connect_narrow(&base, operator::PATH, Some(key), number).await?);
    }
    ensure!(connected().await > before, "nobody reads slowly");
    let closed = until(|| async { connected().await <= before }).await;
    drop(readers);
    closed.context("connections that read nothing are not closed")
}

/// Sends all kinds of nonsense, from several connections at once.
pub async fn send_nonsense(site: &Site) -> Result<()> {
    let mut senders = JoinSet::new();
    for number in 0..TIMES {
        let base = site.server.api.base().to_owned();
        let key = site.server.keys[number % site.server.keys.len()].clone();
        senders.spawn(async move {
            for nonsense in nonsense() {
                say(&base, &key, nonsense).await?;
            }
            let address = base.trim_start_matches("http://");
            TcpStream::connect(address).await?.write_all(b"\x16\x03\x01 nonsense\r\n\r\n").await?;
            anyhow::Ok(())
        });
    }
    while let Some(sender) = senders.join_next().await {
        sender??;
    }
    Ok(())
}

fn nonsense() -> [Message; 7] {
    [
        Message::text("nonsense"),
        Message::text(r#"{"kind":"unheard-of"}"#),
        Message::text(r#"{"kind":"send"}"#),
        Message::text(format!(r#"{{"kind":"send","conversation":{}"#, "[".repeat(DEEP))),
        Message::text("x".repeat(TOO_LARGE)),
        Message::binary(Bytes::from_static(b"\xff\x00\xfe")),
        Message::text("\u{0}\u{feff}\u{202e}"),
    ]
}

/// Says it to both doors; each must close.
async fn say(base: &str, key: &str, nonsense: Message) -> Result<()> {
    let doors = [(operator::PATH, Some(key)), (visitor::PATH, None)];
    for (path, key) in doors {
        let mut socket = socket::connect(base, path, key, 0).await?;
        // The server may close while the rest is still being written.
        let _ = socket.send(nonsense.clone()).await;
        let closed = timeout(CLOSED_WITHIN, ended(&mut socket)).await;
        closed.with_context(|| format!("{path} does not close after nonsense"))?;
    }
    Ok(())
}

async fn ended(socket: &mut Socket) {
    while let Some(Ok(message)) = socket.next().await {
        if message.is_close() {
            return;
        }
    }
}
