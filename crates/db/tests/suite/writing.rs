//! Closures that write.

use frontdesk_db::{Db, Engine, Error, params};
use tokio::task::JoinSet;

use crate::{
    database::{databases, ids, insert},
    gate::Gate,
};

frontdesk_db::statements! {
    CREATE_COUNTER = "create table counter (id bigint not null primary key, last bigint not null)";
    INSERT_COUNTER = "insert into counter (id, last) values ($1, 0)";
    COUNT = "update counter set last = last + 1 where id = $1 returning last";
}

/// An error of a slice, which knows more than the database.
#[derive(Debug, thiserror::Error)]
enum SliceError {
    #[error("thought better of it")]
    Refused,
    #[error("the database failed")]
    Db(#[from] Error),
}

/// More closures than one batch holds, waiting together. Every third changes its mind, every fifth panics.
#[tokio::test(flavor = "multi_thread")]
async fn a_closure_that_fails_is_undone_alone() {
    for database in databases().await {
        let gate = Gate::default();
        let mut writes = JoinSet::new();
        for id in 0..300 {
            let (db, gate) = (database.db.clone(), gate.clone());
            writes.spawn(async move {
                let written = db.write(move |tx| {
                    gate.pass();
                    insert(tx, id)?;
                    assert!(id % 5 != 0 || id % 3 == 0, "this one panics");
                    if id % 3 == 0 { Err(SliceError::Refused) } else { Ok(()) }
                });
                (id, written.await)
            });
        }
        gate.open();
        for (id, result) in writes.join_all().await {
            match result {
                Ok(()) => assert!(id % 3 != 0 && id % 5 != 0, "{id}"),
                Err(SliceError::Refused) => assert_eq!(id % 3, 0, "{id}"),
                Err(SliceError::Db(Error::Panicked)) => assert_eq!(id % 5, 0, "{id}"),
                Err(SliceError::Db(other)) => panic!("{id}: {other:?}"),
            }
        }
        let expected: Vec<i64> = (0..300).filter(|id| id % 3 != 0 && id % 5 != 0).collect();
        assert_eq!(database.ids().await, expected);
    }
}

#[tokio::test]
async fn a_row_that_exists_is_refused_as_such() {
    for database in databases().await {
        database.db.write(|tx| insert(tx, 1)).await.expect("new");
        let again = database.db.write(|tx| insert(tx, 1)).await;
        assert!(matches!(again, Err(Error::Unique)), "{again:?}");
    }
}

#[tokio::test]
async fn a_failure_that_is_swallowed_still_undoes_everything() {
    for database in databases().await {
        let result: Result<(), Error> = database
            .db
            .write(|tx| {
                insert(tx, 1)?;
                insert(tx, 1).ok();
                let later = insert(tx, 2);
                assert!(matches!(later, Err(Error::Unique)), "{later:?}");
                Ok(())
            })
            .await;
        assert!(matches!(result, Err(Error::Unique)), "{result:?}");
        assert!(database.ids().await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_answers_busy_at_once() {
    for database in databases().await {
        let gate = Gate::default();
        let mut writes = JoinSet::new();
        for _ in 0..9_000 {
            let (db, gate) = (database.db.clone(), gate.clone());
            writes.spawn(async move {
                db.write(move |_| {
                    gate.pass();
                    Ok::<(), Error>(())
                })
                .await
            });
        }
        // Nobody passes the gate, so that only a refusal can be an answer.
        let first = writes.join_next().await.expect("there are many").expect("no panic");
        assert!(matches!(first, Err(Error::Busy)), "{first:?}");
        gate.open();
        let accepted = writes.join_all().await.into_iter().filter(Result::is_ok).count();
        assert!(accepted >= 4_096, "{accepted}");
        database.db.write(|tx| insert(tx, 1)).await.expect("there is room again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_taken_at_once_have_no_gaps() {
    for database in databases().await {
        database.db.write(|tx| tx.execute(&CREATE_COUNTER, &[])).await.expect("new");
        database.db.write(|tx| tx.execute(&INSERT_COUNTER, params![1])).await.expect("new");
        let mut writes = JoinSet::new();
        for attempt in 0..400 {
            let db = database.db.clone();
            writes.spawn(async move {
                db.write(move |tx| {
                    let number = tx.one(&COUNT, params![1], |row| row.get(0))?;
                    insert(tx, number)?;
                    // Some give their number back.
                    if attempt % 10 == 0 { Err(SliceError::Refused) } else { Ok(()) }
                })
                .await
            });
        }
        let written = writes.join_all().await.into_iter().filter(Result::is_ok).count();
        assert_eq!(written, 360);
        assert_eq!(database.ids().await, (1..=360).collect::<Vec<i64>>());
    }
}

/// PostgreSQL notices the deadlock and ends one of the two, which runs again. SQLite has one writer.
#[tokio::test(flavor = "multi_thread")]
async fn a_deadlock_is_resolved_by_running_again() {
    for database in databases().await {
        database.db.write(|tx| tx.execute(&CREATE_COUNTER, &[])).await.expect("new");
        for id in 1..=2 {
            let inserted = database.db.write(move |tx| tx.execute(&INSERT_COUNTER, params![id]));
            inserted.await.expect("new");
        }
        let [one, two] = [Gate::default(), Gate::default()];
        let (forward, backward) = tokio::join!(
            count_both(&database.db, [1, 2], [one.clone(), two.clone()]),
            count_both(&database.db, [2, 1], [two, one]),
        );
        let mut numbers = [forward.expect("it ran again"), backward.expect("it ran again")];
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2]);
    }
}

/// Counts in two counters. Each has locked its first before either asks for its second.
async fn count_both(db: &Db, counters: [i64; 2], [mine, theirs]: [Gate; 2]) -> Result<i64, Error> {
    let several_writers = db.engine() == Engine::Postgres;
    db.write(move |tx| {
        tx.one(&COUNT, params![counters[0]], |row| row.get::<i64>(0))?;
        mine.open();
        if several_writers {
            theirs.pass();
        }
        tx.one(&COUNT, params![counters[1]], |row| row.get(0))
    })
    .await
}

#[tokio::test]
async fn a_caller_that_stops_waiting_leaves_a_whole_transaction_or_nothing() {
    for database in databases().await {
        let db = database.db.clone();
        let write = tokio::spawn(async move {
            db.write(|tx| {
                insert(tx, 1)?;
                insert(tx, 2)
            })
            .await
        });
        tokio::task::yield_now().await;
        write.abort();
        database.db.write(|tx| insert(tx, 3)).await.expect("the connection is sound");
        database.db.close().await;
        let db = Db::open(&database.url).await.expect("sound");
        let ids = db.read(ids).await.expect("the table exists");
        assert!(ids == [3] || ids == [1, 2, 3], "{ids:?}");
    }
}
