//! `frontdesk user add`.

use crate::command_line::UserAdd;
use crate::database;
use crate::output::say;
use crate::settings::Storage;
use frontdesk_domain::operator::Role;
use frontdesk_server::auth::passwords::Passwords;
use frontdesk_server::clock::Clock;
use frontdesk_server::operators::Newcomer;
use frontdesk_server::setup;
use std::process::ExitCode;

/// Adds somebody who can sign in.
pub async fn add(options: UserAdd) -> Result<ExitCode, Vec<String>> {
    let storage = Storage::read(&options.storage)?;
    let line = add_to(&storage, options).await.map_err(|mistake| vec![mistake])?;
    say(&line);
    Ok(ExitCode::SUCCESS)
}

async fn add_to(storage: &Storage, options: UserAdd) -> Result<String, String> {
    let mut password = String::new();
    std::io::stdin()
        .read_line(&mut password)
        .map_err(|error| format!("cannot read the password: {error}"))?;
    let role = if options.administrator { Role::Administrator } else { Role::Operator };
    let newcomer = Newcomer {
        name: options.name,
        email: options.email,
        password: password.trim_end_matches(['\r', '\n']).to_owned(),
        role,
        language: "en".to_owned(),
    };
    let line = format!("added {} as {}", newcomer.email.trim(), role.as_str());
    let db = database::open(storage).await?;
    let added = setup::add_operator(&db, &Passwords::new(), newcomer, Clock::system().now()).await;
    db.close().await;
    added.map(|_| line).map_err(|problem| database::chain(&problem))
}
