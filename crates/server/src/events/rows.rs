//! Rows of the log as events.

use super::{ChatbotName, OperatorNames, StoredEvent};
use frontdesk_db::{Error, Row};
use frontdesk_domain::assignment::Explanation;
use frontdesk_domain::conversation::Status;
use frontdesk_domain::event::{Event, Joining, Scripted};
use frontdesk_domain::message::{Author, AuthorKind, MessageSeq, Revision};
use frontdesk_domain::{ChatbotId, Millis, OperatorId, StepId};

/// A row of `events!`.
pub(super) fn stored_event(row: &Row<'_>) -> Result<StoredEvent, Error> {
    let operator = row.get::<Option<i64>>(4)?.map(OperatorId);
    let names = match (operator, row.get(8)?, row.get(9)?) {
        (Some(id), Some(name), Some(chat_name)) => Some(OperatorNames { id, name, chat_name }),
        _ => None,
    };
    let chatbot = row.get::<Option<i64>>(14)?.map(ChatbotId);
    let chatbot_name = chatbot.zip(row.get(17)?).map(|(id, name)| ChatbotName { id, name });
    Ok(StoredEvent {
        seq: row.get(0)?,
        visitor_seq: row.get(1)?,
        at: Millis(row.get(7)?),
        event: event(row, operator, chatbot)?,
        operator: names,
        chatbot: chatbot_name,
    })
}

fn event(
    row: &Row<'_>,
    operator: Option<OperatorId>,
    chatbot: Option<ChatbotId>,
) -> Result<Event, Error> {
    let kind: String = row.get(2)?;
    let body: Option<String> = row.get(6)?;
    let author = match (AuthorKind::parse(&row.get::<String>(3)?), operator, chatbot) {
        (Some(AuthorKind::Operator), Some(id), _) => Author::Operator(id),
        (Some(AuthorKind::Chatbot), _, Some(id)) => Author::Chatbot(id),
        (Some(_), ..) => Author::Visitor,
        // Whoever that is, words are not put into another one's mouth.
        (None, ..) => return Ok(Event::Unknown),
    };
    let about = operator.unwrap_or(OperatorId(0));
    Ok(match kind.as_str() {
        "message.posted" => Event::MessagePosted {
            author,
            client_id: row.get::<Option<String>>(5)?.unwrap_or_default(),
            text: body.unwrap_or_default(),
            revision: row.get::<Option<String>>(10)?.as_deref().and_then(Revision::parse),
            scripted: scripted(row, chatbot)?.map(Box::new),
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
        "chatbot.restarted" => Event::ChatbotRestarted { chatbot: chatbot.unwrap_or(ChatbotId(0)) },
        "member.left" => Event::MemberLeft { operator: about },
        "conversation.ended" => Event::ConversationEnded { by: author },
        "conversation.opened" => {
            Event::ConversationOpened { operator, why: body.as_deref().and_then(explanation) }
        }
        // An older node beside a newer one.
        _ => Event::Unknown,
    })
}

fn message_seq(row: &Row<'_>) -> Result<MessageSeq, Error> {
    let seq = row.get::<Option<i64>>(11)?.unwrap_or_default();
    Ok(MessageSeq { seq, visitor_seq: row.get(12)? })
}

fn scripted(row: &Row<'_>, chatbot: Option<ChatbotId>) -> Result<Option<Scripted>, Error> {
    let (step, part) = (row.get::<Option<i64>>(15)?.map(StepId), row.get::<Option<String>>(16)?);
    let part = part.and_then(|json| serde_json::from_str(&json).ok());
    let (Some(chatbot), Some(step), Some(part)) = (chatbot, step, part) else {
        return Ok(None);
    };
    Ok(Some(Scripted { chatbot, step, part }))
}

fn joining(body: Option<String>) -> Joining {
    body.and_then(|body| serde_json::from_str(&body).ok()).unwrap_or_default()
}

fn explanation(body: &str) -> Option<Explanation> {
    serde_json::from_str(body).ok()
}
