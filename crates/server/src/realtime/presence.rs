//! Presence of operators: kept in the database, so that every node sees it and it outlives a restart.

use super::frames::Changed;
use super::signal::VisitorSignal;
use crate::app::App;
use crate::conversations;
use crate::operators;
use crate::problem::Problem;
use frontdesk_domain::operator::SEEN_FOR;
use frontdesk_domain::{ConversationId, OperatorId};
use std::time::Duration;

/// Often enough that one lost write does not make an operator disappear.
const SEEN_EVERY: Duration = Duration::from_secs(20);
/// Operators reload pages, so a lost console counts as gone only after this long.
const RELOAD_GRACE: Duration = Duration::from_secs(15);

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
    }
    Ok(())
}

/// A console is gone: the operator, where it was the last one here, and the visitors who talked with nobody else, are
/// told after a while in which it may come back.
pub async fn went(app: &App, operator: Option<OperatorId>, left_alone: Vec<ConversationId>) {
    if let Some(operator) = operator {
        let seen_at = app.clock.now().minus(SEEN_FOR).plus(RELOAD_GRACE);
        if let Err(problem) = operators::was_last_seen(app, operator, seen_at).await {
            tracing::warn!(error = %problem, "could not write that an operator went");
        }
    }
    tokio::spawn(tell_absence(app.clone(), operator, left_alone));
}

async fn tell_absence(app: App, operator: Option<OperatorId>, left_alone: Vec<ConversationId>) {
    tokio::time::sleep(RELOAD_GRACE + Duration::from_millis(100)).await;
    for id in left_alone {
        // Asked of the database: the operator may have come back to another node.
        match conversations::visitor_head(&app, id).await {
            Ok(head) => {
                let present = head.operator_present;
                app.live.signal_visitor(id, VisitorSignal::Presence { present });
            }
            Err(problem) => tracing::warn!(error = %problem, "could not tell who went"),
        }
    }
    if let Some(operator) = operator {
        app.live.changed(Changed::Operator, operator.0);
    }
}
