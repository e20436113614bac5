//! SQL of a channel's settings.

use super::ChannelForm;
use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::{ChannelId, Millis};

frontdesk_db::statements! {
    SAVE = "
        update channel set version = version + 1, name = $3, button_text = $4,
            notification_text = $5, welcome_message = $6, input_placeholder = $7,
            away_message = $8, button_background_color = $9, button_text_color = $10,
            header_background_color = $11, title_color = $12, allowed_origins = $13,
            business_hours = $14, max_sessions = coalesce($15, max_sessions),
            max_sessions_mode = case when $15 is null then 'unlimited' else 'limited' end,
            records_page_views = $16
        where id = $1 and version = $2";
    ARCHIVE = "update channel set archived_at = $2 where id = $1";
    /// An update of nothing: it holds the row, so that no second image is put in meanwhile.
    HOLD = "update channel set image = image where id = $1";
    SHOW_IMAGE = "update channel set image = $2 where id = $1";
    DELETE = "
        update channel set deleted_at = $2, identity_secret = null, image = null where id = $1";
    DELETE_RULES = "delete from rule where channel_id = $1";
    DELETE_OPERATORS = "delete from channel_operator where channel_id = $1";
    DELETE_INSTALLATIONS = "delete from installation where channel_id = $1";
    IDENTITY_SECRET = "
        select identity_secret from channel where id = $1 and deleted_at is null";
    WRITE_IDENTITY_SECRET = "update channel set identity_secret = $2 where id = $1";
}

/// Writes the form over the version that it was read from; false when that is not the newest any more.
pub fn save(tx: &mut Tx<'_>, id: ChannelId, form: &ChannelForm) -> Result<bool, Error> {
    let origins = form.allowed_origins.join("\n");
    let hours = form.business_hours.as_ref().and_then(|it| serde_json::to_string(it).ok());
    let params = params![
        id.0,
        form.version,
        &form.name,
        &form.button_text,
        &form.notification_text,
        &form.welcome_message,
        &form.input_placeholder,
        &form.away_message,
        &form.colors.button,
        &form.colors.button_text,
        &form.colors.header,
        &form.colors.header_text,
        &origins,
        hours.as_deref(),
        form.max_sessions,
        form.records_page_views
    ];
    Ok(tx.execute(&SAVE, params)? > 0)
}

/// Into the archive, or out of it.
pub fn archive(tx: &mut Tx<'_>, id: ChannelId, at: Option<Millis>) -> Result<(), Error> {
    tx.execute(&ARCHIVE, params![id.0, at.map(|it| it.0)]).map(drop)
}

/// Nobody else changes the channel within this transaction.
pub fn hold(tx: &mut Tx<'_>, id: ChannelId) -> Result<(), Error> {
    tx.execute(&HOLD, params![id.0]).map(drop)
}

/// Gives a channel an image, or none.
pub fn show_image(tx: &mut Tx<'_>, id: ChannelId, image: Option<&str>) -> Result<(), Error> {
    tx.execute(&SHOW_IMAGE, params![id.0, image]).map(drop)
}

/// Marks a channel as deleted, and deletes what only it uses.
pub fn delete(tx: &mut Tx<'_>, id: ChannelId, now: Millis) -> Result<(), Error> {
    tx.execute(&DELETE, params![id.0, now.0])?;
    for statement in [&DELETE_RULES, &DELETE_OPERATORS, &DELETE_INSTALLATIONS] {
        tx.execute(statement, params![id.0])?;
    }
    Ok(())
}

/// A channel's secret for signed identities, where it has one; none without the channel.
pub fn identity_secret(tx: &mut Tx<'_>, id: ChannelId) -> Result<Option<Option<String>>, Error> {
    tx.optional(&IDENTITY_SECRET, params![id.0], |row| row.get(0))
}

/// Gives a channel a secret.
pub fn write_identity_secret(tx: &mut Tx<'_>, id: ChannelId, secret: &str) -> Result<(), Error> {
    tx.execute(&WRITE_IDENTITY_SECRET, params![id.0, secret]).map(drop)
}
