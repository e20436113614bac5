//! Languages that operators may answer in (J3). Which of them an operator speaks, the operator says.

mod api;
mod store;

pub use api::routes;
pub use store::{STATEMENTS, enabled, of_operator};

use crate::app::App;
use crate::problem::{FieldProblem, Problem};
use crate::realtime::frames::Changed;
use frontdesk_db::Tx;
use frontdesk_domain::OperatorId;
use frontdesk_domain::language::{LANGUAGES_MAX, base};
use std::collections::BTreeSet;

/// Enables exactly these languages; what operators spoke of the others is forgotten.
pub async fn enable(app: &App, tags: &[String]) -> Result<Vec<String>, Problem> {
    let languages = distinct(tags, "languages")?;
    if languages.is_empty() {
        return Err(FieldProblem::LanguageInvalid("languages").into());
    }
    let written = languages.clone();
    app.db.write(move |tx| store::replace_enabled(tx, &written)).await?;
    app.live.changed(Changed::Language, 0);
    Ok(languages.into_iter().collect())
}

/// The languages of these tags, each once.
pub fn distinct(tags: &[String], field: &'static str) -> Result<BTreeSet<String>, FieldProblem> {
    let invalid = FieldProblem::LanguageInvalid(field);
    if tags.len() > LANGUAGES_MAX {
        return Err(invalid);
    }
    tags.iter().map(|tag| base(tag).ok_or(invalid)).collect()
}

/// Writes which languages an operator answers in besides that of the console: only enabled ones.
pub fn speak(
    tx: &mut Tx<'_>,
    operator: OperatorId,
    languages: &BTreeSet<String>,
) -> Result<(), Problem> {
    let enabled = enabled(tx)?;
    if languages.iter().any(|it| !enabled.contains(it)) {
        return Err(FieldProblem::LanguageInvalid("chat_languages").into());
    }
    Ok(store::replace_of_operator(tx, operator, languages)?)
}
