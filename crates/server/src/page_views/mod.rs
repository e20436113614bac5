//! Page views: which pages of the website a visitor looked at (B15), only where the channel records them.
//!
//! Nothing is kept of who has never written. Of everybody else the newest fifty pages are, for thirty days.

mod api;
mod store;
#[cfg(test)]
mod tests;

pub use api::{operator_routes, visitor_routes};
pub use store::{STATEMENTS, forget_channel};

use crate::app::App;
use crate::auth::{OperatorConversation, Visitor};
use crate::channels;
use crate::clock::rfc3339;
use crate::http::origin::Asking;
use crate::problem::Problem;
use crate::realtime::frames::{Changed, OperatorServerFrame};
use crate::visitors;
use frontdesk_db::{Error, Tx};
use frontdesk_domain::text::{PAGE_TITLE_MAX_CHARS, PAGE_URL_MAX_CHARS, described};
use frontdesk_domain::{ChannelId, Millis, VisitorId};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::time::Duration;
use utoipa::ToSchema;

/// Pages that are kept of one visitor.
const PER_VISITOR_MAX: i64 = 50;
/// Pages that are shown: the newest, each once.
const SHOWN_MAX: usize = 15;
const KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 3600);

/// A page that a visitor looks at.
#[derive(Clone, Deserialize, ToSchema)]
pub struct PageViewRequest {
    /// The channel whose widget is on the page.
    pub channel_id: ChannelId,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: Option<String>,
}

/// A page that a visitor looked at.
#[derive(Clone, Serialize, ToSchema)]
pub struct PageView {
    /// Its address.
    pub url: String,
    /// Its title.
    #[schema(required)]
    pub title: Option<String>,
    /// When last.
    pub at: String,
}

/// A visitor looks at a page. Where the channel does not record that, nothing happens.
pub async fn view(
    app: &App,
    visitor: Visitor,
    request: PageViewRequest,
    asking: &Asking,
) -> Result<(), Problem> {
    let channel = channels::known(app, request.channel_id).await?;
    channels::admit(&channel, asking)?;
    let page = Page::of(channel.row.id, Some(&request.url), request.title.as_deref())
        .ok_or_else(|| Problem::BadRequest("url is the address of a page".to_owned()))?;
    if !channel.row.records_page_views {
        return Ok(());
    }
    let now = app.clock.now();
    let written = move |tx: &mut Tx<'_>| {
        record(tx, visitor.id, &page, now)?;
        visitors::open_conversations(tx, visitor.id)
    };
    for conversation in app.db.write(written).await.map_err(|error: Error| Problem::from(error))? {
        let changed =
            OperatorServerFrame::Changed { what: Changed::Conversation, id: conversation.0 };
        app.live.signal_operators(conversation, &changed, None);
    }
    Ok(())
}

/// A page that may be kept.
#[derive(Clone)]
pub struct Page {
    channel: ChannelId,
    url: String,
    title: Option<String>,
}

impl Page {
    /// A page of a website; what is no address of the web is none.
    #[must_use]
    pub fn of(channel: ChannelId, url: Option<&str>, title: Option<&str>) -> Option<Self> {
        let url = described(url?, PAGE_URL_MAX_CHARS)?;
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        let title = title.and_then(|it| described(it, PAGE_TITLE_MAX_CHARS));
        is_web.then_some(Self { channel, url, title })
    }
}

/// Keeps a page that a visitor looks at. The same one again is one, and what is too much goes.
pub fn record(tx: &mut Tx<'_>, visitor: VisitorId, page: &Page, now: Millis) -> Result<(), Error> {
    if store::view_again(tx, visitor, page, now)? {
        return Ok(());
    }
    store::insert(tx, visitor, page, now)?;
    store::forget_older(tx, visitor, PER_VISITOR_MAX)
}

/// The pages that a conversation's visitor looked at, the latest first.
pub async fn of_conversation(
    app: &App,
    conversation: OperatorConversation,
) -> Result<Vec<PageView>, Problem> {
    let rows = app.db.read(move |tx| store::of_conversation(tx, conversation.id, PER_VISITOR_MAX));
    let mut seen = HashSet::new();
    let mut rows = rows.await.map_err(|error: Error| Problem::from(error))?;
    rows.retain(|row| seen.insert(row.url.clone()));
    rows.truncate(SHOWN_MAX);
    Ok(rows
        .into_iter()
        .map(|row| PageView { url: row.url, title: row.title, at: rfc3339(row.viewed_at) })
        .collect())
}

/// Forgets what is old.
pub async fn forget_old(app: &App) -> Result<(), Problem> {
    let since = app.clock.now().minus(KEPT_FOR);
    Ok(app.db.write(move |tx| store::forget_before(tx, since)).await?)
}
