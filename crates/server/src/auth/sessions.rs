//! Sessions: a signed-in operator's browser.
//!
//! A session that is over closes its connections at once: here, and through the bus on the other nodes. Each node also
//! looks every minute whether those who are connected are still signed in, in case that word got lost.

use super::browser::Browser;
use super::store::{self, SessionRow};
use super::{Operator, token};
use crate::app::App;
use crate::operators;
use crate::problem::Problem;
use crate::realtime::close_code;
use crate::realtime::frames::Changed;
use frontdesk_db::Tx;
use frontdesk_domain::{Millis, OperatorId};
use std::time::Duration;

/// How long a session lives for somebody who stays signed in.
pub const REMEMBERED: Duration = Duration::from_secs(30 * 24 * 3600);
/// How long one lives otherwise; the cookie goes when the browser closes.
const UNREMEMBERED: Duration = Duration::from_secs(16 * 3600);
/// When a session was last seen is written this often.
const SEEN_EVERY: Duration = Duration::from_secs(5 * 60);

/// A new session's token, for the cookie.
pub async fn open_session(
    app: &App,
    operator: OperatorId,
    browser: Browser,
    remember: bool,
) -> Result<String, Problem> {
    let token = token::generate();
    let hash = token::hash(&token);
    let now = app.clock.now();
    let expires_at = now.plus(if remember { REMEMBERED } else { UNREMEMBERED });
    app.db
        .write(move |tx| store::insert_session(tx, &hash, (operator, &browser), now, expires_at))
        .await
        .map_err(Problem::from)?;
    Ok(token)
}

/// An operator's sessions, last seen first.
pub async fn sessions(app: &App, operator: OperatorId) -> Result<Vec<SessionRow>, Problem> {
    let now = app.clock.now();
    Ok(app.db.read(move |tx| store::sessions(tx, operator, now)).await?)
}

/// Writes that a session asked for something, now and then.
pub(super) async fn seen(app: &App, hash: &str, before: Millis, now: Millis) {
    if now < before.plus(SEEN_EVERY) {
        return;
    }
    let hash = hash.to_owned();
    let written = app.db.write(move |tx| store::session_seen(tx, &hash, now)).await;
    if let Err(error) = written {
        tracing::debug!(%error, "could not write that a session was seen");
    }
}

/// Ends the session of a token, if there is one; its connections close, and an operator without others is gone.
pub async fn end_session(app: &App, token: &str) -> Result<(), Problem> {
    let hash = token::hash(token);
    let session = hash.clone();
    let ended = app.db.write(move |tx| store::delete_session(tx, &hash)).await?;
    let Some(operator) = ended else { return Ok(()) };
    if app.live.end_session(operator, &session) {
        operators::was_last_seen(app, operator, Millis(0)).await?;
        app.live.changed(Changed::Operator, operator.0);
    }
    Ok(())
}

/// Ends one of an operator's own sessions.
pub async fn end_own_session(app: &App, operator: &Operator, id: String) -> Result<(), Problem> {
    if !token::is_sound(&id) {
        return Err(Problem::NotFound);
    }
    let (owner, hash) = (operator.id, id.clone());
    if !app.db.write(move |tx| store::delete_own_session(tx, owner, &hash)).await? {
        return Err(Problem::NotFound);
    }
    app.live.end_session(owner, &id);
    Ok(())
}

/// Ends an operator's sessions but the one that asks.
pub async fn end_other_sessions(app: &App, operator: &Operator) -> Result<(), Problem> {
    let (owner, kept) = (operator.id, operator.session.clone());
    let delete = move |tx: &mut Tx<'_>| store::delete_other_sessions(tx, owner, kept.as_deref());
    for session in app.db.write(delete).await? {
        app.live.end_session(owner, &session);
    }
    Ok(())
}

/// Ends every session of an operator.
pub fn end_all_sessions(tx: &mut Tx<'_>, operator: OperatorId) -> Result<(), frontdesk_db::Error> {
    store::delete_other_sessions(tx, operator, None).map(drop)
}

/// Closes the connections here of whoever is signed in no more.
pub async fn close_ended(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let connected = app.live.connected_sessions();
    let ended = move |tx: &mut Tx<'_>| {
        let mut ended = Vec::new();
        for (operator, session) in &connected {
            if !store::is_signed_in(tx, *operator, session.as_deref(), now)? {
                ended.push((*operator, session.clone()));
            }
        }
        Ok::<_, Problem>(ended)
    };
    for (operator, session) in app.db.read(ended).await? {
        app.live.close_session(operator, session.as_deref(), close_code::NOT_SIGNED_IN);
    }
    Ok(())
}

/// Removes what has expired.
pub async fn forget_expired(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    Ok(app.db.write(move |tx| store::delete_expired(tx, now)).await?)
}
