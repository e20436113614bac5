//! SQL of setup links.

use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::Millis;

frontdesk_db::statements! {
    FORGET_LINKS = "delete from setup_link";
    INSERT_LINK = "insert into setup_link (token_hash, expires_at) values ($1, $2)";
    FIND_LINK = "
        select count(*) from setup_link where token_hash = $1 and expires_at > $2";
    TAKE_LINK = "delete from setup_link where token_hash = $1 and expires_at > $2";
}

/// Makes a link the only one.
pub fn replace_link(tx: &mut Tx<'_>, hash: &str, expires_at: Millis) -> Result<(), Error> {
    forget_links(tx)?;
    tx.execute(&INSERT_LINK, params![hash, expires_at.0]).map(drop)
}

/// Makes no link work any more.
pub fn forget_links(tx: &mut Tx<'_>) -> Result<(), Error> {
    tx.execute(&FORGET_LINKS, params![]).map(drop)
}

/// Whether a link works.
pub fn works(tx: &mut Tx<'_>, hash: &str, now: Millis) -> Result<bool, Error> {
    tx.one(&FIND_LINK, params![hash, now.0], |row| Ok(row.get::<i64>(0)? > 0))
}

/// Uses a link up; false when it does not work.
pub fn take_link(tx: &mut Tx<'_>, hash: &str, now: Millis) -> Result<bool, Error> {
    Ok(tx.execute(&TAKE_LINK, params![hash, now.0])? > 0)
}
