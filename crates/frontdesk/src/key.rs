//! `frontdesk key add`.

use crate::command_line::KeyAdd;
use crate::database;
use crate::output::say;
use crate::settings::Storage;
use frontdesk_domain::text;
use frontdesk_server::clock::Clock;
use frontdesk_server::problem::Problem;
use frontdesk_server::{auth, operators};
use std::process::ExitCode;

/// Makes a key and prints it, and nothing else.
pub async fn add(options: KeyAdd) -> Result<ExitCode, Vec<String>> {
    let storage = Storage::read(&options.storage)?;
    let key = add_to(&storage, &options).await.map_err(|mistake| vec![mistake])?;
    say(&key);
    Ok(ExitCode::SUCCESS)
}

async fn add_to(storage: &Storage, options: &KeyAdd) -> Result<String, String> {
    let name = text::name(&options.name).map_err(|error| format!("--name: {error}"))?;
    let db = database::open(storage).await?;
    let operator =
        operators::find_by_email(&db, &options.user).await.map_err(|problem| match problem {
            Problem::NotFound => format!("--user: nobody signs in with {}", options.user),
            problem => format!("--user: {}", database::chain(&problem)),
        })?;
    let issued = auth::issue_api_key(&db, operator, &name, Clock::system().now()).await;
    db.close().await;
    issued.map_err(|problem| database::chain(&problem))
}
