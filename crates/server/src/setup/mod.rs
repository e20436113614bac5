//! Setup: the first start, and how the first administrator comes in without a default password.
//!
//! While there is no operator, each start prints a new link. It works once and not for long; only its hash is kept, and
//! a new one replaces the old.

mod api;
mod store;
#[cfg(test)]
mod tests;

pub use api::routes;
pub use store::STATEMENTS;

use crate::app::App;
use crate::auth::{passwords::Passwords, token};
use crate::channels;
use crate::chatbots;
use crate::operators::{self, NewOperator, Newcomer};
use crate::problem::Problem;
use frontdesk_db::{Db, Tx};
use frontdesk_domain::{Millis, OperatorId};
use std::time::Duration;

/// How long a setup link works.
const WORKS_FOR: Duration = Duration::from_secs(3600);

/// Makes the default channel where there is none, and a setup link where nobody can sign in.
pub async fn first_start(app: &App) -> Result<Option<String>, Problem> {
    let token = token::generate();
    let (hash, now) = (token::hash(&token), app.clock.now());
    let needed = app
        .db
        .write(move |tx| {
            channels::ensure_default(tx, now)?;
            if operators::count(tx)? > 0 {
                return Ok::<_, Problem>(false);
            }
            store::replace_link(tx, &hash, now.plus(WORKS_FOR))?;
            Ok(true)
        })
        .await?;
    let link = format!("{}/console/#/setup?token={token}", app.config.public_url());
    Ok(needed.then_some(link))
}

/// Whether a setup link still works.
pub async fn check(app: &App, token: &str) -> Result<(), Problem> {
    let (hash, now) = (token::hash(token), app.clock.now());
    let works = app.db.read(move |tx| store::works(tx, &hash, now)).await?;
    works.then_some(()).ok_or(Problem::SetupLinkInvalid)
}

/// The first administrator comes in and becomes operator of the default channel.
pub async fn complete(app: &App, token: &str, newcomer: Newcomer) -> Result<OperatorId, Problem> {
    check(app, token).await?;
    let new = operators::prepared(&app.passwords, newcomer).await?;
    let (hash, now) = (token::hash(token), app.clock.now());
    app.db
        .write(move |tx| {
            // Taking the link and making the administrator commit together: it works once.
            if !store::take_link(tx, &hash, now)? {
                return Err(Problem::SetupLinkInvalid);
            }
            Ok(insert_operator(tx, &new, now)?)
        })
        .await
}

/// Adds an operator from the command line; setup links work no more then.
pub async fn add_operator(
    db: &Db,
    passwords: &Passwords,
    newcomer: Newcomer,
    now: Millis,
) -> Result<OperatorId, Problem> {
    let new = operators::prepared(passwords, newcomer).await?;
    let added: Result<_, frontdesk_db::Error> = db
        .write(move |tx| {
            store::forget_links(tx)?;
            insert_operator(tx, &new, now)
        })
        .await;
    added.map_err(|error| match error {
        frontdesk_db::Error::Unique => Problem::EmailTaken,
        other => other.into(),
    })
}

/// Inserts an operator; the first one answers in the default channel.
fn insert_operator(
    tx: &mut Tx<'_>,
    new: &NewOperator,
    now: Millis,
) -> Result<OperatorId, frontdesk_db::Error> {
    let first = operators::count(tx)? == 0;
    let operator = operators::insert(tx, new, now)?;
    let channel = channels::ensure_default(tx, now)?;
    if first {
        channels::add_operator(tx, channel, operator, now)?;
        chatbots::insert_sample(tx, &new.language, now)?;
    }
    Ok(operator)
}
