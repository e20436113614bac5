//! A database as it is at one moment, also while a server goes on writing.

use super::{PartSender, Parts, Schema, TransferError, parts, postgres, sqlite};

/// A database as it is at one moment. Nothing is changed in it.
pub struct Snapshot {
    schema: Schema,
    backend: Backend,
}

enum Backend {
    Sqlite(sqlite::Reader),
    Postgres(Box<postgres::Reader>),
}

impl Snapshot {
    /// Opens `sqlite:…` or `postgres://…` on a connection of its own.
    pub async fn open(url: &str) -> Result<Self, TransferError> {
        let (backend, versions) = match url.strip_prefix("sqlite:") {
            Some(path) => {
                let reader = sqlite::Reader::open(path)?;
                let versions = reader.versions()?;
                (Backend::Sqlite(reader), versions)
            }
            None => {
                let reader = postgres::Reader::open(url).await?;
                let versions = reader.versions().await?;
                (Backend::Postgres(Box::new(reader)), versions)
            }
        };
        Ok(Self { schema: Schema::of(&versions)?, backend })
    }

    /// Its tables.
    #[must_use]
    pub const fn schema(&self) -> &Schema {
        &self.schema
    }

    /// How many rows there are, for whoever waits.
    pub async fn rows(&self) -> Result<u64, TransferError> {
        let mut rows = 0;
        for table in &self.schema.tables {
            rows += match &self.backend {
                Backend::Sqlite(reader) => reader.rows(table)?,
                Backend::Postgres(reader) => reader.rows(table).await?,
            };
        }
        Ok(rows)
    }

    /// Reads everything, on a thread of its own.
    #[must_use]
    pub fn read(self) -> Parts {
        let (sender, parts) = parts();
        match self.backend {
            Backend::Sqlite(reader) => {
                tokio::task::spawn_blocking(move || {
                    let sent = reader.send(&self.schema, &sender);
                    // Whoever waits for parts hears why there are no more.
                    sent.unwrap_or_else(|error| drop(sender.blocking_send(Err(error))));
                });
            }
            Backend::Postgres(reader) => {
                tokio::spawn(async move {
                    tell(reader.send(&self.schema, &sender).await, sender).await
                });
            }
        }
        parts
    }
}

async fn tell(sent: Result<(), TransferError>, sender: PartSender) {
    if let Err(error) = sent {
        drop(sender.send(Err(error)).await);
    }
}
