//! The raw relay: what one side sends, the other receives, and nothing else. It runs as a process of its own, so that
//! its processor time can be told from the generator's.

use crate::output;
use crate::process::Process;
use crate::socket::{self, Socket};
use anyhow::{Context, Result};
use axum::Router;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use futures_util::SinkExt;
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite;

/// As in the server: what a connection's buffers have.
const BUFFER_BYTES: usize = 4096;
/// Frames that may wait for a receiver.
const QUEUE: usize = 256;

/// What a relayed message costs.
#[derive(Clone, Copy, Debug)]
pub struct Relayed {
    /// Processor time of the relay, in microseconds.
    pub cpu_us: f64,
    /// Messages a second.
    pub per_second: f64,
}

type Receivers = Arc<Mutex<HashMap<u32, mpsc::Sender<Utf8Bytes>>>>;

/// The relay's process: prints its address, and serves until it is killed.
pub async fn serve() -> Result<()> {
    let routes = Router::new()
        .route("/receive/{pair}", get(receive))
        .route("/send/{pair}", get(send))
        .with_state(Receivers::default());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    output::say(&format!("http://{}", listener.local_addr()?));
    Ok(axum::serve(listener, routes).await?)
}

async fn receive(
    State(receivers): State<Receivers>,
    Path(pair): Path<u32>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let (sender, mut waiting) = mpsc::channel(QUEUE);
    receivers.lock().unwrap_or_else(PoisonError::into_inner).insert(pair, sender);
    bounded(upgrade).on_upgrade(|mut socket| async move {
        while let Some(text) = waiting.recv().await {
            if socket.send(Message::Text(text)).await.is_err() {
                return;
            }
        }
    })
}

async fn send(
    State(receivers): State<Receivers>,
    Path(pair): Path<u32>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let receiver = receivers.lock().unwrap_or_else(PoisonError::into_inner).remove(&pair);
    bounded(upgrade).on_upgrade(|socket| async move {
        if let Some(receiver) = receiver {
            pass_on(socket, receiver).await;
        }
    })
}

async fn pass_on(mut socket: WebSocket, receiver: mpsc::Sender<Utf8Bytes>) {
    while let Some(Ok(message)) = socket.recv().await {
        if let Message::Text(text) = message
            && receiver.send(text).await.is_err()
        {
            return;
        }
    }
}

fn bounded(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade.read_buffer_size(BUFFER_BYTES).write_buffer_size(BUFFER_BYTES)
}

/// Starts the relay and measures it: `pairs` of connections, each with one message under way, as a conversation has.
pub async fn measure(
    pairs: u32,
    length: usize,
    warm_up: Duration,
    span: Duration,
) -> Result<Relayed> {
    let relay = Relay::start()?;
    let (received, stopped) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    for pair in 0..pairs {
        let to = socket::connect(&relay.url, &format!("/receive/{pair}"), None, 0).await?;
        let from = socket::connect(&relay.url, &format!("/send/{pair}"), None, 0).await?;
        let text = "x".repeat(length);
        tokio::spawn(talk((from, to), text, Arc::clone(&received), Arc::clone(&stopped)));
    }
    tokio::time::sleep(warm_up).await;
    let before = (received.load(Relaxed), relay.process.cpu()?, Instant::now());
    tokio::time::sleep(span).await;
    let after = (received.load(Relaxed), relay.process.cpu()?, Instant::now());
    stopped.store(true, Relaxed);
    let messages = (after.0 - before.0).max(1) as f64;
    Ok(Relayed {
        cpu_us: (after.1 - before.1).as_secs_f64() * 1e6 / messages,
        per_second: messages / (after.2 - before.2).as_secs_f64(),
    })
}

async fn talk(
    (mut from, mut to): (Socket, Socket),
    text: String,
    received: Arc<AtomicU64>,
    stopped: Arc<AtomicBool>,
) -> Result<()> {
    let text = tungstenite::Utf8Bytes::from(text);
    while !stopped.load(Relaxed) {
        from.send(tungstenite::Message::Text(text.clone())).await?;
        socket::next(&mut to).await?;
        received.fetch_add(1, Relaxed);
    }
    Ok(())
}

/// The relay's process; it ends with this.
struct Relay {
    child: Child,
    url: String,
    process: Process,
}

impl Relay {
    fn start() -> Result<Self> {
        let program = std::env::current_exe()?;
        let mut child = Command::new(program)
            .arg("relay")
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start the relay")?;
        let mut url = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut url)?;
        }
        Ok(Self { process: Process(child.id()), url: url.trim().to_owned(), child })
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
