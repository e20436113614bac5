//! The relay: takes in the hints of other nodes, and reads the heads again in case a hint was lost.

use crate::app::App;
use crate::conversations;
use frontdesk_bus::Received;
use std::time::Duration;

/// A node that died between commit and hint leaves nothing undelivered for longer than this.
const HEADS_EVERY: Duration = Duration::from_secs(2);
/// Heads that changed within this time are read again.
const HEADS_WINDOW: Duration = Duration::from_secs(60);

/// Runs for as long as the node does. Alone, a node misses nothing and this only waits.
pub async fn relay(app: App) -> Result<(), frontdesk_bus::Error> {
    if !app.live.bus.is_shared() {
        return std::future::pending().await;
    }
    let mut hints = app.live.bus.subscribe().await?;
    let mut ticks = tokio::time::interval(HEADS_EVERY);
    loop {
        tokio::select! {
            received = hints.next() => match received {
                Some(Received::Message { payload, .. }) => app.live.take_in(&payload),
                Some(Received::Lagged) => read_heads(&app).await,
                None => return Ok(()),
            },
            () = app.live.lagging.notified() => read_heads(&app).await,
            _ = ticks.tick() => read_heads(&app).await,
        }
    }
}

async fn read_heads(app: &App) {
    let since = app.clock.now().minus(HEADS_WINDOW);
    match conversations::heads_since(app, since).await {
        Ok(heads) => {
            for head in heads {
                app.live.catch_up(head.id, head.last_seq, head.operator);
            }
        }
        Err(problem) => tracing::warn!(error = %problem, "could not read the heads; trying again"),
    }
}
