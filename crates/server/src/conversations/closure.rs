//! Closure: the visitor or an operator ends a conversation. Ending twice is fine.

use super::{LISTED_AFTER_END, store, waiting};
use crate::app::App;
use crate::events::{OperatorNames, record};
use crate::problem::Problem;
use crate::realtime::frames::Changed;
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
    let ended = app
        .db
        .write(move |tx| {
            let Some(held) = store::hold_open(tx, id)? else {
                return Ok::<_, Problem>(None);
            };
            let operators = store::end(tx, id, held.operator, now, now.plus(LISTED_AFTER_END))?;
            Ok(Some((held, operators, record(tx, id, &stored, now)?)))
        })
        .await?;
    if let Some((held, operators, appended)) = ended {
        let event = appended.event(event, now, names);
        app.live.announce(id, &appended.client_conversation_id, &event);
        app.roster.ended(&operators, held.channel);
        if held.wants_somebody() {
            app.live.changed(Changed::Queue, id.0);
        }
        if held.waiting {
            waiting::tell_over(app, id, held.channel).await;
        }
        waiting::offer_later(app, Some(held.channel));
    }
    Ok(())
}
