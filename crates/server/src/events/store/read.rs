//! SQL that reads the log.

use super::StoredEvent;
use crate::events::rows::stored_event;
use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::ConversationId;

/// A row of the log with the names of the operator and the message that it speaks of, as [`stored_event`] reads it.
macro_rules! events {
    () => {
        "select e.seq, e.visitor_seq, e.kind, e.author_kind, e.operator_id, e.client_id, e.body,
            e.created_at, o.name, o.chat_name, e.revision, e.message_seq, m.visitor_seq, m.body,
            e.chatbot_id, e.step, e.scripted, b.name
        from event e left join operator o on o.id = e.operator_id
        left join chatbot b on b.id = e.chatbot_id
        left join event m on m.conversation_id = e.conversation_id and m.seq = e.message_seq "
    };
}

frontdesk_db::statements! {
    AFTER = concat!(events!(), "
        where e.conversation_id = $1 and e.seq > $2 order by e.seq limit $3");
    BEFORE = concat!(events!(), "
        where e.conversation_id = $1 and e.seq < $2 order by e.seq desc limit $3");
    /// Numbers of the visitor's log are never above the log's own, so the key narrows the search to what is new.
    VISITOR_AFTER = concat!(events!(), "
        where e.conversation_id = $1 and e.seq > $2 and e.visitor_seq > $2
        order by e.seq limit $3");
    VISITOR_BEFORE = concat!(events!(), "
        where e.conversation_id = $1 and e.visitor_seq < $2
        order by e.seq desc limit $3");
    FIND_BY_CLIENT_ID = concat!(events!(), "
        where e.conversation_id = $1 and e.client_id = $2");
    FIND_MESSAGE = concat!(events!(), "
        where e.conversation_id = $1 and e.seq = $2 and e.kind = 'message.posted'");
    LAST_REVISION = concat!(events!(), "
        where e.conversation_id = $1 and e.message_seq = $2 order by e.seq desc limit 1");
}

/// Which events.
#[derive(Clone, Copy, Debug)]
pub enum Range {
    /// Those after a number of the log, at most so many.
    After(i64, i64),
    /// The last ones before a number of the log.
    Before(i64, i64),
    /// Those after a number of the visitor's log that the visitor may see.
    VisitorAfter(i64, i64),
    /// The last ones before a number of the visitor's log.
    VisitorBefore(i64, i64),
}

/// The events in `range`, ascending, and whether there are more beyond its limit.
pub fn read(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    range: Range,
) -> Result<(Vec<StoredEvent>, bool), Error> {
    let (statement, edge, limit, descending) = match range {
        Range::After(seq, limit) => (&AFTER, seq, limit, false),
        Range::Before(seq, limit) => (&BEFORE, seq, limit, true),
        Range::VisitorAfter(seq, limit) => (&VISITOR_AFTER, seq, limit, false),
        Range::VisitorBefore(seq, limit) => (&VISITOR_BEFORE, seq, limit, true),
    };
    let mut events =
        tx.all(statement, params![conversation.0, edge, limit.saturating_add(1)], stored_event)?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = events.len() > wanted;
    events.truncate(wanted);
    if descending {
        events.reverse();
    }
    Ok((events, more))
}

/// The message that a client id names.
pub fn find_by_client_id(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    client_id: &str,
) -> Result<Option<StoredEvent>, Error> {
    tx.optional(&FIND_BY_CLIENT_ID, params![conversation.0, client_id], stored_event)
}

/// The message with this number.
pub fn find_message(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    seq: i64,
) -> Result<Option<StoredEvent>, Error> {
    tx.optional(&FIND_MESSAGE, params![conversation.0, seq], stored_event)
}

/// The last event that changed the message with this number.
pub fn last_revision(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    seq: i64,
) -> Result<Option<StoredEvent>, Error> {
    tx.optional(&LAST_REVISION, params![conversation.0, seq], stored_event)
}
