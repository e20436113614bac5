//! Which tables there are: asked of an empty database that the migrations have just made.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::TransferError;
use crate::{migrations, sqlite::error};

/// The tables after certain migrations.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The migrations, by number.
    pub versions: Vec<i64>,
    /// What they made, each table after those that it refers to.
    pub tables: Vec<Table>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// The columns of its primary key, in order.
    pub key: Vec<String>,
    /// Whether the database numbers its rows.
    pub is_numbered: bool,
    #[serde(skip)]
    refers_to: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `bigint`.
    Integer,
    /// `double precision`.
    Real,
    /// `text`.
    Text,
    /// `bytea` or `blob`.
    Bytes,
}

impl Schema {
    /// The tables that these migrations make.
    pub fn of(versions: &[i64]) -> Result<Self, TransferError> {
        let known = migrations::numbers();
        if let Some(newer) = versions.iter().find(|version| !known.contains(version)) {
            return Err(TransferError::Newer(*newer));
        }
        let mut empty = Connection::open_in_memory()?;
        migrations::sqlite::migrate(&mut empty, Some(versions))?;
        let tables = tables(&empty)?;
        Ok(Self { versions: versions.to_vec(), tables: in_order(tables) })
    }
}

impl Table {
    /// Its columns as a list in a statement.
    pub(super) fn column_list(&self) -> String {
        list(self.columns.iter().map(|column| &column.name))
    }

    /// A statement that reads all of it, in an order that stays.
    pub(super) fn select(&self) -> String {
        let (columns, key) = (self.column_list(), list(&self.key));
        format!("select {columns} from \"{}\" order by {key}", self.name)
    }
}

fn list<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    names.into_iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

fn tables(connection: &Connection) -> rusqlite::Result<Vec<Table>> {
    let mut statement = connection.prepare(
        "select name, sql from sqlite_master
         where type = 'table' and name not like 'sqlite_%' and name <> 'schema_version' order by name",
    )?;
    let named = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let names: Vec<(String, String)> =
        statement.query_map([], named)?.collect::<rusqlite::Result<_>>()?;
    names.into_iter().map(|(name, sql)| table(connection, name, &sql)).collect()
}

fn table(connection: &Connection, name: String, sql: &str) -> rusqlite::Result<Table> {
    let mut statement = connection.prepare(
        "select name, type, pk from pragma_table_xinfo(?1) where hidden = 0 order by cid",
    )?;
    let (mut columns, mut key) = (Vec::new(), Vec::new());
    let mut rows = statement.query([&name])?;
    while let Some(row) = rows.next()? {
        let column = Column { name: row.get(0)?, kind: kind(&row.get::<_, String>(1)?) };
        key.extend(Some((row.get::<_, i64>(2)?, column.name.clone())).filter(|key| key.0 > 0));
        columns.push(column);
    }
    key.sort();
    let mut references =
        connection.prepare("select distinct \"table\" from pragma_foreign_key_list(?1)")?;
    let refers_to = references.query_map([&name], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let is_numbered = sql.to_lowercase().contains("autoincrement");
    let key = key.into_iter().map(|(_, name)| name).collect();
    Ok(Table { name, columns, key, is_numbered, refers_to })
}

fn kind(declared: &str) -> Kind {
    match declared.to_lowercase().as_str() {
        "integer" | "int" | "bigint" => Kind::Integer,
        "real" => Kind::Real,
        "blob" => Kind::Bytes,
        _ => Kind::Text,
    }
}

/// Each after those that it refers to; tables that refer to each other in a circle keep the order of their names.
fn in_order(mut tables: Vec<Table>) -> Vec<Table> {
    let mut ordered: Vec<Table> = Vec::with_capacity(tables.len());
    while !tables.is_empty() {
        let is_ready = |table: &Table| {
            let has_come = |name: &String| {
                *name == table.name || ordered.iter().any(|earlier| earlier.name == *name)
            };
            table.refers_to.iter().all(has_come)
        };
        let next = tables.iter().position(is_ready).unwrap_or(0);
        ordered.push(tables.remove(next));
    }
    ordered
}

impl From<rusqlite::Error> for TransferError {
    fn from(cause: rusqlite::Error) -> Self {
        error(cause).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newest() -> Schema {
        Schema::of(&migrations::numbers()).expect("our own")
    }

    #[test]
    fn tables_come_after_those_that_they_refer_to() {
        let mut seen: Vec<String> = Vec::new();
        for table in newest().tables {
            for other in &table.refers_to {
                let known = seen.contains(other) || *other == table.name;
                assert!(known, "{} refers to {other} in a circle", table.name);
            }
            assert!(!table.key.is_empty(), "{} has no primary key", table.name);
            seen.push(table.name);
        }
        assert!(seen.contains(&"event".to_owned()));
    }

    #[test]
    fn every_table_is_an_ordinary_one() {
        let mut connection = Connection::open_in_memory().expect("memory");
        migrations::sqlite::migrate(&mut connection, None).expect("our own");
        let mut others = connection
            .prepare("select name from pragma_table_list where type in ('virtual', 'view')")
            .expect("right");
        let others: Vec<String> = others
            .query_map([], |row| row.get(0))
            .expect("right")
            .collect::<Result<_, _>>()
            .expect("names");
        assert_eq!(others, [""; 0], "copying must say how these are made again");
    }

    #[test]
    fn a_migration_that_nobody_knows_is_refused() {
        let refused = Schema::of(&[1, 9999]).expect_err("from the future");
        assert!(matches!(refused, TransferError::Newer(9999)));
    }
}
