//! A server process of our own: started, killed, asked to stop, and started again at the same address.

use crate::api::Api;
use crate::process::Process;
use anyhow::{Context, Result, bail, ensure};
use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server that is not ready by then will not be.
const READY_WITHIN: Duration = Duration::from_secs(60);
/// How finely the time until it is ready is measured.
const READY_STEP: Duration = Duration::from_millis(1);
/// A server that was asked to stop has this long: it drains for ten seconds at most.
const STOP_WITHIN: Duration = Duration::from_secs(20);

/// A server process; it ends with this.
pub struct Node {
    /// Where it listens.
    pub address: SocketAddr,
    binary: PathBuf,
    folder: PathBuf,
    settings: Vec<(String, String)>,
    child: Option<Child>,
}

impl Node {
    /// Starts a server on a data folder, with settings as environment variables; how long it took to be ready.
    pub async fn start(
        binary: &Path,
        folder: &Path,
        settings: &[(String, String)],
    ) -> Result<(Self, Duration)> {
        let mut node = Self {
            address: free_address()?,
            binary: binary.to_owned(),
            folder: folder.to_owned(),
            settings: settings.to_vec(),
            child: None,
        };
        let ready_after = node.start_again().await?;
        Ok((node, ready_after))
    }

    /// Starts it at its address, and waits until it is ready: how long that took.
    pub async fn start_again(&mut self) -> Result<Duration> {
        let started = Instant::now();
        let listen = self.address.to_string();
        let mut command = self.command();
        command.args(["serve", "--limits", "off", "--log", "error", "--listen", &listen]);
        let child = command.stdout(Stdio::null()).spawn().with_context(|| {
            let binary = self.binary.display();
            format!("cannot start {binary}; build it with: cargo build --release -p frontdesk")
        })?;
        self.child = Some(child);
        self.wait_until_ready(started).await?;
        Ok(started.elapsed())
    }

    async fn wait_until_ready(&mut self, started: Instant) -> Result<()> {
        let api = Api::new(&self.url())?;
        while !api.is_ready().await {
            if let Some(status) = self.child.as_mut().and_then(|it| it.try_wait().ok().flatten()) {
                bail!("the server ended with {status}");
            }
            ensure!(
                started.elapsed() < READY_WITHIN,
                "the server is not ready after {READY_WITHIN:?}"
            );
            tokio::time::sleep(READY_STEP).await;
        }
        Ok(())
    }

    /// Its own address, whatever stands in front of it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its process, while it runs.
    pub fn process(&self) -> Option<Process> {
        self.child.as_ref().map(|child| Process(child.id()))
    }

    /// Ends it at once, as a power cut does.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Asks it to stop, and waits until it has.
    pub async fn stop(&mut self) -> Result<()> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        signal("-TERM", child.id())?;
        let asked = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                ensure!(status.success(), "a server that was asked to stop ended with {status}");
                return Ok(());
            }
            if asked.elapsed() > STOP_WITHIN {
                let _ = child.kill();
                bail!("a server that was asked to stop goes on");
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// From its next start on it is another program.
    pub fn becomes(&mut self, binary: &Path) {
        binary.clone_into(&mut self.binary);
    }

    /// Adds an operator with the commands that everybody has, and answers an API key.
    pub fn add_operator(&self, number: usize) -> Result<String> {
        let email = format!("operator{number}@load.example");
        let name = format!("Operator {number}");
        let add = ["user", "add", "--email", &email, "--name", &name, "--password-stdin"];
        self.run(&add, "not a secret at all\n")?;
        let key = self.run(&["key", "add", "--user", &email, "--name", "load"], "")?;
        Ok(key.trim().to_owned())
    }

    fn run(&self, arguments: &[&str], input: &str) -> Result<String> {
        let mut command = self.command();
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        ensure!(output.status.success(), "`frontdesk {}` failed", arguments.join(" "));
        Ok(String::from_utf8(output.stdout)?)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        let settings = self.settings.iter().map(|(name, value)| (name, value));
        command.envs(settings).env("FRONTDESK_DATA", &self.folder);
        command
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // Its data is thrown away, so it need not end in order.
        self.kill();
    }
}

/// An address of this computer that nobody listens on.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// Sends a signal to a process.
pub fn signal(name: &str, process: u32) -> Result<()> {
    let sent = Command::new("kill").args([name, &process.to_string()]).status()?;
    ensure!(sent.success(), "process {process} takes no signal");
    Ok(())
}
