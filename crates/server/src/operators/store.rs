//! SQL of operators.

use super::view::Alerts;
use crate::events::OperatorNames;
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::operator::{Presence, Role, Sighting, active_since, seen_since};
use frontdesk_domain::{Millis, OperatorId};

frontdesk_db::statements! {
    INSERT = "
        insert into operator (email, email_key, name, chat_name, password_hash, role, language,
            created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8) returning id";
    INSERT_PRESENCE = "
        insert into operator_presence (operator_id, choice, seen_at, active_at)
        values ($1, 'online', 0, 0)";
    COUNT = "select count(*) from operator";
    FIND = "
        select o.id, o.name, o.chat_name, o.email, o.role, o.language, o.time_zone, o.alert_sound,
            o.alert_notification, o.avatar, o.active,
            case when o.password_hash is null then 0 else 1 end, o.country, p.choice, p.seen_at,
            p.active_at
        from operator o join operator_presence p on p.operator_id = o.id where o.id = $1";
    FIND_BY_EMAIL = "
        select id, password_hash from operator where email_key = $1 and active = 1";
    SIGHTING = "
        select choice, seen_at, active_at from operator_presence where operator_id = $1";
    SEEN = "update operator_presence set seen_at = $2 where operator_id = $1 and seen_at < $2";
    ACTIVE = "
        update operator_presence set seen_at = $2, active_at = $2 where operator_id = $1";
    /// Never later than it was: who signed out stays away.
    LAST_SEEN = "
        update operator_presence set seen_at = $2 where operator_id = $1 and seen_at > $2";
    GONE_BETWEEN = "
        select operator_id from operator_presence
        where (seen_at >= $1 and seen_at < $2) or (active_at >= $3 and active_at < $4)";
    CHOOSE = "update operator_presence set choice = $2 where operator_id = $1";
    NAMES = "select name, chat_name from operator where id = $1 and active = 1";
    ANSWERS_MORE = "
        update operator_presence set ongoing = ongoing + 1 where operator_id = $1";
    ANSWERS_LESS = "
        update operator_presence set ongoing = ongoing - 1 where operator_id = $1";
}

/// A row to insert.
#[derive(Clone)]
pub struct NewOperator {
    /// As typed.
    pub email: String,
    /// As compared.
    pub email_key: String,
    /// For the team.
    pub name: String,
    /// For visitors.
    pub chat_name: String,
    /// argon2id, as a PHC string; none until it is chosen.
    pub password_hash: Option<String>,
    /// What the operator may do.
    pub role: Role,
    /// Language of the console.
    pub language: String,
}

/// An operator's own row.
pub struct OperatorRow {
    /// Who.
    pub id: OperatorId,
    /// For the team.
    pub name: String,
    /// For visitors.
    pub chat_name: String,
    /// As typed.
    pub email: String,
    /// What the operator may do.
    pub role: Role,
    /// Language of the console.
    pub language: String,
    /// As in the IANA database; none: the browser's.
    pub time_zone: Option<String>,
    /// Where the operator is, as a two-letter code.
    pub country: Option<String>,
    /// What calls the operator to a new message.
    pub alerts: Alerts,
    /// The name of the picture.
    pub avatar: Option<String>,
    /// May sign in.
    pub active: bool,
    /// Has chosen a password.
    pub has_password: bool,
    /// Whether the operator is there.
    pub sighting: Sighting,
}

/// What signing in needs.
pub struct Credentials {
    /// Who.
    pub id: OperatorId,
    /// argon2id, as a PHC string.
    pub password_hash: Option<String>,
}

/// Inserts an operator.
pub fn insert(tx: &mut Tx<'_>, new: &NewOperator, now: Millis) -> Result<OperatorId, Error> {
    let params = params![
        &new.email,
        &new.email_key,
        &new.name,
        &new.chat_name,
        &new.password_hash,
        new.role.as_str(),
        &new.language,
        now.0
    ];
    let id = tx.one(&INSERT, params, |row| row.get::<i64>(0))?;
    tx.execute(&INSERT_PRESENCE, params![id])?;
    Ok(OperatorId(id))
}

