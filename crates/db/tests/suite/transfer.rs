//! A database is copied as it is, whatever engines run the two ends.

use frontdesk_db::transfer::{Part, Snapshot, Summary, Target, TargetOptions, TransferError};
use frontdesk_db::{Db, OpenError, params};
use tempfile::TempDir;
use tokio_postgres::NoTls;

use crate::database::{Database, databases, postgres, postgres_url, sqlite};

frontdesk_db::statements! {
    INSERT_OPERATOR = "insert into operator (email, email_key, name, chat_name, role, language, created_at)
        values ($1, $1, 'Åsa', '', 'operator', 'en', 5)";
    INSERT_SETTING = "insert into setting (key, value) values ($1, $2)";
    OPERATOR_IDS = "select id from operator order by id limit 100000";
    DELETE_OPERATOR = "delete from operator where id = $1";
}

const OPERATORS: i64 = 12_000;
const FROM_HERE: TargetOptions<'_> = TargetOptions { source: "here", replace: false };

/// More than fits into one part, and a hole at the end of the numbers.
async fn filled(database: &Database) {
    let wrote = database.db.write(|tx| {
        for number in 0..=OPERATORS {
            tx.execute(&INSERT_OPERATOR, params![&format!("{number}@example.com")])?;
        }
        tx.execute(&DELETE_OPERATOR, params![OPERATORS + 1])?;
        for key in ["a", "B", "ß", "_"] {
            tx.execute(&INSERT_SETTING, params![key, "\"quoted\"\n\t\\N 💬"])?;
        }
        Ok::<_, frontdesk_db::Error>(())
    });
    wrote.await.expect("the tables are there");
}

/// The addresses of databases that nobody has opened yet, one of each engine.
async fn new_addresses() -> (Vec<String>, TempDir) {
    let folder = TempDir::new().expect("a folder for temporary files");
    let mut urls = vec![format!("sqlite:{}", folder.path().join("copy.db").display())];
    urls.extend(postgres_url().await);
    (urls, folder)
}

async fn copy(from: &str, to: &str, options: &TargetOptions<'_>) -> Result<(), TransferError> {
    let snapshot = Snapshot::open(from).await?;
    let mut target = Target::open(to, snapshot.schema(), options).await?;
    let mut parts = snapshot.read();
    while let Some(part) = parts.recv().await {
        target.take(part?).await?;
    }
    target.finish().await
}

async fn summaries(url: &str) -> Vec<Summary> {
    let mut parts = Snapshot::open(url).await.expect("a database").read();
    let mut summaries = Vec::new();
    while let Some(part) = parts.recv().await {
        if let Part::Done(summary) = part.expect("readable") {
            summaries.push(summary);
        }
    }
    summaries
}

#[tokio::test]
async fn a_copy_is_the_same_on_every_engine() {
    for source in databases().await {
        filled(&source).await;
        let (urls, _folder) = new_addresses().await;
        for url in urls {
            copy(&source.url, &url, &FROM_HERE).await.expect("the database is new");
            assert_eq!(summaries(&url).await, summaries(&source.url).await);

            let db = Db::open(&url).await.expect("it is complete");
            let ids = |tx: &mut frontdesk_db::Tx<'_>| tx.all(&OPERATOR_IDS, &[], |row| row.get(0));
            db.write(|tx| tx.execute(&INSERT_OPERATOR, params!["new@example.com"]))
                .await
                .expect("it can be written");
            let ids: Vec<i64> = db.read(ids).await.expect("readable");
            assert_eq!(ids.last(), Some(&(OPERATORS + 2)), "no id is given out twice");
            db.close().await;
        }
    }
}

