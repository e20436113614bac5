//! SQL of the log.

use super::rows::stored_event;
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::event::{Event, Joining};
use frontdesk_domain::message::Revision;
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
    /// Takes the next numbers for a visitor's message, where the conversation is open. It leaves the status alone, whose
    /// indexes would be written with each message.
    NEXT_FOR_MESSAGE = "
        update conversation set last_seq = last_seq + 1, last_visitor_seq = last_visitor_seq + 1,
            last_message_seq = last_seq + 1, message_count = message_count + 1,
            last_active_at = $2
        where id = $1 and ended_at is null
        returning last_seq, last_visitor_seq, client_id, visitor_id,
            cast(case when operator_id is null and (waiting_since is null or left_message = 1)
                then 1 else 0 end as bigint),
            cast(case when status = 'waiting_for_customer' then 1 else 0 end as bigint)";
    /// The visitor has answered.
    WAITS_NO_LONGER = "
        update conversation set status = 'in_progress'
        where id = $1 and status = 'waiting_for_customer'";
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
    /// The same for what the visitor does not see.
    NEXT_HIDDEN = "
        update conversation set last_seq = last_seq + 1, last_active_at = $2
        where id = $1
        returning last_seq, last_visitor_seq, client_id, visitor_id";
    /// The first two events of a conversation.
    INSERT_FIRST = "
        insert into event (conversation_id, seq, visitor_seq, kind, author_kind, operator_id,
            client_id, body, created_at)
        values ($1, 1, 1, $2, $3, $4, $5, $6, $12), ($1, 2, 2, $7, $8, $9, $10, $11, $12)";
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
    /// Number in the visitor's log; none: the visitor never sees it.
    pub visitor_seq: Option<i64>,
    /// The visitor's name for the conversation.
    pub client_conversation_id: String,
    /// Whose conversation it is.
    pub visitor: VisitorId,
    /// The author's names, where an operator wrote a message.
    pub operator: Option<OperatorNames>,
    /// The visitor wrote where nobody answers and nobody is looked for.
    pub unanswered: bool,
}

impl Appended {
    /// The row that was appended.
    #[must_use]
    pub const fn event(&self, event: Event, at: Millis, by: Option<OperatorNames>) -> StoredEvent {
        StoredEvent { seq: self.seq, visitor_seq: self.visitor_seq, at, event, operator: by }
    }
}

/// Appends a message; nothing when the conversation has ended or the operator takes no part in it.
pub fn record_message(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    event: &Event,
    now: Millis,
) -> Result<Option<Appended>, Error> {
    let next = match event.operator() {
        None => next_for_visitor(tx, conversation, now)?,
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

fn next_for_visitor(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    now: Millis,
) -> Result<Option<Appended>, Error> {
    let next = tx.optional(&NEXT_FOR_MESSAGE, params![conversation.0, now.0], |row| {
        let next = Appended { unanswered: row.get::<i64>(4)? == 1, ..appended(row)? };
        Ok((next, row.get::<i64>(5)? == 1))
    })?;
    if let Some((_, true)) = &next {
        tx.execute(&WAITS_NO_LONGER, params![conversation.0])?;
    }
    Ok(next.map(|(next, _)| next))
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
    let next = match event.is_for_visitor() {
        true => tx.one(&NEXT, params![conversation.0, now.0], appended)?,
        false => Appended {
            visitor_seq: None,
            ..tx.one(&NEXT_HIDDEN, params![conversation.0, now.0], appended)?
        },
    };
    record_numbered(tx, conversation, (next.seq, next.visitor_seq), event, now)?;
    Ok(next)
}

/// Inserts the first two events of a conversation, which was made with room for them.
pub fn record_first(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    [one, two]: [&Event; 2],
    now: Millis,
) -> Result<(), Error> {
    let ((first_id, first_body), (second_id, second_body)) = (stored_parts(one), stored_parts(two));
    tx.execute(
        &INSERT_FIRST,
        params![
            conversation.0,
            one.kind(),
            one.author_kind().as_str(),
            one.operator().map(|it| it.0),
            first_id,
            first_body.as_deref(),
            two.kind(),
            two.author_kind().as_str(),
            two.operator().map(|it| it.0),
            second_id,
            second_body.as_deref(),
            now.0,
        ],
    )
    .map(drop)
}

fn record_numbered(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    (seq, visitor_seq): (i64, Option<i64>),
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
        Event::MemberJoined { joining, .. } if *joining != Joining::default() => {
            (None, serde_json::to_string(joining).ok().map(Into::into))
        }
        Event::StatusChanged { status, .. } => (None, Some(status.as_str().into())),
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
        visitor_seq: Some(row.get(1)?),
        client_conversation_id: row.get(2)?,
        visitor: VisitorId(row.get(3)?),
        operator: None,
        unanswered: false,
    })
}

fn appended_by(id: OperatorId, row: &Row<'_>) -> Result<Appended, Error> {
    let names = OperatorNames { id, name: row.get(4)?, chat_name: row.get(5)? };
    Ok(Appended { operator: Some(names), ..appended(row)? })
}
