//! The letters with links. The link is made when the letter is, so that no token waits in the database.

use super::{FORGOTTEN_FOR, INVITED_FOR, new_link};
use crate::app::App;
use crate::jobs::Failure;
use crate::mail::Letter;
use crate::operators::{self, OperatorRow};
use crate::problem::Problem;
use frontdesk_domain::OperatorId;
use std::time::Duration;

/// Mails an operator the link of an invitation, unless it is not needed any more.
pub async fn mail_invitation(app: &App, operator: OperatorId, from: String) -> Result<(), Failure> {
    let row = app.db.read(move |tx| operators::find(tx, operator)).await.map_err(Problem::from)?;
    let kind = if row.has_password { "password" } else { "invitation" };
    mail(app, &row, (kind, &from), INVITED_FOR).await
}

/// Mails a link to whoever signs in with an address, if there is somebody.
pub async fn mail_password_link(app: &App, email_key: String) -> Result<(), Failure> {
    let find = move |tx: &mut frontdesk_db::Tx<'_>| {
        let known = operators::find_credentials(tx, &email_key)?;
        known.map(|it| operators::find(tx, it.id)).transpose()
    };
    let found = app.db.read(find).await.map_err(Problem::from)?;
    match found {
        Some(row) => mail(app, &row, ("password", ""), FORGOTTEN_FOR).await,
        None => Ok(()),
    }
}

async fn mail(
    app: &App,
    row: &OperatorRow,
    (kind, from): (&str, &str),
    works_for: Duration,
) -> Result<(), Failure> {
    if !row.active {
        return Ok(());
    }
    let link = new_link(app, row.id, works_for).await?;
    let site = app.config.public_url();
    let site = site.split_once("//").map_or(site.as_str(), |(_, host)| host);
    let words = [("name", from), ("site", site)];
    let letter = Letter { language: &row.language, kind, words: &words, link: &link };
    app.mailer.send(&row.email, &letter).await
}
