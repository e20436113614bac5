//! What a cluster stands on: PostgreSQL, NATS and a load balancer of our own, which can be stopped and started.

use crate::node::free_address;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The same file that docs/install.md hands out.
const BALANCER: &str = include_str!("../../../../deploy/haproxy.cfg");
/// A program that does not listen by then will not.
const LISTENS_WITHIN: Duration = Duration::from_secs(20);

/// A PostgreSQL server with a data folder of its own.
pub struct Postgres {
    /// Where it listens.
    pub address: SocketAddr,
    folder: TempDir,
}

impl Postgres {
    /// A new one, which is safe against a crash of its own but not of the computer.
    pub fn start() -> Result<Self> {
        let postgres = Self { address: free_address()?, folder: TempDir::new()? };
        if is_root()? {
            // The user postgres must be able to enter, and owns what is inside.
            run(Command::new("chown").arg("postgres").arg(postgres.folder.path()))?;
        }
        let data = postgres.data();
        postgres.run("initdb", &["-D", &data, "-U", "postgres", "--auth=trust", "--no-sync"])?;
        let settings = format!(
            "port = {}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n\
             max_connections = 200\nfsync = off\n",
            postgres.address.port()
        );
        let file = Path::new(&data).join("postgresql.auto.conf");
        fs::write(file, settings).context("cannot write PostgreSQL's settings")?;
        postgres.again()?;
        Ok(postgres)
    }

    /// Starts it after it was stopped.
    pub fn again(&self) -> Result<()> {
        let log = self.folder.path().join("log").display().to_string();
        self.run("pg_ctl", &["-D", &self.data(), "-l", &log, "-w", "start"])
    }

    /// Ends it without letting anything finish.
    pub fn stop(&self) -> Result<()> {
        self.run("pg_ctl", &["-D", &self.data(), "-m", "immediate", "stop"])
    }

    /// Cuts the connections of everybody.
    pub fn cut_connections(&self) -> Result<()> {
        let sql = "select pg_terminate_backend(pid) from pg_stat_activity
            where pid <> pg_backend_pid() and backend_type = 'client backend'";
        let port = self.address.port().to_string();
        self.run("psql", &["-h", "127.0.0.1", "-p", &port, "-U", "postgres", "-c", sql])
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    /// Runs one of PostgreSQL's programs, as a user that it accepts.
    fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let program = program_folder()?.join(program);
        let mut command = if is_root()? {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        run(command.args(arguments).current_dir(self.folder.path()))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // It is stopped already when a fault went wrong.
        let _ = self.stop();
    }
}

/// Debian keeps the programs of each version in a folder of their own.
fn program_folder() -> Result<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").context("PostgreSQL is not installed")?;
    let mut folders: Vec<_> = versions.flatten().map(|it| it.path().join("bin")).collect();
    folders.retain(|it| it.join("initdb").exists());
    folders.sort();
    folders.pop().context("PostgreSQL's server is not installed")
}

fn is_root() -> Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(fs::metadata("/proc/self")?.uid() == 0)
}

/// A program that listens on a port, and can be ended and started again.
pub struct Listener {
    /// Where it listens.
    pub address: SocketAddr,
    command: Command,
    child: Option<Child>,
}

impl Listener {
    /// A NATS server.
    pub fn nats() -> Result<Self> {
        let address = free_address()?;
        let mut command = Command::new("nats-server");
        command.args(["--addr", "127.0.0.1", "--port", &address.port().to_string()]);
        Self::start(address, command)
    }

    /// A load balancer in front of three nodes, with the settings that come with Frontdesk.
    pub fn balancer(folder: &Path, nodes: &[SocketAddr]) -> Result<Self> {
        let address = free_address()?;
        let file = folder.join("haproxy.cfg");
        fs::write(&file, BALANCER)?;
        let mut command = Command::new("haproxy");
        command.args(["-q", "-db", "-f"]).arg(file).env("FRONTDESK_BIND", address.to_string());
        for (number, node) in nodes.iter().enumerate() {
            command.env(format!("FRONTDESK_NODE_{}", number + 1), node.to_string());
        }
        Self::start(address, command)
    }

    fn start(address: SocketAddr, mut command: Command) -> Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut listener = Self { address, command, child: None };
        listener.again()?;
        Ok(listener)
    }

    /// Starts it, and waits until it listens.
    pub fn again(&mut self) -> Result<()> {
        let program = self.command.get_program().to_string_lossy().into_owned();
        let child = self.command.spawn().with_context(|| format!("cannot start {program}"))?;
        let child = self.child.insert(child);
        let started = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            if let Some(status) = child.try_wait()? {
                bail!("{program} ended with {status}");
            }
            ensure!(started.elapsed() < LISTENS_WITHIN, "{program} does not listen");
            sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// Ends it at once.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.kill();
    }
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output();
    let output = output.with_context(|| format!("cannot start {program}"))?;
    let told = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{program} {:?}: {told}", command.get_args());
    Ok(())
}
