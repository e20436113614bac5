//! Where a story's data is kept and how its nodes hear each other, as the environment says.

use frontdesk_bus::Bus;
use frontdesk_db::Db;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

/// Held while the template is made, so that it is made once.
const TEMPLATE_LOCK: i64 = 0x0066_726f_6e74_6465;

/// A database and a bus that nobody else uses. They go with this.
pub struct Backends {
    database: Database,
    bus_url: Option<String>,
}

enum Database {
    Sqlite(TempDir),
    Postgres { server: String, name: String },
}

impl Backends {
    /// A database and a bus for one story.
    pub async fn create() -> Self {
        let Some(server) = setting("FRONTDESK_TEST_DATABASE_URL") else {
            return Self::on_sqlite();
        };
        let database = postgres(server).await;
        Self { database, bus_url: bus_url() }
    }

    /// The same with a file, whatever the environment says.
    #[must_use]
    pub fn on_sqlite() -> Self {
        let folder = TempDir::new().expect("a folder for temporary files");
        Self { database: Database::Sqlite(folder), bus_url: bus_url() }
    }

    /// Whether several nodes can share them.
    pub(crate) fn are_shared(&self) -> bool {
        matches!(self.database, Database::Postgres { .. }) && self.bus_url.is_some()
    }

    /// The database, opened by one more node.
    pub async fn open(&self) -> Db {
        Db::open(&self.database_url()).await.expect("the database opens")
    }

    pub(crate) async fn bus(&self) -> Bus {
        match &self.bus_url {
            Some(url) => Bus::nats(url).await.expect("the broker runs"),
            None => Bus::memory(),
        }
    }

    /// The address of the database.
    #[must_use]
    pub fn database_url(&self) -> String {
        match &self.database {
            Database::Sqlite(folder) => {
                format!("sqlite:{}", folder.path().join("frontdesk.db").display())
            }
            Database::Postgres { server, name } => with_database(server, name),
        }
    }
}

impl Drop for Backends {
    /// Databases of a throw-away server are many; those of finished stories make room.
    fn drop(&mut self) {
        let Database::Postgres { server, name } = &self.database else {
            return;
        };
        let (server, drop) = (server.clone(), format!("drop database {name} with (force)"));
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async { run(&connect(&server).await, &drop).await });
        });
        // A story that fails has said more than a database that stays.
        let _ = dropping.join();
    }
}

/// A name of its own keeps stories apart that run at the same time.
fn bus_url() -> Option<String> {
    setting("FRONTDESK_TEST_BUS_URL")
        .map(|broker| format!("{}/{}", broker.trim_end_matches('/'), Uuid::now_v7()))
}

/// A copy of the template, which is quicker than the migrations.
async fn postgres(server: String) -> Database {
    let template = format!("frontdesk_template_{:016x}", migrations());
    let name = format!("frontdesk_story_{}", Uuid::now_v7().simple());
    let client = connect(&server).await;
    run(&client, &format!("select pg_advisory_lock({TEMPLATE_LOCK})")).await;
    if !exists(&client, &template).await {
        make_template(&client, &server, &template).await;
    }
    run(&client, &format!("create database {name} template {template}")).await;
    Database::Postgres { server, name }
}

async fn make_template(client: &Client, server: &str, template: &str) {
    // Its name says that it is ready, so it comes last.
    let draft = format!("{template}_draft");
    run(client, &format!("drop database if exists {draft}")).await;
    run(client, &format!("create database {draft}")).await;
    let db = Db::open(&with_database(server, &draft)).await.expect("the migrations run");
    db.close().await;
    drop(db);
    let others =
        format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{draft}'");
    run(client, &others).await;
    run(client, &format!("alter database {draft} rename to {template}")).await;
}

/// Names the migrations, so that a template of older ones is not used.
fn migrations() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/postgres");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the migrations")
        .map(|file| file.expect("a migration").path())
        .collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        fs::read(file).expect("a migration").hash(&mut hasher);
    }
    hasher.finish()
}

async fn exists(client: &Client, database: &str) -> bool {
    let found = client.query("select 1 from pg_database where datname = $1", &[&database]).await;
    !found.expect("the statement is right").is_empty()
}

async fn connect(url: &str) -> Client {
    let (client, connection) =
        tokio_postgres::connect(url, NoTls).await.expect("the PostgreSQL server of the tests runs");
    tokio::spawn(connection);
    client
}

async fn run(client: &Client, sql: &str) {
    client.batch_execute(sql).await.expect("the statement is right");
}

/// The address with another database name.
fn with_database(url: &str, name: &str) -> String {
    let (start, query) = url.split_once('?').unwrap_or((url, ""));
    let (scheme, rest) = start.split_once("://").expect("an address");
    let host = rest.split_once('/').map_or(rest, |(host, _)| host);
    format!("{scheme}://{host}/{name}?{query}")
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
