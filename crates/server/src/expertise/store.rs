//! SQL of expertise.

use super::Expertise;
use crate::events::OperatorRef;
use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::{ConversationId, ExpertiseId, Millis, OperatorId};

frontdesk_db::statements! {
    INSERT = "
        insert into expertise (name, name_key, created_at) values ($1, $2, $3)
        on conflict (name_key) do nothing returning id";
    ALL = "select id, name from expertise order by name_key limit 1000";
    NAME = "select name from expertise where id = $1";
    OPERATORS = "
        select o.id, o.name from operator_expertise oe
        join operator o on o.id = oe.operator_id and o.active = 1
        where oe.expertise_id = $1 order by o.name, o.id limit 1000";
    IS_TAKEN = "select count(*) from expertise where name_key = $2 and id <> $1";
    RENAME = "update expertise set name = $2, name_key = $3 where id = $1";
    REMOVE = "delete from expertise where id = $1";
    FORGET = "delete from operator_expertise where expertise_id = $1";
    FORGET_NEEDS = "delete from conversation_expertise where expertise_id = $1";
    NEEDED = "
        select expertise_id from conversation_expertise where conversation_id = $1
        order by expertise_id limit 1000";
    FORGET_NEEDED = "delete from conversation_expertise where conversation_id = $1";
    NEED = "
        insert into conversation_expertise (conversation_id, expertise_id)
        select $1, e.id from expertise e where e.id = $2
        on conflict (conversation_id, expertise_id) do nothing";
    /// Who may not come in stands in no form, and is forgotten by none.
    FORGET_OPERATORS = "
        delete from operator_expertise where expertise_id = $1
            and operator_id in (select id from operator where active = 1)";
    OF_OPERATOR = "
        select expertise_id from operator_expertise where operator_id = $1
        order by expertise_id limit 1000";
    FORGET_OF_OPERATOR = "delete from operator_expertise where operator_id = $1";
    ADD = "
        insert into operator_expertise (expertise_id, operator_id)
        select e.id, o.id from expertise e, operator o where e.id = $1 and o.id = $2
            and o.active = 1";
}

/// Makes an expertise; none when the name is taken.
pub fn insert(
    tx: &mut Tx<'_>,
    name: &str,
    key: &str,
    now: Millis,
) -> Result<Option<ExpertiseId>, Error> {
    tx.optional(&INSERT, params![name, key, now.0], |row| Ok(ExpertiseId(row.get(0)?)))
}

/// Every expertise, by name.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Expertise>, Error> {
    let named = tx.all(&ALL, params![], |row| Ok((ExpertiseId(row.get(0)?), row.get(1)?)))?;
    named.into_iter().map(|(id, name)| with_operators(tx, id, name)).collect()
}

/// One expertise.
pub fn find(tx: &mut Tx<'_>, id: ExpertiseId) -> Result<Expertise, Error> {
    let name = tx.one(&NAME, params![id.0], |row| row.get(0))?;
    with_operators(tx, id, name)
}

fn with_operators(tx: &mut Tx<'_>, id: ExpertiseId, name: String) -> Result<Expertise, Error> {
    let operators = tx.all(&OPERATORS, params![id.0], |row| {
        Ok(OperatorRef { id: OperatorId(row.get(0)?), name: row.get(1)? })
    })?;
    Ok(Expertise { id, name, operators })
}

/// Whether another expertise has this name.
pub fn is_taken(tx: &mut Tx<'_>, id: ExpertiseId, key: &str) -> Result<bool, Error> {
    tx.one(&IS_TAKEN, params![id.0, key], |row| Ok(row.get::<i64>(0)? > 0))
}

/// Renames an expertise.
pub fn rename(tx: &mut Tx<'_>, id: ExpertiseId, name: &str, key: &str) -> Result<(), Error> {
    tx.execute(&RENAME, params![id.0, name, key]).map(drop)
}

/// Removes an expertise; false when there is none.
pub fn remove(tx: &mut Tx<'_>, id: ExpertiseId) -> Result<bool, Error> {
    tx.execute(&FORGET, params![id.0])?;
    tx.execute(&FORGET_NEEDS, params![id.0])?;
    Ok(tx.execute(&REMOVE, params![id.0])? > 0)
}

/// Nobody who may sign in has it any more.
pub fn forget_operators(tx: &mut Tx<'_>, id: ExpertiseId) -> Result<(), Error> {
    tx.execute(&FORGET_OPERATORS, params![id.0]).map(drop)
}

/// What an operator knows.
pub fn of_operator(tx: &mut Tx<'_>, operator: OperatorId) -> Result<Vec<ExpertiseId>, Error> {
    tx.all(&OF_OPERATOR, params![operator.0], |row| Ok(ExpertiseId(row.get(0)?)))
}

/// The operator knows nothing any more.
pub fn forget_of_operator(tx: &mut Tx<'_>, operator: OperatorId) -> Result<(), Error> {
    tx.execute(&FORGET_OF_OPERATOR, params![operator.0]).map(drop)
}

/// An operator has it; false when there is no such operator or expertise.
pub fn add(tx: &mut Tx<'_>, id: ExpertiseId, operator: OperatorId) -> Result<bool, Error> {
    Ok(tx.execute(&ADD, params![id.0, operator.0])? > 0)
}

/// What a conversation needs.
pub fn needed(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Vec<ExpertiseId>, Error> {
    tx.all(&NEEDED, params![conversation.0], |row| Ok(ExpertiseId(row.get(0)?)))
}

/// A conversation needs nothing any more.
pub fn forget_needed(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<(), Error> {
    tx.execute(&FORGET_NEEDED, params![conversation.0]).map(drop)
}

/// A conversation needs it; false when it did before, or when there is no such expertise.
pub fn need(tx: &mut Tx<'_>, conversation: ConversationId, id: ExpertiseId) -> Result<bool, Error> {
    Ok(tx.execute(&NEED, params![conversation.0, id.0])? > 0)
}
