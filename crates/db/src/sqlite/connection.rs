//! What both the writer and the readers do with a connection.

use std::{fs::OpenOptions, os::unix::fs::OpenOptionsExt, path::Path, time::Duration};

use rusqlite::{
    Connection, ErrorCode, ToSql,
    config::DbConfig,
    ffi,
    types::{ToSqlOutput, ValueRef},
};

use crate::{Column, Error, OpenError, Row, Statement, Value, column::Source, migrations};

/// How long to wait for another process that writes, such as a command line beside the server.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// More than the product has statements, so that each is prepared once per connection.
const PREPARED_STATEMENTS: usize = 512;

/// Pages of 4 KiB that may gather in the journal before they are folded into the file.
const WAL_PAGES: u32 = 10_000;

/// Memory for pages, in KiB. The system's own page cache stands behind it.
const WRITER_CACHE: u32 = 8_192;
const READER_CACHE: u32 = 2_048;

/// Opens the file, creates it if need be, and brings its tables up to date.
pub(super) fn open_and_migrate(path: &Path) -> Result<Connection, OpenError> {
    create(path).map_err(|source| OpenError::Unwritable { path: path.to_owned(), source })?;
    let mut connection = open_writer(path).map_err(|cause| match cause.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => OpenError::NotADatabase(path.to_owned()),
        _ => OpenError::Other(error(cause)),
    })?;
    migrations::sqlite::migrate(&mut connection, None)?;
    Ok(connection)
}

/// The file holds secrets, so that only its owner may read it. SQLite gives its journal the same permissions.
fn create(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600).open(path).map(drop)
}

pub(crate) fn open_writer(path: &Path) -> rusqlite::Result<Connection> {
    let connection = open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "wal_autocheckpoint", WAL_PAGES)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Savepoints copy the pages that they change: into memory, not into a temporary file.
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.pragma_update(None, "cache_size", -i64::from(WRITER_CACHE))?;
    Ok(connection)
}

pub(crate) fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    let connection = open(path)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cache_size", -i64::from(READER_CACHE))?;
    Ok(connection)
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    // Otherwise a statement is prepared again whenever a parameter has changed that its plan might depend on.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

/// Begins or ends a transaction or a savepoint.
pub(crate) fn control(connection: &Connection, sql: &str) -> Result<(), Error> {
    connection.prepare_cached(sql).and_then(|mut it| it.execute([])).map(drop).map_err(error)
}

pub(crate) fn execute(
    connection: &Connection,
    statement: &Statement,
    params: &[Value<'_>],
) -> Result<u64, Error> {
    let mut prepared = connection.prepare_cached(statement.sqlite).map_err(error)?;
    let changed = prepared.execute(rusqlite::params_from_iter(params)).map_err(error)?;
    Ok(changed as u64)
}

/// Visits every row. To the end: SQLite checks foreign keys when a statement is over.
pub(crate) fn each_row(
    connection: &Connection,
    statement: &Statement,
    params: &[Value<'_>],
    visit: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut prepared = connection.prepare_cached(statement.sqlite).map_err(error)?;
    visit_rows(&mut prepared, params, visit)
}

/// The same, for a text that nobody will ask for again.
pub(crate) fn each_composed_row(
    connection: &Connection,
    text: &str,
    params: &[Value<'_>],
    visit: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    visit_rows(&mut connection.prepare(text).map_err(error)?, params, visit)
}

fn visit_rows(
    prepared: &mut rusqlite::Statement<'_>,
    params: &[Value<'_>],
    visit: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut rows = prepared.query(rusqlite::params_from_iter(params)).map_err(error)?;
    while let Some(row) = rows.next().map_err(error)? {
        visit(&Row(Source::Sqlite(row)))?;
    }
    Ok(())
}

/// What is wrong with the file, and rows that refer to others that do not exist.
pub(super) fn damages(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut damages = lines(connection, "pragma quick_check(20)").map_err(error)?;
    damages.retain(|line| line != "ok");
    let orphans =
        "select 'a row of ' || \"table\" || ' refers to one of ' || parent || ' that is missing'
        from pragma_foreign_key_check limit 20";
    damages.extend(lines(connection, orphans).map_err(error)?);
    Ok(damages)
}

fn lines(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

pub(crate) fn column<'a>(row: &'a rusqlite::Row<'_>, index: usize) -> Result<Column<'a>, Error> {
    Ok(match row.get_ref(index).map_err(error)? {
        ValueRef::Null => Column::Null,
        ValueRef::Integer(value) => Column::Integer(value),
        ValueRef::Real(value) => Column::Real(value),
        ValueRef::Text(text) => Column::Text(std::str::from_utf8(text).map_err(Error::driver)?),
        ValueRef::Blob(bytes) => Column::Bytes(bytes),
    })
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Integer(value) => ValueRef::Integer(*value),
            Value::Real(value) => ValueRef::Real(*value),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Sorts an error of the driver by what a caller does about it.
pub(crate) fn error(cause: rusqlite::Error) -> Error {
    let Some(failure) = cause.sqlite_error() else {
        return Error::driver(cause);
    };
    match (failure.code, failure.extended_code) {
        (
            _,
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID,
        ) => Error::Unique,
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Error::Busy,
        (ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen, _) => {
            Error::unavailable(cause)
        }
        _ => Error::driver(cause),
    }
}
