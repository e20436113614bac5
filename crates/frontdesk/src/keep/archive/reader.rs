//! Reading a backup.

use super::{
    BLOCK_MAX_BYTES, END, FILE, FILE_BYTES, FIRST_LINE, FileHeader, HEADER, Header, ROWS, SUMMARY,
    TABLE, checksum,
};
use flate2::read::DeflateDecoder;
use frontdesk_db::transfer::{self, Digest, Part, PartSender, Parts, Rows, Table, TransferError};
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

/// A block of 64 MiB may not grow beyond this: nobody wrote such a thing.
const CONTENT_MAX_BYTES: u64 = 1024 * 1024 * 1024;

/// A backup that is being read.
pub struct Reader {
    file: BufReader<File>,
    path: PathBuf,
    header: Header,
    /// Read already, and not what was wanted.
    next: Option<(u8, Vec<u8>)>,
}

impl Reader {
    /// Opens a backup and reads what it says about itself.
    pub fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut file = BufReader::new(file);
        let mut first = [0; FIRST_LINE.len()];
        if file.read_exact(&mut first).is_err() || first != FIRST_LINE {
            return Err(format!("{} is not a Frontdesk backup", path.display()));
        }
        let header = Header {
            id: String::new(),
            made_at: String::new(),
            release: String::new(),
            versions: Vec::new(),
            rows: 0,
        };
        let mut reader = Self { file, path: path.to_owned(), header, next: None };
        let (kind, content) = reader.block()?;
        if kind != HEADER {
            return Err(reader.damaged());
        }
        reader.header = reader.json(&content)?;
        Ok(reader)
    }

    /// What it says about itself.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// Reads all of it, and says what is wrong with it.
    pub fn check(mut self) -> Result<(), String> {
        while self.next_file(&mut std::io::sink())?.is_some() {}
        let mut width = 0;
        let mut digest = Digest::default();
        while let Some(part) = self.part()? {
            match part {
                Part::Table(table) => (width, digest) = (table.columns.len(), Digest::default()),
                Part::Rows(rows) => {
                    rows.count_in(&mut digest, width).ok_or_else(|| self.damaged())?;
                }
                Part::Done(summary) if summary.digest == digest => {}
                Part::Done(_) => return Err(self.damaged()),
            }
        }
        Ok(())
    }

    /// The next file of the data folder, whose bytes go to `out`.
    pub fn next_file(&mut self, out: &mut impl Write) -> Result<Option<FileHeader>, String> {
        let (kind, content) = self.block()?;
        if kind != FILE {
            self.next = Some((kind, content));
            return Ok(None);
        }
        let header: FileHeader = self.json(&content)?;
        let mut left = header.bytes;
        while left > 0 {
            let (kind, content) = self.block()?;
            let bytes = self.decompressed(&content)?;
            if kind != FILE_BYTES || bytes.is_empty() || bytes.len() as u64 > left {
                return Err(self.damaged());
            }
            left -= bytes.len() as u64;
            out.write_all(&bytes).map_err(|error| format!("{}: {error}", header.path))?;
        }
        Ok(Some(header))
    }

    /// Reads the tables, which stand after the files, on a thread of its own.
    pub fn read(mut self) -> Parts {
        let (sender, parts) = transfer::parts();
        tokio::task::spawn_blocking(move || self.send(&sender));
        parts
    }

    fn send(&mut self, sender: &PartSender) {
        loop {
            let part = match self.part() {
                Ok(Some(part)) => Ok(part),
                Ok(None) => return,
                Err(problem) => Err(TransferError::File(problem, None)),
            };
            let was_last = part.is_err();
            // Whoever does not listen any more has a reason of its own to stop.
            if sender.blocking_send(part).is_err() || was_last {
                return;
            }
        }
    }

    fn part(&mut self) -> Result<Option<Part>, String> {
        let (kind, content) = self.block()?;
        Ok(Some(match kind {
            TABLE => Part::Table(self.json::<Table>(&content)?),
            SUMMARY => Part::Done(self.json(&content)?),
            ROWS => {
                let (count, rows) = content.split_first_chunk().ok_or_else(|| self.damaged())?;
                Part::Rows(Rows::from_bytes(u32::from_le_bytes(*count), self.decompressed(rows)?))
            }
            END => return Ok(None),
            _ => return Err(self.damaged()),
        }))
    }

    fn block(&mut self) -> Result<(u8, Vec<u8>), String> {
        if let Some(block) = self.next.take() {
            return Ok(block);
        }
        let mut start = [0; 9];
        self.file.read_exact(&mut start).map_err(|_| self.cut())?;
        let number = |at: usize| u32::from_le_bytes([0, 1, 2, 3].map(|byte| start[at + byte]));
        let (kind, length) = (start[0], number(1) as usize);
        if length > BLOCK_MAX_BYTES {
            return Err(self.damaged());
        }
        let mut content = vec![0; length];
        self.file.read_exact(&mut content).map_err(|_| self.cut())?;
        if checksum(kind, &content) != number(5) {
            return Err(self.damaged());
        }
        Ok((kind, content))
    }

    fn decompressed(&self, content: &[u8]) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let mut decoder = DeflateDecoder::new(content).take(CONTENT_MAX_BYTES);
        decoder.read_to_end(&mut bytes).map_err(|_| self.damaged())?;
        Ok(bytes)
    }

    fn json<T: DeserializeOwned>(&self, content: &[u8]) -> Result<T, String> {
        serde_json::from_slice(content).map_err(|_| self.damaged())
    }

    fn damaged(&self) -> String {
        format!("{} is damaged; nothing was changed by it, use another backup", self.path.display())
    }

    fn cut(&self) -> String {
        format!("{} ends too early: it was not written or copied to its end", self.path.display())
    }
}
