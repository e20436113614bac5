//! The site of a fault: a server, everything that it stands on, and the network between them.

use super::backing::{Listener, Postgres};
use super::fault::Place;
use super::small_disk::SmallDisk;
use super::wire::{Network, Wire};
use crate::api::Api;
use crate::node::Node;
use crate::process::Process;
use crate::server::{Server, data_folder};
use anyhow::{Context, Result};
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Nodes of a cluster.
const NODES: usize = 3;
/// Where Debian's package `libfaketime` puts what makes a clock wrong, below the folder of the processor's kind.
const FAKE_TIME: &str = "faketime/libfaketime.so.1";

/// A server that can break in many ways.
pub struct Site {
    /// As clients reach it.
    pub server: Server,
    /// Its nodes.
    pub nodes: Vec<Node>,
    /// The network between clients and server.
    pub clients: Wire,
    /// Its disk, where that is small.
    pub disk: Option<SmallDisk>,
    /// Its clock, where that can be set.
    pub clock: Option<OddClock>,
    /// The program that its nodes are, or become.
    binary: PathBuf,
    cluster: Option<Cluster>,
    _folders: Vec<TempDir>,
}

/// What a cluster has besides its nodes.
pub struct Cluster {
    /// The database.
    pub postgres: Postgres,
    /// The broker.
    pub nats: Listener,
    /// The network between each node and the database.
    pub databases: Vec<Wire>,
    /// The network between each node and the broker.
    pub brokers: Vec<Wire>,
    _balancer: Listener,
}

/// A clock that a server believes.
pub struct OddClock {
    file: PathBuf,
    library: PathBuf,
}

impl Site {
    /// Sets up everything, with so many operators. `older`: the program with which an older cluster begins.
    pub async fn open(
        place: Place,
        binary: &Path,
        older: Option<&Path>,
        operators: usize,
    ) -> Result<Self> {
        let mut site = match place {
            Place::Cluster => Self::cluster_of(binary).await?,
            Place::OlderCluster => {
                let older = older.context("name the older program with --older")?;
                Self { binary: binary.to_owned(), ..Self::cluster_of(older).await? }
            }
            Place::OneNode => Self::one_node(binary, None, None).await?,
            Place::SmallDisk => Self::one_node(binary, Some(SmallDisk::new()?), None).await?,
            Place::OddClock => Self::one_node(binary, None, Some(data_folder(None)?)).await?,
        };
        for number in 0..operators {
            site.server.keys.push(site.nodes[0].add_operator(number)?);
        }
        site.server.join_all().await?;
        Ok(site)
    }

    async fn one_node(
        binary: &Path,
        disk: Option<SmallDisk>,
        clocks_folder: Option<TempDir>,
    ) -> Result<Self> {
        let folder = data_folder(None)?;
        let clock = clocks_folder.as_ref().map(|it| OddClock::new(it.path())).transpose()?;
        let settings = clock.as_ref().map(OddClock::settings).unwrap_or_default();
        let path = disk.as_ref().map_or(folder.path(), SmallDisk::path);
        let (node, _) = Node::start(binary, path, &settings).await?;
        let clients = Wire::to(node.address).await?;
        Ok(Self {
            server: Server::at(&url(&clients), Vec::new())?,
            nodes: vec![node],
            clients,
            disk,
            clock,
            binary: binary.to_owned(),
            cluster: None,
            _folders: [Some(folder), clocks_folder].into_iter().flatten().collect(),
        })
    }

    async fn cluster_of(binary: &Path) -> Result<Self> {
        let (postgres, nats) = (Postgres::start()?, Listener::nats()?);
        let (mut databases, mut brokers) = (Vec::new(), Vec::new());
        let (mut nodes, mut folders) = (Vec::new(), Vec::new());
        for _ in 0..NODES {
            let (database, broker) =
                (Wire::to(postgres.address).await?, Wire::to(nats.address).await?);
            let (database_url, bus_url) = (
                format!("postgres://postgres@{}/postgres", database.address),
                format!("nats://{}", broker.address),
            );
            let settings = [
                ("FRONTDESK_DATABASE_URL".to_owned(), database_url),
                ("FRONTDESK_BUS_URL".to_owned(), bus_url),
            ];
            let folder = data_folder(None)?;
            nodes.push(Node::start(binary, folder.path(), &settings).await?.0);
            databases.push(database);
            brokers.push(broker);
            folders.push(folder);
        }
        let addresses: Vec<SocketAddr> = nodes.iter().map(|it| it.address).collect();
        let balancer = Listener::balancer(folders[0].path(), &addresses)?;
        let clients = Wire::to(balancer.address).await?;
        let cluster = Cluster { postgres, nats, databases, brokers, _balancer: balancer };
        Ok(Self {
            server: Server::at(&url(&clients), Vec::new())?,
            nodes,
            clients,
            disk: None,
            clock: None,
            binary: binary.to_owned(),
            cluster: Some(cluster),
            _folders: folders,
        })
    }

