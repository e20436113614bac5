//! What else lies in the data folder: everything but the database, the lock and older backups.

use super::archive::FIRST_LINE;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// A file of the data folder: its path there, and where it is.
pub struct KeptFile {
    /// With `/` between the folders.
    pub name: String,
    /// Where.
    pub path: PathBuf,
}

/// The files that belong into a backup, by name.
pub fn kept(data: &Path, database_url: &str) -> io::Result<Vec<KeptFile>> {
    let database = database_url.strip_prefix("sqlite:").map(PathBuf::from);
    let mut files = Vec::new();
    gather(data, "", &mut files)?;
    files.retain(|file| !is_of_database(&file.path, database.as_deref()));
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

/// Where a file of a backup belongs; none when it would lie outside of the data folder.
pub fn place(data: &Path, name: &str) -> Option<PathBuf> {
    let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    (inside && !name.is_empty()).then(|| data.join(name))
}

fn gather(folder: &Path, prefix: &str, files: &mut Vec<KeptFile>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let (kind, path) = (entry.file_type()?, entry.path());
        let name = format!("{prefix}{name}");
        if kind.is_dir() {
            gather(&path, &format!("{name}/"), files)?;
        } else if kind.is_file() && name != "frontdesk.lock" && !is_backup(&path)? {
            files.push(KeptFile { name, path });
        }
    }
    Ok(())
}

/// A backup in a backup would make each one larger than all before it.
fn is_backup(path: &Path) -> io::Result<bool> {
    let mut first = [0; FIRST_LINE.len()];
    Ok(File::open(path)?.read_exact(&mut first).is_ok() && first == FIRST_LINE)
}

fn is_of_database(path: &Path, database: Option<&Path>) -> bool {
    let Some(database) = database else {
        return false;
    };
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (path, database) = (absolute(path), absolute(database).into_os_string());
    ["", "-wal", "-shm", "-journal"].iter().any(|suffix| {
        let mut name = database.clone();
        name.push(suffix);
        path.as_os_str() == name
    })
}
