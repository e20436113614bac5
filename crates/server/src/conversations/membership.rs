//! Membership: operators come in and leave. Leaving never ends a conversation (behaviour: decision 3).

use super::{lists, store, view::ConversationSummary};
use crate::app::App;
use crate::auth::{Operator, OperatorConversation};
use crate::events::{Appended, StoredEvent, record};
use crate::problem::Problem;
use frontdesk_domain::Millis;
use frontdesk_domain::event::Event;

/// An operator comes in. Coming in twice is fine.
pub async fn join(
    app: &App,
    operator: &Operator,
    conversation: OperatorConversation,
) -> Result<ConversationSummary, Problem> {
    let id = conversation.id;
    if !conversation.member {
        let (operator_id, now) = (operator.id, app.clock.now());
        let event = Event::MemberJoined { operator: operator_id };
        let stored = event.clone();
        let appended = app
            .db
            .write(move |tx| {
                if !store::hold_open(tx, id)? {
                    return Err(Problem::ConversationEnded);
                }
                if !store::join(tx, id, operator_id, now)? {
                    return Ok(None);
                }
                Ok(Some(record(tx, id, &stored, now)?))
            })
            .await?;
        if let Some(appended) = appended {
            announce(app, operator, conversation, (appended, event, now));
        }
    }
    lists::summary(app, operator.id, id).await
}

/// An operator leaves. Leaving twice is fine.
pub async fn leave(
    app: &App,
    operator: &Operator,
    conversation: OperatorConversation,
) -> Result<ConversationSummary, Problem> {
    let id = conversation.id;
    let (operator_id, now) = (operator.id, app.clock.now());
    let event = Event::MemberLeft { operator: operator_id };
    let stored = event.clone();
    let appended = app
        .db
        .write(move |tx| {
            if !store::leave(tx, id, operator_id, now)? {
                return Ok::<_, Problem>(None);
            }
            Ok(Some(record(tx, id, &stored, now)?))
        })
        .await?;
    if let Some(appended) = appended {
        announce(app, operator, conversation, (appended, event, now));
    }
    lists::summary(app, operator.id, id).await
}

fn announce(
    app: &App,
    operator: &Operator,
    conversation: OperatorConversation,
    (appended, event, at): (Appended, Event, Millis),
) {
    let event = StoredEvent {
        seq: appended.seq,
        visitor_seq: Some(appended.visitor_seq),
        at,
        event,
        operator: Some(operator.names()),
    };
    app.live.announce(conversation.id, &appended.client_conversation_id, &event);
}
