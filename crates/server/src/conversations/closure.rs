//! Closure: the visitor or an operator ends a conversation. Ending twice is fine.

use super::store::Held;
use super::{LISTED_AFTER_END, store, waiting};
use crate::app::App;
use crate::events::{OperatorNames, StoredEvent, record};
use crate::problem::Problem;
use crate::realtime::frames::Changed;
use frontdesk_db::Tx;
use frontdesk_domain::event::Event;
use frontdesk_domain::message::Author;
use frontdesk_domain::{ConversationId, Millis, OperatorId};

/// Ends a conversation.
pub async fn end(
    app: &App,
    id: ConversationId,
    by: Author,
    names: Option<OperatorNames>,
) -> Result<(), Problem> {
    let now = app.clock.now();
    let ended = app.db.write(move |tx| end_in(tx, id, by, now)).await?;
    if let Some(mut ended) = ended {
        ended.event.operator = names;
        ended.tell(app, id).await;
    }
    Ok(())
}

/// What an end left behind, to be told after the commit.
pub struct Ended {
    held: Held,
    /// The operators who ever took part.
    pub operators: Vec<OperatorId>,
    /// The visitor's name for the conversation.
    pub client_id: String,
    /// The event that says so.
    pub event: StoredEvent,
}

/// Ends a conversation within a transaction; nothing when it has ended.
pub fn end_in(
    tx: &mut Tx<'_>,
    id: ConversationId,
    by: Author,
    now: Millis,
) -> Result<Option<Ended>, Problem> {
    let Some(held) = store::hold_open(tx, id)? else {
        return Ok(None);
    };
    let operators = store::end(tx, (id, &held), now, now.plus(LISTED_AFTER_END))?;
    let event = Event::ConversationEnded { by };
    let appended = record(tx, id, &event, now)?;
    let client_id = appended.client_conversation_id.clone();
    let event = appended.event(event, now, None);
    Ok(Some(Ended { held, operators, client_id, event }))
}

impl Ended {
    /// Tells that it is over, and what else that changed.
    pub async fn tell(&self, app: &App, id: ConversationId) {
        app.live.announce(id, &self.client_id, &self.event);
        app.roster.ended(&self.operators, self.held.channel);
        if self.held.chatbot.is_some() {
            return;
        }
        if self.held.wants_somebody() {
            app.live.changed(Changed::Queue, id.0);
        }
        if self.held.waiting {
            waiting::tell_over(app, id, self.held.channel).await;
        }
        waiting::offer_later(app, Some(self.held.channel));
    }
}
