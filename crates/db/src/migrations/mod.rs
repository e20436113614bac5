//! How the tables of a database come up to date.
//!
//! Migrations only add (expand, then contract in a later release), and run at start under a lock. Each leaves a
//! row in `schema_version`, with the oldest release that the database still serves after it. A release older
//! than that is refused; a database that is merely newer is not, so that nodes can be upgraded one by one.

pub(crate) mod postgres;
mod release;
pub(crate) mod sqlite;

use sha2::{Digest, Sha256};

use crate::{Engine, OpenError};
use release::Release;

type File = (&'static str, &'static str);
const SQLITE: &[File] = include!(concat!(env!("OUT_DIR"), "/sqlite_migrations.rs"));
const POSTGRES: &[File] = include!(concat!(env!("OUT_DIR"), "/postgres_migrations.rs"));

const TABLE: &str = "create table if not exists schema_version (
    version bigint not null primary key,
    name text not null,
    checksum text not null,
    oldest_binary text not null
)";

/// While a database is filled from another one, it has this table, and no server opens it.
const UNFINISHED: &str = "unfinished_transfer";

/// A file such as `V7__ratings.sql`. One that contracts says `-- oldest binary: 0.3.0` in a line of its own.
#[derive(Debug)]
struct Migration {
    version: i64,
    name: &'static str,
    text: &'static str,
}

/// A row of `schema_version`.
struct Applied {
    version: i64,
    name: String,
    checksum: String,
    oldest_binary: String,
}

impl Migration {
    fn parse((name, text): File) -> Self {
        let version = name.strip_prefix('V').and_then(|rest| rest.split_once("__"));
        let Some(version) = version.and_then(|(number, _)| number.parse().ok()) else {
            panic!("a migration is named like V7__ratings.sql, not {name}.sql");
        };
        Self { version, name, text }
    }

    fn checksum(&self) -> String {
        Sha256::digest(self.text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn oldest_binary(&self) -> &'static str {
        self.text
            .lines()
            .find_map(|line| line.strip_prefix("-- oldest binary:"))
            .map_or("0.0.0", str::trim)
    }

    fn is_the_same_as(&self, applied: &Applied) -> bool {
        self.version == applied.version && self.checksum() == applied.checksum
    }
}

/// The migrations of this binary, in order.
fn embedded(engine: Engine) -> Vec<Migration> {
    let files = match engine {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    let mut migrations: Vec<_> = files.iter().map(|file| Migration::parse(*file)).collect();
    migrations.sort_by_key(|migration| migration.version);
    migrations
}

/// The numbers of this binary's migrations.
pub(crate) fn numbers() -> Vec<i64> {
    embedded(Engine::Sqlite).iter().map(|migration| migration.version).collect()
}

/// The migrations of this binary, or those of them that are wanted.
fn wanted(engine: Engine, versions: Option<&[i64]>) -> Vec<Migration> {
    let mut migrations = embedded(engine);
    migrations.retain(|it| versions.is_none_or(|versions| versions.contains(&it.version)));
    migrations
}

/// The migrations that the database lacks, unless this binary must not touch it.
fn pending(known: Vec<Migration>, applied: &[Applied]) -> Result<Vec<Migration>, OpenError> {
    let this = Release::this();
    let oldest = applied.iter().map(|it| Release::parse(&it.oldest_binary)).max();
    if let Some(oldest) = oldest.filter(|oldest| *oldest > this) {
        let (oldest, this) = (oldest.to_string(), this.to_string());
        return Err(OpenError::NeedsNewerBinary { oldest, this });
    }
    let mut pending = Vec::new();
    for migration in known {
        match applied.iter().find(|it| it.version == migration.version) {
            None => pending.push(migration),
            Some(row) if migration.is_the_same_as(row) => {}
            Some(row) => return Err(OpenError::MigrationChanged(row.name.clone())),
        }
    }
    Ok(pending)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: File = ("V1__first", "create table a (b bigint);");
    const CONTRACT: File =
        ("V2__contract", "-- Nobody reads b.\n-- oldest binary: 99.1.0\nalter table a drop b;");

    fn applied(file: File) -> Applied {
        let migration = Migration::parse(file);
        Applied {
            version: migration.version,
            name: migration.name.to_owned(),
            checksum: migration.checksum(),
            oldest_binary: migration.oldest_binary().to_owned(),
        }
    }

    fn known(files: &[File]) -> Vec<Migration> {
        files.iter().map(|file| Migration::parse(*file)).collect()
    }

    #[test]
    fn only_what_is_missing_is_applied() {
        let second = ("V2__second", "create table c (d bigint);");
        let pending = pending(known(&[FIRST, second]), &[applied(FIRST)]).expect("allowed");
        assert_eq!(pending.iter().map(|it| it.name).collect::<Vec<_>>(), ["V2__second"]);
    }

    #[test]
    fn a_merely_newer_database_is_accepted() {
        let newer = ("V3__newer", "create table e (f bigint);");
        let pending = pending(known(&[FIRST]), &[applied(FIRST), applied(newer)]);
        assert!(pending.expect("allowed").is_empty());
    }

    #[test]
    fn a_database_that_needs_a_newer_binary_is_refused() {
        let refused = pending(known(&[FIRST]), &[applied(FIRST), applied(CONTRACT)]);
        let text = refused.expect_err("too old").to_string();
        assert!(
            text.starts_with("the database needs Frontdesk 99.1.0 or newer, this is "),
            "{text}"
        );
    }

    #[test]
    fn a_migration_that_was_edited_is_noticed() {
        let edited = ("V1__first", "create table a (b text);");
        let refused = pending(known(&[edited]), &[applied(FIRST)]);
        assert!(matches!(refused, Err(OpenError::MigrationChanged(name)) if name == "V1__first"));
    }

    #[test]
    fn both_engines_have_the_same_migrations() {
        let names = |engine| embedded(engine).iter().map(|it| it.name).collect::<Vec<_>>();
        assert_eq!(names(Engine::Sqlite), names(Engine::Postgres));
        assert!(!names(Engine::Sqlite).is_empty());
    }
}
