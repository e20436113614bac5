//! The demonstration site: a small shop that embeds the widget exactly as a stranger's site would (L1).
//!
//! It shows the oldest channel until an administrator chooses another one, or none (L2).

mod api;
mod page;
mod store;
#[cfg(test)]
mod tests;

pub use api::routes as operator_routes;
pub use page::{escaped, routes};
pub use store::STATEMENTS;

use crate::app::App;
use crate::channels;
use crate::problem::Problem;
use frontdesk_db::Tx;
use frontdesk_domain::ChannelId;
use store::Chosen;

/// The channel that the site shows; none: it has no widget.
pub async fn channel(app: &App) -> Result<Option<ChannelId>, Problem> {
    let found = move |tx: &mut Tx<'_>| match store::find(tx)? {
        Some(Chosen::Nothing) => Ok(None),
        // A channel that was deleted meanwhile leaves the site as it was at the beginning.
        Some(Chosen::Channel(id)) if channels::exists(tx, id)? => Ok(Some(id)),
        _ => channels::first(tx),
    };
    Ok(app.db.read(found).await?)
}

/// Chooses the channel that the site shows, or none.
pub async fn choose(app: &App, channel: Option<ChannelId>) -> Result<(), Problem> {
    app.db
        .write(move |tx| {
            if let Some(id) = channel
                && !channels::exists(tx, id)?
            {
                return Err(Problem::ChannelNotFound);
            }
            Ok(store::write(tx, channel)?)
        })
        .await
}
