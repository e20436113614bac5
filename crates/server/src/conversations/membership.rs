//! Membership: operators come in and leave. Leaving never ends a conversation (behaviour: decision 3).

use super::{lists, store, view::ConversationSummary, waiting};
use crate::app::App;
use crate::auth::{Operator, OperatorConversation};
use crate::events::{Appended, OperatorNames, StoredEvent, record};
use crate::problem::Problem;
use crate::realtime::VisitorSignal;
use crate::realtime::frames::Changed;
use frontdesk_db::Tx;
use frontdesk_domain::conversation::Status;
use frontdesk_domain::event::{Event, Joining};
use frontdesk_domain::{ConversationId, Millis, OperatorId};
use store::Held;

/// Whether an operator comes in beside others, or only as the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coming {
    /// Whoever is there.
    Anyway,
    /// To take what waits or looks for help, unless a colleague has.
    First,
}

/// What a change of members left behind.
pub struct Moved {
    held: Held,
    /// The visitor's name for the conversation.
    pub client_id: String,
    /// What the log tells of it.
    pub events: Vec<StoredEvent>,
}

/// An operator comes in. Coming in twice is fine.
pub async fn join(
    app: &App,
    operator: &Operator,
    conversation: OperatorConversation,
    coming: Coming,
) -> Result<ConversationSummary, Problem> {
    let id = conversation.id;
    if !conversation.member {
        let (names, now) = (operator.names(), app.clock.now());
        let moved = app
            .db
            .write(move |tx| {
                let held = store::hold_open(tx, id)?.ok_or(Problem::ConversationEnded)?;
                if coming == Coming::First && !held.wants_somebody() {
                    return Err(Problem::AlreadyTaken);
                }
                come_in(tx, (id, &held), &names, &Joining::default(), now)
            })
            .await?;
        tell_joined(app, id, operator.id, moved).await;
    }
    lists::summary(app, operator.id, id).await
}

/// Makes an operator a member of a conversation that is held; nothing when the operator is one. One who is new to it
/// is the help that was looked for.
pub(super) fn come_in(
    tx: &mut Tx<'_>,
    (id, held): (ConversationId, &Held),
    names: &OperatorNames,
    joining: &Joining,
    now: Millis,
) -> Result<Option<Moved>, Problem> {
    let Some(is_new) = store::join(tx, id, names.id, now)? else {
        return Ok(None);
    };
    let event = Event::MemberJoined { operator: names.id, joining: joining.clone() };
    let appended = record(tx, id, &event, now)?;
    let client_id = appended.client_conversation_id.clone();
    let mut events = vec![appended.event(event, now, Some(names.clone()))];
    if is_new && held.status == Status::LookingForHelp {
        events.push(change_status(tx, id, Status::InProgress, (names, now))?.0);
    }
    Ok(Some(Moved { held: held.clone(), client_id, events }))
}

/// Writes where a conversation stands, and that it does.
pub(super) fn change_status(
    tx: &mut Tx<'_>,
    id: ConversationId,
    status: Status,
    (by, now): (&OperatorNames, Millis),
) -> Result<(StoredEvent, Appended), Problem> {
    store::set_status(tx, id, status)?;
    let event = Event::StatusChanged { status, by: by.id };
    let appended = record(tx, id, &event, now)?;
    Ok((appended.event(event, now, Some(by.clone())), appended))
}

/// Tells that an operator came in by hand.
pub(super) async fn tell_joined(
    app: &App,
    id: ConversationId,
    operator: OperatorId,
    moved: Option<Moved>,
) {
    let Some(moved) = moved else {
        return;
    };
    app.roster.came(operator, moved.held.channel, app.clock.now());
    moved.tell(app, id).await;
}

/// An operator leaves. Leaving twice is fine. Where nobody is left, the conversation looks for help.
pub async fn leave(
    app: &App,
    operator: &Operator,
    conversation: OperatorConversation,
) -> Result<ConversationSummary, Problem> {
    let id = conversation.id;
    let (names, now) = (operator.names(), app.clock.now());
    let moved = app.db.write(move |tx| leave_in(tx, id, &names, now)).await?;
    if let Some(moved) = moved {
        app.roster.went(operator.id, moved.held.channel);
        moved.tell(app, id).await;
        waiting::offer_later(app, Some(moved.held.channel));
    }
    lists::summary(app, operator.id, id).await
}

fn leave_in(
    tx: &mut Tx<'_>,
    id: ConversationId,
    names: &OperatorNames,
    now: Millis,
) -> Result<Option<Moved>, Problem> {
    let held = store::hold(tx, id)?;
    let Some(left) = store::leave(tx, id, names.id, now)? else {
        return Ok(None);
    };
    let event = Event::MemberLeft { operator: names.id };
    let appended = record(tx, id, &event, now)?;
    let client_id = appended.client_conversation_id.clone();
    let mut events = vec![appended.event(event, now, Some(names.clone()))];
    if left.alone && held.status != Status::LookingForHelp {
        events.push(change_status(tx, id, Status::LookingForHelp, (names, now))?.0);
    }
    Ok(Some(Moved { held, client_id, events }))
}

impl Moved {
    /// Tells the event, and what else that changed.
    pub async fn tell(&self, app: &App, id: ConversationId) {
        for event in &self.events {
            app.live.announce(id, &self.client_id, event);
        }
        if self.held.chatbot.is_some() {
            app.live.signal_visitor(id, VisitorSignal::Chatbot { chatbot: None });
        }
        if self.held.wants_somebody() || self.events.len() > 1 {
            app.live.changed(Changed::Queue, id.0);
        }
        if self.held.waiting {
            waiting::tell_over(app, id, self.held.channel).await;
        }
    }
}
