//! SQL of links.

use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::{Millis, OperatorId};

frontdesk_db::statements! {
    INSERT = "
        insert into operator_link (token_hash, operator_id, expires_at) values ($1, $2, $3)";
    FIND = "
        select l.operator_id from operator_link l
        join operator o on o.id = l.operator_id and o.active = 1
        where l.token_hash = $1 and l.expires_at > $2";
    TAKE = "
        delete from operator_link where token_hash = $1 and expires_at > $2
            and operator_id in (select id from operator where active = 1)
        returning operator_id";
    FORGET_LINKS = "delete from operator_link where operator_id = $1";
    FORGET_EXPIRED = "delete from operator_link where expires_at <= $1";
}

/// Keeps a link.
pub fn insert(
    tx: &mut Tx<'_>,
    hash: &str,
    operator: OperatorId,
    expires_at: Millis,
) -> Result<(), Error> {
    tx.execute(&INSERT, params![hash, operator.0, expires_at.0]).map(drop)
}

/// Whom a link is for, if it works.
pub fn find(tx: &mut Tx<'_>, hash: &str, now: Millis) -> Result<Option<OperatorId>, Error> {
    tx.optional(&FIND, params![hash, now.0], |row| Ok(OperatorId(row.get(0)?)))
}

/// Uses a link up and says whom it was for; none when it does not work.
pub fn take(tx: &mut Tx<'_>, hash: &str, now: Millis) -> Result<Option<OperatorId>, Error> {
    tx.optional(&TAKE, params![hash, now.0], |row| Ok(OperatorId(row.get(0)?)))
}

/// Makes no link of an operator work any more.
pub fn forget_links(tx: &mut Tx<'_>, operator: OperatorId) -> Result<(), Error> {
    tx.execute(&FORGET_LINKS, params![operator.0]).map(drop)
}

/// Removes links that have expired.
pub fn forget_expired(tx: &mut Tx<'_>, now: Millis) -> Result<(), Error> {
    tx.execute(&FORGET_EXPIRED, params![now.0]).map(drop)
}
