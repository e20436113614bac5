//! Figures: how many visitors saw each step of a chatbot, answered it, and left there. From real conversations, of all
//! versions of the script together: a step keeps its number.

mod store;

pub use store::STATEMENTS;

use crate::app::App;
use crate::chatbots::exists;
use crate::problem::Problem;
use frontdesk_db::Tx;
use frontdesk_domain::{ChatbotId, Millis, StepId};
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;
use utoipa::ToSchema;

/// Who has done nothing for so long has left, though the conversation is open.
const LEFT_AFTER: Duration = Duration::from_secs(30 * 60);

/// What became of visitors at a step.
#[derive(Clone, Copy, Default, Serialize, ToSchema)]
pub struct StepFigures {
    /// Conversations in which it was shown.
    pub shown: i64,
    /// Conversations in which it was answered.
    pub answered: i64,
    /// Conversations that were left while it waited for an answer.
    pub left: i64,
}

/// The figures of each step that was ever shown.
pub async fn find(app: &App, id: ChatbotId) -> Result<BTreeMap<StepId, StepFigures>, Problem> {
    let idle_since = app.clock.now().minus(LEFT_AFTER);
    app.db.read(move |tx| of_chatbot(tx, id, idle_since)).await
}

fn of_chatbot(
    tx: &mut Tx<'_>,
    id: ChatbotId,
    idle_since: Millis,
) -> Result<BTreeMap<StepId, StepFigures>, Problem> {
    if !exists(tx, id)? {
        return Err(Problem::NotFound);
    }
    let mut figures: BTreeMap<StepId, StepFigures> = BTreeMap::new();
    for (step, count) in store::shown(tx, id)? {
        figures.entry(step).or_default().shown = count;
    }
    for (step, count) in store::answered(tx, id)? {
        figures.entry(step).or_default().answered = count;
    }
    for (step, count) in store::left(tx, id, idle_since)? {
        figures.entry(step).or_default().left = count;
    }
    Ok(figures)
}
