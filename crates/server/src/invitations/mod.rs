//! Invitations: how people come in who do not choose a password on the command line.
//!
//! An administrator makes the operator; a link lets that person choose a password. It works once and not for ever, and
//! only its hash is kept. It is mailed where a mail server is set, and shown to the administrator in any case. Whoever
//! forgot the password gets such a link by mail, and nobody learns whether an address is known.

mod api;
mod letters;
mod store;
#[cfg(test)]
mod tests;

pub use api::{public_routes, routes};
pub use letters::{mail_invitation, mail_password_link};
pub use store::{STATEMENTS, forget_links};

use crate::app::App;
use crate::auth::{self, token};
use crate::jobs::{self, Work};
use crate::operators::{self, NewOperator, supported_language};
use crate::problem::{FieldProblem, Problem};
use crate::profile;
use crate::realtime::frames::Changed;
use frontdesk_db::Tx;
use frontdesk_domain::operator::Role;
use frontdesk_domain::{Millis, OperatorId, text};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// How long a link of an invitation works.
const INVITED_FOR: Duration = Duration::from_secs(7 * 24 * 3600);
/// How long a link works that was asked for at the door.
const FORGOTTEN_FOR: Duration = Duration::from_secs(3600);

/// Who is invited.
#[derive(Deserialize, ToSchema)]
pub struct InvitationRequest {
    /// The name for the team; also the first chat name.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// What the operator may do.
    pub role: Role,
    /// Language of the console and of the mail.
    pub language: String,
}

/// A link to choose a password.
#[derive(Serialize, ToSchema)]
pub struct Invitation {
    /// Whose.
    pub operator_id: OperatorId,
    /// To be opened by that person only. It is shown this once.
    pub link: String,
    /// It is also on its way by mail.
    pub mailed: bool,
}

/// Whom a link is for.
#[derive(Serialize, ToSchema)]
pub struct Invited {
    /// The name.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// The operator had a password before.
    pub returning: bool,
}

/// Makes an operator who can come in by the link.
pub async fn invite(
    app: &App,
    from: &str,
    request: InvitationRequest,
) -> Result<Invitation, Problem> {
    let name = text::name(&request.name).map_err(|_| FieldProblem::NameInvalid("name"))?;
    let new = NewOperator {
        email_key: text::email_key(&request.email).ok_or(FieldProblem::EmailInvalid)?,
        email: request.email.trim().to_owned(),
        chat_name: name.clone(),
        name,
        password_hash: None,
        role: request.role,
        language: supported_language(&request.language),
    };
    let now = app.clock.now();
    let made = app.db.write(move |tx| operators::insert(tx, &new, now)).await;
    let operator = made.map_err(|error| match error {
        frontdesk_db::Error::Unique => Problem::EmailTaken,
        other => other.into(),
    })?;
    app.live.changed(Changed::Operator, operator.0);
    renew(app, from, operator).await
}

/// Makes another link for an operator, who forgot the password or let the link expire.
pub async fn renew(app: &App, from: &str, operator: OperatorId) -> Result<Invitation, Problem> {
    let (mailed, now) = (app.mailer.is_set_up(), app.clock.now());
    let token = token::generate();
    let (hash, from) = (token::hash(&token), from.to_owned());
    let write = move |tx: &mut Tx<'_>| {
        let row = operators::find(tx, operator)?;
        if !row.active {
            return Err(Problem::NotFound);
        }
        store::insert(tx, &hash, operator, now.plus(INVITED_FOR))?;
        if mailed {
            jobs::add(tx, &Work::MailInvitation { operator, from: from.clone() }, now)?;
        }
        Ok(())
    };
    app.db.write(write).await?;
    app.wake.up();
    Ok(Invitation { operator_id: operator, link: link(app, &token), mailed })
}

/// Whom a link is for, if it still works.
pub async fn check(app: &App, token: &str) -> Result<Invited, Problem> {
    let operator = find(app, token).await?;
    let row = app.db.read(move |tx| operators::find(tx, operator)).await?;
    Ok(Invited { name: row.name, email: row.email, returning: row.has_password })
}

/// Uses a link: from now on the operator signs in with this password, and with no other link or session.
pub async fn accept(app: &App, token: &str, password: String) -> Result<OperatorId, Problem> {
    find(app, token).await?;
    let password = app.passwords.hash(password).await?;
    let (hash, now) = (token::hash(token), app.clock.now());
    let write = move |tx: &mut Tx<'_>| {
        // Taking the link and writing the password commit together: it works once.
        let operator = store::take(tx, &hash, now)?.ok_or(Problem::LinkInvalid)?;
        store::forget_links(tx, operator)?;
        auth::end_all_sessions(tx, operator)?;
        profile::set_password(tx, operator, &password)?;
        Ok::<_, Problem>(operator)
    };
    let operator = app.db.write(write).await?;
    app.live.sign_out(operator);
    app.live.changed(Changed::Operator, operator.0);
    Ok(operator)
}

/// Somebody forgot the password. What is answered does not tell whether the address is known: a job finds that out.
pub async fn forgot_password(app: &App, email: &str) -> Result<(), Problem> {
    if !app.mailer.is_set_up() {
        return Err(Problem::MailNotSetUp);
    }
    let email_key = text::email_key(email).ok_or(FieldProblem::EmailInvalid)?;
    let now = app.clock.now();
    let work = Work::MailPasswordLink { email_key };
    app.db.write(move |tx| jobs::add(tx, &work, now)).await?;
    app.wake.up();
    Ok(())
}

/// Removes links that have expired.
pub async fn forget_expired(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    Ok(app.db.write(move |tx| store::forget_expired(tx, now)).await?)
}

async fn find(app: &App, token: &str) -> Result<OperatorId, Problem> {
    let (hash, now) = (token::hash(token), app.clock.now());
    let found = app.db.read(move |tx| store::find(tx, &hash, now)).await?;
    found.ok_or(Problem::LinkInvalid)
}

fn link(app: &App, token: &str) -> String {
    format!("{}/console/#/invitation?token={token}", app.config.public_url())
}

/// A new link, which only its reader will know.
async fn new_link(app: &App, operator: OperatorId, works_for: Duration) -> Result<String, Problem> {
    let token = token::generate();
    let (hash, until): (_, Millis) = (token::hash(&token), app.clock.now().plus(works_for));
    app.db.write(move |tx| store::insert(tx, &hash, operator, until)).await?;
    Ok(link(app, &token))
}
