//! The log of a conversation: appended in the transaction that causes an event, read by number.
//!
//! `seq` is gap-free from 1 and its order is the order of commits, since the head row is updated first. An event that
//! the visitor may see also has a `visitor_seq`, gap-free too. Rows stay as they are, but for a message that its author
//! edits or deletes: the event that tells of it comes with the change of the message's row.

mod rows;
mod seen;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use store::{
    Appended, ChatbotName, OperatorNames, Range, STATEMENTS, StoredEvent, find_by_client_id,
    find_message, last_revision, number_message, read, record, record_first, record_message,
    record_numbered, record_of_chatbot, record_opening, record_revision,
};
pub use view::{
    AuthorView, ChatbotRef, EventPage, OperatorEvent, OperatorRef, PickedAnswer, VisitorEvent,
    VisitorEventPage,
};

use crate::app::App;
use crate::problem::Problem;
use frontdesk_domain::ConversationId;

/// Events a page has at most.
pub const PAGE_MAX: i64 = 200;
/// Events of a fresh snapshot.
pub const SNAPSHOT: i64 = 50;
/// A client that misses more takes a fresh snapshot.
pub const REPLAY_MAX: i64 = 500;

/// The events of a conversation in `range`, ascending, and whether there are more beyond its limit.
pub async fn page(
    app: &App,
    conversation: ConversationId,
    range: Range,
) -> Result<(Vec<StoredEvent>, bool), Problem> {
    Ok(app.db.read(move |tx| read(tx, conversation, range)).await?)
}
