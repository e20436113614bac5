//! Status: where an open conversation stands, as operators say (D6).

use super::membership::change_status;
use super::{lists, store, view::ConversationSummary};
use crate::app::App;
use crate::auth::{Operator, OperatorConversation};
use crate::problem::Problem;
use crate::realtime::frames::Changed;
use frontdesk_domain::conversation::Status;

/// An operator says where a conversation stands. Saying it twice is fine.
pub async fn set(
    app: &App,
    operator: &Operator,
    conversation: OperatorConversation,
    status: Status,
) -> Result<ConversationSummary, Problem> {
    let id = conversation.id;
    let (names, now) = (operator.names(), app.clock.now());
    let changed = app
        .db
        .write(move |tx| {
            let held = store::hold_open(tx, id)?.ok_or(Problem::ConversationEnded)?;
            if held.status == status {
                return Ok::<_, Problem>(None);
            }
            let (event, appended) = change_status(tx, id, status, (&names, now))?;
            Ok(Some((held.status, event, appended.client_conversation_id)))
        })
        .await?;
    if let Some((before, event, client_id)) = changed {
        app.live.announce(id, &client_id, &event);
        if [before, status].contains(&Status::LookingForHelp) {
            app.live.changed(Changed::Queue, id.0);
        }
    }
    lists::summary(app, operator.id, id).await
}
