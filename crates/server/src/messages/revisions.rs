//! Revisions: an operator edits or deletes an own message, while the conversation is open.
//!
//! The message's own row changes in the transaction that tells of it, so no replay shows what was removed.

use super::{Recorded, announce};
use crate::app::App;
use crate::auth::OperatorConversation;
use crate::events::{self, Appended, StoredEvent};
use crate::problem::{FieldProblem, Problem};
use frontdesk_db::Tx;
use frontdesk_domain::event::Event;
use frontdesk_domain::message::{Author, MessageSeq, Revision};
use frontdesk_domain::{ConversationId, Millis, OperatorId, text};

/// Writes an own message anew. The same text again changes nothing.
pub async fn edit(
    app: &App,
    conversation: OperatorConversation,
    seq: i64,
    text: &str,
) -> Result<StoredEvent, Problem> {
    let text = text::message(text).map_err(FieldProblem::of_message)?;
    revise(app, conversation, seq, Some(text)).await
}

/// Takes an own message back. Doing so twice is fine.
pub async fn delete(
    app: &App,
    conversation: OperatorConversation,
    seq: i64,
) -> Result<StoredEvent, Problem> {
    match revise(app, conversation, seq, None).await {
        Err(Problem::MessageDeleted) => last_change(app, conversation, seq).await,
        revised => revised,
    }
}

/// `text`: none where the message goes.
async fn revise(
    app: &App,
    conversation: OperatorConversation,
    seq: i64,
    text: Option<String>,
) -> Result<StoredEvent, Problem> {
    let OperatorConversation { id, operator, member } = conversation;
    if !member {
        return Err(Problem::NotAMember);
    }
    let now = app.clock.now();
    let revise = move |tx: &mut Tx<'_>| revise_in(tx, (id, seq), (operator, text.as_deref()), now);
    match app.db.write(revise).await? {
        Some((appended, event)) => {
            let recorded = Recorded { appended, event, told: None };
            Ok(announce(app, id, recorded, now).await.event)
        }
        None => last_change(app, conversation, seq).await,
    }
}

/// Does it, and says what became of it; nothing where the message reads so already.
pub fn revise_in(
    tx: &mut Tx<'_>,
    (id, seq): (ConversationId, i64),
    (operator, text): (OperatorId, Option<&str>),
    now: Millis,
) -> Result<Option<(Appended, Event)>, Problem> {
    let message = events::find_message(tx, id, seq)?.ok_or(Problem::NotFound)?;
    let Some(event) = revision(&message, Author::Operator(operator), text)? else {
        return Ok(None);
    };
    match events::record_revision(tx, id, (operator, &event), now) {
        Ok(Some(appended)) => Ok(Some((appended, event))),
        Ok(None) => Err(Problem::ConversationEnded),
        // Somebody deleted it after it was read.
        Err(frontdesk_db::Error::NoRow) => Err(Problem::MessageDeleted),
        Err(error) => Err(error.into()),
    }
}

/// What happens to a message; nothing where it reads so already.
fn revision(
    message: &StoredEvent,
    by: Author,
    text: Option<&str>,
) -> Result<Option<Event>, Problem> {
    let Event::MessagePosted { author, text: before, revision, .. } = &message.event else {
        return Err(Problem::NotFound);
    };
    if *author != by {
        return Err(Problem::NotTheAuthor);
    }
    if *revision == Some(Revision::Deleted) {
        return Err(Problem::MessageDeleted);
    }
    let message = MessageSeq { seq: message.seq, visitor_seq: message.visitor_seq };
    Ok(match text {
        Some(text) if text == before => None,
        Some(text) => Some(Event::MessageEdited { author: by, message, text: text.to_owned() }),
        None => Some(Event::MessageDeleted { author: by, message }),
    })
}

/// The event that made a message what it is.
async fn last_change(
    app: &App,
    conversation: OperatorConversation,
    seq: i64,
) -> Result<StoredEvent, Problem> {
    let id = conversation.id;
    app.db
        .read(move |tx| match events::last_revision(tx, id, seq)? {
            None => events::find_message(tx, id, seq)?.ok_or(Problem::NotFound),
            Some(event) => Ok(event),
        })
        .await
}