#[tokio::test]
async fn the_catalogue_of_both_engines_is_the_same() {
    let Some(database) = postgres().await else {
        return;
    };
    let schema = Snapshot::open(&database.url).await.expect("a database").schema().clone();
    let mut expected = Vec::new();
    for table in &schema.tables {
        for column in &table.columns {
            expected.push((table.name.clone(), column.name.clone()));
        }
    }
    expected.sort();
    let (client, connection) =
        tokio_postgres::connect(&database.url, NoTls).await.expect("the server runs");
    tokio::spawn(connection);
    let rows = client
        .query(
            "select cast(table_name as text), cast(column_name as text)
             from information_schema.columns
             where table_schema = 'public' and table_name not in ('schema_version', 'item')",
            &[],
        )
        .await
        .expect("right");
    let mut found: Vec<(String, String)> =
        rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    found.sort();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn what_was_interrupted_goes_on_and_is_served_only_when_complete() {
    let source = sqlite().await;
    filled(&source).await;
    let (urls, _folder) = new_addresses().await;
    for url in urls {
        let snapshot = Snapshot::open(&source.url).await.expect("a database");
        let mut target =
            Target::open(&url, snapshot.schema(), &FROM_HERE).await.expect("the database is new");
        let mut parts = snapshot.read();
        // Three parts into the table of operators.
        let mut left = 3;
        while let Some(Ok(part)) = parts.recv().await {
            left -= i32::from(matches!(&part, Part::Rows(rows) if rows.count() > 100));
            target.take(part).await.expect("there is room");
            if left < 3 {
                break;
            }
        }
        drop((target, parts));

        let refused = Db::open(&url).await.err();
        assert!(matches!(refused, Some(OpenError::Unfinished)), "{refused:?}");
        let other = TargetOptions { source: "elsewhere", replace: false };
        let refused = copy(&source.url, &url, &other).await;
        assert!(matches!(refused, Err(TransferError::OtherTransfer(_))), "{refused:?}");

        copy(&source.url, &url, &FROM_HERE).await.expect("the same goes on");
        assert_eq!(summaries(&url).await, summaries(&source.url).await);
        Db::open(&url).await.expect("it is complete").close().await;
    }
}

#[tokio::test]
async fn a_source_that_changed_between_two_attempts_is_noticed() {
    let source = sqlite().await;
    filled(&source).await;
    let (urls, _folder) = new_addresses().await;
    for (gone, url) in (7_i64..).zip(urls) {
        let snapshot = Snapshot::open(&source.url).await.expect("a database");
        let mut target =
            Target::open(&url, snapshot.schema(), &FROM_HERE).await.expect("the database is new");
        let mut parts = snapshot.read();
        while let Some(Ok(part)) = parts.recv().await {
            target.take(part).await.expect("there is room");
        }
        drop(target);
        let delete = source.db.write(move |tx| tx.execute(&DELETE_OPERATOR, params![gone]));
        delete.await.expect("there are thousands");
        let refused = copy(&source.url, &url, &FROM_HERE).await;
        assert!(matches!(refused, Err(TransferError::Different { .. })), "{refused:?}");
        let over = TargetOptions { source: "here", replace: true };
        copy(&source.url, &url, &over).await.expect("started over");
    }
}

#[tokio::test]
async fn a_database_with_people_is_replaced_only_when_told() {
    let source = sqlite().await;
    for target in [Some(sqlite().await), postgres().await].into_iter().flatten() {
        filled(&target).await;
        target.db.close().await;
        let refused = copy(&source.url, &target.url, &FROM_HERE).await;
        assert!(matches!(refused, Err(TransferError::NotEmpty(_))), "{refused:?}");
        let replace = TargetOptions { source: "here", replace: true };
        copy(&source.url, &target.url, &replace).await.expect("told so");
        assert_eq!(summaries(&target.url).await, summaries(&source.url).await);
    }
}

#[tokio::test]
async fn a_database_in_use_is_left_alone() {
    let (source, Some(target)) = (sqlite().await, postgres().await) else {
        return;
    };
    target.db.check().await.expect("somebody is connected");
    let refused = copy(&source.url, &target.url, &FROM_HERE).await;
    assert!(matches!(refused, Err(TransferError::InUse(_))), "{refused:?}");
}

#[tokio::test]
async fn where_there_is_no_database_there_is_nothing_to_copy() {
    let (urls, _folder) = new_addresses().await;
    for url in urls {
        let refused = Snapshot::open(&url).await.err();
        assert!(matches!(refused, Some(TransferError::NotFound(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn a_snapshot_does_not_see_what_is_written_meanwhile() {
    for source in databases().await {
        filled(&source).await;
        let before = summaries(&source.url).await;
        let snapshot = Snapshot::open(&source.url).await.expect("a database");
        source
            .db
            .write(|tx| tx.execute(&INSERT_SETTING, params!["later", ""]))
            .await
            .expect("a reader does not hinder");
        let (mut parts, mut found) = (snapshot.read(), Vec::new());
        while let Some(part) = parts.recv().await {
            if let Part::Done(summary) = part.expect("readable") {
                found.push(summary);
            }
        }
        assert_eq!(found, before);
    }
}
