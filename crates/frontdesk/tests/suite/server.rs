//! The binary as a process of its own.

use frontdesk_test_support::{Answer, Backends, Operator, Visitor};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

/// The signal that asks a process to stop.
pub const TERMINATE: &str = "-TERM";

/// The password of everybody who is added.
const PASSWORD: &str = "correct horse battery";

/// An installation: a data folder and a database, whoever serves them.
pub struct Installation {
    folder: TempDir,
    backends: Backends,
}

/// A server that runs, until it is stopped or killed.
pub struct Server {
    process: Child,
    /// Where it listens, without a slash at the end.
    pub url: String,
    /// What it printed at its start.
    pub greeting: Vec<String>,
}

/// A command of the binary, without the settings of whoever runs the tests.
pub fn frontdesk(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    command.args(arguments).env_clear();
    command
}

/// Everything that a command said.
pub fn said(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (status.code(), text(stdout), text(stderr))
}

impl Installation {
    pub async fn new() -> Self {
        let folder = TempDir::new().expect("a folder for temporary files");
        Self { folder, backends: Backends::create().await }
    }

    /// One whose database is a file, whatever the environment says.
    pub fn on_sqlite() -> Self {
        let folder = TempDir::new().expect("a folder for temporary files");
        Self { folder, backends: Backends::on_sqlite() }
    }

    /// The address of its database.
    pub fn database_url(&self) -> String {
        self.backends.database_url()
    }

    /// Whether its database is one of a server.
    pub fn is_on_postgres(&self) -> bool {
        self.database_url().starts_with("postgres")
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A command on this installation.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = frontdesk(arguments);
        command
            .env("FRONTDESK_DATA", self.folder())
            .env("FRONTDESK_DATABASE_URL", self.backends.database_url());
        command
    }

    /// Starts a server at an address, and waits until it has said where it is.
    pub fn serve_at(&self, listen: &str) -> Server {
        let mut command = self.command(&["serve", "--listen", listen, "--limits", "off"]);
        let mut process =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the binary runs");
        let said = BufReader::new(process.stdout.take().expect("piped"));
        let mut greeting = Vec::new();
        for line in said.lines() {
            let line = line.expect("text");
            let last = line.trim_start().starts_with("Data folder");
            greeting.push(line);
            if last {
                break;
            }
        }
        let url = told(&greeting, "Console").replace("/console/", "");
        Server { process, url, greeting }
    }

    /// Starts a server at any free port.
    pub fn serve(&self) -> Server {
        self.serve_at("127.0.0.1:0")
    }

    /// Adds an operator and answers a script that acts for her.
    pub async fn operator(&self, server: &Server, name: &str) -> Operator {
        let email = format!("{name}@example.com");
        let add = ["user", "add", "--email", &email, "--name", name, "--password-stdin"];
        let (code, _, problem) = said_with(&mut self.command(&add), PASSWORD);
        assert_eq!(code, Some(0), "{problem}");
        let (code, key, problem) =
            said(&mut self.command(&["key", "add", "--user", &email, "--name", "a script"]));
        assert_eq!(code, Some(0), "{problem}");
        Operator::with_key(&server.url, key.trim()).await
    }
}

impl Server {
    /// Ends it at once, as a power cut does.
    pub fn kill(mut self) {
        self.process.kill().expect("it runs");
        self.process.wait().expect("it ran");
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: &str) {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// Waits until it has stopped by itself: its exit code.
    pub fn stopped(mut self) -> Option<i32> {
        self.process.wait().expect("it ran").code()
    }

    /// Asks it to stop and waits until it has.
    pub fn stop(self) {
        self.signal(TERMINATE);
        assert_eq!(self.stopped(), Some(0));
    }

    /// A visitor of its first channel.
    pub fn visitor(&self) -> Visitor {
        Visitor::of(&self.url, 1)
    }

    /// The address without the scheme.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// What a page answers.
    pub async fn get(&self, path: &str) -> Answer {
        frontdesk_test_support::open(&format!("{}{path}", self.url)).await
    }
}

/// What stands behind a word of the greeting.
pub fn told(greeting: &[String], word: &str) -> String {
    let line = greeting.iter().find(|line| line.trim_start().starts_with(word));
    let line = line.unwrap_or_else(|| panic!("no {word} in {greeting:?}"));
    line.trim_start().trim_start_matches(word).trim().to_owned()
}

/// Everything that a command said to whoever typed `line`.
pub fn said_with(command: &mut Command, line: &str) -> (Option<i32>, String, String) {
    let mut process = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut typed = process.stdin.take().expect("piped");
    // A command that refuses its options does not wait for the line.
    let _ = writeln!(typed, "{line}");
    drop(typed);
    let output = process.wait_with_output().expect("the binary ran");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already in a story that went well.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
