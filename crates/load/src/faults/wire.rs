//! A network that can be cut and slowed: a port that passes everything on to another address.

use anyhow::Result;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// What is passed on at once.
const CHUNK: usize = 16 * 1024;

/// How well a network works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// As it should.
    Whole,
    /// Everything takes so much longer.
    Slow(Duration),
    /// Nothing arrives, and nobody is told.
    Still,
    /// Connections are broken, and none can be made.
    Cut,
}

/// A port that passes everything on to another address, until it is dropped.
pub struct Wire {
    /// Where to connect to.
    pub address: SocketAddr,
    network: watch::Sender<Network>,
    _listener: JoinSet<()>,
}

impl Wire {
    /// A port in front of `far`.
    pub async fn to(far: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let network = watch::Sender::new(Network::Whole);
        let mut tasks = JoinSet::new();
        tasks.spawn(listen(listener, far, network.subscribe()));
        Ok(Self { address, network, _listener: tasks })
    }

    /// From now on the network works like this.
    pub fn becomes(&self, network: Network) {
        self.network.send_replace(network);
    }

    /// For a while the network works like this, then as it should.
    pub async fn is_for(&self, network: Network, span: Duration) -> Result<()> {
        self.becomes(network);
        tokio::time::sleep(span).await;
        self.becomes(Network::Whole);
        Ok(())
    }
}

/// Takes connections while the network is there. Without one nobody listens, so that they are refused.
async fn listen(mut listener: TcpListener, far: SocketAddr, network: watch::Receiver<Network>) {
    let Ok(address) = listener.local_addr() else { return };
    let (mut cut, mut mended) = (network.clone(), network.clone());
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Ok((near, _)) = listener.accept() => {
                while connections.try_join_next().is_some() {}
                connections.spawn(carry(near, far, network.clone()));
            }
            () = is_cut(&mut cut, true) => {
                drop(listener);
                is_cut(&mut mended, false).await;
                let Ok(again) = TcpListener::bind(address).await else { return };
                listener = again;
            }
        }
    }
}

async fn is_cut(network: &mut watch::Receiver<Network>, cut: bool) {
    // An error means that the wire is gone, and this task with it.
    let _ = network.wait_for(|it| (*it == Network::Cut) == cut).await;
}

/// Carries one connection until one side ends it, or the network is cut.
async fn carry(near: TcpStream, far: SocketAddr, network: watch::Receiver<Network>) {
    // A broken connection is reset, and does not say goodbye.
    let _ = near.set_zero_linger();
    let mut cut = network.clone();
    tokio::select! {
        () = is_cut(&mut cut, true) => {}
        _ = both_ways(near, far, network) => {}
    }
}

async fn both_ways(
    near: TcpStream,
    far: SocketAddr,
    network: watch::Receiver<Network>,
) -> std::io::Result<()> {
    let far = TcpStream::connect(far).await?;
    far.set_nodelay(true)?;
    near.set_nodelay(true)?;
    let (near_reads, near_writes) = near.into_split();
    let (far_reads, far_writes) = far.into_split();
    tokio::select! {
        ended = one_way(near_reads, far_writes, network.clone()) => ended,
        ended = one_way(far_reads, near_writes, network) => ended,
    }
}

async fn one_way(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut network: watch::Receiver<Network>,
) -> std::io::Result<()> {
    let mut chunk = vec![0; CHUNK];
    loop {
        let length = from.read(&mut chunk).await?;
        if length == 0 {
            return to.shutdown().await;
        }
        // An error means that the wire is gone, and this task with it.
        let passes = network.wait_for(|it| *it != Network::Still).await.map(|it| *it);
        if let Ok(Network::Slow(delay)) = passes {
            tokio::time::sleep(delay).await;
        }
        to.write_all(&chunk[..length]).await?;
    }
}
