//! Statements, prepared without being run.

use crate::database::{self, databases};

frontdesk_db::statements! {
    RIGHT = "select name from item where id = $1";
    WRONG = "select nothing from nowhere";
}

#[tokio::test]
async fn statements_are_checked_without_being_run() {
    for database in databases().await {
        database.db.prepare_all(&STATEMENTS[..1]).await.expect("it is right");
        let (name, _) = database.db.prepare_all(STATEMENTS).await.expect_err("one is wrong");
        assert_eq!(name, "WRONG");
        // Among these are statements that write.
        database.db.prepare_all(&database::STATEMENTS[1..]).await.expect("they are right");
        assert!(database.ids().await.is_empty());
    }
}

#[tokio::test]
async fn a_wrong_statement_is_an_error_and_ends_nothing_else() {
    for database in databases().await {
        let failed = database.db.write(|tx| tx.execute(&WRONG, &[])).await;
        assert!(matches!(failed, Err(frontdesk_db::Error::Driver(_))), "{failed:?}");
        database.db.check().await.expect("the database answers");
        database.db.write(|tx| database::insert(tx, 1)).await.expect("the writer lives");
    }
}
