//! SQL of installations.

use super::Installation;
use crate::clock::rfc3339;
use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::{ChannelId, Millis};

frontdesk_db::statements! {
    LOADED = "
        update installation set last_loaded_at = $3 where channel_id = $1 and origin = $2";
    INSERT = "
        insert into installation (channel_id, origin, last_loaded_at)
        select id, cast($2 as text), cast($3 as bigint) from channel
        where id = $1 and (select count(*) from installation where channel_id = $1) < $4
        on conflict (channel_id, origin) do nothing";
    FORGET = "delete from installation where channel_id = $1 and last_loaded_at < $2";
    ALL = "
        select origin, last_loaded_at from installation
        where channel_id = $1 order by last_loaded_at desc, origin limit 100";
}

/// A website loaded the widget. A new one is kept while the channel has fewer than `limit`.
pub fn loaded(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    origin: &str,
    now: Millis,
    limit: i64,
) -> Result<(), Error> {
    if tx.execute(&LOADED, params![channel.0, origin, now.0])? == 0 {
        tx.execute(&INSERT, params![channel.0, origin, now.0, limit])?;
    }
    Ok(())
}

/// Forgets those of long ago.
pub fn forget(tx: &mut Tx<'_>, channel: ChannelId, before: Millis) -> Result<(), Error> {
    tx.execute(&FORGET, params![channel.0, before.0]).map(drop)
}

/// A channel's, latest first.
pub fn all(tx: &mut Tx<'_>, channel: ChannelId) -> Result<Vec<Installation>, Error> {
    tx.all(&ALL, params![channel.0], |row| {
        Ok(Installation { origin: row.get(0)?, last_loaded_at: rfc3339(Millis(row.get(1)?)) })
    })
}
