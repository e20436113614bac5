//! `frontdesk restore`.

use super::archive::Reader;
use super::files;
use super::progress::Progress;
use crate::command_line::RestoreOptions;
use crate::data_folder::DataFolder;
use crate::database::{self, chain};
use crate::output::say;
use crate::settings::Storage;
use frontdesk_db::transfer::{Parts, Schema, Target, TargetOptions};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Fills an installation from a backup.
pub async fn restore(options: RestoreOptions) -> Result<ExitCode, Vec<String>> {
    let storage = Storage::read(&options.storage)?;
    let path = Path::new(&options.file);
    let line = read(&storage, path, options.replace).await.map_err(|mistake| vec![mistake])?;
    say(&line);
    Ok(ExitCode::SUCCESS)
}

async fn read(storage: &Storage, path: &Path, replace: bool) -> Result<String, String> {
    // All of it, before anything is changed.
    Reader::open(path)?.check()?;
    let _folder = DataFolder::lock(&storage.data)?;
    let mut reader = Reader::open(path)?;
    let header = reader.header().clone();
    let schema = Schema::of(&header.versions).map_err(|error| chain(&error))?;
    let options = TargetOptions { source: &format!("backup {}", header.id), replace };
    let target = Target::open(&storage.database_url, &schema, &options).await;
    let target = target.map_err(|error| chain(&error))?;
    let files = files_of(&mut reader, &storage.data)?;
    let rows = fill(target, reader.read(), Progress::new("restoring", header.rows)).await?;
    // The migrations that came after the backup.
    database::open(storage).await?.close().await;
    Ok(format!("restored {rows} rows and {files} files, as they were at {}", header.made_at))
}

/// Takes all parts, and compares what is there with what was sent.
pub(super) async fn fill(
    mut target: Target,
    mut parts: Parts,
    mut progress: Progress,
) -> Result<u64, String> {
    while let Some(part) = parts.recv().await {
        let part = part.map_err(|error| chain(&error))?;
        progress.count(&part);
        target.take(part).await.map_err(|error| chain(&error))?;
    }
    let rows = progress.finish();
    target.finish().await.map_err(|error| chain(&error))?;
    Ok(rows)
}

fn files_of(reader: &mut Reader, data: &Path) -> Result<usize, String> {
    let draft = data.join("restored.part");
    let failed = |error: std::io::Error| format!("cannot write to {}: {error}", data.display());
    let mut files = 0;
    loop {
        let mut out = fs::File::create(&draft).map_err(failed)?;
        let Some(header) = reader.next_file(&mut out)? else {
            break;
        };
        let place = files::place(data, &header.path);
        let place = place.ok_or_else(|| format!("{:?} is no path for a file", header.path))?;
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::rename(&draft, &place).map_err(failed)?;
        files += 1;
    }
    fs::remove_file(&draft).map_err(failed)?;
    Ok(files)
}
