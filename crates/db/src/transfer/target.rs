//! A database that is filled. It goes on where it stopped, and no server opens it before it is complete.

use crate::Error;

use super::{Part, Schema, Snapshot, Summary, Table, TransferError, postgres, sqlite};

/// How many people a database knows: with none, nothing in it is worth keeping.
pub(super) const PEOPLE: &str =
    "select (select count(*) from operator) + (select count(*) from visitor)";

/// What is in a database that is to be filled.
pub(super) enum Found {
    Nothing,
    Unfinished(String),
    People,
}

impl Found {
    pub(super) const fn people(count: i64) -> Self {
        if count == 0 { Self::Nothing } else { Self::People }
    }
}

/// How to fill it.
pub struct TargetOptions<'a> {
    /// What the parts come from: only the same can be resumed.
    pub source: &'a str,
    /// Whether what is there is deleted.
    pub replace: bool,
}

/// A database that is filled.
pub struct Target {
    url: String,
    backend: Backend,
    table: Option<Filling>,
    summaries: Vec<Summary>,
}

enum Backend {
    Sqlite(sqlite::Writer),
    Postgres(Box<postgres::Writer>),
}

/// The table whose rows come now.
struct Filling {
    table: Table,
    /// Rows that are there from an earlier attempt.
    there: u64,
    /// Rows that have come.
    come: u64,
}

impl Target {
    /// Opens a database for the tables of `schema`. Nobody else may work with it meanwhile.
    pub async fn open(
        url: &str,
        schema: &Schema,
        options: &TargetOptions<'_>,
    ) -> Result<Self, TransferError> {
        let backend = match url.strip_prefix("sqlite:") {
            Some(path) => Backend::Sqlite(sqlite_writer(path, schema, options)?),
            None => Backend::Postgres(Box::new(postgres_writer(url, schema, options).await?)),
        };
        Ok(Self { url: url.to_owned(), backend, table: None, summaries: Vec::new() })
    }

    /// Takes the next part.
    pub async fn take(&mut self, part: Part) -> Result<(), TransferError> {
        match part {
            Part::Table(table) => {
                let there = match &self.backend {
                    Backend::Sqlite(writer) => writer.progress(&table.name)?,
                    Backend::Postgres(writer) => writer.progress(&table.name).await?,
                };
                self.table = Some(Filling { table, there, come: 0 });
                Ok(())
            }
            Part::Rows(rows) => self.insert(&rows).await,
            Part::Done(summary) => self.done(summary).await,
        }
    }

    /// Compares what is there with what was sent; a server may open the database afterwards.
    pub async fn finish(self) -> Result<(), TransferError> {
        let mut found = Snapshot::open(&self.url).await?.read();
        let mut sent = self.summaries.iter();
        while let Some(part) = found.recv().await {
            if let Part::Done(found) = part? {
                compare(sent.next(), &found)?;
            }
        }
        match self.backend {
            Backend::Sqlite(writer) => writer.finish(),
            Backend::Postgres(writer) => writer.finish().await,
        }
    }

    async fn insert(&mut self, rows: &super::Rows) -> Result<(), TransferError> {
        let Some(filling) = &mut self.table else {
            return Err(damaged());
        };
        let rows = rows.read(filling.table.columns.len()).ok_or_else(damaged)?;
        let known = filling.there.saturating_sub(filling.come).min(rows.len() as u64);
        filling.come += rows.len() as u64;
        let new = &rows[usize::try_from(known).unwrap_or(rows.len())..];
        if new.is_empty() {
            return Ok(());
        }
        let inserted = match &mut self.backend {
            Backend::Sqlite(writer) => writer.insert(&filling.table, new, filling.come),
            Backend::Postgres(writer) => writer.insert(&filling.table, new, filling.come).await,
        };
        inserted.map_err(|error| match error {
            // The source changed since the first attempt: one of them is there already.
            TransferError::Database(Error::Unique) => TransferError::Different {
                table: filling.table.name.clone(),
                sent: filling.come,
                found: filling.there,
            },
            error => error,
        })
    }

    async fn done(&mut self, summary: Summary) -> Result<(), TransferError> {
        let filling = self.table.take().ok_or_else(damaged)?;
        if let Some(last_id) = summary.last_id {
            match &self.backend {
                Backend::Sqlite(writer) => writer.number_from(&summary.table, last_id)?,
                Backend::Postgres(writer) => writer.number_from(&filling.table, last_id).await?,
            }
        }
        self.summaries.push(summary);
        Ok(())
    }
}

fn sqlite_writer(
    path: &str,
    schema: &Schema,
    options: &TargetOptions<'_>,
) -> Result<sqlite::Writer, TransferError> {
    if resumes(sqlite::Writer::found(path)?, path, options)? {
        return sqlite::Writer::resume(path);
    }
    sqlite::Writer::create(path, schema, options.source)
}

async fn postgres_writer(
    url: &str,
    schema: &Schema,
    options: &TargetOptions<'_>,
) -> Result<postgres::Writer, TransferError> {
    let (mut writer, found) = postgres::Writer::open(url).await?;
    if !resumes(found, "the database", options)? {
        writer.create(schema, options.source).await?;
    }
    Ok(writer)
}

/// Whether there is something to go on with; otherwise it is made anew.
fn resumes(found: Found, name: &str, options: &TargetOptions<'_>) -> Result<bool, TransferError> {
    match found {
        Found::Nothing => Ok(false),
        _ if options.replace => Ok(false),
        Found::Unfinished(source) if source == options.source => Ok(true),
        Found::Unfinished(_) => Err(TransferError::OtherTransfer(name.to_owned())),
        Found::People => Err(TransferError::NotEmpty(name.to_owned())),
    }
}

fn compare(sent: Option<&Summary>, found: &Summary) -> Result<(), TransferError> {
    match sent {
        Some(sent) if sent.table == found.table && sent.digest == found.digest => Ok(()),
        sent => Err(TransferError::Different {
            table: found.table.clone(),
            sent: sent.map_or(0, |it| it.digest.rows),
            found: found.digest.rows,
        }),
    }
}

fn damaged() -> TransferError {
    TransferError::File("the backup is damaged: its parts do not fit".to_owned(), None)
}
