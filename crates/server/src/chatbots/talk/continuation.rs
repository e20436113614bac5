//! Going on without a message: a visitor has paused, or has gone.

use super::record::Recording;
use super::standing::Standing;
use super::store;
use super::turn::Told;
use crate::app::App;
use crate::conversations;
use crate::jobs::{self, Work};
use crate::problem::Problem;
use frontdesk_db::Tx;
use frontdesk_domain::chatbot::{Input, advance};
use frontdesk_domain::message::Author;
use frontdesk_domain::{ConversationId, Millis, StepId};
use std::time::Duration;

/// Without a message for so long, the visitor has paused, whatever became of the page.
const QUIET_FOR: Duration = Duration::from_secs(60);
/// A conversation with a chatbot alone ends after so long without anything.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(24 * 3600);
/// So many are ended at once.
const FORGOTTEN_MAX: i64 = 500;

/// The visitor has written all that a step asks for. Saying so twice is fine, and so is saying it late.
pub async fn go_on(app: &App, id: ConversationId, step: StepId) -> Result<(), Problem> {
    let (of, now) = (app.clone(), app.clock.now());
    let told = app.db.write(move |tx| go_on_in(&of, tx, (id, step), now)).await?;
    if let Some(told) = told {
        told.tell(app).await;
    }
    Ok(())
}

fn go_on_in(
    app: &App,
    tx: &mut Tx<'_>,
    (id, step): (ConversationId, StepId),
    now: Millis,
) -> Result<Option<Told>, Problem> {
    let held = conversations::hold(tx, id)?;
    let Some(standing) = Standing::read(app, tx, id)?.filter(|_| held.chatbot.is_some()) else {
        return Ok(None);
    };
    let turn = advance(&standing.script, &standing.row.run, Input::Quiet { step });
    let turn = turn.map_err(Problem::internal)?;
    if held.ended || turn.run == standing.row.run {
        return Ok(None);
    }
    let mut recording = Recording::new(app, standing, String::new(), now);
    recording.play(tx, turn)?;
    recording.finish(tx).map(Some)
}

/// What the job does that waits for a visitor to pause: it waits on while there are messages.
pub async fn continue_when_quiet(
    app: &App,
    id: ConversationId,
    step: StepId,
) -> Result<(), Problem> {
    let now = app.clock.now();
    let active: Result<_, frontdesk_db::Error> =
        app.db.read(move |tx| store::active_at(tx, id)).await;
    let due = active?.unwrap_or(now).plus(QUIET_FOR);
    if due <= now {
        return go_on(app, id, step).await;
    }
    let work = Work::ContinueChatbot { conversation: id, step };
    let added = app.db.write(move |tx| jobs::add_later(tx, &work, now, due)).await;
    added.map_err(|error: frontdesk_db::Error| Problem::from(error))
}

/// Ends what visitors have left with a chatbot alone (behaviour: decision 19).
pub async fn end_forgotten(app: &App) -> Result<(), Problem> {
    let since = app.clock.now().minus(FORGOTTEN_AFTER);
    let read = move |tx: &mut Tx<'_>| store::forgotten(tx, since, FORGOTTEN_MAX);
    let found: Result<Vec<_>, frontdesk_db::Error> = app.db.read(read).await;
    for id in found? {
        end_one(app, id, since).await?;
    }
    Ok(())
}

async fn end_one(app: &App, id: ConversationId, since: Millis) -> Result<(), Problem> {
    let now = app.clock.now();
    let end = move |tx: &mut Tx<'_>| {
        let held = conversations::hold(tx, id)?;
        let idle = store::active_at(tx, id)?.is_some_and(|at| at <= since);
        let (Some(chatbot), true) = (held.chatbot, idle) else {
            return Ok::<_, Problem>(None);
        };
        let ended = conversations::end_in(tx, id, Author::Chatbot(chatbot), now)?;
        let row = store::run(tx, id)?;
        Ok(ended.map(|mut ended| {
            ended.event.chatbot = row.map(|row| row.chatbot);
            ended
        }))
    };
    if let Some(ended) = app.db.write(end).await? {
        ended.tell(app, id).await;
    }
    Ok(())
}
