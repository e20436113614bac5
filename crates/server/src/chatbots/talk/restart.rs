//! Restarting: a visitor lets a script begin anew that is over (B11). The same conversation goes on, with all that was said.

use super::record::Recording;
use super::standing::Standing;
use super::turn::Told;
use crate::app::App;
use crate::conversations;
use crate::problem::Problem;
use frontdesk_db::Tx;
use frontdesk_domain::chatbot::{Input, advance};
use frontdesk_domain::event::Event;
use frontdesk_domain::{ConversationId, Millis};

/// Lets the script begin anew. Twice is fine: the second time it has begun already.
pub async fn restart(app: &App, id: ConversationId) -> Result<(), Problem> {
    let (of, now) = (app.clone(), app.clock.now());
    let told = app.db.write(move |tx| restart_in(&of, tx, id, now)).await?;
    if let Some(told) = told {
        told.tell(app).await;
    }
    Ok(())
}

fn restart_in(
    app: &App,
    tx: &mut Tx<'_>,
    id: ConversationId,
    now: Millis,
) -> Result<Option<Told>, Problem> {
    let held = conversations::hold(tx, id)?;
    let standing = Standing::read(app, tx, id)?.filter(|_| held.chatbot.is_some());
    let standing = standing.ok_or(Problem::NotFound)?;
    if !held.ended {
        return Ok(None);
    }
    if !standing.row.run.is_restartable() {
        return Err(Problem::ConversationEnded);
    }
    let turn = advance(&standing.script, &standing.row.run, Input::Restart);
    let turn = turn.map_err(Problem::internal)?;
    conversations::reopen(tx, id)?;
    let chatbot = standing.row.chatbot.id;
    let mut recording = Recording::new(app, standing, String::new(), now);
    recording.add(Event::ChatbotRestarted { chatbot });
    recording.play(tx, turn)?;
    recording.finish(tx).map(Some)
}
