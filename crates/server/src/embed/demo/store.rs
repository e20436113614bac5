//! SQL of what the demonstration site shows.

use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::ChannelId;

frontdesk_db::statements! {
    FIND = "select value from setting where key = 'demonstration_channel'";
    WRITE = "
        insert into setting (key, value) values ('demonstration_channel', $1)
        on conflict (key) do update set value = excluded.value";
}

/// What an administrator chose.
pub enum Chosen {
    /// This channel.
    Channel(ChannelId),
    /// No widget.
    Nothing,
}

/// What was chosen, where something was.
pub fn find(tx: &mut Tx<'_>) -> Result<Option<Chosen>, Error> {
    let value = tx.optional(&FIND, params![], |row| row.get::<String>(0))?;
    Ok(value.map(|it| it.parse().map_or(Chosen::Nothing, |id| Chosen::Channel(ChannelId(id)))))
}

/// Keeps what was chosen.
pub fn write(tx: &mut Tx<'_>, channel: Option<ChannelId>) -> Result<(), Error> {
    let value = channel.map(|it| it.0.to_string()).unwrap_or_default();
    tx.execute(&WRITE, params![&value]).map(drop)
}
