//! The PostgreSQL ends of a transfer.

use std::pin::pin;
use std::time::Duration;

use tokio_postgres::{
    Client,
    binary_copy::BinaryCopyInWriter,
    types::{ToSql, Type},
};

use super::{
    Digest, Kind, Part, PartSender, Rows, Schema, Summary, Table, TransferError,
    target::{Found, PEOPLE},
};
use crate::{
    Column, Error, Value, migrations,
    postgres::{Address, column, connect, error},
};

/// Rows that are fetched at once.
const FETCHED: i32 = 5_000;

const MARKER: &str = "create table unfinished_transfer (
    source text not null, table_name text not null primary key, rows bigint not null)";

/// A database that is read at one moment.
pub(super) struct Reader(Client);

impl Reader {
    pub(super) async fn open(url: &str) -> Result<Self, TransferError> {
        let client = connect(url).await?;
        client.batch_execute("begin isolation level repeatable read, read only").await?;
        if !exists(&client, "schema_version").await? {
            return Err(TransferError::NotFound(Address::parse(url)?.to_string()));
        }
        Ok(Self(client))
    }

    pub(super) async fn versions(&self) -> Result<Vec<i64>, TransferError> {
        let rows = self.0.query("select version from schema_version order by version", &[]).await?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }

    pub(super) async fn rows(&self, table: &Table) -> Result<u64, TransferError> {
        let count = format!("select count(*) from \"{}\"", table.name);
        Ok(self.0.query_one(&count, &[]).await?.get::<_, i64>(0).unsigned_abs())
    }

    pub(super) async fn send(
        &self,
        schema: &Schema,
        parts: &PartSender,
    ) -> Result<(), TransferError> {
        for table in &schema.tables {
            send(parts, Part::Table(table.clone())).await?;
            let digest = self.send_rows(table, parts).await?;
            let last_id = if table.is_numbered { self.last_id(table).await? } else { None };
            let summary = Summary { table: table.name.clone(), digest, last_id };
            send(parts, Part::Done(summary)).await?;
        }
        Ok(())
    }

    async fn send_rows(&self, table: &Table, parts: &PartSender) -> Result<Digest, TransferError> {
        let declare = format!("declare transfer no scroll cursor for {}", table.select());
        self.0.batch_execute(&declare).await?;
        let fetch = self.0.prepare(&format!("fetch {FETCHED} from transfer")).await?;
        let mut digest = Digest::default();
        loop {
            let found = self.0.query(&fetch, &[]).await?;
            if found.is_empty() {
                break;
            }
            let mut rows = Rows::default();
            for row in &found {
                let columns = (0..table.columns.len()).map(|index| column(row, index));
                let columns = columns.collect::<Result<Vec<Column<'_>>, Error>>()?;
                rows.push(&mut digest, columns.into_iter());
            }
            send(parts, Part::Rows(rows)).await?;
        }
        self.0.batch_execute("close transfer").await?;
        Ok(digest)
    }

    async fn last_id(&self, table: &Table) -> Result<Option<i64>, TransferError> {
        let Some(sequence) = sequence(&self.0, table).await? else {
            return Ok(None);
        };
        let find = format!("select last_value, is_called from {sequence}");
        let row = self.0.query_one(&find, &[]).await?;
        Ok(row.get::<_, bool>(1).then(|| row.get(0)))
    }
}

async fn send(parts: &PartSender, part: Part) -> Result<(), TransferError> {
    parts.send(Ok(part)).await.map_err(|_| TransferError::Stopped)
}

const OTHERS: &str = "select count(*) from pg_stat_activity where datname = current_database()
    and application_name in ('frontdesk', 'frontdesk transfer') and pid <> pg_backend_pid()";
/// How often to look, and how long to wait in between: PostgreSQL lists those who have just left for a moment longer.
const LOOKS: u32 = 20;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

