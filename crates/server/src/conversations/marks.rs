//! Marks: how far each side has received and read.

use super::store::{self, Marker};
use crate::app::App;
use crate::auth::{OperatorConversation, VisitorConversation};
use crate::problem::Problem;
use crate::realtime::VisitorSignal;
use crate::realtime::frames::{MarkedBy, OperatorServerFrame};
use frontdesk_db::Tx;
use frontdesk_domain::ConversationId;
use frontdesk_domain::conversation::Marks;

/// The visitor has received and read so far.
pub async fn mark_by_visitor(
    app: &App,
    conversation: &VisitorConversation,
    reported: Marks,
) -> Result<(), Problem> {
    let (id, visitor) = (conversation.id, conversation.visitor);
    let raised = app.db.write(move |tx| raise(tx, id, Marker::Visitor(visitor), reported)).await?;
    if let Some(marks) = raised {
        let frame = OperatorServerFrame::Marks { conversation: id, by: MarkedBy::Visitor, marks };
        app.live.signal_operators(id, &frame, None);
    }
    Ok(())
}

/// An operator who takes part has received and read so far.
pub async fn mark_by_operator(
    app: &App,
    conversation: OperatorConversation,
    reported: Marks,
) -> Result<(), Problem> {
    let OperatorConversation { id, operator, member } = conversation;
    if !member {
        return Err(Problem::NotAMember);
    }
    let raised: Option<(Marks, Marks)> = app
        .db
        .write(move |tx| match raise(tx, id, Marker::Operator(operator), reported)? {
            Some(own) => Ok::<_, Problem>(Some((own, store::team_marks(tx, id)?))),
            None => Ok(None),
        })
        .await?;
    if let Some((own, team)) = raised {
        app.live.signal_visitor(id, VisitorSignal::Marks(team));
        let frame =
            OperatorServerFrame::Marks { conversation: id, by: MarkedBy::Operator, marks: own };
        app.live.tell(operator, &frame);
    }
    Ok(())
}

/// The member's marks when they rose.
fn raise(
    tx: &mut Tx<'_>,
    id: ConversationId,
    marker: Marker,
    reported: Marks,
) -> Result<Option<Marks>, Problem> {
    let Some(before) = store::marks(tx, id, marker)? else {
        return Ok(None);
    };
    let marks = before.raised_to(reported, store::last_visitor_seq(tx, id)?);
    Ok(store::raise_marks(tx, id, marker, marks)?.then_some(marks))
}
