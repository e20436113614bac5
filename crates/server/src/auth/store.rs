//! SQL of sessions, keys and visitors' secrets.

use super::browser::Browser;
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::operator::Role;
use frontdesk_domain::{ConversationId, Millis, OperatorId, VisitorId};

frontdesk_db::statements! {
    INSERT_SESSION = "
        insert into session (token_hash, operator_id, created_at, expires_at, browser, network,
            seen_at)
        values ($1, $2, $3, $4, $5, $6, $3)";
    SESSIONS = "
        select token_hash, browser, network, created_at, seen_at from session
        where operator_id = $1 and expires_at > $2 order by seen_at desc, token_hash limit 1000";
    SESSION_SEEN = "update session set seen_at = $2 where token_hash = $1 and seen_at < $2";
    DELETE_OWN_SESSION = "delete from session where token_hash = $1 and operator_id = $2";
    DELETE_OTHER_SESSIONS = "
        delete from session where operator_id = $1 and token_hash <> $2 returning token_hash";
    /// Without a session, for a key: whether its operator may still come in.
    IS_SIGNED_IN = "
        select count(*) from operator o where o.id = $1 and o.active = 1
            and ($2 = '' or exists (select 1 from session s
                where s.token_hash = $2 and s.operator_id = o.id and s.expires_at > $3))";
    DELETE_SESSION = "delete from session where token_hash = $1 returning operator_id";
    DELETE_EXPIRED_SESSIONS = "delete from session where expires_at <= $1";
    INSERT_API_KEY = "
        insert into api_key (operator_id, name, key_hash, created_at) values ($1, $2, $3, $4)";
    FIND_BY_SESSION = "
        select o.id, o.name, o.chat_name, o.role, s.seen_at
        from session s join operator o on o.id = s.operator_id
        where s.token_hash = $1 and s.expires_at > $2 and o.active = 1";
    FIND_BY_KEY = "
        select o.id, o.name, o.chat_name, o.role
        from api_key k join operator o on o.id = k.operator_id
        where k.key_hash = $1 and o.active = 1";
    FIND_VISITOR = "select id from visitor where secret_hash = $1";
    FIND_VISITOR_CONVERSATION = "
        select id, channel_id from conversation where visitor_id = $1 and client_id = $2";
    FIND_MEMBERSHIP = "
        select (select count(*) from member m where m.conversation_id = c.id
                  and m.kind = 'operator' and m.person_id = $2 and m.left_at is null)
        from conversation c where c.id = $1";
}

/// An operator as the doors know one.
pub struct OperatorRow {
    /// Who.
    pub id: OperatorId,
    /// For the team.
    pub name: String,
    /// For visitors.
    pub chat_name: String,
    /// What the operator may do.
    pub role: Role,
}

/// A session, as its owner's list shows it.
pub struct SessionRow {
    /// Hash of the token.
    pub id: String,
    /// Browser and system in words.
    pub browser: Option<String>,
    /// Where it was opened.
    pub network: Option<String>,
    /// When it was opened.
    pub created_at: Millis,
    /// When it last asked for something.
    pub seen_at: Millis,
}

/// Stores a session.
pub fn insert_session(
    tx: &mut Tx<'_>,
    hash: &str,
    (operator, browser): (OperatorId, &Browser),
    now: Millis,
    expires_at: Millis,
) -> Result<(), Error> {
    let Browser { name, network } = browser;
    let params = params![hash, operator.0, now.0, expires_at.0, name, network];
    tx.execute(&INSERT_SESSION, params).map(drop)
}

/// An operator's sessions that have not expired, last seen first.
pub fn sessions(
    tx: &mut Tx<'_>,
    operator: OperatorId,
    now: Millis,
) -> Result<Vec<SessionRow>, Error> {
    tx.all(&SESSIONS, params![operator.0, now.0], |row| {
        Ok(SessionRow {
            id: row.get(0)?,
            browser: row.get(1)?,
            network: row.get(2)?,
            created_at: Millis(row.get(3)?),
            seen_at: Millis(row.get(4)?),
        })
    })
}

