//! Installations: which websites have loaded the widget, and when last. Written at most once an hour for each.

mod store;

pub use store::STATEMENTS;

use crate::app::App;
use crate::problem::Problem;
use crate::realtime::frames::Changed;
use frontdesk_db::Tx;
use frontdesk_domain::{ChannelId, Millis};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use utoipa::ToSchema;

const WRITTEN_EVERY: Duration = Duration::from_secs(3600);
/// Anybody may name any origin, so that what is kept for a channel and in memory has an end.
const PER_CHANNEL_MAX: i64 = 50;
const REMEMBERED_MAX: usize = 1000;
/// A website that has not loaded the widget for so long makes room for others.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(90 * 24 * 3600);

/// A website that has loaded the widget.
#[derive(Serialize, ToSchema)]
pub struct Installation {
    /// The website's origin.
    pub origin: String,
    /// When it last loaded the widget, to the hour.
    pub last_loaded_at: String,
}

/// What was written within the last hour.
#[derive(Default)]
pub struct Written(Mutex<HashMap<(ChannelId, String), Millis>>);

impl Written {
    /// Whether it is time to write; if so it counts as written.
    fn is_due(&self, channel: ChannelId, origin: &str, now: Millis) -> bool {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = now.minus(WRITTEN_EVERY);
        let key = (channel, origin.to_owned());
        if written.get(&key).is_some_and(|at| *at > since) {
            return false;
        }
        if written.len() >= REMEMBERED_MAX {
            written.retain(|_, at| *at > since);
        }
        let fits = written.len() < REMEMBERED_MAX;
        if fits {
            written.insert(key, now);
        }
        fits
    }
}

/// A page of `origin` loads the widget. The page does not wait until that is written.
pub fn saw(app: &App, channel: ChannelId, origin: &str) {
    let now = app.clock.now();
    if !app.installations.is_due(channel, origin, now) {
        return;
    }
    let (app, origin) = (app.clone(), origin.to_owned());
    tokio::spawn(async move {
        let write = move |tx: &mut Tx<'_>| {
            store::forget(tx, channel, now.minus(FORGOTTEN_AFTER))?;
            store::loaded(tx, channel, &origin, now, PER_CHANNEL_MAX)
        };
        match app.db.write(write).await {
            // Whoever has just put the line into a page is looking at the form.
            Ok(()) => app.live.changed(Changed::Channel, channel.0),
            Err(error) => {
                tracing::warn!(%error, channel.id = channel.0, "could not write an installation");
            }
        }
    });
}

/// The websites that have loaded a channel's widget, latest first.
pub fn all(tx: &mut Tx<'_>, channel: ChannelId) -> Result<Vec<Installation>, Problem> {
    Ok(store::all(tx, channel)?)
}
