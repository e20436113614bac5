//! Migrations of a PostgreSQL database, all in one transaction.

use tokio_postgres::{Client, Row, Transaction};

use super::{Applied, Migration, TABLE, UNFINISHED, pending, wanted};
use crate::{Engine, OpenError, postgres::error};

/// An arbitrary number that all nodes agree on: "frontdsk" in ASCII.
const LOCK: &str = "select pg_advisory_xact_lock(7382085259403490155)";

/// Applies what is missing, or only these. Other nodes that start meanwhile wait.
pub(crate) async fn migrate(
    client: &mut Client,
    versions: Option<&[i64]>,
) -> Result<(), OpenError> {
    let transaction = client.transaction().await.map_err(error)?;
    transaction.batch_execute(LOCK).await.map_err(error)?;
    if is_unfinished(&transaction).await.map_err(error)? {
        return Err(OpenError::Unfinished);
    }
    transaction.batch_execute(TABLE).await.map_err(error)?;
    let known = wanted(Engine::Postgres, versions);
    for migration in pending(known, &applied(&transaction).await?)? {
        apply(&transaction, &migration).await.map_err(|cause| OpenError::Migration {
            name: migration.name.to_owned(),
            source: error(cause),
        })?;
    }
    transaction.commit().await.map_err(error)?;
    Ok(())
}

async fn is_unfinished(transaction: &Transaction<'_>) -> Result<bool, tokio_postgres::Error> {
    let find = "select to_regclass($1) is not null";
    Ok(transaction.query_one(find, &[&UNFINISHED]).await?.get(0))
}

async fn applied(transaction: &Transaction<'_>) -> Result<Vec<Applied>, OpenError> {
    let rows = transaction
        .query("select version, name, checksum, oldest_binary from schema_version", &[])
        .await
        .map_err(error)?;
    Ok(rows.iter().map(Applied::from).collect())
}

impl From<&Row> for Applied {
    fn from(row: &Row) -> Self {
        Self {
            version: row.get(0),
            name: row.get(1),
            checksum: row.get(2),
            oldest_binary: row.get(3),
        }
    }
}

async fn apply(
    transaction: &Transaction<'_>,
    migration: &Migration,
) -> Result<(), tokio_postgres::Error> {
    transaction.batch_execute(migration.text).await?;
    transaction
        .execute(
            "insert into schema_version (version, name, checksum, oldest_binary)
             values ($1, $2, $3, $4)",
            &[
                &migration.version,
                &migration.name,
                &migration.checksum(),
                &migration.oldest_binary(),
            ],
        )
        .await?;
    Ok(())
}
