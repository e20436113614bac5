//! Chatbots as files that people read and write (F14).

use super::{Chatbot, accepted_name, insert, store};
use crate::app::App;
use crate::expertise;
use crate::problem::Problem;
use frontdesk_db::Tx;
use frontdesk_domain::chatbot::{export, import};
use frontdesk_domain::{ChatbotId, ExpertiseId};
use std::collections::BTreeMap;

/// A chatbot as a file: its name, and what the file holds.
pub async fn written(app: &App, id: ChatbotId) -> Result<(String, String), Problem> {
    let names = expertises(app).await?;
    let read = move |tx: &mut Tx<'_>| {
        let row = store::find(tx, id)?;
        Ok::<_, Problem>((store::script(tx, id, row.version)?, row.name))
    };
    let (script, name) = app.db.read(read).await?;
    let file = export(&name, &script, &names);
    Ok((file_name(&name), file))
}

/// Makes a chatbot of a file.
pub async fn read(app: &App, file: &str) -> Result<Chatbot, Problem> {
    let imported = import(file, &expertises(app).await?).map_err(Problem::FileInvalid)?;
    insert(app, accepted_name(&imported.name)?, imported.script).await
}

async fn expertises(app: &App) -> Result<BTreeMap<ExpertiseId, String>, Problem> {
    let all = expertise::list(app).await?;
    Ok(all.into_iter().map(|it| (it.id, it.name)).collect())
}

/// Letters and digits that every file system takes.
fn file_name(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = name.chars().map(plain).collect();
    let words: Vec<_> = name.split('-').filter(|it| !it.is_empty()).collect();
    if words.is_empty() { "chatbot.toml".to_owned() } else { format!("{}.toml", words.join("-")) }
}
