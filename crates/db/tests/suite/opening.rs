//! Opening and closing.

use std::error::Error as _;

use frontdesk_db::{Db, Engine, Error, OpenError, params};
use tempfile::TempDir;

use crate::database::{databases, postgres, sqlite};

frontdesk_db::statements! {
    INSERT_MIGRATION = "insert into schema_version (version, name, checksum, oldest_binary)
        values (9999, 'V9999__later', '', $1)";
    EDIT_MIGRATION = "update schema_version set checksum = 'other' where version = 1";
}

#[tokio::test]
async fn a_database_is_opened_again_with_what_it_holds() {
    for database in databases().await {
        database.db.write(|tx| crate::database::insert(tx, 1)).await.expect("new");
        database.db.close().await;
        let again = Db::open(&database.url).await.expect("it is up to date");
        let ids = again.read(crate::database::ids).await.expect("the table is there");
        assert_eq!(ids, [1]);
    }
}

#[tokio::test]
async fn nodes_that_start_together_migrate_once() {
    let databases = [Some(sqlite().await), postgres().await];
    for database in databases.into_iter().flatten() {
        let url = database.url;
        let (one, two) = tokio::join!(Db::open(&url), Db::open(&url));
        one.expect("opened").check().await.expect("it answers");
        two.expect("opened").check().await.expect("it answers");
    }
}

#[tokio::test]
async fn a_binary_that_is_too_old_is_refused() {
    for database in databases().await {
        let later = database.db.write(|tx| tx.execute(&INSERT_MIGRATION, params!["99.0.0"])).await;
        later.expect("a newer release did this");
        let refused = refusal(&database.url).await;
        assert!(matches!(refused, OpenError::NeedsNewerBinary { .. }), "{refused:?}");
        assert!(refused.to_string().contains("needs Frontdesk 99.0.0 or newer"), "{refused}");
    }
}

#[tokio::test]
async fn a_database_that_is_merely_newer_is_served() {
    for database in databases().await {
        let later = database.db.write(|tx| tx.execute(&INSERT_MIGRATION, params!["0.0.1"])).await;
        later.expect("a newer release did this");
        Db::open(&database.url).await.expect("it still serves this one");
    }
}

#[tokio::test]
async fn a_migration_that_was_edited_is_refused() {
    for database in databases().await {
        database.db.write(|tx| tx.execute(&EDIT_MIGRATION, &[])).await.expect("there is a first");
        let refused = refusal(&database.url).await;
        assert!(matches!(refused, OpenError::MigrationChanged(_)), "{refused:?}");
    }
}

#[tokio::test]
async fn a_file_that_is_something_else_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "Dear diary, today I met a database. ".repeat(100)).expect("writable");
    let refused = refusal(&format!("sqlite:{}", path.display())).await;
    assert!(refused.to_string().ends_with("notes.txt is not a SQLite database"), "{refused}");
}

#[tokio::test]
async fn a_folder_that_does_not_exist_is_named() {
    let refused = refusal("sqlite:/nowhere/at/all/frontdesk.db").await;
    assert_eq!(refused.to_string(), "cannot write the database file /nowhere/at/all/frontdesk.db");
    assert!(refused.source().is_some());
}

#[tokio::test]
async fn an_address_of_another_kind_is_refused_without_repeating_it() {
    let refused = refusal("mysql://desk:secret@db/frontdesk").await;
    assert!(matches!(refused, OpenError::UnknownAddress));
    assert!(!refused.to_string().contains("secret"));
}

#[tokio::test]
async fn a_server_that_is_away_is_named_without_the_password() {
    let refused = refusal("postgres://desk:secret@127.0.0.1:1/frontdesk").await;
    assert_eq!(refused.to_string(), "cannot connect to PostgreSQL at 127.0.0.1:1/frontdesk");
}

#[tokio::test]
async fn a_closed_database_refuses_work() {
    for database in databases().await {
        database.db.close().await;
        database.db.close().await;
        let read = database.db.check().await;
        assert!(matches!(read, Err(Error::Unavailable(_))), "{read:?}");
        let write = database.db.write(|tx| crate::database::insert(tx, 1)).await;
        assert!(matches!(write, Err(Error::Unavailable(_))), "{write:?}");
    }
}

#[tokio::test]
async fn closing_leaves_one_file() {
    let database = sqlite().await;
    assert_eq!(database.db.engine(), Engine::Sqlite);
    database.db.check().await.expect("it answers");
    database.db.close().await;
    let path = database.url.strip_prefix("sqlite:").expect("its address");
    assert!(std::path::Path::new(path).exists());
    assert!(!std::path::Path::new(&format!("{path}-wal")).exists());
}

async fn refusal(url: &str) -> OpenError {
    Db::open(url).await.err().expect("it is refused")
}