/// How many there are.
pub fn count(tx: &mut Tx<'_>) -> Result<i64, Error> {
    tx.one(&COUNT, params![], |row| row.get(0))
}

/// An operator's own row.
pub fn find(tx: &mut Tx<'_>, id: OperatorId) -> Result<OperatorRow, Error> {
    tx.one(&FIND, params![id.0], |row| {
        Ok(OperatorRow {
            id: OperatorId(row.get(0)?),
            name: row.get(1)?,
            chat_name: row.get(2)?,
            email: row.get(3)?,
            role: Role::parse(&row.get::<String>(4)?).unwrap_or(Role::Operator),
            language: row.get(5)?,
            time_zone: row.get(6)?,
            alerts: Alerts { sound: row.get(7)?, notification: row.get(8)? },
            avatar: row.get(9)?,
            active: row.get(10)?,
            has_password: row.get(11)?,
            country: row.get(12)?,
            sighting: sighting(row, 13)?,
        })
    })
}

/// The operator who signs in with an address.
pub fn find_by_email(tx: &mut Tx<'_>, key: &str) -> Result<Option<Credentials>, Error> {
    tx.optional(&FIND_BY_EMAIL, params![key], |row| {
        Ok(Credentials { id: OperatorId(row.get(0)?), password_hash: row.get(1)? })
    })
}

/// A node has the operator's console connected.
pub fn seen(tx: &mut Tx<'_>, id: OperatorId, now: Millis) -> Result<(), Error> {
    tx.execute(&SEEN, params![id.0, now.0]).map(drop)
}

/// The operator did something; the sighting before is answered.
pub fn active(tx: &mut Tx<'_>, id: OperatorId, now: Millis) -> Result<Option<Sighting>, Error> {
    let before = tx.optional(&SIGHTING, params![id.0], |row| sighting(row, 0))?;
    tx.execute(&ACTIVE, params![id.0, now.0])?;
    Ok(before)
}

/// The operator was last seen then.
pub fn last_seen(tx: &mut Tx<'_>, id: OperatorId, at: Millis) -> Result<(), Error> {
    tx.execute(&LAST_SEEN, params![id.0, at.0]).map(drop)
}

/// Who counted as there at the first time, and does not at the second.
pub fn gone_between(tx: &mut Tx<'_>, since: Millis, now: Millis) -> Result<Vec<OperatorId>, Error> {
    let seen = (seen_since(since).0, seen_since(now).0);
    let active = (active_since(since).0, active_since(now).0);
    let params = params![seen.0, seen.1, active.0, active.1];
    tx.all(&GONE_BETWEEN, params, |row| Ok(OperatorId(row.get(0)?)))
}

/// What the operator chose to be.
pub fn choose(tx: &mut Tx<'_>, id: OperatorId, choice: Presence) -> Result<(), Error> {
    tx.execute(&CHOOSE, params![id.0, choice.as_str()]).map(drop)
}

/// The names of an operator who may sign in.
pub fn active_names(tx: &mut Tx<'_>, id: OperatorId) -> Result<Option<OperatorNames>, Error> {
    tx.optional(&NAMES, params![id.0], |row| {
        Ok(OperatorNames { id, name: row.get(0)?, chat_name: row.get(1)? })
    })
}

/// An operator answers one open conversation more.
pub fn answers_more(tx: &mut Tx<'_>, id: OperatorId) -> Result<(), Error> {
    tx.execute(&ANSWERS_MORE, params![id.0]).map(drop)
}

/// An operator answers one open conversation less.
pub fn answers_less(tx: &mut Tx<'_>, id: OperatorId) -> Result<(), Error> {
    tx.execute(&ANSWERS_LESS, params![id.0]).map(drop)
}

/// The sighting in the columns from `first` on: choice, seen, active.
pub fn sighting(row: &Row<'_>, first: usize) -> Result<Sighting, Error> {
    Ok(Sighting {
        choice: Presence::parse(&row.get::<String>(first)?).unwrap_or(Presence::Offline),
        seen_at: Millis(row.get(first + 1)?),
        active_at: Millis(row.get(first + 2)?),
    })
}
