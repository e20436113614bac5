//! The settings of a channel: its form is read and written whole.
//!
//! Whoever saves says which version was on the screen; another one meanwhile, and nothing is written.

mod api;
mod form;
mod image;
mod secret;
mod store;
#[cfg(test)]
mod tests;

pub use api::routes;
pub use form::ChannelForm;
pub use image::{hide_image, show_image};
pub use secret::{IdentitySecret, identity_secret, renew_identity_secret, signing_secret};
pub use store::STATEMENTS;

use super::installations::{self, Installation};
use super::rules::{self, ChannelRule};
use super::store::{exists, find_row, insert};
use super::view::{self, Channel};
use crate::app::App;
use crate::clock::rfc3339;
use crate::conversations;
use crate::images;
use crate::page_views;
use crate::problem::{FieldProblem, Problem};
use crate::realtime::frames::Changed;
use frontdesk_db::Tx;
use frontdesk_domain::channel::Colors;
use frontdesk_domain::{ChannelId, OperatorId, text};
use serde::Serialize;
use utoipa::ToSchema;

/// A channel with everything that its form shows.
#[derive(Serialize, ToSchema)]
pub struct ChannelSettings {
    /// What its card shows.
    pub channel: Channel,
    /// What the form writes.
    #[serde(flatten)]
    pub form: ChannelForm,
    /// In the order in which they are tried.
    pub rules: Vec<ChannelRule>,
    /// Websites that have loaded the widget, latest first.
    pub installations: Vec<Installation>,
    /// It is in the archive since then.
    pub archived_at: Option<String>,
}

/// A channel's settings.
pub async fn find(
    app: &App,
    operator: OperatorId,
    id: ChannelId,
) -> Result<ChannelSettings, Problem> {
    let (now, base_url) = (app.clock.now(), app.config.public_url());
    app.db
        .read(move |tx| {
            let row = find_row(tx, id)?.ok_or(Problem::ChannelNotFound)?;
            Ok(ChannelSettings {
                form: ChannelForm::of(&row),
                archived_at: row.archived_at.map(rfc3339),
                rules: rules::all(tx, id)?,
                installations: installations::all(tx, id)?,
                channel: view::channel(tx, row, operator, (now, &base_url))?,
            })
        })
        .await
}

/// Makes a channel; who makes it is its first operator (A2).
pub async fn create(app: &App, operator: OperatorId, name: &str) -> Result<ChannelId, Problem> {
    let name = text::name(name).map_err(|_| FieldProblem::NameInvalid("name"))?;
    let now = app.clock.now();
    let id = app
        .db
        .write(move |tx| {
            let id = insert(tx, &name, &Colors::default(), now)?;
            super::add_operator(tx, id, operator, now)?;
            Ok::<_, Problem>(id)
        })
        .await?;
    app.live.changed(Changed::Channel, id.0);
    Ok(id)
}

/// Writes a channel's form.
pub async fn save(app: &App, id: ChannelId, form: ChannelForm) -> Result<(), Problem> {
    let form = form.accepted()?;
    change(app, id, move |tx| {
        let written = store::save(tx, id, &form)?;
        written.then_some(()).ok_or(Problem::ChangedMeanwhile)
    })
    .await?;
    // There may be more places now.
    conversations::offer_later(app, Some(id));
    Ok(())
}

/// Puts a channel into the archive, or takes it out again.
pub async fn archive(app: &App, id: ChannelId, archived: bool) -> Result<(), Problem> {
    let at = archived.then(|| app.clock.now());
    change(app, id, move |tx| Ok(store::archive(tx, id, at)?)).await
}

/// Deletes a channel. Its conversations stay and still name it; its websites show nothing any more.
pub async fn delete(app: &App, id: ChannelId) -> Result<(), Problem> {
    let now = app.clock.now();
    change(app, id, move |tx| {
        let image = find_row(tx, id)?.and_then(|row| row.image);
        store::delete(tx, id, now)?;
        page_views::forget_channel(tx, id)?;
        Ok(image.map_or(Ok(()), |image| images::remove(tx, &image))?)
    })
    .await
}

async fn change(
    app: &App,
    id: ChannelId,
    write: impl Fn(&mut Tx<'_>) -> Result<(), Problem> + Send + Sync + 'static,
) -> Result<(), Problem> {
    app.db
        .write(move |tx| match exists(tx, id)? {
            true => write(tx),
            false => Err(Problem::ChannelNotFound),
        })
        .await?;
    app.live.changed(Changed::Channel, id.0);
    Ok(())
}
