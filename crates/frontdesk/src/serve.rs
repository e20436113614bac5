//! `frontdesk serve`.

use crate::command_line::ServeOptions;
use crate::data_folder::DataFolder;
use crate::database;
use crate::output::say;
use crate::settings::Settings;
use frontdesk_bus::Bus;
use frontdesk_server::clock::Clock;
use frontdesk_server::config::Config;
use frontdesk_server::{App, setup};
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Open files that a server may want: one a connection, and some.
const OPEN_FILES: u64 = 1_048_576;

/// Serves until it is asked to stop.
pub async fn serve(options: ServeOptions) -> Result<ExitCode, Vec<String>> {
    let settings = Settings::read(&options)?;
    start_log(&settings.log);
    start(settings).await.map_err(|mistake| vec![mistake])?;
    Ok(ExitCode::SUCCESS)
}

async fn start(settings: Settings) -> Result<(), String> {
    let folder = DataFolder::lock(&settings.storage.data)?;
    raise_open_files();
    let db = database::open(&settings.storage).await?;
    let bus = match &settings.bus_url {
        Some(url) => Bus::nats(url).await.map_err(|error| database::chain(&error))?,
        None => Bus::memory(),
    };
    let (listener, config) = listen(settings.config).await?;
    let app = App::new(db, bus, Clock::system(), config);
    let link = setup::first_start(&app).await.map_err(|problem| database::chain(&problem))?;
    // Whoever reads the greeting may ask the server to stop.
    let stopped = stopped()?;
    greet(&app.config, folder.path(), link.as_deref());
    frontdesk_server::serve(app, listener, stopped).await.map_err(|error| error.to_string())
}

fn start_log(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// The soft limit is often 1,024; the hard one is what the system really allows.
fn raise_open_files() {
    if let Err(error) = rlimit::increase_nofile_limit(OPEN_FILES) {
        tracing::warn!(%error, "cannot raise the limit of open files; connections may be refused");
    }
}

async fn listen(mut config: Config) -> Result<(TcpListener, Config), String> {
    let address = config.listen;
    let listener = TcpListener::bind(address).await.map_err(|error| refused(address, &error))?;
    config.listen = listener.local_addr().map_err(|error| error.to_string())?;
    Ok((listener, config))
}

fn refused(address: SocketAddr, error: &std::io::Error) -> String {
    if error.kind() == std::io::ErrorKind::AddrInUse {
        return format!("{address} is taken by another program: choose another --listen address");
    }
    format!("cannot listen on {address}: {error}")
}

fn greet(config: &Config, data: &Path, link: Option<&str>) {
    say(&format!("Frontdesk {}", env!("CARGO_PKG_VERSION")));
    say("");
    say(&format!("  Console             {}/console/", config.public_url()));
    say(&format!("  Demonstration site  {}", config.demo_url()));
    say(&format!("  Data folder         {}", data.display()));
    say("");
    if let Some(link) = link {
        say("  Set up the first administrator (works once, for one hour):");
        say(&format!("  {link}"));
        say("");
    }
}

/// Is done when the process is asked to stop, which is heard from now on.
fn stopped() -> Result<impl Future<Output = ()> + Send + 'static, String> {
    let heard = |kind| signal(kind).map_err(|error| format!("cannot hear signals: {error}"));
    let mut terminate = heard(SignalKind::terminate())?;
    let mut interrupt = heard(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: connections are told to come back, requests finish");
    })
}
