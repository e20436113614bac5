//! The server under load: one that this program starts with an empty data folder, or one that runs already.

use crate::api::Api;
use crate::command_line::ServerOptions;
use crate::output;
use crate::process::Process;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A server that is not ready by then will not be.
const READY_WITHIN: Duration = Duration::from_secs(30);
/// How finely the time until it is ready is measured.
const READY_STEP: Duration = Duration::from_millis(1);

/// The server under load.
pub struct Server {
    /// Its address.
    pub url: String,
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

/// A server of our own; it ends with this.
struct Own {
    child: Child,
    binary: PathBuf,
    folder: TempDir,
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
        let url = url.trim_end_matches('/').to_owned();
        let keys = fs::read_to_string(keys)
            .with_context(|| format!("cannot read {}", keys.display()))?
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        Ok(Self {
            api: Api::new(&url)?,
            url,
            process: pid.map(Process),
            keys,
            channel: 0,
            ready_after: None,
            own: None,
        })
    }

    /// Starts a server with an empty data folder.
    pub async fn start(binary: &Path, folder: Option<&Path>) -> Result<Self> {
        let folder = match folder {
            Some(parent) => TempDir::new_in(parent),
            None => TempDir::new(),
        }
        .context("cannot make the data folder")?;
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let url = format!("http://{address}");
        let api = Api::new(&url)?;
        let started = Instant::now();
        let child = Command::new(binary)
            .args(["serve", "--limits", "off", "--log", "warn"])
            .args(["--listen", &address.to_string(), "--data"])
            .arg(folder.path())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| {
                let binary = binary.display();
                format!("cannot start {binary}; build it with: cargo build --release -p frontdesk")
            })?;
        let process = Process(child.id());
        let own = Own { child, binary: binary.to_owned(), folder };
        let mut server = Self {
            url,
            api,
            process: Some(process),
            keys: Vec::new(),
            channel: 0,
            ready_after: None,
            own: Some(own),
        };
        server.wait_until_ready(started).await?;
        Ok(server)
    }

    async fn wait_until_ready(&mut self, started: Instant) -> Result<()> {
        while !self.api.is_ready().await {
            if let Some(own) = &mut self.own
                && let Some(status) = own.child.try_wait()?
            {
                bail!("the server ended with {status}");
            }
            ensure!(
                started.elapsed() < READY_WITHIN,
                "the server is not ready after {READY_WITHIN:?}"
            );
            tokio::time::sleep(READY_STEP).await;
        }
        self.ready_after = Some(started.elapsed());
        Ok(())
    }

    /// Makes operators until there are so many (on a server of our own), and lets all of them join the channel.
    pub async fn need_operators(&mut self, amount: usize) -> Result<()> {
        if let Some(own) = &self.own {
            for number in self.keys.len()..amount {
                self.keys.push(own.add_operator(number)?);
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

impl Own {
    /// Adds an operator with the commands that everybody has, and answers an API key.
    fn add_operator(&self, number: usize) -> Result<String> {
        let email = format!("operator{number}@load.example");
        let name = format!("Operator {number}");
        let add = ["user", "add", "--email", &email, "--name", &name, "--password-stdin"];
        self.run(&add, "not a secret at all\n")?;
        let key = self.run(&["key", "add", "--user", &email, "--name", "load"], "")?;
        Ok(key.trim().to_owned())
    }

    fn run(&self, arguments: &[&str], input: &str) -> Result<String> {
        let mut child = Command::new(&self.binary)
            .args(arguments)
            .arg("--data")
            .arg(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        ensure!(output.status.success(), "`frontdesk {}` failed", arguments.join(" "));
        Ok(String::from_utf8(output.stdout)?)
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        // Its data is thrown away, so it need not end in order.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
