//! SQL of the log.

use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::assignment::Explanation;
use frontdesk_domain::event::Event;
use frontdesk_domain::message::{Author, AuthorKind, MessageSeq, Revision};
use frontdesk_domain::{ConversationId, Millis, OperatorId, VisitorId};

/// A row of the log with the names of the operator and the message that it speaks of, as [`stored_event`] reads it.
macro_rules! events {
    () => {
        "select e.seq, e.visitor_seq, e.kind, e.author_kind, e.operator_id, e.client_id, e.body,
            e.created_at, o.name, o.chat_name, e.revision, e.message_seq, m.visitor_seq, m.body
        from event e left join operator o on o.id = e.operator_id
        left join event m on m.conversation_id = e.conversation_id and m.seq = e.message_seq "
    };
}

frontdesk_db::statements! {
    /// Takes the next numbers for a message, where the conversation is open.
    NEXT_FOR_MESSAGE = "
        update conversation set last_seq = last_seq + 1, last_visitor_seq = last_visitor_seq + 1,
            last_message_seq = last_seq + 1, message_count = message_count + 1,
            last_active_at = $2
        where id = $1 and ended_at is null
        returning last_seq, last_visitor_seq, client_id, visitor_id";
    /// The same, where the operator takes part; with the names, which may have changed since a socket was opened.
    NEXT_FOR_MEMBERS_MESSAGE = "
        update conversation set last_seq = last_seq + 1, last_visitor_seq = last_visitor_seq + 1,
            last_message_seq = last_seq + 1, message_count = message_count + 1,
            last_active_at = $2
        where id = $1 and ended_at is null and exists (
            select 1 from member m where m.conversation_id = $1 and m.kind = 'operator'
                and m.person_id = $3 and m.left_at is null)
        returning last_seq, last_visitor_seq, client_id, visitor_id,
            (select o.name from operator o where o.id = $3),
            (select o.chat_name from operator o where o.id = $3)";
    /// Takes the next numbers for a revision, where the conversation is open and the operator takes part.
    NEXT_FOR_MEMBERS_REVISION = "
        update conversation set last_seq = last_seq + 1, last_visitor_seq = last_visitor_seq + 1,
            last_active_at = $2
        where id = $1 and ended_at is null and exists (
            select 1 from member m where m.conversation_id = $1 and m.kind = 'operator'
                and m.person_id = $3 and m.left_at is null)
        returning last_seq, last_visitor_seq, client_id, visitor_id";
    /// Takes the next numbers for anything else.
    NEXT = "
        update conversation set last_seq = last_seq + 1, last_visitor_seq = last_visitor_seq + 1,
            last_active_at = $2
        where id = $1
        returning last_seq, last_visitor_seq, client_id, visitor_id";
    INSERT = "
        insert into event (conversation_id, seq, visitor_seq, kind, author_kind, operator_id,
            client_id, body, created_at, message_seq)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// What was deleted stays so.
    REVISE = "
        update event set body = $3, revision = $4
        where conversation_id = $1 and seq = $2 and (revision is null or revision = 'edited')
        returning seq";
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

/// The names of an operator that an event speaks of.
#[derive(Clone, Debug)]
pub struct OperatorNames {
    /// Who.
    pub id: OperatorId,
    /// For the team.
    pub name: String,
    /// For visitors.
    pub chat_name: String,
}

/// A row of the log.
#[derive(Clone, Debug)]
pub struct StoredEvent {
    /// Number in the log.
    pub seq: i64,
    /// Number in the visitor's log; none: the visitor never sees it.
    pub visitor_seq: Option<i64>,
    /// When.
    pub at: Millis,
    /// What.
    pub event: Event,
    /// The operator that it speaks of.
    pub operator: Option<OperatorNames>,
}

/// What appending told.
#[derive(Clone, Debug)]
pub struct Appended {
    /// Number in the log.
    pub seq: i64,
    /// Number in the visitor's log.
    pub visitor_seq: i64,
    /// The visitor's name for the conversation.
    pub client_conversation_id: String,
    /// Whose conversation it is.
    pub visitor: VisitorId,
    /// The author's names, where an operator wrote a message.
    pub operator: Option<OperatorNames>,
}

/// Appends a message; nothing when the conversation has ended or the operator takes no part in it.
pub fn record_message(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    event: &Event,
    now: Millis,
) -> Result<Option<Appended>, Error> {
    let next = match event.operator() {
        None => tx.optional(&NEXT_FOR_MESSAGE, params![conversation.0, now.0], appended)?,
        Some(operator) => tx.optional(
            &NEXT_FOR_MEMBERS_MESSAGE,
            params![conversation.0, now.0, operator.0],
            |row| appended_by(operator, row),
        )?,
    };
    if let Some(next) = &next {
        record_numbered(tx, conversation, (next.seq, next.visitor_seq), event, now)?;
    }
    Ok(next)
}

/// Appends what an operator does to a message, and does it to the message's own row. Nothing when the conversation has
/// ended or the operator takes no part in it; `NoRow` when the message was deleted before.
pub fn record_revision(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    (operator, event): (OperatorId, &Event),
    now: Millis,
) -> Result<Option<Appended>, Error> {
    let params = params![conversation.0, now.0, operator.0];
    let next = tx.optional(&NEXT_FOR_MEMBERS_REVISION, params, appended)?;
    let (text, revision, message) = match event {
        Event::MessageEdited { message, text, .. } => (text.as_str(), Revision::Edited, message),
        Event::MessageDeleted { message, .. } => ("", Revision::Deleted, message),
        _ => return Ok(None),
    };
    if let Some(next) = &next {
        let params = params![conversation.0, message.seq, text, revision.as_str()];
        tx.one(&REVISE, params, |_| Ok(()))?;
        record_numbered(tx, conversation, (next.seq, next.visitor_seq), event, now)?;
    }
    Ok(next)
}

/// Appends any other event.
pub fn record(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    event: &Event,
    now: Millis,
) -> Result<Appended, Error> {
    let next = tx.one(&NEXT, params![conversation.0, now.0], appended)?;
    record_numbered(tx, conversation, (next.seq, next.visitor_seq), event, now)?;
    Ok(next)
}

/// Inserts an event whose numbers are taken.
pub fn record_numbered(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    (seq, visitor_seq): (i64, i64),
    event: &Event,
    now: Millis,
) -> Result<(), Error> {
    let (client_id, body) = stored_parts(event);
    tx.execute(
        &INSERT,
        params![
            conversation.0,
            seq,
            visitor_seq,
            event.kind(),
            event.author_kind().as_str(),
            event.operator().map(|it| it.0),
            client_id,
            body.as_deref(),
            now.0,
            event.message().map(|it| it.seq),
        ],
    )
    .map(drop)
}

/// The text of an edited message stands in the message's own row alone, where it can be removed.
fn stored_parts(event: &Event) -> (Option<&str>, Option<std::borrow::Cow<'_, str>>) {
    match event {
        Event::MessagePosted { client_id, text, .. } => (Some(client_id), Some(text.into())),
        Event::ConversationOpened { why: Some(why), .. } => {
            (None, serde_json::to_string(why).ok().map(Into::into))
        }
        _ => (None, None),
    }
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

fn appended(row: &Row<'_>) -> Result<Appended, Error> {
    Ok(Appended {
        seq: row.get(0)?,
        visitor_seq: row.get(1)?,
        client_conversation_id: row.get(2)?,
        visitor: VisitorId(row.get(3)?),
        operator: None,
    })
}

fn appended_by(id: OperatorId, row: &Row<'_>) -> Result<Appended, Error> {
    let names = OperatorNames { id, name: row.get(4)?, chat_name: row.get(5)? };
    Ok(Appended { operator: Some(names), ..appended(row)? })
}

fn stored_event(row: &Row<'_>) -> Result<StoredEvent, Error> {
    let operator = row.get::<Option<i64>>(4)?.map(OperatorId);
    let names = match (operator, row.get(8)?, row.get(9)?) {
        (Some(id), Some(name), Some(chat_name)) => Some(OperatorNames { id, name, chat_name }),
        _ => None,
    };
    Ok(StoredEvent {
        seq: row.get(0)?,
        visitor_seq: row.get(1)?,
        at: Millis(row.get(7)?),
        event: event(row, operator)?,
        operator: names,
    })
}

fn event(row: &Row<'_>, operator: Option<OperatorId>) -> Result<Event, Error> {
    let kind: String = row.get(2)?;
    let body: Option<String> = row.get(6)?;
    let author = match (AuthorKind::parse(&row.get::<String>(3)?), operator) {
        (Some(AuthorKind::Operator), Some(id)) => Author::Operator(id),
        _ => Author::Visitor,
    };
    let about = operator.unwrap_or(OperatorId(0));
    Ok(match kind.as_str() {
        "message.posted" => Event::MessagePosted {
            author,
            client_id: row.get::<Option<String>>(5)?.unwrap_or_default(),
            text: body.unwrap_or_default(),
            revision: row.get::<Option<String>>(10)?.as_deref().and_then(Revision::parse),
        },
        "message.edited" => Event::MessageEdited {
            author,
            message: message_seq(row)?,
            text: row.get::<Option<String>>(13)?.unwrap_or_default(),
        },
        "message.deleted" => Event::MessageDeleted { author, message: message_seq(row)? },
        "member.joined" => Event::MemberJoined { operator: about },
        "member.left" => Event::MemberLeft { operator: about },
        "conversation.ended" => Event::ConversationEnded { by: author },
        _ => Event::ConversationOpened { operator, why: body.as_deref().and_then(explanation) },
    })
}

fn message_seq(row: &Row<'_>) -> Result<MessageSeq, Error> {
    let seq = row.get::<Option<i64>>(11)?.unwrap_or_default();
    Ok(MessageSeq { seq, visitor_seq: row.get(12)? })
}

fn explanation(body: &str) -> Option<Explanation> {
    serde_json::from_str(body).ok()
}
