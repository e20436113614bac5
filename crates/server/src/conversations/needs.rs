//! Needs: what whoever takes a conversation should know, as operators say (D7).

use super::{lists, view::ConversationSummary};
use crate::app::App;
use crate::auth::{Operator, OperatorConversation};
use crate::expertise;
use crate::problem::Problem;
use crate::realtime::frames::{Changed, OperatorServerFrame};
use frontdesk_domain::ExpertiseId;

/// An operator says which expertise a conversation needs: exactly this.
pub async fn write(
    app: &App,
    operator: &Operator,
    conversation: OperatorConversation,
    needed: Vec<ExpertiseId>,
) -> Result<ConversationSummary, Problem> {
    let id = conversation.id;
    app.db.write(move |tx| expertise::write_needed(tx, id, &needed)).await?;
    let changed = OperatorServerFrame::Changed { what: Changed::Conversation, id: id.0 };
    app.live.signal_operators(id, &changed, None);
    app.live.changed(Changed::Queue, id.0);
    lists::summary(app, operator.id, id).await
}
