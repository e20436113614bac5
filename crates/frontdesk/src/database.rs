//! Opening the database, with one clear line where that fails.

use crate::data_folder;
use crate::settings::Storage;
use frontdesk_db::Db;

/// Opens the database; makes the data folder where the database lies in it.
pub async fn open(storage: &Storage) -> Result<Db, String> {
    if storage.database_url.starts_with("sqlite:") {
        data_folder::make(&storage.data)?;
    }
    Db::open(&storage.database_url).await.map_err(|error| chain(&error))
}

/// An error and its causes, on one line.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let text = next.to_string();
        if !line.contains(&text) {
            line.push_str(": ");
            line.push_str(&text);
        }
        cause = next.source();
    }
    line.replace('\n', " ")
}