async fn is_in_use(client: &Client) -> Result<bool, TransferError> {
    for _ in 0..LOOKS {
        if client.query_one(OTHERS, &[]).await?.get::<_, i64>(0) == 0 {
            return Ok(false);
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    Ok(true)
}

/// A database that is filled.
pub(super) struct Writer(Client);

impl Writer {
    pub(super) async fn open(url: &str) -> Result<(Self, Found), TransferError> {
        let client = connect(url).await?;
        if is_in_use(&client).await? {
            return Err(TransferError::InUse(Address::parse(url)?.to_string()));
        }
        let found = found(&client).await?;
        Ok((Self(client), found))
    }

    /// Makes the tables anew, empty.
    pub(super) async fn create(
        &mut self,
        schema: &Schema,
        source: &str,
    ) -> Result<(), TransferError> {
        for table in Schema::of(&migrations::numbers())?.tables {
            let drop = format!("drop table if exists \"{}\" cascade", table.name);
            self.0.batch_execute(&drop).await?;
        }
        let marks = "drop table if exists schema_version, unfinished_transfer";
        self.0.batch_execute(marks).await?;
        migrations::postgres::migrate(&mut self.0, Some(&schema.versions)).await?;
        let transaction = self.0.transaction().await?;
        transaction.batch_execute(MARKER).await?;
        for table in &schema.tables {
            // What the migrations put there comes with the rest.
            let empty = format!("truncate \"{}\" cascade", table.name);
            transaction.batch_execute(&empty).await?;
            let mark = "insert into unfinished_transfer (source, table_name, rows)
                values ($1, $2, 0)";
            transaction.execute(mark, &[&source, &table.name]).await?;
        }
        Ok(transaction.commit().await?)
    }

    pub(super) async fn progress(&self, table: &str) -> Result<u64, TransferError> {
        let find = "select rows from unfinished_transfer where table_name = $1";
        let row = self.0.query_opt(find, &[&table]).await?;
        Ok(row.map_or(0, |row| row.get::<_, i64>(0).unsigned_abs()))
    }

    /// Adds rows and remembers how far the table has come, in one transaction.
    pub(super) async fn insert(
        &mut self,
        table: &Table,
        rows: &[Vec<Value<'_>>],
        progress: u64,
    ) -> Result<(), TransferError> {
        let transaction = self.0.transaction().await?;
        let columns = table.column_list();
        let copy = format!("copy \"{}\" ({columns}) from stdin binary", table.name);
        let types: Vec<Type> = table.columns.iter().map(|it| type_of(it.kind)).collect();
        let sink = transaction.copy_in(&copy).await?;
        let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
        for row in rows {
            let values = row.iter().map(|value| value as &(dyn ToSql + Sync));
            writer.as_mut().write_raw(values).await?;
        }
        writer.as_mut().finish().await?;
        let mark = "update unfinished_transfer set rows = $1 where table_name = $2";
        transaction.execute(mark, &[&progress.cast_signed(), &table.name]).await?;
        Ok(transaction.commit().await?)
    }

    /// Ids go on after the highest that was ever given out.
    pub(super) async fn number_from(
        &self,
        table: &Table,
        last_id: i64,
    ) -> Result<(), TransferError> {
        if let Some(sequence) = sequence(&self.0, table).await? {
            let set = "select setval(cast($1 as text)::regclass, $2, true)";
            self.0.query_one(set, &[&sequence, &last_id]).await?;
        }
        Ok(())
    }

    /// The planner knows nothing of tables that were just filled.
    pub(super) async fn finish(self) -> Result<(), TransferError> {
        self.0.batch_execute("analyze").await?;
        Ok(self.0.batch_execute("drop table unfinished_transfer").await?)
    }
}

async fn found(client: &Client) -> Result<Found, TransferError> {
    if exists(client, "unfinished_transfer").await? {
        let find = "select source from unfinished_transfer limit 1";
        let source = client.query_opt(find, &[]).await?.map(|row| row.get(0));
        return Ok(Found::Unfinished(source.unwrap_or_default()));
    }
    if !exists(client, "schema_version").await? {
        return Ok(Found::Nothing);
    }
    Ok(Found::people(client.query_one(PEOPLE, &[]).await?.get(0)))
}

async fn exists(client: &Client, table: &str) -> Result<bool, TransferError> {
    Ok(client.query_one("select to_regclass($1) is not null", &[&table]).await?.get(0))
}

async fn sequence(client: &Client, table: &Table) -> Result<Option<String>, TransferError> {
    let Some(id) = table.key.first().filter(|_| table.is_numbered) else {
        return Ok(None);
    };
    let name = format!("\"{}\"", table.name);
    Ok(client.query_one("select pg_get_serial_sequence($1, $2)", &[&name, id]).await?.get(0))
}

const fn type_of(kind: Kind) -> Type {
    match kind {
        Kind::Integer => Type::INT8,
        Kind::Real => Type::FLOAT8,
        Kind::Text => Type::TEXT,
        Kind::Bytes => Type::BYTEA,
    }
}

impl From<tokio_postgres::Error> for TransferError {
    fn from(cause: tokio_postgres::Error) -> Self {
        error(cause).into()
    }
}
