//! The raw group commit: one realistic row, appended durably. Two unique indexes, the head of its conversation, and one
//! commit for up to 256 of them.

use crate::latency::{Latency, Summary};
use crate::pace::Schedule;
use crate::process::thread_cpu;
use crate::stamp::{Side, Stamp};
use anyhow::Result;
use rusqlite::{Connection, params};
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Rows in one commit.
const BATCH: usize = 256;
/// Conversations that the rows are spread over.
const CONVERSATIONS: u32 = 256;

const SCHEMA: &str = "
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma wal_autocheckpoint = 10000;
    pragma temp_store = memory;
    create table conversation (id integer primary key, last_seq integer not null default 0) strict;
    create table event (
        conversation_id integer not null,
        seq integer not null,
        visitor_seq integer,
        kind text not null,
        author_kind text not null,
        operator_id integer,
        client_id text,
        body text,
        created_at integer not null,
        primary key (conversation_id, seq)
    ) strict, without rowid;
    create unique index event_client on event (conversation_id, client_id);";
const HEAD: &str =
    "update conversation set last_seq = last_seq + 1 where id = ?1 returning last_seq";
const APPEND: &str =
    "insert into event values (?1, ?2, ?2, 'message.posted', 'visitor', null, ?3, ?4, ?5)";

/// What a committed row costs.
#[derive(Clone, Copy, Debug)]
pub struct Committed {
    /// Processor time of a row in full batches, in microseconds.
    pub cpu_us: f64,
    /// Rows a second in full batches.
    pub per_second: f64,
    /// From the due time of a row until it was committed, at the paced rate.
    pub paced: Summary,
}

/// Measures rows of `length` characters: as fast as they go for `span`, then `rate` a second for `span`.
pub fn measure(
    folder: Option<&Path>,
    length: usize,
    rate: f64,
    span: Duration,
) -> Result<Committed> {
    let folder = match folder {
        Some(parent) => TempDir::new_in(parent)?,
        None => TempDir::new()?,
    };
    let mut rows = Rows::new(&folder.path().join("raw.db"), length)?;
    let (began, cpu, end) = (Instant::now(), thread_cpu()?, Instant::now() + span);
    while Instant::now() < end {
        rows.commit(BATCH)?;
    }
    let amount = f64::from(rows.number);
    let cpu_us = (thread_cpu()? - cpu).as_secs_f64() * 1e6 / amount;
    let per_second = amount / began.elapsed().as_secs_f64();
    let paced = paced(&mut rows, rate, span)?;
    Ok(Committed { cpu_us, per_second, paced })
}

/// Rows come at even distances; each commit takes all that wait.
fn paced(rows: &mut Rows, rate: f64, span: Duration) -> Result<Summary> {
    let (due, waiting) = mpsc::channel();
    let pacer = Schedule::new(rate, span).run(Instant::now(), move |_, at| due.send(at).is_ok());
    let latency = Latency::new();
    while let Ok(first) = waiting.recv() {
        let mut batch = vec![first];
        batch.extend(waiting.try_iter().take(BATCH - 1));
        rows.commit(batch.len())?;
        for due in batch {
            latency.record(due.elapsed());
        }
    }
    // It ends when it has nothing to send any more.
    let _ = pacer.join();
    Ok(latency.summary())
}

/// A database with one table of rows.
struct Rows {
    connection: Connection,
    length: usize,
    number: u32,
}

impl Rows {
    fn new(path: &Path, length: usize) -> Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(SCHEMA)?;
        for id in 0..CONVERSATIONS {
            connection.execute("insert into conversation (id) values (?1)", params![id])?;
        }
        Ok(Self { connection, length, number: 0 })
    }

    fn commit(&mut self, amount: usize) -> Result<()> {
        self.control("begin immediate")?;
        for _ in 0..amount {
            self.append()?;
        }
        self.control("commit")
    }

    fn append(&mut self) -> Result<()> {
        let stamp = Stamp {
            run: 0,
            conversation: self.number % CONVERSATIONS,
            side: Side::Visitor,
            number: self.number,
            due: Duration::ZERO,
        };
        let mut head = self.connection.prepare_cached(HEAD)?;
        let seq: i64 = head.query_row(params![stamp.conversation], |row| row.get(0))?;
        let mut append = self.connection.prepare_cached(APPEND)?;
        append.execute(params![
            stamp.conversation,
            seq,
            stamp.client_id().to_string(),
            stamp.text(self.length),
            seq
        ])?;
        self.number += 1;
        Ok(())
    }

    fn control(&self, sql: &str) -> Result<()> {
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_without_gaps() {
        let folder = TempDir::new().unwrap();
        let mut rows = Rows::new(&folder.path().join("raw.db"), 200).unwrap();
        rows.commit(BATCH).unwrap();
        rows.commit(3).unwrap();
        let heads = "select sum(last_seq), (select count(*) from event) from conversation";
        let counted: (i64, i64) =
            rows.connection.query_row(heads, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        assert_eq!(counted, (259, 259));
    }
}
