//! Rows as bytes: the same for both engines and for files.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{Column, Value};

const NULL: u8 = 0;
const INTEGER: u8 = 1;
const REAL: u8 = 2;
const TEXT: u8 = 3;
const BYTES: u8 = 4;

/// Rows gather until they have so many bytes.
const FULL_BYTES: usize = 512 * 1024;

/// Rows of one table, in the order of its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    count: u32,
    bytes: Vec<u8>,
}

impl Rows {
    /// Rows that were bytes in a file. Whether they are sound shows when they are read.
    #[must_use]
    pub const fn from_bytes(count: u32, bytes: Vec<u8>) -> Self {
        Self { count, bytes }
    }

    /// How many.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// As bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds a row and counts it in a digest.
    pub(super) fn push<'a>(
        &mut self,
        digest: &mut Digest,
        columns: impl Iterator<Item = Column<'a>>,
    ) {
        let start = self.bytes.len();
        columns.for_each(|column| write(&mut self.bytes, column));
        digest.add(&self.bytes[start..]);
        self.count += 1;
    }

    /// Whether it is time to send them.
    pub(super) const fn is_full(&self) -> bool {
        self.bytes.len() >= FULL_BYTES
    }

    /// Reads them again, `width` values each. `None` when they are not sound.
    #[must_use]
    pub fn read(&self, width: usize) -> Option<Vec<Vec<Value<'_>>>> {
        let mut rest = self.bytes.as_slice();
        let mut rows = Vec::with_capacity(self.count as usize);
        for _ in 0..self.count {
            let row: Option<Vec<_>> = (0..width).map(|_| read(&mut rest)).collect();
            rows.push(row?);
        }
        rest.is_empty().then_some(rows)
    }

    /// Counts them in a digest. `None` when they are not sound.
    #[must_use]
    pub fn count_in(&self, digest: &mut Digest, width: usize) -> Option<()> {
        let mut rest = self.bytes.as_slice();
        for _ in 0..self.count {
            let row = rest;
            for _ in 0..width {
                read(&mut rest)?;
            }
            digest.add(&row[..row.len() - rest.len()]);
        }
        rest.is_empty().then_some(())
    }
}

/// How many rows, and the sum of their checksums: the same in whatever order they are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// How many.
    pub rows: u64,
    high: u64,
    low: u64,
}

impl Digest {
    fn add(&mut self, row: &[u8]) {
        let hash = Sha256::digest(row);
        let word = |from: usize| {
            hash[from..from + 8].iter().fold(0, |word, byte| (word << 8) | u64::from(*byte))
        };
        self.rows += 1;
        self.high = self.high.wrapping_add(word(0));
        self.low = self.low.wrapping_add(word(8));
    }
}

fn write(bytes: &mut Vec<u8>, column: Column<'_>) {
    match column {
        Column::Null => bytes.push(NULL),
        Column::Integer(value) => {
            bytes.push(INTEGER);
            bytes.extend(value.to_le_bytes());
        }
        Column::Real(value) => {
            bytes.push(REAL);
            bytes.extend(value.to_le_bytes());
        }
        Column::Text(text) => write_long(bytes, TEXT, text.as_bytes()),
        Column::Bytes(value) => write_long(bytes, BYTES, value),
    }
}

/// Neither engine holds a value of 4 GiB.
fn write_long(bytes: &mut Vec<u8>, kind: u8, value: &[u8]) {
    bytes.push(kind);
    bytes.extend((value.len() as u32).to_le_bytes());
    bytes.extend(value);
}

fn read<'a>(rest: &mut &'a [u8]) -> Option<Value<'a>> {
    match take(rest, 1)?[0] {
        NULL => Some(Value::Null),
        INTEGER => Some(Value::Integer(i64::from_le_bytes(take(rest, 8)?.try_into().ok()?))),
        REAL => Some(Value::Real(f64::from_le_bytes(take(rest, 8)?.try_into().ok()?))),
        TEXT => Some(Value::Text(std::str::from_utf8(read_long(rest)?).ok()?)),
        BYTES => Some(Value::Bytes(read_long(rest)?)),
        _ => None,
    }
}

fn read_long<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = u32::from_le_bytes(take(rest, 4)?.try_into().ok()?);
    take(rest, length as usize)
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(length)?;
    *rest = left;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [[Column<'static>; 3]; 2] = [
        [Column::Integer(-7), Column::Text("grüß"), Column::Null],
        [Column::Real(0.5), Column::Bytes(b"\0\xff"), Column::Text("")],
    ];

    fn sent(rows: &[[Column<'static>; 3]]) -> (Rows, Digest) {
        let (mut sent, mut digest) = (Rows::default(), Digest::default());
        rows.iter().for_each(|row| sent.push(&mut digest, row.iter().copied()));
        (sent, digest)
    }

    #[test]
    fn rows_are_read_as_they_were_written() {
        let (rows, digest) = sent(&ROWS);
        let values = rows.read(3).expect("sound");
        assert_eq!(values[0], [Value::Integer(-7), Value::Text("grüß"), Value::Null]);
        assert_eq!(values[1], [Value::Real(0.5), Value::Bytes(b"\0\xff"), Value::Text("")]);
        let mut again = Digest::default();
        rows.count_in(&mut again, 3).expect("sound");
        assert_eq!((again, again.rows), (digest, 2));
    }

    #[test]
    fn the_order_of_rows_does_not_count_but_what_they_say_does() {
        let [first, second] = ROWS;
        assert_eq!(sent(&[first, second]).1, sent(&[second, first]).1);
        assert_ne!(sent(&[first, first]).1, sent(&[first, second]).1);
        assert_ne!(sent(&[first]).1, sent(&[first, first, first]).1);
    }

    #[test]
    fn bytes_that_are_not_rows_are_noticed() {
        let (rows, _) = sent(&ROWS);
        for length in 0..rows.bytes().len() {
            let cut = Rows::from_bytes(2, rows.bytes()[..length].to_vec());
            assert_eq!(cut.read(3), None);
            assert_eq!(cut.count_in(&mut Digest::default(), 3), None);
        }
        assert_eq!(Rows::from_bytes(1, vec![9]).read(1), None);
        assert_eq!(Rows::from_bytes(1, vec![TEXT, 1, 0, 0, 0, 0xff]).read(1), None);
    }
}
