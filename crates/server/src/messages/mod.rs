//! Messages: what visitors and operators say.
//!
//! A message is an event of the log. It is stored once, however often it is sent: the client id decides, and a resend
//! gets the first answer. What is acknowledged is on disk.

mod api;
mod revisions;
#[cfg(test)]
mod tests;

pub use api::{operator_routes, visitor_routes};
pub use revisions::revise_in;

use crate::app::App;
use crate::auth::{Operator, VisitorConversation};
use crate::chatbots::{self, Heard, Told};
use crate::conversations;
use crate::events::{
    Appended, PickedAnswer, StoredEvent, find_by_client_id, number_message, record_numbered,
};
use crate::problem::{FieldProblem, Problem};
use frontdesk_db::Tx;
use frontdesk_domain::event::Event;
use frontdesk_domain::message::{Author, is_client_id};
use frontdesk_domain::{ConversationId, Millis, text};
use serde::Deserialize;
use utoipa::ToSchema;

/// A message that somebody sends.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct NewMessage {
    /// A UUID (v7) made by the sender: the same one in every resend.
    pub client_id: String,
    /// 1 to 8000 characters.
    pub text: String,
    /// The answer of a chatbot's question that a visitor picks; its text is kept in place of `text`.
    #[serde(default)]
    pub answer: Option<PickedAnswer>,
}

/// How a message is to read from now on.
#[derive(Deserialize, ToSchema)]
pub struct EditedText {
    /// 1 to 8000 characters.
    pub text: String,
}

/// A message that was accepted.
pub struct Posted {
    /// Its event.
    pub event: StoredEvent,
    /// It was known already.
    pub repeated: bool,
}

/// A visitor says something in its own conversation.
pub async fn post_by_visitor(
    app: &App,
    conversation: &VisitorConversation,
    message: NewMessage,
) -> Result<Posted, Problem> {
    post(app, conversation.id, Author::Visitor, message).await
}

/// An operator says something in a conversation that the operator takes part in.
pub async fn post_by_operator(
    app: &App,
    operator: &Operator,
    conversation: ConversationId,
    message: NewMessage,
) -> Result<Posted, Problem> {
    let posted = post(app, conversation, Author::Operator(operator.id), message).await;
    match posted {
        // Ended, or not this operator's: the door tells which, and whether there is such a conversation.
        Err(Problem::ConversationEnded)
            if !operator.conversation(app, conversation).await?.member =>
        {
            Err(Problem::NotAMember)
        }
        posted => posted,
    }
}

/// The message as an event, or what is wrong with it.
pub fn accepted(author: Author, message: &NewMessage) -> Result<Event, Problem> {
    let client_id = client_id(&message.client_id, "client_id")?;
    let text = text::message(&message.text).map_err(FieldProblem::of_message)?;
    Ok(Event::MessagePosted { author, client_id, text, revision: None, scripted: None })
}

/// A UUID that a browser made.
pub fn client_id(id: &str, field: &'static str) -> Result<String, Problem> {
    if !is_client_id(id) {
        return Err(FieldProblem::ClientIdInvalid(field).into());
    }
    Ok(id.to_owned())
}

async fn post(
    app: &App,
    conversation: ConversationId,
    author: Author,
    message: NewMessage,
) -> Result<Posted, Problem> {
    let event = accepted(author, &message)?;
    let (of, now) = (app.clone(), app.clock.now());
    let (stored, answer) = (event.clone(), message.answer);
    let write = move |tx: &mut Tx<'_>| record(&of, tx, conversation, (&stored, answer), now);
    match app.db.write(write).await {
        Ok(Some(recorded)) => Ok(announce(app, conversation, recorded, now).await),
        Err(NotRecorded::Refused(Problem::AnswerPassed)) => {
            find_first_answer(app, conversation, event, Problem::AnswerPassed).await
        }
        Ok(None) | Err(NotRecorded::Failed(frontdesk_db::Error::Unique)) => {
            find_first_answer(app, conversation, event, Problem::ConversationEnded).await
        }
        Err(NotRecorded::Failed(error)) => Err(error.into()),
        Err(NotRecorded::Refused(problem)) => Err(problem),
    }
}

/// A message in the log, and what a chatbot did then.
struct Recorded {
    appended: Appended,
    event: Event,
    told: Option<Told>,
}

/// Why a message was not recorded.
enum NotRecorded {
    Failed(frontdesk_db::Error),
    Refused(Problem),
}

impl From<frontdesk_db::Error> for NotRecorded {
    fn from(error: frontdesk_db::Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Problem> for NotRecorded {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem)
    }
}

/// Appends a message, and lets the chatbot answer in whose hands the conversation is. Nothing when it has ended or the
/// operator takes no part in it.
fn record(
    app: &App,
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    (event, answer): (&Event, Option<PickedAnswer>),
    now: Millis,
) -> Result<Option<Recorded>, NotRecorded> {
    let Some(appended) = number_message(tx, conversation, event.author(), now)? else {
        return Ok(None);
    };
    let heard = match (appended.chatbot, answer) {
        (Some(_), _) => Some(chatbots::hear(app, tx, conversation, (event.clone(), answer))?),
        (None, Some(_)) => return Err(Problem::AnswerPassed.into()),
        (None, None) => None,
    };
    let event = heard.as_ref().map_or(event, Heard::message).clone();
    record_numbered(tx, conversation, &appended, &event, now)?;
    let visitor = appended.visitor;
    let told = heard.map(|it| it.go_on(app, tx, (visitor, now))).transpose()?;
    Ok(Some(Recorded { appended, event, told }))
}

/// What appending a message came to; nothing where it may be known already.
pub fn appended(
    result: Result<Option<Appended>, frontdesk_db::Error>,
) -> Result<Option<Appended>, Problem> {
    match result {
        Err(frontdesk_db::Error::Unique) => Ok(None),
        result => Ok(result?),
    }
}

/// What was answered when the same message came first; without one, the conversation takes no more messages.
pub fn first_answer(known: Option<StoredEvent>, author: Author) -> Result<StoredEvent, Problem> {
    match known {
        Some(event) if event.event.author() == author => Ok(event),
        Some(_) => Err(Problem::ClientIdTaken),
        None => Err(Problem::ConversationEnded),
    }
}

async fn announce(
    app: &App,
    conversation: ConversationId,
    Recorded { appended, event, told }: Recorded,
    at: Millis,
) -> Posted {
    let event = appended.event(event, at, appended.operator.clone());
    app.live.announce_to(appended.answers, conversation, &appended.client_conversation_id, &event);
    if appended.unanswered {
        conversations::look_later(app, conversation);
    }
    if let Some(told) = told {
        told.tell(app).await;
    }
    Posted { event, repeated: false }
}

async fn find_first_answer(
    app: &App,
    conversation: ConversationId,
    event: Event,
    otherwise: Problem,
) -> Result<Posted, Problem> {
    let Event::MessagePosted { client_id, author, .. } = event else {
        return Err(Problem::ConversationEnded);
    };
    let find = move |tx: &mut Tx<'_>| find_by_client_id(tx, conversation, &client_id);
    let known: Result<_, frontdesk_db::Error> = app.db.read(find).await;
    let event = first_answer(known?, author).map_err(|problem| match problem {
        Problem::ConversationEnded => otherwise,
        other => other,
    })?;
    // Perhaps nobody heard of it: the first attempt was stored, and broke off before it was announced.
    app.live.catch_up(conversation, event.seq, None);
    Ok(Posted { event, repeated: true })
}
