//! The file of a backup: a line that says what it is, then blocks, each with a checksum; the last one says that it is whole.
//!
//! A block is a letter, its length, its checksum (CRC-32 of letter and content), and its content. The content of `H`, `F`,
//! `T`, `S` and `E` is JSON; that of `D` and `R` (bytes of a file, rows of a table) is compressed.

mod reader;
mod writer;

pub use reader::Reader;
pub use writer::Writer;

use flate2::Crc;
use serde::{Deserialize, Serialize};

/// The first line of every backup.
pub const FIRST_LINE: &[u8] = b"Frontdesk backup 1\n";

/// Nothing that is written in one piece is longer.
const BLOCK_MAX_BYTES: usize = 64 * 1024 * 1024;

const HEADER: u8 = b'H';
const FILE: u8 = b'F';
const FILE_BYTES: u8 = b'D';
const TABLE: u8 = b'T';
const ROWS: u8 = b'R';
const SUMMARY: u8 = b'S';
const END: u8 = b'E';

/// What a backup says about itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Header {
    /// Its own, so that a restore that stopped goes on with the same backup.
    pub id: String,
    /// When it was begun, RFC 3339.
    pub made_at: String,
    /// By which release.
    pub release: String,
    /// The migrations that had made the tables.
    pub versions: Vec<i64>,
    /// How many rows there are.
    pub rows: u64,
}

/// A file of the data folder.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileHeader {
    /// Its path in the data folder, with `/`.
    pub path: String,
    /// Its size.
    pub bytes: u64,
}

fn checksum(kind: u8, content: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(&[kind]);
    crc.update(content);
    crc.sum()
}
