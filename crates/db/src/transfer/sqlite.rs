//! The SQLite ends of a transfer.

use std::{fs, io, path::Path};

use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::{Digest, Part, PartSender, Rows, Schema, Summary, Table, TransferError};
use crate::{
    Column, Error, migrations,
    sqlite::{column, control, error, open_reader, open_writer},
};

/// What an unfinished transfer leaves: which one it is, and how far each table has come.
const MARKER: &str = "create table unfinished_transfer (
    source text not null, table_name text not null primary key, rows bigint not null)";

/// A file that is read at one moment.
pub(super) struct Reader(Connection);

impl Reader {
    pub(super) fn open(path: &str) -> Result<Self, TransferError> {
        if !Path::new(path).exists() {
            return Err(TransferError::NotFound(path.to_owned()));
        }
        let connection = open_reader(Path::new(path))?;
        control(&connection, "begin")?;
        if !exists(&connection, "schema_version")? {
            return Err(TransferError::NotFound(path.to_owned()));
        }
        Ok(Self(connection))
    }

    pub(super) fn versions(&self) -> Result<Vec<i64>, TransferError> {
        let mut statement =
            self.0.prepare("select version from schema_version order by version")?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    pub(super) fn rows(&self, table: &Table) -> Result<u64, TransferError> {
        let count = format!("select count(*) from \"{}\"", table.name);
        Ok(self.0.query_row(&count, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    pub(super) fn send(&self, schema: &Schema, parts: &PartSender) -> Result<(), TransferError> {
        for table in &schema.tables {
            send(parts, Part::Table(table.clone()))?;
            let digest = self.send_rows(table, parts)?;
            let last_id = if table.is_numbered { self.last_id(table)? } else { None };
            send(parts, Part::Done(Summary { table: table.name.clone(), digest, last_id }))?;
        }
        Ok(())
    }

    fn send_rows(&self, table: &Table, parts: &PartSender) -> Result<Digest, TransferError> {
        let mut statement = self.0.prepare(&table.select())?;
        let mut found = statement.query([])?;
        let (mut rows, mut digest) = (Rows::default(), Digest::default());
        while let Some(row) = found.next()? {
            let columns = (0..table.columns.len()).map(|index| column(row, index));
            let columns = columns.collect::<Result<Vec<Column<'_>>, Error>>()?;
            rows.push(&mut digest, columns.into_iter());
            if rows.is_full() {
                send(parts, Part::Rows(std::mem::take(&mut rows)))?;
            }
        }
        send(parts, Part::Rows(rows))?;
        Ok(digest)
    }

    fn last_id(&self, table: &Table) -> Result<Option<i64>, TransferError> {
        let find = "select seq from sqlite_sequence where name = ?1";
        Ok(self.0.query_row(find, [&table.name], |row| row.get(0)).optional()?)
    }
}

fn send(parts: &PartSender, part: Part) -> Result<(), TransferError> {
    parts.blocking_send(Ok(part)).map_err(|_| TransferError::Stopped)
}

/// A file that is filled.
pub(super) struct Writer(Connection);

impl Writer {
    /// What is in the file: nothing that matters, an unfinished transfer from somewhere, or more.
    pub(super) fn found(path: &str) -> Result<super::target::Found, TransferError> {
        if !Path::new(path).exists() {
            return Ok(super::target::Found::Nothing);
        }
        let connection = open_reader(Path::new(path))?;
        if exists(&connection, "unfinished_transfer")? {
            let find = "select source from unfinished_transfer limit 1";
            let source: Option<String> =
                connection.query_row(find, [], |row| row.get(0)).optional()?;
            return Ok(super::target::Found::Unfinished(source.unwrap_or_default()));
        }
        if !exists(&connection, "schema_version")? {
            return Ok(super::target::Found::Nothing);
        }
        let people: i64 = connection.query_row(super::target::PEOPLE, [], |row| row.get(0))?;
        Ok(super::target::Found::people(people))
    }

    /// Makes the file anew, empty.
    pub(super) fn create(path: &str, schema: &Schema, source: &str) -> Result<Self, TransferError> {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            match fs::remove_file(format!("{path}{suffix}")) {
                Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::unavailable(cause).into());
                }
                _ => {}
            }
        }
        let mut connection = open_writer(Path::new(path))?;
        migrations::sqlite::migrate(&mut connection, Some(&schema.versions))?;
        let transaction = connection.transaction()?;
        transaction.execute_batch(MARKER)?;
        for table in &schema.tables {
            // What the migrations put there comes with the rest.
            transaction.pragma_update(None, "defer_foreign_keys", true)?;
            transaction.execute(&format!("delete from \"{}\"", table.name), [])?;
            transaction.execute(
                "insert into unfinished_transfer (source, table_name, rows) values (?1, ?2, 0)",
                [source, &table.name],
            )?;
        }
        transaction.commit()?;
        Ok(Self(connection))
    }

    /// Goes on where an unfinished transfer stopped.
    pub(super) fn resume(path: &str) -> Result<Self, TransferError> {
        Ok(Self(open_writer(Path::new(path))?))
    }

    pub(super) fn progress(&self, table: &str) -> Result<u64, TransferError> {
        let find = "select rows from unfinished_transfer where table_name = ?1";
        let rows: Option<i64> = self.0.query_row(find, [table], |row| row.get(0)).optional()?;
        Ok(rows.unwrap_or_default().unsigned_abs())
    }

    /// Adds rows and remembers how far the table has come, in one transaction.
    pub(super) fn insert(
        &mut self,
        table: &Table,
        rows: &[Vec<crate::Value<'_>>],
        progress: u64,
    ) -> Result<(), TransferError> {
        let places = (1..=table.columns.len()).map(|n| format!("?{n}")).collect::<Vec<_>>();
        let (columns, places) = (table.column_list(), places.join(", "));
        let insert = format!("insert into \"{}\" ({columns}) values ({places})", table.name);
        let transaction = self.0.transaction()?;
        // A row may refer to a later one of its own table.
        transaction.pragma_update(None, "defer_foreign_keys", true)?;
        let mut statement = transaction.prepare(&insert)?;
        for row in rows {
            statement.execute(params_from_iter(row))?;
        }
        drop(statement);
        transaction.execute(
            "update unfinished_transfer set rows = ?1 where table_name = ?2",
            rusqlite::params![progress.cast_signed(), table.name],
        )?;
        Ok(transaction.commit()?)
    }

    /// Ids go on after the highest that was ever given out.
    pub(super) fn number_from(&self, table: &str, last_id: i64) -> Result<(), TransferError> {
        let known = self
            .0
            .execute("update sqlite_sequence set seq = ?1 where name = ?2", (last_id, table))?;
        if known == 0 {
            self.0.execute(
                "insert into sqlite_sequence (name, seq) values (?2, ?1)",
                (last_id, table),
            )?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<(), TransferError> {
        self.0.execute_batch("drop table unfinished_transfer")?;
        self.0.close().map_err(|(_, cause)| error(cause).into())
    }
}

fn exists(connection: &Connection, table: &str) -> Result<bool, TransferError> {
    let find = "select count(*) from sqlite_master where type = 'table' and name = ?1";
    Ok(connection.query_row(find, [table], |row| row.get::<_, i64>(0))? > 0)
}
