//! A disk that is soon full: a filesystem of a few megabytes, and a file that takes what is left.

use anyhow::{Context, Result, ensure};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Room for what the server writes before it is full.
const SIZE: &str = "size=96m";
/// What is written at once while it is filled.
static PIECE: [u8; 64 * 1024] = [0; 64 * 1024];

/// A small filesystem, until it is dropped.
pub struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    /// A new one, empty.
    pub fn new() -> Result<Self> {
        let folder = TempDir::new()?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(folder.path());
        ensure!(
            mount.status()?.success(),
            "a small filesystem cannot be mounted; run this as root, or with `unshare --mount --map-root-user`"
        );
        Ok(Self { folder })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes all the space that is left.
    pub fn fill(&self) -> Result<()> {
        let mut file = File::create(self.ballast()).context("the disk is full already")?;
        while file.write_all(&PIECE).is_ok() {}
        // The last bits go one by one.
        while file.write_all(&[0]).is_ok() {}
        Ok(())
    }

    /// Gives it back.
    pub fn make_room(&self) -> Result<()> {
        Ok(fs::remove_file(self.ballast())?)
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: the server on it ends at the same time.
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}
