//! Operators: people who sign in and answer; their profile and whether they are there.
//!
//! Presence lives in the database: every node sees it, and it outlives a restart for as long as a sighting counts.

mod api;
mod presence_api;
mod session_api;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use api::{routes, signed_in};
pub use store::{
    NewOperator, OperatorRow, STATEMENTS, active_names, answers_less, answers_more, count, find,
    find_by_email as find_credentials, insert, sighting,
};
pub use view::{Alerts, Me, OperatorPresence};

use crate::app::App;
use crate::auth::passwords::Passwords;
use crate::problem::{FieldProblem, Problem};
use crate::{expertise, languages};
use frontdesk_db::{Db, Tx};
use frontdesk_domain::operator::{Presence, Role, Sighting};
use frontdesk_domain::{Millis, OperatorId, text};

/// A person who is to become an operator.
pub struct Newcomer {
    /// The name for the team; also the first chat name.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// At least 10 characters.
    pub password: String,
    /// What the operator may do.
    pub role: Role,
    /// Language of the console.
    pub language: String,
}

/// Checks a newcomer and hashes the password: everything that comes before the transaction.
pub async fn prepared(passwords: &Passwords, newcomer: Newcomer) -> Result<NewOperator, Problem> {
    let name = text::name(&newcomer.name).map_err(|_| FieldProblem::NameInvalid("name"))?;
    let email_key = text::email_key(&newcomer.email).ok_or(FieldProblem::EmailInvalid)?;
    let password_hash = passwords.hash(newcomer.password).await?;
    Ok(NewOperator {
        chat_name: name.clone(),
        name,
        email: newcomer.email.trim().to_owned(),
        email_key,
        password_hash: Some(password_hash),
        role: newcomer.role,
        language: supported_language(&newcomer.language),
    })
}

/// The operator with an e-mail address.
pub async fn find_by_email(db: &Db, email: &str) -> Result<OperatorId, Problem> {
    let key = text::email_key(email).ok_or(FieldProblem::EmailInvalid)?;
    let found = db.read(move |tx| store::find_by_email(tx, &key)).await?;
    found.map(|it| it.id).ok_or(Problem::NotFound)
}

/// A language that the console speaks; English where it does not.
#[must_use]
pub fn supported_language(tag: &str) -> String {
    let base = tag.split('-').next().unwrap_or_default().to_lowercase();
    if base == "es" { base } else { "en".to_owned() }
}

/// What the caller sees of itself.
pub async fn me(app: &App, operator: OperatorId) -> Result<Me, Problem> {
    let read = move |tx: &mut Tx<'_>| {
        let skills = (languages::of_operator(tx, operator)?, expertise::of_operator(tx, operator)?);
        Ok::<_, Problem>((store::find(tx, operator)?, skills))
    };
    let (row, skills) = app.db.read(read).await?;
    Ok(Me::new(row, skills, &app.config, app.clock.now()))
}

/// Writes who is connected here.
pub async fn saw(app: &App, operators: Vec<OperatorId>, now: Millis) -> Result<(), Problem> {
    let write = move |tx: &mut Tx<'_>| {
        operators.iter().try_for_each(|operator| store::seen(tx, *operator, now))
    };
    Ok(app.db.write(write).await?)
}

/// Writes that an operator did something now; the sighting before is answered.
pub async fn was_active(
    app: &App,
    operator: OperatorId,
    now: Millis,
) -> Result<Option<Sighting>, Problem> {
    Ok(app.db.write(move |tx| store::active(tx, operator, now)).await?)
}

/// Writes when an operator was last seen, for example a while ago.
pub async fn was_last_seen(app: &App, operator: OperatorId, at: Millis) -> Result<(), Problem> {
    Ok(app.db.write(move |tx| store::last_seen(tx, operator, at)).await?)
}

/// Who counted as there at the first time, and does not at the second.
pub async fn gone_between(
    app: &App,
    since: Millis,
    now: Millis,
) -> Result<Vec<OperatorId>, Problem> {
    Ok(app.db.read(move |tx| store::gone_between(tx, since, now)).await?)
}

/// Writes what an operator chose to be.
pub async fn choose(app: &App, operator: OperatorId, choice: Presence) -> Result<(), Problem> {
    Ok(app.db.write(move |tx| store::choose(tx, operator, choice)).await?)
}
