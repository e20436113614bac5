//! Writing a backup.

use super::{
    END, FILE, FILE_BYTES, FIRST_LINE, FileHeader, HEADER, Header, ROWS, SUMMARY, TABLE, checksum,
};
use flate2::{Compression, write::DeflateEncoder};
use frontdesk_db::transfer::Part;
use serde::Serialize;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Bytes of a file that make one block.
const FILE_BLOCK_BYTES: u64 = 1024 * 1024;

/// A backup that is being written. It gets its name when it is whole.
pub struct Writer {
    file: BufWriter<File>,
    draft: PathBuf,
    path: PathBuf,
}

impl Writer {
    /// Begins a file that nobody but its owner may read: it holds everything that people wrote.
    pub fn create(path: &Path, header: &Header) -> io::Result<Self> {
        let mut draft = path.as_os_str().to_owned();
        draft.push(".part");
        let draft = PathBuf::from(draft);
        let mut options = OpenOptions::new();
        let file = options.write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        let mut writer = Self { file: BufWriter::new(file), draft, path: path.to_owned() };
        writer.file.write_all(FIRST_LINE)?;
        writer.json(HEADER, header)?;
        Ok(writer)
    }

    /// Adds a file of the data folder.
    pub fn file(&mut self, name: &str, path: &Path) -> io::Result<()> {
        let mut file = File::open(path)?;
        let bytes = file.metadata()?.len();
        self.json(FILE, &FileHeader { path: name.to_owned(), bytes })?;
        let mut left = bytes;
        while left > 0 {
            let mut content = Vec::new();
            (&mut file).take(left.min(FILE_BLOCK_BYTES)).read_to_end(&mut content)?;
            if content.is_empty() {
                return Err(io::Error::other(format!("{name} became shorter meanwhile")));
            }
            left -= content.len() as u64;
            self.compressed(FILE_BYTES, &[], &content)?;
        }
        Ok(())
    }

    /// Adds a part of the database.
    pub fn part(&mut self, part: &Part) -> io::Result<()> {
        match part {
            Part::Table(table) => self.json(TABLE, table),
            Part::Rows(rows) => self.compressed(ROWS, &rows.count().to_le_bytes(), rows.bytes()),
            Part::Done(summary) => self.json(SUMMARY, summary),
        }
    }

    /// That was all: the file gets its name once it is on disk.
    pub fn finish(mut self) -> io::Result<u64> {
        self.block(END, b"{}")?;
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        fs::hard_link(&self.draft, &self.path)?;
        fs::remove_file(&self.draft)?;
        let folder = self.path.parent().filter(|it| !it.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(fs::metadata(&self.path)?.len())
    }

    fn json(&mut self, kind: u8, value: &impl Serialize) -> io::Result<()> {
        self.block(kind, &serde_json::to_vec(value)?)
    }

    fn compressed(&mut self, kind: u8, plain: &[u8], content: &[u8]) -> io::Result<()> {
        let mut encoder = DeflateEncoder::new(plain.to_vec(), Compression::fast());
        encoder.write_all(content)?;
        self.block(kind, &encoder.finish()?)
    }

    fn block(&mut self, kind: u8, content: &[u8]) -> io::Result<()> {
        let length = u32::try_from(content.len()).map_err(io::Error::other)?;
        self.file.write_all(&[kind])?;
        self.file.write_all(&length.to_le_bytes())?;
        self.file.write_all(&checksum(kind, content).to_le_bytes())?;
        self.file.write_all(content)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // What was not finished is of no use to anybody.
        let _ = fs::remove_file(&self.draft);
    }
}
