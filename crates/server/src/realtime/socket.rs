//! What both sockets share: how they are opened, heard and written.

use super::connection::{FRAME_MAX_BYTES, Link, close_code, close_frame};
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use futures_util::SinkExt;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// What a visitor's connection reads at once. It is kept for as long as the connection lives, and most frames fit.
pub const VISITOR_READ_BYTES: usize = 1024;
/// What an operator's connection reads at once.
pub const OPERATOR_READ_BYTES: usize = 4096;
/// Bytes that are gathered before they are written.
const WRITE_BYTES: usize = 4096;
/// Bytes that may wait in a socket that takes them slowly.
const WRITE_MAX_BYTES: usize = 1024 * 1024;

/// A client that takes nothing is told why it is closed for so long.
const CLOSE_WITHIN: Duration = Duration::from_secs(10);

/// An upgrade with our limits. The default buffers of 128 KiB are what an idle connection would cost.
pub fn bounded(upgrade: WebSocketUpgrade, read_bytes: usize) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(read_bytes)
        .write_buffer_size(WRITE_BYTES)
        .max_write_buffer_size(WRITE_MAX_BYTES)
        .max_message_size(FRAME_MAX_BYTES)
        .max_frame_size(FRAME_MAX_BYTES)
}

/// What came from a client.
pub enum Heard<F> {
    /// A frame of ours.
    Frame(F),
    /// Something that the protocol of WebSockets takes care of.
    Nothing,
    /// The end; with the code to close with, where the client is to blame.
    End(Option<u16>),
}

/// Reads what the socket received.
pub fn heard<F: DeserializeOwned>(received: Option<Result<Message, axum::Error>>) -> Heard<F> {
    match received {
        Some(Ok(Message::Text(text))) => serde_json::from_str(&text)
            .map_or(Heard::End(Some(close_code::BAD_FRAME)), Heard::Frame),
        Some(Ok(Message::Binary(_))) => Heard::End(Some(close_code::BINARY)),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Heard::Nothing,
        Some(Ok(Message::Close(_))) | None => Heard::End(None),
        Some(Err(error)) => Heard::End(too_large(&error).then_some(close_code::TOO_LARGE)),
    }
}

fn too_large(error: &axum::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        // The capacity error of the WebSocket library; its type is not public through the framework.
        if error.to_string().contains("too long") {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Sends frames, unless the connection is to be closed meanwhile: a client that takes nothing must not hold it for
/// ever. An error is the end, with the code to close with where the client is still there.
pub async fn send(
    socket: &mut WebSocket,
    link: &Link,
    frames: Vec<Utf8Bytes>,
) -> Result<(), Option<u16>> {
    tokio::select! {
        written = write(socket, frames) => written.ok_or(None),
        code = link.closed() => Err(Some(code)),
    }
}

async fn write(socket: &mut WebSocket, frames: Vec<Utf8Bytes>) -> Option<()> {
    for frame in frames {
        socket.feed(Message::Text(frame)).await.ok()?;
    }
    socket.flush().await.ok()
}

/// Says why and closes.
pub async fn close(mut socket: WebSocket, code: Option<u16>) {
    if let Some(code) = code {
        // The client may be gone already, or take nothing; then there is nobody left to tell.
        let _ = tokio::time::timeout(CLOSE_WITHIN, socket.send(close_frame(code))).await;
    }
}
