//! SQL that appends to the log.

use super::{Appended, OperatorNames};
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::event::{Event, Joining};
use frontdesk_domain::message::{Author, Revision};
use frontdesk_domain::{ChatbotId, ConversationId, Millis, OperatorId, VisitorId};

frontdesk_db::statements! {
    /// Takes the next numbers for a visitor's message, where the conversation is open. It leaves the status alone, whose
    /// indexes would be written with each message.
    NEXT_FOR_MESSAGE = "
        update conversation set last_seq = last_seq + 1, last_visitor_seq = last_visitor_seq + 1,
            last_message_seq = last_seq + 1, message_count = message_count + 1,
            last_active_at = $2
        where id = $1 and ended_at is null
        returning last_seq, last_visitor_seq, client_id, visitor_id,
            cast(case when operator_id is null and chatbot_id is null
                and (waiting_since is null or left_message = 1) then 1 else 0 end as bigint),
            cast(case when status = 'waiting_for_customer' then 1 else 0 end as bigint),
            chatbot_id, operator_id";
    /// The visitor has answered.
    WAITS_NO_LONGER = "
        update conversation set status = 'in_progress'
        where id = $1 and status = 'waiting_for_customer'";
    /// Takes the next numbers for a message of an operator who takes part; with the names, which may have changed since a
    /// socket was opened.
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
    /// Takes the next numbers for what a chatbot does at once: `$3` events, the last message among them at place `$4`, and
    /// `$5` messages in all.
    NEXT_OF_CHATBOT = "
        update conversation set last_seq = last_seq + $3,
            last_visitor_seq = last_visitor_seq + $3,
            last_message_seq = case when $5 > 0 then last_seq + $4 else last_message_seq end,
            message_count = message_count + $5, last_active_at = $2
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
            client_id, body, created_at, message_seq, chatbot_id, step, scripted)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    /// What was deleted stays so.
    REVISE = "
        update event set body = $3, revision = $4
        where conversation_id = $1 and seq = $2 and (revision is null or revision = 'edited')
        returning seq";
}

/// Appends a message; nothing when the conversation has ended or the operator takes no part in it.
pub fn record_message(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    event: &Event,
    now: Millis,
) -> Result<Option<Appended>, Error> {
    let next = number_message(tx, conversation, event.author(), now)?;
    if let Some(next) = &next {
        record_numbered(tx, conversation, next, event, now)?;
    }
    Ok(next)
}

/// Takes the numbers of a message, which is to be recorded in the same transaction. Nobody else changes the
/// conversation from here on. Nothing when it has ended or the operator takes no part in it.
pub fn number_message(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    author: Author,
    now: Millis,
) -> Result<Option<Appended>, Error> {
    match author.operator() {
        None => next_for_visitor(tx, conversation, now),
        Some(operator) => tx.optional(
            &NEXT_FOR_MEMBERS_MESSAGE,
            params![conversation.0, now.0, operator.0],
            |row| appended_by(operator, row),
        ),
    }
}

fn next_for_visitor(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    now: Millis,
) -> Result<Option<Appended>, Error> {
    let next = tx.optional(&NEXT_FOR_MESSAGE, params![conversation.0, now.0], |row| {
        let unanswered = row.get::<i64>(4)? == 1;
        let chatbot = row.get::<Option<i64>>(6)?.map(ChatbotId);
        let answers = row.get::<Option<i64>>(7)?.map(OperatorId);
        Ok((Appended { unanswered, chatbot, answers, ..appended(row)? }, row.get::<i64>(5)? == 1))
    })?;
    if let Some((_, true)) = &next {
        tx.execute(&WAITS_NO_LONGER, params![conversation.0])?;
    }
    Ok(next.map(|(next, _)| next))
}

/// Inserts the first events of a conversation, which was made with room for two of them, and appends the others.
pub fn record_opening(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    (client_id, visitor): (&str, VisitorId),
    events: &[Event],
    now: Millis,
) -> Result<Vec<Appended>, Error> {
    let (first, others) = events.split_at(events.len().min(2));
    let mut appended = Vec::with_capacity(events.len());
    for (seq, event) in (1..).zip(first) {
        let numbers = Appended {
            seq,
            visitor_seq: Some(seq),
            client_conversation_id: client_id.to_owned(),
            visitor,
            operator: None,
            unanswered: false,
            chatbot: event.chatbot(),
            answers: None,
        };
        record_numbered(tx, conversation, &numbers, event, now)?;
        appended.push(numbers);
    }
    if !others.is_empty() {
        appended.extend(record_of_chatbot(tx, conversation, others, now)?);
    }
    Ok(appended)
}

/// Appends what a chatbot does at once, which the visitor sees.
pub fn record_of_chatbot(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    events: &[Event],
    now: Millis,
) -> Result<Vec<Appended>, Error> {
    let is_message = |event: &Event| matches!(event, Event::MessagePosted { .. });
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let last = events.iter().rposition(is_message).map_or(0, |at| count(at + 1));
    let (all, messages) =
        (count(events.len()), count(events.iter().filter(|it| is_message(it)).count()));
    let params = params![conversation.0, now.0, all, last, messages];
    let end = tx.one(&NEXT_OF_CHATBOT, params, appended)?;
    (1..)
        .zip(events)
        .map(|(place, event)| {
            let (seq, visitor_seq) = (end.seq - all + place, end.visitor_seq);
            let visitor_seq = visitor_seq.map(|it| it - all + place);
            let next = Appended { seq, visitor_seq, ..end.clone() };
            record_numbered(tx, conversation, &next, event, now)?;
            Ok(next)
        })
        .collect()
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
        record_numbered(tx, conversation, next, event, now)?;
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
    record_numbered(tx, conversation, &next, event, now)?;
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

/// Inserts an event whose numbers were taken.
pub fn record_numbered(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    numbers: &Appended,
    event: &Event,
    now: Millis,
) -> Result<(), Error> {
    let (client_id, body) = stored_parts(event);
    let scripted = event.scripted();
    // Plain data with string keys always serialises.
    let part = scripted.map(|it| serde_json::to_string(&it.part).unwrap_or_default());
    tx.execute(
        &INSERT,
        params![
            conversation.0,
            numbers.seq,
            numbers.visitor_seq,
            event.kind(),
            event.author_kind().as_str(),
            event.operator().map(|it| it.0),
            client_id,
            body.as_deref(),
            now.0,
            event.message().map(|it| it.seq),
            event.chatbot().map(|it| it.0),
            scripted.map(|it| it.step.0),
            part.as_deref(),
        ],
    )
    .map(drop)
}

/// The text of an edited message stands in the message's own row alone, where it can be removed.
fn stored_parts(event: &Event) -> (Option<&str>, Option<std::borrow::Cow<'_, str>>) {
    match event {
        // A chatbot's messages are sent once, by ourselves.
        Event::MessagePosted { author: Author::Chatbot(_), text, .. } => (None, Some(text.into())),
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

fn appended(row: &Row<'_>) -> Result<Appended, Error> {
    Ok(Appended {
        seq: row.get(0)?,
        visitor_seq: Some(row.get(1)?),
        client_conversation_id: row.get(2)?,
        visitor: VisitorId(row.get(3)?),
        operator: None,
        unanswered: false,
        chatbot: None,
        answers: None,
    })
}

fn appended_by(id: OperatorId, row: &Row<'_>) -> Result<Appended, Error> {
    let names = OperatorNames { id, name: row.get(4)?, chat_name: row.get(5)? };
    Ok(Appended { operator: Some(names), ..appended(row)? })
}
