//! Closures that read, rows, and what they count.

use frontdesk_db::{Counts, Engine, Error, Tx, params};

use crate::{
    database::{databases, ids, insert},
    gate::Gate,
};

frontdesk_db::statements! {
    FIND = "select name from item where id = $1";
    EXISTS = "select exists (select 1 from item where id = $1)";
    CREATE_FILE = "create table file (content bytea)";
    INSERT_FILE = "insert into file (content) values ($1)";
    CONTENT = "select content from file";
    SCALARS = "select
        cast($1 as bigint), cast($2 as bigint), cast($3 as double precision),
        cast($4 as text), cast($5 as text)";
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_is_one_snapshot() {
    for database in databases().await {
        database.db.write(|tx| insert(tx, 1)).await.expect("new");
        let (has_read, may_go_on) = (Gate::default(), Gate::default());
        let reader = {
            let (db, has_read, may_go_on) =
                (database.db.clone(), has_read.clone(), may_go_on.clone());
            tokio::spawn(async move {
                db.read::<_, Error, _>(move |tx| {
                    let before = ids(tx)?;
                    has_read.open();
                    may_go_on.pass();
                    Ok((before, ids(tx)?))
                })
                .await
            })
        };
        tokio::task::spawn_blocking(move || has_read.pass()).await.expect("no panic");
        database.db.write(|tx| insert(tx, 2)).await.expect("readers do not block writers");
        may_go_on.open();
        let (before, after) = reader.await.expect("no panic").expect("both read");
        assert_eq!((before, after), (vec![1], vec![1]));
        assert_eq!(database.ids().await, [1, 2]);
    }
}

#[tokio::test]
async fn a_read_cannot_write() {
    for database in databases().await {
        let refused = database.db.read(|tx| insert(tx, 1)).await;
        assert!(matches!(refused, Err(Error::Driver(_))), "{refused:?}");
        assert!(database.ids().await.is_empty());
        database.db.write(|tx| insert(tx, 1)).await.expect("writers still can");
    }
}

#[tokio::test]
async fn a_row_that_must_exist_and_does_not_is_no_row() {
    for database in databases().await {
        let missing =
            database.db.read(|tx| tx.one(&FIND, params![1], |row| row.get::<String>(0))).await;
        assert!(matches!(missing, Err(Error::NoRow)), "{missing:?}");
        let perhaps: Result<Option<String>, Error> =
            database.db.read(|tx| tx.optional(&FIND, params![1], |row| row.get(0))).await;
        assert!(matches!(perhaps, Ok(None)), "{perhaps:?}");
    }
}

#[tokio::test]
async fn no_row_does_not_end_a_transaction() {
    for database in databases().await {
        let written = database
            .db
            .write(|tx| {
                let missing = tx.one(&FIND, params![1], |row| row.get::<String>(0));
                assert!(matches!(missing, Err(Error::NoRow)), "{missing:?}");
                insert(tx, 1)
            })
            .await;
        written.expect("nothing failed");
        assert_eq!(database.ids().await, [1]);
    }
}

#[tokio::test]
async fn what_goes_in_comes_out() {
    for database in databases().await {
        let row = database.db.read::<_, Error, _>(|tx| {
            tx.one(&SCALARS, params![i64::MIN, true, 0.1, "¿qué? 🙂", None::<&str>], |row| {
                Ok((
                    row.get::<i64>(0)?,
                    row.get::<bool>(1)?,
                    row.get::<f64>(2)?,
                    row.get::<String>(3)?,
                    row.get::<Option<String>>(4)?,
                ))
            })
        });
        let row = row.await.expect("every kind is readable");
        assert_eq!(row, (i64::MIN, true, 0.1, "¿qué? 🙂".to_owned(), None));
    }
}

#[tokio::test]
async fn bytes_stay_as_they_are() {
    for database in databases().await {
        database.db.write(|tx| tx.execute(&CREATE_FILE, &[])).await.expect("new");
        let content = vec![0, 255, 39, 0];
        let stored = content.clone();
        let inserted = database.db.write(move |tx| tx.execute(&INSERT_FILE, params![&stored]));
        assert_eq!(inserted.await.expect("new"), 1);
        let read = database.db.read(|tx| tx.one(&CONTENT, &[], |row| row.get::<Vec<u8>>(0))).await;
        assert_eq!(read.expect("stored"), content);
    }
}

#[tokio::test]
async fn a_condition_reads_as_a_flag() {
    for database in databases().await {
        let exists = database.db.read(|tx| tx.one(&EXISTS, params![1], |row| row.get::<bool>(0)));
        assert!(!exists.await.expect("a flag"));
    }
}

#[tokio::test]
async fn a_column_read_as_something_else_is_an_error() {
    for database in databases().await {
        database.db.write(|tx| insert(tx, 1)).await.expect("new");
        let wrong = database.db.read(|tx| tx.one(&FIND, params![1], |row| row.get::<i64>(0))).await;
        assert!(matches!(wrong, Err(Error::Driver(_))), "{wrong:?}");
    }
}

#[tokio::test]
async fn transactions_and_statements_are_counted() {
    for database in databases().await {
        let before = database.db.counts();
        database
            .db
            .write(|tx| {
                insert(tx, 1)?;
                insert(tx, 2)
            })
            .await
            .expect("new");
        database.ids().await;
        let after = database.db.counts();
        let counted = Counts {
            transactions: after.transactions - before.transactions,
            statements: after.statements - before.statements,
        };
        assert_eq!(counted, Counts { transactions: 2, statements: 3 });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_composed_statement_answers_its_rows_and_a_wrong_one_an_error() {
    for database in databases().await {
        database.db.write(|tx| insert(tx, 1)).await.expect("new");
        let parameter = match database.db.engine() {
            Engine::Sqlite => "?1",
            Engine::Postgres => "$1",
        };
        let text = format!("select id from item where id = {parameter}");
        let right = move |tx: &mut Tx<'_>| tx.all_composed(&text, params![1], |row| row.get(0));
        let ids: Vec<i64> = database.db.read(right).await.expect("the text is right");
        assert_eq!(ids, [1]);
        let wrong = |tx: &mut Tx<'_>| tx.all_composed("select nothing", &[], |row| row.get(0));
        let refused: Result<Vec<i64>, Error> = database.db.read(wrong).await;
        assert!(refused.is_err());
    }
}

#[tokio::test]
async fn only_a_server_has_a_clock_of_its_own() {
    for database in databases().await {
        let told = database.db.clock().await.expect("it answers");
        let nodes_compare_times = database.db.engine() == Engine::Postgres;
        assert_eq!(told.is_some(), nodes_compare_times);
        assert!(told.is_none_or(|millis| millis > 1_700_000_000_000), "{told:?}");
    }
}
