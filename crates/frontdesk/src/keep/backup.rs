//! `frontdesk backup`.

use super::archive::{Header, Writer};
use super::files;
use super::progress::Progress;
use crate::command_line::BackupOptions;
use crate::database::chain;
use crate::output::say;
use crate::settings::Storage;
use frontdesk_db::transfer::Snapshot;
use frontdesk_server::clock::{Clock, rfc3339};
use std::path::Path;
use std::process::ExitCode;
use uuid::Uuid;

/// Writes everything into one file, also while a server runs.
pub async fn backup(options: BackupOptions) -> Result<ExitCode, Vec<String>> {
    let storage = Storage::read(&options.storage)?;
    let line = write(&storage, Path::new(&options.file)).await.map_err(|mistake| vec![mistake])?;
    say(&line);
    Ok(ExitCode::SUCCESS)
}

async fn write(storage: &Storage, path: &Path) -> Result<String, String> {
    let name = path.display();
    if path.exists() {
        return Err(format!("{name} exists already: choose another name"));
    }
    let snapshot = Snapshot::open(&storage.database_url).await.map_err(|error| chain(&error))?;
    let total = snapshot.rows().await.map_err(|error| chain(&error))?;
    let kept = files::kept(&storage.data, &storage.database_url);
    let kept = kept.map_err(|error| format!("cannot read the data folder: {error}"))?;
    let header = Header {
        id: Uuid::now_v7().to_string(),
        made_at: rfc3339(Clock::system().now()),
        release: env!("CARGO_PKG_VERSION").to_owned(),
        versions: snapshot.schema().versions.clone(),
        rows: total,
    };
    let failed = |error: std::io::Error| format!("cannot write {name}: {error}");
    let mut writer = Writer::create(path, &header).map_err(failed)?;
    for file in &kept {
        writer.file(&file.name, &file.path).map_err(failed)?;
    }
    let mut progress = Progress::new("backing up", total);
    let mut parts = snapshot.read();
    while let Some(part) = parts.recv().await {
        let part = part.map_err(|error| chain(&error))?;
        writer.part(&part).map_err(failed)?;
        progress.count(&part);
    }
    let (rows, bytes) = (progress.finish(), writer.finish().map_err(failed)?);
    Ok(format!("{name}: {rows} rows and {} files in {bytes} bytes", kept.len()))
}
