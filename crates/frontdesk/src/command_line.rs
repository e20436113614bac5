//! The commands and their options. Every option is also an environment variable and a line of the configuration file.

use clap::{Args, Parser, Subcommand};

/// Live chat for websites: visitors on any web page talk with operators.
#[derive(Parser)]
#[command(name = "frontdesk", version, propagate_version = true)]
pub struct CommandLine {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Serve the console, the API and the widget.
    Serve(ServeOptions),
    /// Work with operators' accounts.
    User {
        /// What to do with them.
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Work with API keys.
    Key {
        /// What to do with them.
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Check configuration, folders and database, and say what is wrong.
    Doctor(ServeOptions),
    /// Write everything into one file, also while the server runs.
    Backup(BackupOptions),
    /// Fill an installation from a backup.
    Restore(RestoreOptions),
    /// Check that what is kept is whole: no gap in a conversation, no counter that is wrong.
    Check(CheckOptions),
    /// Move from SQLite to PostgreSQL.
    Move(MoveOptions),
}

/// What to do with accounts.
#[derive(Subcommand)]
pub enum UserCommand {
    /// Add somebody who can sign in.
    Add(UserAdd),
}

/// What to do with keys.
#[derive(Subcommand)]
pub enum KeyCommand {
    /// Make a key for somebody and print it, once.
    Add(KeyAdd),
}

/// Where things are kept.
#[derive(Args, Clone, Default)]
pub struct StorageOptions {
    /// Configuration file (TOML).
    #[arg(long, env = "FRONTDESK_CONFIG", value_name = "FILE")]
    pub config: Option<String>,
    /// Folder of everything that is kept [default: ./data]
    #[arg(long, env = "FRONTDESK_DATA", value_name = "FOLDER")]
    pub data: Option<String>,
    /// sqlite:PATH or postgres://… [default: SQLite in the data folder]
    #[arg(long, env = "FRONTDESK_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
}

/// How to serve.
#[derive(Args, Clone, Default)]
pub struct ServeOptions {
    /// Where things are kept.
    #[command(flatten)]
    pub storage: StorageOptions,
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, env = "FRONTDESK_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// Public address, where it is not the one listened on (https://chat.example.com)
    #[arg(long, env = "FRONTDESK_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    /// NATS between several nodes (nats://…); needs PostgreSQL.
    #[arg(long, env = "FRONTDESK_BUS_URL", value_name = "URL", hide_env_values = true)]
    pub bus_url: Option<String>,
    /// Networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, with commas between them (10.0.0.0/8)
    #[arg(long, env = "FRONTDESK_TRUSTED_PROXIES", value_name = "NETWORKS")]
    pub trusted_proxies: Option<String>,
    /// Database of countries (MaxMind DB) in place of the bundled one
    #[arg(long, env = "FRONTDESK_GEOIP", value_name = "FILE")]
    pub geoip: Option<String>,
    /// Bearer token that may read /metrics from elsewhere than this computer.
    #[arg(long, env = "FRONTDESK_METRICS_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
    /// Mail server: smtps://user:password@host, or smtp://…?tls=required
    #[arg(long, env = "FRONTDESK_SMTP_URL", value_name = "URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Who mails are from: chat@example.com, or Shop <chat@example.com>
    #[arg(long, env = "FRONTDESK_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// What is logged, for example info or frontdesk_server=debug [default: info]
    #[arg(long, env = "FRONTDESK_LOG", value_name = "FILTER")]
    pub log: Option<String>,
    /// Limits that are not the default, such as starts=20/60s,messages=off
    #[arg(long, env = "FRONTDESK_LIMITS", value_name = "LIMITS")]
    pub limits: Option<String>,
}

/// Who is added.
#[derive(Args)]
pub struct UserAdd {
    /// Where things are kept.
    #[command(flatten)]
    pub storage: StorageOptions,
    /// The address to sign in with.
    #[arg(long)]
    pub email: String,
    /// The name for the team; also the first chat name.
    #[arg(long)]
    pub name: String,
    /// May configure the installation, too.
    #[arg(long)]
    pub administrator: bool,
    /// Read the password from the first line of the standard input.
    #[arg(long, required = true)]
    pub password_stdin: bool,
}

/// Whose key is made.
#[derive(Args)]
pub struct KeyAdd {
    /// Where things are kept.
    #[command(flatten)]
    pub storage: StorageOptions,
    /// E-mail address of the operator whom the key acts for.
    #[arg(long, value_name = "EMAIL")]
    pub user: String,
    /// What the key is for.
    #[arg(long)]
    pub name: String,
}

/// What is backed up, and where to.
#[derive(Args)]
pub struct BackupOptions {
    /// Where things are kept.
    #[command(flatten)]
    pub storage: StorageOptions,
    /// The file to write; it must not exist yet.
    pub file: String,
}

/// What is restored, and from where.
#[derive(Args)]
pub struct RestoreOptions {
    /// Where things are kept.
    #[command(flatten)]
    pub storage: StorageOptions,
    /// The backup.
    pub file: String,
    /// Delete what is there already.
    #[arg(long)]
    pub replace: bool,
}

/// What is checked.
#[derive(Args)]
pub struct CheckOptions {
    /// Where things are kept.
    #[command(flatten)]
    pub storage: StorageOptions,
    /// Count again what is only counted: how many conversations each operator answers.
    #[arg(long)]
    pub repair: bool,
}

/// Where to.
#[derive(Args)]
pub struct MoveOptions {
    /// Where things are kept.
    #[command(flatten)]
    pub storage: StorageOptions,
    /// The address of the PostgreSQL database: postgres://…
    #[arg(long, env = "FRONTDESK_MOVE_TO", value_name = "URL", hide_env_values = true)]
    pub to: String,
    /// Delete what is there already.
    #[arg(long)]
    pub replace: bool,
}
