//! SQL of what is known of visitors.

use super::VisitorAttribute;
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::{ConversationId, VisitorId};

frontdesk_db::statements! {
    /// What is verified stays until something verified takes its place.
    KEEP = "
        insert into visitor_attribute (visitor_id, key, value, verified) values ($1, $2, $3, $4)
        on conflict (visitor_id, key) do update
        set value = excluded.value, verified = excluded.verified
        where (visitor_attribute.verified = 0 or excluded.verified = 1)
            and (visitor_attribute.value <> excluded.value
                or visitor_attribute.verified <> excluded.verified)";
    /// Somebody else signed in on the same browser.
    FORGET_OTHERS = "
        delete from visitor_attribute where visitor_id = $1 and exists (
            select 1 from visitor_attribute other
            where other.visitor_id = $1 and other.key = 'user_id' and other.verified = 1
                and other.value <> $2)";
    NAME_VISITOR = "
        update visitor set
            name = coalesce((select value from visitor_attribute
                where visitor_id = $1 and key = 'name'), name),
            email = coalesce((select value from visitor_attribute
                where visitor_id = $1 and key = 'email'), email)
        where id = $1";
    OF_VISITOR = "
        select key, value, verified from visitor_attribute where visitor_id = $1
        order by key limit 100";
    OF_CONVERSATION = "
        select a.key, a.value, a.verified from visitor_attribute a
        join conversation c on c.visitor_id = a.visitor_id where c.id = $1
        order by a.key limit 100";
    OPEN_CONVERSATIONS = "
        select id from conversation where visitor_id = $1 and ended_at is null
        order by id desc limit 10";
}

/// Forgets everything where somebody else's verified id was kept.
pub fn forget_others(
    tx: &mut Tx<'_>,
    visitor: VisitorId,
    said: &[VisitorAttribute],
) -> Result<(), Error> {
    let user = said.iter().find(|it| it.verified && it.key == "user_id");
    match user {
        Some(user) => tx.execute(&FORGET_OTHERS, params![visitor.0, &user.value]).map(drop),
        None => Ok(()),
    }
}

/// Keeps one attribute; 1 when that changed something.
pub fn keep(
    tx: &mut Tx<'_>,
    visitor: VisitorId,
    attribute: &VisitorAttribute,
) -> Result<u64, Error> {
    let VisitorAttribute { key, value, verified } = attribute;
    tx.execute(&KEEP, params![visitor.0, key, value, *verified])
}

/// Calls the visitor by the name and address that are known.
pub fn name_visitor(tx: &mut Tx<'_>, visitor: VisitorId) -> Result<(), Error> {
    tx.execute(&NAME_VISITOR, params![visitor.0]).map(drop)
}

/// What is known of a visitor.
pub fn of_visitor(tx: &mut Tx<'_>, visitor: VisitorId) -> Result<Vec<VisitorAttribute>, Error> {
    tx.all(&OF_VISITOR, params![visitor.0], attribute_row)
}

/// What is known of a conversation's visitor.
pub fn of_conversation(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
) -> Result<Vec<VisitorAttribute>, Error> {
    tx.all(&OF_CONVERSATION, params![conversation.0], attribute_row)
}

fn attribute_row(row: &Row<'_>) -> Result<VisitorAttribute, Error> {
    Ok(VisitorAttribute { key: row.get(0)?, value: row.get(1)?, verified: row.get(2)? })
}

/// A visitor's open conversations.
pub fn open_conversations(
    tx: &mut Tx<'_>,
    visitor: VisitorId,
) -> Result<Vec<ConversationId>, Error> {
    tx.all(&OPEN_CONVERSATIONS, params![visitor.0], |row| Ok(ConversationId(row.get(0)?)))
}
