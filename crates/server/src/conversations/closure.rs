//! Closure: the visitor or an operator ends a conversation. Ending twice is fine.

use super::{LISTED_AFTER_END, store};
use crate::app::App;
use crate::events::{OperatorNames, StoredEvent, record};
use crate::problem::Problem;
use frontdesk_domain::ConversationId;
use frontdesk_domain::event::Event;
use frontdesk_domain::message::Author;

/// Ends a conversation.
pub async fn end(
    app: &App,
    id: ConversationId,
    by: Author,
    names: Option<OperatorNames>,
) -> Result<(), Problem> {
    let now = app.clock.now();
    let event = Event::ConversationEnded { by };
    let stored = event.clone();
    let appended = app
        .db
        .write(move |tx| {
            if !store::end(tx, id, now, now.plus(LISTED_AFTER_END))? {
                return Ok::<_, Problem>(None);
            }
            Ok(Some(record(tx, id, &stored, now)?))
        })
        .await?;
    if let Some(appended) = appended {
        let event = StoredEvent {
            seq: appended.seq,
            visitor_seq: Some(appended.visitor_seq),
            at: now,
            event,
            operator: names,
        };
        app.live.announce(id, &appended.client_conversation_id, &event);
    }
    Ok(())
}
