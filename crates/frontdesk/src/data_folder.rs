//! The data folder: made when it is missing, and locked, so that one server serves it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

/// A data folder that this process serves alone, for as long as this lives.
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Makes the folder where it is missing and locks it.
    pub fn lock(path: &Path) -> Result<Self, String> {
        make(path)?;
        let file = path.join("frontdesk.lock");
        let lock = File::create(&file).map_err(|error| not_writable(path, &error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: absolute(path), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(format!(
                "another Frontdesk already serves the data folder {}",
                absolute(path).display()
            )),
            Err(TryLockError::Error(error)) => Err(not_writable(path, &error)),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Makes the folder where it is missing.
pub fn make(path: &Path) -> Result<(), String> {
    fs::create_dir_all(path).map_err(|error| not_writable(path, &error))
}

fn not_writable(path: &Path, error: &std::io::Error) -> String {
    format!("cannot write to the data folder {}: {error}", absolute(path).display())
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
