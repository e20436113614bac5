//! Migrations of a SQLite database, all in one transaction.

use rusqlite::{Connection, Row, params};

use super::{Applied, Migration, TABLE, embedded, pending};
use crate::{Engine, OpenError, sqlite::error};

/// Applies what is missing. Another process that opens the same file waits meanwhile.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(error)?;
    transaction.execute_batch(TABLE).map_err(error)?;
    for migration in pending(embedded(Engine::Sqlite), &applied(&transaction).map_err(error)?)? {
        apply(&transaction, &migration).map_err(|cause| OpenError::Migration {
            name: migration.name.to_owned(),
            source: error(cause),
        })?;
    }
    transaction.commit().map_err(error)?;
    Ok(())
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