/// Writes when a session last asked for something.
pub fn session_seen(tx: &mut Tx<'_>, hash: &str, now: Millis) -> Result<(), Error> {
    tx.execute(&SESSION_SEEN, params![hash, now.0]).map(drop)
}

/// Removes a session of an operator; false when it is not there.
pub fn delete_own_session(
    tx: &mut Tx<'_>,
    operator: OperatorId,
    hash: &str,
) -> Result<bool, Error> {
    Ok(tx.execute(&DELETE_OWN_SESSION, params![hash, operator.0])? > 0)
}

/// Removes an operator's sessions but one, and says which.
pub fn delete_other_sessions(
    tx: &mut Tx<'_>,
    operator: OperatorId,
    kept: Option<&str>,
) -> Result<Vec<String>, Error> {
    let params = params![operator.0, kept.unwrap_or_default()];
    tx.all(&DELETE_OTHER_SESSIONS, params, |row| row.get(0))
}

/// Whether an operator may still come in, by a session or by a key.
pub fn is_signed_in(
    tx: &mut Tx<'_>,
    operator: OperatorId,
    session: Option<&str>,
    now: Millis,
) -> Result<bool, Error> {
    let params = params![operator.0, session.unwrap_or_default(), now.0];
    tx.one(&IS_SIGNED_IN, params, |row| Ok(row.get::<i64>(0)? > 0))
}

/// Removes a session and says whose it was.
pub fn delete_session(tx: &mut Tx<'_>, hash: &str) -> Result<Option<OperatorId>, Error> {
    tx.optional(&DELETE_SESSION, params![hash], |row| Ok(OperatorId(row.get(0)?)))
}

/// Removes sessions that have expired.
pub fn delete_expired(tx: &mut Tx<'_>, now: Millis) -> Result<(), Error> {
    tx.execute(&DELETE_EXPIRED_SESSIONS, params![now.0]).map(drop)
}

/// Stores an API key.
pub fn insert_api_key(
    tx: &mut Tx<'_>,
    operator: OperatorId,
    name: &str,
    hash: &str,
    now: Millis,
) -> Result<(), Error> {
    tx.execute(&INSERT_API_KEY, params![operator.0, name, hash, now.0]).map(drop)
}

/// The operator of a session that has not expired, and when it was last seen.
pub fn find_by_session(
    tx: &mut Tx<'_>,
    hash: &str,
    now: Millis,
) -> Result<Option<(OperatorRow, Millis)>, Error> {
    tx.optional(&FIND_BY_SESSION, params![hash, now.0], |row| {
        Ok((operator_row(row)?, Millis(row.get(4)?)))
    })
}

/// The operator of an API key.
pub fn find_by_key(tx: &mut Tx<'_>, hash: &str) -> Result<Option<OperatorRow>, Error> {
    tx.optional(&FIND_BY_KEY, params![hash], operator_row)
}

fn operator_row(row: &Row<'_>) -> Result<OperatorRow, Error> {
    Ok(OperatorRow {
        id: OperatorId(row.get(0)?),
        name: row.get(1)?,
        chat_name: row.get(2)?,
        role: Role::parse(&row.get::<String>(3)?).unwrap_or(Role::Operator),
    })
}

/// The visitor of a secret.
pub fn find_visitor(tx: &mut Tx<'_>, secret_hash: &str) -> Result<Option<VisitorId>, Error> {
    tx.optional(&FIND_VISITOR, params![secret_hash], |row| Ok(VisitorId(row.get(0)?)))
}

/// One of a visitor's own conversations, by the id that its browser made.
pub fn find_visitor_conversation(
    tx: &mut Tx<'_>,
    visitor: VisitorId,
    client_id: &str,
) -> Result<Option<ConversationId>, Error> {
    tx.optional(&FIND_VISITOR_CONVERSATION, params![visitor.0, client_id], |row| {
        Ok(ConversationId(row.get(0)?))
    })
}

/// Whether an operator takes part in a conversation; none when there is no such conversation.
pub fn find_membership(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    operator: OperatorId,
) -> Result<Option<bool>, Error> {
    tx.optional(&FIND_MEMBERSHIP, params![conversation.0, operator.0], |row| {
        Ok(row.get::<i64>(0)? > 0)
    })
}
