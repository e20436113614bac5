//! The relay: takes in the hints of other nodes, and reads the heads again in case a hint was lost.

use crate::app::App;
use crate::conversations::{self, HEADS_MAX};
use crate::metrics;
use crate::problem::Problem;
use crate::realtime::HeadScan;
use frontdesk_bus::{Received, Subscription};
use frontdesk_domain::{Millis, OperatorId};
use std::time::Duration;
use tokio::time::Interval;

/// A node that died between commit and hint leaves nothing undelivered for longer than this.
const HEADS_EVERY: Duration = Duration::from_secs(2);

/// Whatever is followed here, or is in the list of somebody who is connected here, is compared so often, whenever it changed: a node that stood still in the middle of a write
/// gives the event an old time, one whose clock is wrong gives it any, and a commit whose answer got lost is announced by nobody.
const FOLLOWED_EVERY: Duration = Duration::from_secs(60);
/// Conversations that are compared in one transaction.
const FOLLOWED_PAGE: usize = 500;

/// Runs for as long as the node does. Alone, a node gets no hints, and needs no look at the heads but the slow one.
pub async fn relay(app: App) {
    let mut scan = HeadScan::default();
    let mut ticks = tokio::time::interval(HEADS_EVERY);
    let mut comparisons = tokio::time::interval(FOLLOWED_EVERY);
    loop {
        match app.live.bus.subscribe().await {
            Ok(hints) => take_in(&app, hints, &mut scan, (&mut ticks, &mut comparisons)).await,
            Err(error) => {
                tracing::warn!(%error, "the bus cannot be subscribed to; trying again");
                ticks.tick().await;
                look(&app, &mut scan).await;
            }
        }
    }
}

async fn take_in(
    app: &App,
    mut hints: Subscription,
    scan: &mut HeadScan,
    (ticks, comparisons): (&mut Interval, &mut Interval),
) {
    let has_others = app.live.bus.is_shared();
    loop {
        tokio::select! {
            received = hints.next() => match received {
                Some(Received::Message { payload, .. }) => app.live.take_in(&payload),
                Some(Received::Lagged) => {
                    metrics::count_lag();
                    read_heads(app, scan).await;
                }
                None => return,
            },
            () = app.live.lagging.notified() => read_heads(app, scan).await,
            _ = ticks.tick(), if has_others => look(app, scan).await,
            _ = comparisons.tick() => compare_followed(app).await,
        }
    }
}

/// What a node among others does now and then, whatever it hears.
async fn look(app: &App, scan: &mut HeadScan) {
    follow_database_clock(app).await;
    read_heads(app, scan).await;
}

/// Nodes compare each other's times: how long ago somebody was seen, a conversation went on, a lease was taken. So all
/// of them go by the clock of the database that they share.
async fn follow_database_clock(app: &App) {
    let asked = app.clock.now();
    match app.db.clock().await {
        Ok(Some(time)) => app.clock.follow(Millis(time), asked),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "the database does not tell the time; trying again"),
    }
}

async fn read_heads(app: &App, scan: &mut HeadScan) {
    let now = app.clock.now();
    match conversations::heads_since(app, scan.since(now)).await {
        Ok(heads) => {
            let all_fit = (heads.len() as i64) < HEADS_MAX;
            for head in heads {
                app.live.catch_up(head.id, head.last_seq, head.operator);
            }
            scan.done(now);
            if !all_fit {
                compare_followed(app).await;
            }
        }
        Err(problem) => tracing::warn!(error = %problem, "could not read the heads; trying again"),
    }
}

async fn compare_followed(app: &App) {
    for operator in app.live.connected_operators() {
        if let Err(problem) = compare_list(app, operator).await {
            return tracing::warn!(error = %problem, "could not compare an operator's list");
        }
    }
    for page in app.live.followed().chunks(FOLLOWED_PAGE) {
        match conversations::heads(app, page.to_vec()).await {
            Ok(heads) => heads.iter().for_each(|it| app.live.catch_up(it.id, it.last_seq, None)),
            Err(problem) => return tracing::warn!(error = %problem, "could not compare the heads"),
        }
    }
}

/// Nobody may have told the operator of a conversation that is new.
async fn compare_list(app: &App, operator: OperatorId) -> Result<(), Problem> {
    let listed = conversations::listed_ids(app, operator).await?;
    let unknown = app.live.not_followed_by(operator, listed);
    for head in conversations::heads(app, unknown).await? {
        app.live.catch_up(head.id, head.last_seq, Some(operator));
    }
    Ok(())
}
