//! A connection to the server.

use anyhow::{Context, Result, bail};
use futures_util::StreamExt;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

/// A connection.
pub type Socket = WebSocketStream<TcpStream>;

/// Small buffers, so that thousands of connections fit in memory.
const BUFFER_BYTES: usize = 4096;
/// What the system keeps for a narrow connection that reads nothing.
const NARROW_BYTES: u32 = 4096;
/// Connections from one address; ports of one address run out at about three times as many.
const PER_SOURCE: usize = 8_000;

/// Connects to `path` below `url` (http://host:port); `index` spreads many connections over source addresses.
pub async fn connect(url: &str, path: &str, key: Option<&str>, index: usize) -> Result<Socket> {
    upgrade(url, path, key, open(url, index, None)).await
}

/// The same, for a connection that has no room for what it does not read.
pub async fn connect_narrow(
    url: &str,
    path: &str,
    key: Option<&str>,
    index: usize,
) -> Result<Socket> {
    upgrade(url, path, key, open(url, index, Some(NARROW_BYTES))).await
}

async fn upgrade(
    url: &str,
    path: &str,
    key: Option<&str>,
    stream: impl Future<Output = Result<TcpStream>>,
) -> Result<Socket> {
    let host = url.strip_prefix("http://").context("only http:// addresses are supported")?;
    let mut request = format!("ws://{host}{path}").into_client_request()?;
    if let Some(key) = key {
        let value = HeaderValue::from_str(&format!("Bearer {key}"))?;
        request.headers_mut().insert("authorization", value);
    }
    let config =
        WebSocketConfig::default().read_buffer_size(BUFFER_BYTES).write_buffer_size(BUFFER_BYTES);
    let stream = stream.await.with_context(|| format!("cannot connect to {host}"))?;
    let (socket, _) = client_async_with_config(request, stream, Some(config))
        .await
        .with_context(|| format!("{path} refused the connection"))?;
    Ok(socket)
}

async fn open(url: &str, index: usize, receive_bytes: Option<u32>) -> Result<TcpStream> {
    let host = url.trim_start_matches("http://");
    let address = tokio::net::lookup_host(host)
        .await?
        .find(SocketAddr::is_ipv4)
        .context("it has no IPv4 address")?;
    let socket = TcpSocket::new_v4()?;
    if address.ip().is_loopback() {
        let last = u8::try_from(2 + index / PER_SOURCE)?;
        socket.bind((Ipv4Addr::new(127, 0, 0, last), 0).into())?;
    }
    if let Some(bytes) = receive_bytes {
        socket.set_recv_buffer_size(bytes)?;
    }
    // Closing resets the connection, so that its port is free at once.
    socket.set_zero_linger()?;
    socket.set_nodelay(true)?;
    Ok(socket.connect(address).await?)
}

/// The next text.
pub async fn next(socket: &mut Socket) -> Result<Utf8Bytes> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => return Ok(text),
            Some(Ok(Message::Close(Some(frame)))) => {
                bail!("the server closed the connection with code {}", frame.code)
            }
            Some(Ok(Message::Close(None))) | None => bail!("the server closed the connection"),
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(error.into()),
        }
    }
}
