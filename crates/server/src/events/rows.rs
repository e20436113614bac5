//! Rows of the log as events.

use super::{OperatorNames, StoredEvent};
use frontdesk_db::{Error, Row};
use frontdesk_domain::assignment::Explanation;
use frontdesk_domain::conversation::Status;
use frontdesk_domain::event::{Event, Joining};
use frontdesk_domain::message::{Author, AuthorKind, MessageSeq, Revision};
use frontdesk_domain::{Millis, OperatorId};

/// A row of `events!`.
pub(super) fn stored_event(row: &Row<'_>) -> Result<StoredEvent, Error> {
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
        "member.joined" => Event::MemberJoined { operator: about, joining: joining(body) },
        "conversation.status_changed" => Event::StatusChanged {
            status: body.as_deref().and_then(Status::parse).unwrap_or(Status::InProgress),
            by: about,
        },
        "member.left" => Event::MemberLeft { operator: about },
        "conversation.ended" => Event::ConversationEnded { by: author },
        _ => Event::ConversationOpened { operator, why: body.as_deref().and_then(explanation) },
    })
}

fn message_seq(row: &Row<'_>) -> Result<MessageSeq, Error> {
    let seq = row.get::<Option<i64>>(11)?.unwrap_or_default();
    Ok(MessageSeq { seq, visitor_seq: row.get(12)? })
}

fn joining(body: Option<String>) -> Joining {
    body.and_then(|body| serde_json::from_str(&body).ok()).unwrap_or_default()
}

fn explanation(body: &str) -> Option<Explanation> {
    serde_json::from_str(body).ok()
}
