//! SQL of page views.

use super::Page;
use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::{ChannelId, ConversationId, Millis, VisitorId};

frontdesk_db::statements! {
    VIEW_AGAIN = "
        update page_view set viewed_at = $3, title = $4
        where id = (select max(id) from page_view where visitor_id = $1) and url = $2";
    INSERT = "
        insert into page_view (visitor_id, channel_id, url, title, viewed_at)
        values ($1, $2, $3, $4, $5)";
    FORGET_OLDER = "
        delete from page_view where visitor_id = $1 and id <= (
            select id from page_view where visitor_id = $1 order by id desc limit 1 offset $2)";
    FORGET_BEFORE = "delete from page_view where viewed_at < $1";
    FORGET_CHANNEL = "delete from page_view where channel_id = $1";
    OF_CONVERSATION = "
        select p.url, p.title, p.viewed_at from page_view p
        join conversation c on c.visitor_id = p.visitor_id
        where c.id = $1 order by p.id desc limit $2";
}

/// A page that was looked at.
pub struct PageViewRow {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: Option<String>,
    /// When.
    pub viewed_at: Millis,
}

/// The page that the visitor looked at last is looked at again; false when it is another one.
pub fn view_again(
    tx: &mut Tx<'_>,
    visitor: VisitorId,
    page: &Page,
    now: Millis,
) -> Result<bool, Error> {
    let params = params![visitor.0, &page.url, now.0, page.title.as_deref()];
    Ok(tx.execute(&VIEW_AGAIN, params)? > 0)
}

/// Keeps a page.
pub fn insert(tx: &mut Tx<'_>, visitor: VisitorId, page: &Page, now: Millis) -> Result<(), Error> {
    let params = params![visitor.0, page.channel.0, &page.url, page.title.as_deref(), now.0];
    tx.execute(&INSERT, params).map(drop)
}

/// Keeps only the newest pages of a visitor.
pub fn forget_older(tx: &mut Tx<'_>, visitor: VisitorId, kept: i64) -> Result<(), Error> {
    tx.execute(&FORGET_OLDER, params![visitor.0, kept]).map(drop)
}

/// Forgets what was looked at before.
pub fn forget_before(tx: &mut Tx<'_>, since: Millis) -> Result<(), Error> {
    tx.execute(&FORGET_BEFORE, params![since.0]).map(drop)
}

/// Forgets what was looked at on the pages of a channel.
pub fn forget_channel(tx: &mut Tx<'_>, channel: ChannelId) -> Result<(), Error> {
    tx.execute(&FORGET_CHANNEL, params![channel.0]).map(drop)
}

/// What a conversation's visitor looked at, the latest first.
pub fn of_conversation(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    limit: i64,
) -> Result<Vec<PageViewRow>, Error> {
    tx.all(&OF_CONVERSATION, params![conversation.0, limit], |row| {
        Ok(PageViewRow { url: row.get(0)?, title: row.get(1)?, viewed_at: Millis(row.get(2)?) })
    })
}