    /// What this cluster has besides its nodes.
    pub fn cluster(&self) -> Result<&Cluster> {
        self.cluster.as_ref().context("this is no cluster")
    }

    /// What this cluster has besides its nodes.
    pub fn cluster_mut(&mut self) -> Result<&mut Cluster> {
        self.cluster.as_mut().context("this is no cluster")
    }

    /// Asks a node to stop, and starts it again.
    pub async fn restart(&mut self, node: usize) -> Result<()> {
        self.nodes[node].stop().await?;
        self.nodes[node].start_again().await.map(drop)
    }

    /// Asks a node to stop, and starts it as the newer program.
    pub async fn upgrade(&mut self, node: usize) -> Result<()> {
        self.nodes[node].stop().await?;
        self.nodes[node].becomes(&self.binary);
        self.nodes[node].start_again().await.map(drop)
    }

    /// From now on the network between nodes and broker works like this.
    pub fn brokers_become(&self, network: Network) -> Result<()> {
        self.cluster()?.brokers.iter().for_each(|it| it.becomes(network));
        Ok(())
    }

    /// From now on the network between nodes and database works like this.
    pub fn databases_become(&self, network: Network) -> Result<()> {
        self.cluster()?.databases.iter().for_each(|it| it.becomes(network));
        Ok(())
    }

    /// Whether all nodes say this of their bus.
    pub async fn bus_is(&self, word: &str) -> bool {
        for node in &self.nodes {
            let readiness = readiness(node).await;
            if readiness.is_none_or(|(_, bus)| bus != word) {
                return false;
            }
        }
        true
    }

    /// Whether all nodes say that they cannot serve.
    pub async fn is_unready(&self) -> bool {
        for node in &self.nodes {
            if readiness(node).await.is_none_or(|(ready, _)| ready) {
                return false;
            }
        }
        true
    }

    /// Memory of all nodes, in bytes.
    pub fn memory(&self) -> Result<u64> {
        let processes = self.nodes.iter().filter_map(Node::process);
        processes.map(Process::memory).sum()
    }
}

async fn readiness(node: &Node) -> Option<(bool, String)> {
    Api::new(&node.url()).ok()?.readiness().await.ok()
}

fn url(wire: &Wire) -> String {
    format!("http://{}", wire.address)
}

impl OddClock {
    fn new(folder: &Path) -> Result<Self> {
        let mut folders = fs::read_dir("/usr/lib")?.flatten().map(|it| it.path().join(FAKE_TIME));
        let library = folders.find(|it| it.exists()).context("libfaketime is not installed")?;
        let clock = Self { file: folder.join("clock"), library };
        clock.is_off_by(0)?;
        Ok(clock)
    }

    /// From now on the clock is wrong by so many seconds.
    pub fn is_off_by(&self, seconds: i64) -> Result<()> {
        // Moved into place, so that nobody reads half of it.
        let draft = self.file.with_extension("draft");
        fs::write(&draft, format!("{seconds:+}"))?;
        Ok(fs::rename(&draft, &self.file)?)
    }

    /// What makes a server believe it. The clock that only counts on stays right, as on a real computer.
    fn settings(&self) -> Vec<(String, String)> {
        let (file, library) = (self.file.display().to_string(), self.library.display().to_string());
        [
            ("LD_PRELOAD", library.as_str()),
            ("FAKETIME_TIMESTAMP_FILE", &file),
            ("FAKETIME_NO_CACHE", "1"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
            ("DONT_FAKE_MONOTONIC", "1"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
    }
}
