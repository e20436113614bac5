//! Databases to test with: one of each engine, new for each test.

use std::sync::atomic::{AtomicU32, Ordering};

use frontdesk_db::{Db, Error, Tx, params};
use tempfile::TempDir;
use tokio_postgres::NoTls;

frontdesk_db::statements! {
    CREATE_ITEM = "create table item (
        id bigint not null primary key,
        name text not null unique
    )";
    INSERT = "insert into item (id, name) values ($1, $2)";
    IDS = "select id from item order by id limit 100000";
}

/// A database, and where it is. Its file goes with it.
pub struct Database {
    pub db: Db,
    pub url: String,
    _folder: Option<TempDir>,
}

/// One database of each engine, with a table `item`.
pub async fn databases() -> Vec<Database> {
    let mut databases = vec![sqlite().await];
    databases.extend(postgres().await);
    for database in &databases {
        let created = database.db.write(|tx| tx.execute(&CREATE_ITEM, &[])).await;
        created.expect("a new database has no such table");
    }
    databases
}

pub async fn sqlite() -> Database {
    let folder = TempDir::new().expect("a folder for temporary files");
    let url = format!("sqlite:{}", folder.path().join("frontdesk.db").display());
    let db = Db::open(&url).await.expect("the folder is empty");
    Database { db, url, _folder: Some(folder) }
}

pub async fn postgres() -> Option<Database> {
    let url = postgres_url().await?;
    let db = Db::open(&url).await.expect("the database is empty");
    Some(Database { db, url, _folder: None })
}

/// The address of a new, empty database of the test server.
pub async fn postgres_url() -> Option<String> {
    static CREATED: AtomicU32 = AtomicU32::new(0);
    let server = setting("FRONTDESK_TEST_DATABASE_URL")?;
    let number = CREATED.fetch_add(1, Ordering::Relaxed);
    let name = format!("db_suite_{}_{number}", std::process::id());
    run(&server, &format!("drop database if exists {name}")).await;
    run(&server, &format!("create database {name}")).await;
    Some(with_database(&server, &name))
}

/// Runs a statement past the crate, on a connection of its own.
pub async fn run(url: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the server runs");
    tokio::spawn(connection);
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
pub fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

pub fn insert(tx: &mut Tx<'_>, id: i64) -> Result<(), Error> {
    tx.execute(&INSERT, params![id, &format!("item {id}")])?;
    Ok(())
}

pub fn ids(tx: &mut Tx<'_>) -> Result<Vec<i64>, Error> {
    tx.all(&IDS, &[], |row| row.get(0))
}

impl Database {
    pub async fn ids(&self) -> Vec<i64> {
        self.db.read(ids).await.expect("the table exists")
    }
}
