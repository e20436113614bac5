//! Departure: an operator who may not come in any more leaves every conversation, one by one; those go on.

use super::{membership, store};
use crate::app::App;
use crate::auth::{Operator, OperatorConversation};
use crate::operators;
use crate::problem::Problem;
use frontdesk_domain::OperatorId;

/// Lets an operator leave all open conversations, unless the operator was let in again meanwhile.
pub async fn leave_all(app: &App, id: OperatorId) -> Result<(), Problem> {
    let row = app.db.read(move |tx| operators::find(tx, id)).await?;
    if row.active {
        return Ok(());
    }
    let operator =
        Operator { id, name: row.name, chat_name: row.chat_name, role: row.role, session: None };
    for conversation in app.db.read(move |tx| store::open_ids(tx, id)).await? {
        let conversation = OperatorConversation { id: conversation, operator: id, member: true };
        membership::leave(app, &operator, conversation).await?;
    }
    Ok(())
}
