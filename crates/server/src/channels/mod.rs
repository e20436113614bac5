//! Channels: where visitors enter, and which operators answer there.
//!
//! Every operator reads channels, joins and leaves them, and writes rules; only administrators do the rest.

mod api;
mod hours;
pub mod installations;
mod known;
mod rules;
pub mod settings;
mod store;
#[cfg(test)]
mod tests;
pub mod view;

pub use api::routes;
pub use known::{KnownChannel, Shelf, admit, known, takes_conversations};
pub use store::{ChannelRow, add_operator, exists, first, leave_all, likely_operator};

use crate::app::App;
use crate::operators;
use crate::problem::Problem;
use crate::realtime::frames::Changed;
use frontdesk_db::{Statement, Tx};
use frontdesk_domain::channel::{Colors, DEFAULT_NAME};
use frontdesk_domain::{ChannelId, Millis, OperatorId};
use view::Channel;

/// Every statement of the slice with its name.
pub const STATEMENTS: [&[(&str, Statement)]; 4] =
    [installations::STATEMENTS, rules::STATEMENTS, settings::STATEMENTS, store::STATEMENTS];

/// The channel that the first start makes (A1), unless there is one.
pub fn ensure_default(tx: &mut Tx<'_>, now: Millis) -> Result<ChannelId, frontdesk_db::Error> {
    match first(tx)? {
        Some(id) => Ok(id),
        None => store::insert(tx, DEFAULT_NAME, &Colors::default(), now),
    }
}

/// All channels, as `operator` sees them.
pub async fn list(app: &App, operator: OperatorId) -> Result<Vec<Channel>, Problem> {
    let (now, base_url) = (app.clock.now(), app.config.public_url());
    app.db
        .read(move |tx| {
            let rows = store::all(tx)?;
            rows.into_iter().map(|row| view::channel(tx, row, operator, (now, &base_url))).collect()
        })
        .await
}

/// One channel, as `operator` sees it.
pub async fn find(app: &App, operator: OperatorId, id: ChannelId) -> Result<Channel, Problem> {
    let channels = list(app, operator).await?;
    channels.into_iter().find(|channel| channel.id == id).ok_or(Problem::ChannelNotFound)
}

/// An operator who may sign in joins a channel (A17). Joining twice is fine.
pub async fn join(app: &App, operator: OperatorId, id: ChannelId) -> Result<Channel, Problem> {
    let now = app.clock.now();
    let joins = move |tx: &mut Tx<'_>| {
        operators::active_names(tx, operator)?.ok_or(Problem::NotFound)?;
        Ok(add_operator(tx, id, operator, now)?)
    };
    change(app, id, joins).await?;
    find(app, operator, id).await
}

/// An operator leaves a channel; conversations that the operator is in go on.
pub async fn leave(app: &App, operator: OperatorId, id: ChannelId) -> Result<Channel, Problem> {
    change(app, id, move |tx| Ok(store::remove_operator(tx, id, operator)?)).await?;
    find(app, operator, id).await
}

async fn change(
    app: &App,
    id: ChannelId,
    write: impl Fn(&mut Tx<'_>) -> Result<(), Problem> + Send + Sync + 'static,
) -> Result<(), Problem> {
    app.db
        .write(move |tx| {
            if !exists(tx, id)? {
                return Err(Problem::ChannelNotFound);
            }
            write(tx)
        })
        .await?;
    app.live.changed(Changed::Channel, id.0);
    Ok(())
}
