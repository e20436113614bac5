//! Invitation: an operator brings colleagues into a conversation (C6).

use super::membership::{come_in, tell_joined};
use super::{lists, store, view::ConversationSummary};
use crate::app::App;
use crate::auth::{Operator, OperatorConversation};
use crate::operators;
use crate::problem::Problem;
use frontdesk_domain::event::Joining;
use frontdesk_domain::{ConversationId, OperatorId};

/// Operators who are invited at once.
const INVITED_MAX: usize = 20;

/// Brings operators in. Who takes part already stays as it is.
pub async fn invite(
    app: &App,
    operator: &Operator,
    conversation: OperatorConversation,
    invited: Vec<OperatorId>,
) -> Result<ConversationSummary, Problem> {
    if invited.len() > INVITED_MAX {
        return Err(Problem::BadRequest(format!("at most {INVITED_MAX} operators at once")));
    }
    for one in invited {
        bring_in(app, operator.id, conversation.id, one).await?;
    }
    lists::summary(app, operator.id, conversation.id).await
}

async fn bring_in(
    app: &App,
    by: OperatorId,
    id: ConversationId,
    invited: OperatorId,
) -> Result<(), Problem> {
    let now = app.clock.now();
    let joining = Joining { invited_by: Some(by), ..Joining::default() };
    let moved = app
        .db
        .write(move |tx| {
            let held = store::hold_open(tx, id)?.ok_or(Problem::ConversationEnded)?;
            let names = operators::active_names(tx, invited)?.ok_or(Problem::NotFound)?;
            come_in(tx, (id, &held), &names, &joining, now)
        })
        .await?;
    tell_joined(app, id, invited, moved).await;
    Ok(())
}
