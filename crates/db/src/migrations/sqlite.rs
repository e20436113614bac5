//! Migrations of a SQLite database, all in one transaction.

use rusqlite::{Connection, Row, params};

use super::{Applied, Migration, TABLE, UNFINISHED, pending, wanted};
use crate::{Engine, OpenError, sqlite::error};

/// Applies what is missing, or only these. Another process that opens the same file waits meanwhile.
pub(crate) fn migrate(
    connection: &mut Connection,
    versions: Option<&[i64]>,
) -> Result<(), OpenError> {
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(error)?;
    if is_unfinished(&transaction).map_err(error)? {
        return Err(OpenError::Unfinished);
    }
    transaction.execute_batch(TABLE).map_err(error)?;
    let known = wanted(Engine::Sqlite, versions);
    for migration in pending(known, &applied(&transaction).map_err(error)?)? {
        apply(&transaction, &migration).map_err(|cause| OpenError::Migration {
            name: migration.name.to_owned(),
            source: error(cause),
        })?;
    }
    transaction.commit().map_err(error)?;
    Ok(())
}

fn is_unfinished(connection: &Connection) -> rusqlite::Result<bool> {
    let find = "select count(*) from sqlite_master where name = ?1";
    Ok(connection.query_row(find, [UNFINISHED], |row| row.get::<_, i64>(0))? > 0)
}

fn applied(connection: &Connection) -> rusqlite::Result<Vec<Applied>> {
    let mut statement =
        connection.prepare("select version, name, checksum, oldest_binary from schema_version")?;
    statement.query_map([], Applied::read)?.collect()
}

impl Applied {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            version: row.get(0)?,
            name: row.get(1)?,
            checksum: row.get(2)?,
            oldest_binary: row.get(3)?,
        })
    }
}

fn apply(connection: &Connection, migration: &Migration) -> rusqlite::Result<()> {
    connection.execute_batch(migration.text)?;
    connection.execute(
        "insert into schema_version (version, name, checksum, oldest_binary) values (?1, ?2, ?3, ?4)",
        params![migration.version, migration.name, migration.checksum(), migration.oldest_binary()],
    )?;
    Ok(())
}
