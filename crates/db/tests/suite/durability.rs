//! What was answered survives.

use std::{
    env,
    io::{Write, stdout},
    process::Stdio,
    time::Duration,
};

use frontdesk_db::{Db, Error};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
    task::JoinSet,
};

use crate::{
    database::{databases, ids, insert, postgres, run, setting},
    gate::Gate,
};

frontdesk_db::statements! {
    COUNT = "select count(*) from schema_version where version < 0";
}

/// Names the database to the child process that is going to be killed.
const CHILD: &str = "FRONTDESK_TEST_WRITER_URL";

#[tokio::test(flavor = "multi_thread")]
async fn answered_rows_survive_kill_9() {
    if let Some(url) = setting(CHILD) {
        return write_until_killed(&url).await;
    }
    for database in databases().await {
        database.db.close().await;
        let mut child = Command::new(env::current_exe().expect("this test"))
            .args(["durability::answered_rows_survive_kill_9", "--exact", "--nocapture"])
            .env(CHILD, &database.url)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it runs again");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut answered = Vec::new();
        while let Some(line) = lines.next_line().await.expect("text") {
            // Between the numbers are lines of the test runner.
            answered.extend(line.parse::<i64>());
            if answered.len() == 500 {
                child.kill().await.expect("it still runs");
            }
        }
        assert!(answered.len() >= 500, "{}", answered.len());
        let db = Db::open(&database.url).await.expect("it recovers");
        let stored = db.read(ids).await.expect("the table is there");
        assert!(answered.iter().all(|id| stored.contains(id)), "an answered row is gone");
    }
}

/// What a server does to its connections when it is restarted.
const END_CONNECTIONS: &str = "select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()";

#[tokio::test]
async fn connections_that_were_lost_are_made_again() {
    let Some(database) = postgres().await else {
        return;
    };
    for _ in 0..10 {
        run(&database.url, END_CONNECTIONS).await;
        database.db.check().await.expect("it runs on a new connection");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_lost_its_connection_runs_again() {
    let Some(database) = postgres().await else {
        return;
    };
    let (has_begun, may_go_on) = (Gate::default(), Gate::default());
    let (db, begun, go_on) = (database.db.clone(), has_begun.clone(), may_go_on.clone());
    let write = tokio::spawn(async move {
        db.write::<_, Error, _>(move |tx| {
            tx.one(&COUNT, &[], |row| row.get::<i64>(0))?;
            begun.open();
            go_on.pass();
            tx.one(&COUNT, &[], |row| row.get::<i64>(0))
        })
        .await
    });
    tokio::task::spawn_blocking(move || has_begun.pass()).await.expect("no panic");
    run(&database.url, END_CONNECTIONS).await;
    may_go_on.open();
    assert_eq!(write.await.expect("no panic").expect("it ran again"), 0);
    assert_eq!(database.db.counts().transactions, 2);
}

async fn write_until_killed(url: &str) {
    let db = Db::open(url).await.expect("the parent made it");
    let mut writers = JoinSet::new();
    for writer in 0..8 {
        let db = db.clone();
        writers.spawn(async move {
            for number in 0.. {
                let id = number * 8 + writer;
                db.write(move |tx| insert(tx, id)).await.expect("there is room");
                writeln!(stdout(), "\n{id}").expect("the parent listens");
            }
        });
    }
    tokio::time::timeout(Duration::from_secs(60), writers.join_all()).await.ok();
}
