//! The faults: what breaks, and how it is mended.

use super::site::Site;
use super::strangers;
use super::trial::until;
use super::wire::Network;
use crate::board::{Board, Count};
use anyhow::{Context, Result};
use std::time::Duration;
use tokio::time::sleep;

/// Long enough that everybody has noticed.
const NOTICED: Duration = Duration::from_millis(700);
/// What a slow network adds to each way of a message.
const DELAY: Duration = Duration::from_millis(150);
/// How far a clock jumps, in seconds.
const JUMP: i64 = 3_600;
/// Messages that are acknowledged while the broker is away.
const MEANWHILE: u64 = 50;

/// Where a fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One node with SQLite.
    OneNode,
    /// The same, on a disk that is soon full.
    SmallDisk,
    /// The same, with a clock that can be set.
    OddClock,
    /// Three nodes behind a load balancer, with PostgreSQL and NATS.
    Cluster,
    /// The same, of an older program.
    OlderCluster,
}

/// Something that breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    ServerKilled,
    ServerRestarted,
    NetworkCut,
    NetworkSlow,
    NetworkSilent,
    SlowReaders,
    MalformedFrames,
    DiskFull,
    ClockJumps,
    NodeKilled,
    NodesRestartedInTurn,
    NodesUpgradedInTurn,
    BrokerKilled,
    BrokerOfOneNodeCut,
    BrokerSlow,
    StartedWithoutBroker,
    DatabaseRestarted,
    DatabaseConnectionsCut,
    DatabaseOfOneNodeCut,
    DatabaseSilent,
}

impl Place {
    pub const ALL: [Self; 5] =
        [Self::OneNode, Self::SmallDisk, Self::OddClock, Self::Cluster, Self::OlderCluster];

    /// What needs rights or files of its own happens only where it is asked for.
    pub const fn has_to_be_named(self) -> bool {
        matches!(self, Self::SmallDisk | Self::OlderCluster)
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::OneNode => "one node",
            Self::SmallDisk => "one node, small disk",
            Self::OddClock => "one node, odd clock",
            Self::Cluster => "three nodes",
            Self::OlderCluster => "three nodes, older program",
        }
    }
}

impl Fault {
    pub const ALL: [Self; 20] = [
        Self::ServerKilled,
        Self::ServerRestarted,
        Self::NetworkCut,
        Self::NetworkSlow,
        Self::NetworkSilent,
        Self::SlowReaders,
        Self::MalformedFrames,
        Self::DiskFull,
        Self::ClockJumps,
        Self::NodeKilled,
        Self::NodesRestartedInTurn,
        Self::NodesUpgradedInTurn,
        Self::BrokerKilled,
        Self::BrokerOfOneNodeCut,
        Self::BrokerSlow,
        Self::StartedWithoutBroker,
        Self::DatabaseRestarted,
        Self::DatabaseConnectionsCut,
        Self::DatabaseOfOneNodeCut,
        Self::DatabaseSilent,
    ];

