//! `frontdesk move`.

use super::progress::Progress;
use super::restore::fill;
use crate::command_line::MoveOptions;
use crate::data_folder::DataFolder;
use crate::database::{self, chain};
use crate::output::say;
use crate::settings::Storage;
use frontdesk_db::transfer::{Snapshot, Target, TargetOptions};
use std::process::ExitCode;

/// Fills a PostgreSQL database from the SQLite file, which stays as it is.
pub async fn relocate(options: MoveOptions) -> Result<ExitCode, Vec<String>> {
    let mut storage = Storage::read(&options.storage)?;
    let from = std::mem::replace(&mut storage.database_url, options.to);
    let moved = relocate_to(&storage, &from, options.replace).await;
    for line in moved.map_err(|mistake| vec![mistake])? {
        say(&line);
    }
    Ok(ExitCode::SUCCESS)
}

async fn relocate_to(to: &Storage, from: &str, replace: bool) -> Result<[String; 2], String> {
    if !from.starts_with("sqlite:") {
        return Err("the database is PostgreSQL already; elsewhere it comes by backup and restore"
            .to_owned());
    }
    if !to.database_url.starts_with("postgres") {
        return Err("--to: must begin with postgres://".to_owned());
    }
    // Nobody may write what would not be moved.
    let _folder = DataFolder::lock(&to.data)?;
    let snapshot = Snapshot::open(from).await.map_err(|error| chain(&error))?;
    let total = snapshot.rows().await.map_err(|error| chain(&error))?;
    let options = TargetOptions { source: &format!("move from {from}"), replace };
    let target = Target::open(&to.database_url, snapshot.schema(), &options).await;
    let target = target.map_err(|error| chain(&error))?;
    let rows = fill(target, snapshot.read(), Progress::new("moving", total)).await?;
    database::open(to).await?.close().await;
    Ok([
        format!("moved {rows} rows, and compared them"),
        "serve with --database-url and the new address from now on; the file stays as it was"
            .to_owned(),
    ])
}
