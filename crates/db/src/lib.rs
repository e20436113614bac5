//! Transactions in portable SQL, on SQLite and PostgreSQL. The only crate that knows drivers.
//!
//! A statement is written once, with `$n` parameters ([`statements!`]). [`Db::write`] and [`Db::read`] run plain
//! closures over one [`Tx`]. On SQLite one thread takes the writing closures that wait, runs each in a savepoint
//! and commits them together; on PostgreSQL each has a transaction and a connection of its own.
//!
//! What holds on both engines:
//! - An answer comes after the commit: what was answered survives `kill -9` and power loss.
//! - Closures may run again (`Fn`), and one that fails or panics undoes itself alone.
//! - Every queue is bounded; a full one answers [`Error::Busy`] at once.
//! - All integers and flags are `bigint`, times are epoch milliseconds, text holds no NUL.

mod column;
mod counts;
mod db;
mod error;
mod inline;
mod migrations;
mod postgres;
mod sqlite;
mod statement;
pub mod transfer;
mod turns;
mod tx;
mod value;

pub use column::{Column, FromColumn, Row};
pub use counts::Counts;
pub use db::{Db, Engine};
pub use error::{Cause, Error, OpenError};
pub use inline::Inline;
pub use statement::Statement;
#[doc(hidden)]
pub use statement::spelling_for_sqlite;
pub use tx::Tx;
pub use value::Value;
