//! The server under load: one that this program starts with an empty data folder, or one that runs already.

use crate::api::Api;
use crate::command_line::ServerOptions;
use crate::node::Node;
use crate::output;
use crate::process::Process;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// The server under load.
pub struct Server {
    /// Its API.
    pub api: Api,
    /// Its process, where it is known.
    pub process: Option<Process>,
    /// API keys of operators of the channel.
    pub keys: Vec<String>,
    /// The channel.
    pub channel: i64,
    /// From its start until it was ready, where this program started it.
    pub ready_after: Option<Duration>,
    own: Option<Own>,
}

/// A server of our own, with the folder that goes with it.
struct Own {
    node: Node,
    _folder: TempDir,
}

impl Server {
    /// The server that the options name, with at least so many operators.
    pub async fn of(options: &ServerOptions, operators: usize) -> Result<Self> {
        let mut server = match (&options.url, &options.keys) {
            (Some(url), Some(keys)) => Self::running(url, keys, options.pid)?,
            _ => Self::start(&options.server, options.folder.as_deref()).await?,
        };
        server.need_operators(operators).await?;
        Ok(server)
    }

    /// A server that runs already.
    fn running(url: &str, keys: &Path, pid: Option<u32>) -> Result<Self> {
        let keys = fs::read_to_string(keys)
            .with_context(|| format!("cannot read {}", keys.display()))?
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        Ok(Self { process: pid.map(Process), ..Self::at(url.trim_end_matches('/'), keys)? })
    }

    /// A server at an address, and keys of its operators.
    pub fn at(url: &str, keys: Vec<String>) -> Result<Self> {
        let api = Api::new(url)?;
        Ok(Self { api, process: None, keys, channel: 0, ready_after: None, own: None })
    }

    /// Starts a server with an empty data folder.
    async fn start(binary: &Path, folder: Option<&Path>) -> Result<Self> {
        let folder = data_folder(folder)?;
        let (node, ready_after) = Node::start(binary, folder.path(), &[]).await?;
        let server = Self::at(&node.url(), Vec::new())?;
        let process = node.process();
        let own = Some(Own { node, _folder: folder });
        Ok(Self { process, ready_after: Some(ready_after), own, ..server })
    }

    /// Makes operators until there are so many (on a server of our own), and lets all of them join the channel.
    pub async fn need_operators(&mut self, amount: usize) -> Result<()> {
        if let Some(own) = &self.own {
            for number in self.keys.len()..amount {
                self.keys.push(own.node.add_operator(number)?);
                if number % 50 == 49 {
                    output::note(&format!("  {} operators made", number + 1));
                }
            }
        }
        ensure!(
            self.keys.len() >= amount,
            "{amount} operators are needed, and --keys has {}",
            self.keys.len()
        );
        self.join_all().await
    }

    /// Lets all operators join the first channel.
    pub async fn join_all(&mut self) -> Result<()> {
        for key in &self.keys {
            let channels = self.api.channels(key).await?;
            let channel = channels.first().context("the server has no channel")?;
            self.channel = channel.id;
            if !channel.joined {
                self.api.join(key, channel.id).await?;
            }
        }
        Ok(())
    }

    /// Processor time that the server has used, where it can be known.
    pub fn cpu(&self) -> Result<Option<Duration>> {
        self.process.map(Process::cpu).transpose()
    }

    /// Memory that the server uses, where it can be known.
    pub fn memory(&self) -> Result<Option<u64>> {
        self.process.map(Process::memory).transpose()
    }
}

/// An empty folder, on the disk that is to be measured.
pub fn data_folder(parent: Option<&Path>) -> Result<TempDir> {
    let folder = parent.map_or_else(TempDir::new, TempDir::new_in);
    folder.context("cannot make the data folder")
}
