//! What deciding needs of a channel, read once and kept: its row, its rules with their patterns compiled, its hours.
//!
//! A change on this node or another empties the shelf; a node that missed the announcement notices after five seconds.

use super::store::{self, ChannelRow};
use super::{hours, rules};
use crate::app::App;
use crate::http::origin::Asking;
use crate::problem::Problem;
use frontdesk_db::{Error, Tx};
use frontdesk_domain::rule::Rule;
use frontdesk_domain::{ChannelId, Millis};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What was read longer ago is read again.
const AGE_MAX: Duration = Duration::from_secs(5);
/// So many channels are kept; an installation has a handful.
const SHELF_MAX: usize = 1000;

/// A channel, as it was a moment ago.
pub struct KnownChannel {
    /// Its own row.
    pub row: ChannelRow,
    /// Its rules, in their order.
    pub rules: Vec<Rule>,
    read_at: Millis,
    /// The number of changes that were announced before it was read.
    changes: u64,
}

impl KnownChannel {
    /// Whether it is within the business hours.
    #[must_use]
    pub fn is_open(&self, now: Millis) -> bool {
        self.row.business_hours.as_ref().is_none_or(|it| hours::are_open(it, now))
    }

    /// Whether somebody may be available at all: websites show it, and it is open.
    #[must_use]
    pub fn takes_conversations(&self, now: Millis) -> bool {
        self.is_shown() && self.is_open(now)
    }

    /// Whether websites show it.
    #[must_use]
    pub const fn is_shown(&self) -> bool {
        self.row.archived_at.is_none()
    }
}

/// Lets a page in whose website may load the widget. Our own pages may, and what is no browser names no website.
pub fn admit(channel: &KnownChannel, asking: &Asking) -> Result<(), Problem> {
    let allowed = &channel.row.allowed_origins;
    let admitted = allowed.is_empty()
        || asking.website().is_none_or(|website| allowed.iter().any(|it| it == website));
    admitted.then_some(()).ok_or(Problem::OriginNotAllowed)
}

/// The channels that were asked for lately.
#[derive(Default)]
pub struct Shelf {
    channels: Mutex<HashMap<ChannelId, Arc<KnownChannel>>>,
}

impl Shelf {
    fn find(&self, id: ChannelId, now: Millis, changes: u64) -> Option<Arc<KnownChannel>> {
        let channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        let known = channels.get(&id)?;
        let fresh = known.changes == changes && known.read_at >= now.minus(AGE_MAX);
        fresh.then(|| Arc::clone(known))
    }

    fn keep(&self, id: ChannelId, known: &Arc<KnownChannel>) {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if channels.len() >= SHELF_MAX {
            channels.clear();
        }
        channels.insert(id, Arc::clone(known));
    }
}

/// Whether a channel takes conversations, within a transaction.
pub fn takes_conversations(tx: &mut Tx<'_>, id: ChannelId, now: Millis) -> Result<bool, Error> {
    let row = store::find_row(tx, id)?.filter(|row| row.archived_at.is_none());
    Ok(row.is_some_and(|row| row.business_hours.is_none_or(|it| hours::are_open(&it, now))))
}

/// A channel, from memory where that is fresh.
pub async fn known(app: &App, id: ChannelId) -> Result<Arc<KnownChannel>, Problem> {
    // Counted before reading: a change that is announced while we read makes what we read stale.
    let (now, changes) = (app.clock.now(), app.live.channel_changes());
    if let Some(known) = app.channels.find(id, now, changes) {
        return Ok(known);
    }
    let known = app
        .db
        .read(move |tx| {
            let row = store::find_row(tx, id)?.ok_or(Problem::ChannelNotFound)?;
            let rules = rules::compiled(tx, id)?;
            Ok::<_, Problem>(KnownChannel { row, rules, read_at: now, changes })
        })
        .await?;
    let known = Arc::new(known);
    app.channels.keep(id, &known);
    Ok(known)
}
