//! SQL of figures.

use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::{ChatbotId, Millis, StepId};

frontdesk_db::statements! {
    SHOWN = "
        select step, count(distinct conversation_id) from event
        where chatbot_id = $1 and step is not null and author_kind = 'chatbot'
        group by step limit 10000";
    ANSWERED = "
        select step, count(distinct conversation_id) from event
        where chatbot_id = $1 and step is not null and author_kind = 'visitor'
        group by step limit 10000";
    /// Whom an operator took over has not left.
    LEFT_THERE = "
        select r.step, count(*) from chatbot_run r
        join conversation c on c.id = r.conversation_id and c.chatbot_id is not null
        where r.chatbot_id = $1 and r.step is not null
            and (c.ended_at is not null or c.last_active_at <= $2)
        group by r.step limit 10000";
}

/// In how many conversations each step was shown.
pub fn shown(tx: &mut Tx<'_>, id: ChatbotId) -> Result<Vec<(StepId, i64)>, Error> {
    tx.all(&SHOWN, params![id.0], counted)
}

/// In how many each was answered.
pub fn answered(tx: &mut Tx<'_>, id: ChatbotId) -> Result<Vec<(StepId, i64)>, Error> {
    tx.all(&ANSWERED, params![id.0], counted)
}

/// How many were left while a step waited: ended, or without activity since.
pub fn left(
    tx: &mut Tx<'_>,
    id: ChatbotId,
    idle_since: Millis,
) -> Result<Vec<(StepId, i64)>, Error> {
    tx.all(&LEFT_THERE, params![id.0, idle_since.0], counted)
}

fn counted(row: &Row<'_>) -> Result<(StepId, i64), Error> {
    Ok((StepId(row.get(0)?), row.get(1)?))
}
