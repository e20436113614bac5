//! Presence of operators: kept in the database, so that every node sees it and it outlives a restart.

use super::frames::Changed;
use super::signal::VisitorSignal;
use crate::app::App;
use crate::conversations;
use crate::operators;
use crate::problem::Problem;
use frontdesk_domain::operator::SEEN_FOR;
use frontdesk_domain::{Millis, OperatorId};
use std::time::Duration;

/// Often enough that one lost write does not make an operator disappear.
const SEEN_EVERY: Duration = Duration::from_secs(20);
/// Operators reload pages, so a lost console counts as gone only after this long.
const RELOAD_GRACE: Duration = Duration::from_secs(15);
/// How often a node looks who is not there any more.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Tells the database, again and again, who is connected here.
pub async fn keep_seen(app: App) {
    let mut ticks = tokio::time::interval(SEEN_EVERY);
    loop {
        ticks.tick().await;
        let operators = app.live.connected_operators();
        if operators.is_empty() {
            continue;
        }
        if let Err(problem) = operators::saw(&app, operators, app.clock.now()).await {
            tracing::warn!(error = %problem, "could not write who is connected; trying again");
        }
    }
}

/// An operator's console connected, or a person did something in it.
pub async fn was_active(app: &App, operator: OperatorId) -> Result<(), Problem> {
    let now = app.clock.now();
    let before = operators::was_active(app, operator, now).await?;
    if before.is_none_or(|it| it.presence(now) != it.choice) {
        app.live.changed(Changed::Operator, operator.0);
        conversations::offer_later(app, None);
    }
    Ok(())
}

/// An operator's last console here is gone; the operator is, too, unless it comes back within a while.
pub async fn went(app: &App, operator: OperatorId) {
    let seen_at = app.clock.now().minus(SEEN_FOR).plus(RELOAD_GRACE);
    if let Err(problem) = operators::was_last_seen(app, operator, seen_at).await {
        tracing::warn!(error = %problem, "could not write that an operator went");
    }
}

/// Notices that operators are not there any more: their console went, or their node died, or they do nothing.
///
/// Each node tells its own connections, so that nobody has to be alive to say goodbye for somebody else.
pub async fn notice_absence(app: App) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    let mut looked_at = app.clock.now();
    loop {
        ticks.tick().await;
        let now = app.clock.now();
        match tell_absence(&app, looked_at, now).await {
            Ok(()) => looked_at = now,
            Err(problem) => {
                tracing::warn!(error = %problem, "could not read who went; trying again")
            }
        }
    }
}

async fn tell_absence(app: &App, since: Millis, now: Millis) -> Result<(), Problem> {
    for operator in operators::gone_between(app, since, now).await? {
        app.live.show_change(Changed::Operator, operator.0);
        for id in conversations::listed_ids(app, operator).await? {
            if app.live.visitor_is_present(id) {
                // Somebody else of the team may be there.
                let present = conversations::visitor_head(app, id).await?.operator_present;
                app.live.signal_visitor_here(id, &VisitorSignal::Presence { present });
            }
        }
    }
    Ok(())
}
