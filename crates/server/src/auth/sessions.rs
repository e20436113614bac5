//! Sessions: a signed-in operator's browser.

use super::{store, token};
use crate::app::App;
use crate::operators;
use crate::problem::Problem;
use crate::realtime::close_code;
use crate::realtime::frames::Changed;
use frontdesk_domain::{Millis, OperatorId};
use std::time::Duration;

/// How long a session lives for somebody who stays signed in.
pub const REMEMBERED: Duration = Duration::from_secs(30 * 24 * 3600);
/// How long one lives otherwise; the cookie goes when the browser closes.
const UNREMEMBERED: Duration = Duration::from_secs(16 * 3600);

/// A new session's token, for the cookie.
pub async fn open_session(
    app: &App,
    operator: OperatorId,
    remember: bool,
) -> Result<String, Problem> {
    let token = token::generate();
    let hash = token::hash(&token);
    let now = app.clock.now();
    let expires_at = now.plus(if remember { REMEMBERED } else { UNREMEMBERED });
    app.db
        .write(move |tx| store::insert_session(tx, &hash, operator, now, expires_at))
        .await
        .map_err(Problem::from)?;
    Ok(token)
}

/// Ends the session of a token, if there is one; its connections close, and an operator without others is gone.
pub async fn end_session(app: &App, token: &str) -> Result<(), Problem> {
    let hash = token::hash(token);
    let session = hash.clone();
    let ended = app.db.write(move |tx| store::delete_session(tx, &hash)).await?;
    let Some(operator) = ended else { return Ok(()) };
    if app.live.close_session(operator, &session, close_code::NOT_SIGNED_IN) {
        operators::was_last_seen(app, operator, Millis(0)).await?;
        app.live.changed(Changed::Operator, operator.0);
    }
    Ok(())
}

/// Removes what has expired.
pub async fn forget_expired(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    Ok(app.db.write(move |tx| store::delete_expired(tx, now)).await?)
}