    pub const fn place(self) -> Place {
        match self {
            Self::ServerKilled
            | Self::ServerRestarted
            | Self::NetworkCut
            | Self::NetworkSlow
            | Self::NetworkSilent
            | Self::SlowReaders
            | Self::MalformedFrames => Place::OneNode,
            Self::DiskFull => Place::SmallDisk,
            Self::ClockJumps => Place::OddClock,
            Self::NodesUpgradedInTurn => Place::OlderCluster,
            _ => Place::Cluster,
        }
    }

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ServerKilled => "server-killed",
            Self::ServerRestarted => "server-restarted",
            Self::NetworkCut => "network-cut",
            Self::NetworkSlow => "network-slow",
            Self::NetworkSilent => "network-silent",
            Self::SlowReaders => "slow-readers",
            Self::MalformedFrames => "malformed-frames",
            Self::DiskFull => "disk-full",
            Self::ClockJumps => "clock-jumps",
            Self::NodeKilled => "node-killed",
            Self::NodesRestartedInTurn => "nodes-restarted-in-turn",
            Self::NodesUpgradedInTurn => "nodes-upgraded-in-turn",
            Self::BrokerKilled => "broker-killed",
            Self::BrokerOfOneNodeCut => "broker-of-one-node-cut",
            Self::BrokerSlow => "broker-slow",
            Self::StartedWithoutBroker => "started-without-broker",
            Self::DatabaseRestarted => "database-restarted",
            Self::DatabaseConnectionsCut => "database-connections-cut",
            Self::DatabaseOfOneNodeCut => "database-of-one-node-cut",
            Self::DatabaseSilent => "database-silent",
        }
    }

    /// What happens in a round of it.
    pub const fn told(self) -> &'static str {
        match self {
            Self::ServerKilled => "the server is killed (kill -9) and started again",
            Self::ServerRestarted => "the server is asked to stop and started again",
            Self::NetworkCut => "every client's connection breaks, and all come back at once",
            Self::NetworkSlow => {
                "each way between clients and server takes 150 ms longer for a while"
            }
            Self::NetworkSilent => "nothing arrives between clients and server for a while",
            Self::SlowReaders => "100 operators' connections read nothing until they are closed",
            Self::MalformedFrames => "320 connections send what no browser sends",
            Self::DiskFull => "the disk is full, and later has space again",
            Self::ClockJumps => "the server's clock jumps an hour ahead, two back, and home",
            Self::NodeKilled => "one node is killed (kill -9) and started again",
            Self::NodesRestartedInTurn => "the nodes are asked to stop and started again, in turn",
            Self::NodesUpgradedInTurn => {
                "the nodes are stopped and started as a newer program, in turn"
            }
            Self::BrokerKilled => "NATS is killed, away for a while, and started again",
            Self::BrokerOfOneNodeCut => "one node cannot reach NATS for a while",
            Self::BrokerSlow => "each way between nodes and NATS takes 150 ms longer for a while",
            Self::StartedWithoutBroker => "NATS is killed, then a node, which starts without it",
            Self::DatabaseRestarted => "PostgreSQL is stopped at once and started again",
            Self::DatabaseConnectionsCut => "PostgreSQL cuts all connections",
            Self::DatabaseOfOneNodeCut => "one node cannot reach PostgreSQL for a while",
            Self::DatabaseSilent => "nothing arrives between nodes and PostgreSQL for a while",
        }
    }

    /// Breaks it and mends it, the `round`-th time; what is slow, silent or away is so for `a_while`.
    pub async fn happens(
        self,
        site: &mut Site,
        board: &Board,
        round: usize,
        a_while: Duration,
    ) -> Result<()> {
        let node = round % site.nodes.len();
        match self {
            Self::ServerKilled | Self::NodeKilled => {
                site.nodes[node].kill();
                sleep(NOTICED).await;
                site.nodes[node].start_again().await.map(drop)
            }
            Self::ServerRestarted => site.restart(node).await,
            Self::NodesRestartedInTurn => {
                for node in 0..site.nodes.len() {
                    site.restart(node).await?;
                    sleep(NOTICED).await;
                }
                Ok(())
            }
            Self::NodesUpgradedInTurn => {
                for node in 0..site.nodes.len() {
                    site.upgrade(node).await?;
                    sleep(a_while).await;
                }
                Ok(())
            }
            Self::NetworkCut => site.clients.is_for(Network::Cut, NOTICED).await,
            Self::NetworkSlow => site.clients.is_for(Network::Slow(DELAY), a_while).await,
            Self::NetworkSilent => site.clients.is_for(Network::Still, a_while).await,
            Self::SlowReaders => strangers::read_nothing(site).await,
            Self::MalformedFrames => strangers::send_nonsense(site).await,
            Self::DiskFull => fill_disk(site, board).await,
            Self::ClockJumps => clock_jumps(site, a_while).await,
            Self::BrokerKilled => kill_broker(site, board, a_while).await,
            Self::BrokerOfOneNodeCut => {
                site.cluster()?.brokers[node].is_for(Network::Cut, a_while).await
            }
            Self::BrokerSlow => {
                site.brokers_become(Network::Slow(DELAY))?;
                sleep(a_while).await;
                site.brokers_become(Network::Whole)
            }
            Self::StartedWithoutBroker => start_without_broker(site, node, a_while).await,
            Self::DatabaseRestarted => restart_database(site).await,
            Self::DatabaseConnectionsCut => site.cluster()?.postgres.cut_connections(),
            Self::DatabaseOfOneNodeCut => {
                site.cluster()?.databases[node].is_for(Network::Cut, a_while).await
            }
            Self::DatabaseSilent => {
                site.databases_become(Network::Still)?;
                sleep(a_while).await;
                site.databases_become(Network::Whole)
            }
        }
    }
}

async fn fill_disk(site: &Site, board: &Board) -> Result<()> {
    let disk = site.disk.as_ref().context("there is no small disk")?;
    let before = board.counted(Count::SentAgain);
    disk.fill()?;
    let refused = until(|| async { board.counted(Count::SentAgain) > before + MEANWHILE / 10 });
    let refused = refused.await.context("a full disk refuses nothing");
    sleep(NOTICED).await;
    disk.make_room()?;
    refused
}

async fn clock_jumps(site: &Site, a_while: Duration) -> Result<()> {
    let clock = site.clock.as_ref().context("there is no odd clock")?;
    for seconds in [JUMP, -JUMP, 0] {
        clock.is_off_by(seconds)?;
        sleep(a_while / 2).await;
    }
    Ok(())
}

/// While NATS is away the nodes say so and go on; when it is back they say that, too.
async fn kill_broker(site: &mut Site, board: &Board, a_while: Duration) -> Result<()> {
    site.cluster_mut()?.nats.kill();
    // Nobody listens on the way there either.
    site.brokers_become(Network::Cut)?;
    let away = until(|| site.bus_is("unavailable")).await;
    let before = board.counted(Count::Acknowledged);
    let goes_on = until(|| async { board.counted(Count::Acknowledged) > before + MEANWHILE }).await;
    sleep(a_while).await;
    site.cluster_mut()?.nats.again()?;
    site.brokers_become(Network::Whole)?;
    away.context("nodes do not say that NATS is away")?;
    goes_on.context("nodes do not go on without NATS")?;
    until(|| site.bus_is("ok")).await.context("nodes do not find NATS again")
}

/// A node begins alone, and finds the others when NATS is back.
async fn start_without_broker(site: &mut Site, node: usize, a_while: Duration) -> Result<()> {
    site.cluster_mut()?.nats.kill();
    site.brokers_become(Network::Cut)?;
    site.nodes[node].kill();
    let started = site.nodes[node].start_again().await;
    sleep(a_while).await;
    site.cluster_mut()?.nats.again()?;
    site.brokers_become(Network::Whole)?;
    started.context("a node does not start without NATS")?;
    until(|| site.bus_is("ok")).await.context("nodes do not find NATS again")
}

async fn restart_database(site: &Site) -> Result<()> {
    let postgres = &site.cluster()?.postgres;
    postgres.stop()?;
    site.databases_become(Network::Cut)?;
    let away = until(|| site.is_unready()).await;
    sleep(NOTICED).await;
    postgres.again()?;
    site.databases_become(Network::Whole)?;
    away.context("nodes do not say that PostgreSQL is away")
}
