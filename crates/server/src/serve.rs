//! Serving: the listener, the work beside requests, and an orderly end.

use crate::app::App;
use crate::http::router;
use crate::{auth, conversations, jobs, metrics, realtime};
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Requests under way may take so long to finish after the server was asked to stop.
const DRAIN_MAX: Duration = Duration::from_secs(10);
/// Closed sockets get two seconds to say goodbye.
const CLOSE_CHECKS: u32 = 100;
const CLOSE_CHECK_EVERY: Duration = Duration::from_millis(20);
/// Idle limits, and connections of sessions that expired, go this often.
const TIDY_EVERY: Duration = Duration::from_secs(60);
/// Code of a socket that is closed since the server restarts.
const RESTARTS: u16 = realtime::close_code::RESTARTS;

/// A server that runs.
pub struct Running {
    background: JoinSet<()>,
}

/// Serves until `stop` is done, then drains: no new connections, sockets told to come back, requests finished.
pub async fn serve(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    metrics::start();
    let _running = Running::start(&app);
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let (told, stopping) = tokio::sync::oneshot::channel::<()>();
    let live = app.clone();
    let drained = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        live.live.close_all(RESTARTS);
        // Nobody listens any more when the drain was quick.
        let _ = told.send(());
    });
    tokio::select! {
        served = drained => served?,
        () = too_long(stopping) => tracing::warn!("some requests did not finish in time"),
    }
    connections_closed(&app).await;
    app.db.close().await;
    Ok(())
}

/// Sockets write their last marks and who went before the database closes.
async fn connections_closed(app: &App) {
    for _ in 0..CLOSE_CHECKS {
        if app.live.connection_counts() == (0, 0) {
            return;
        }
        tokio::time::sleep(CLOSE_CHECK_EVERY).await;
    }
}

async fn too_long(stopping: tokio::sync::oneshot::Receiver<()>) {
    match stopping.await {
        Ok(()) => tokio::time::sleep(DRAIN_MAX).await,
        Err(_) => std::future::pending().await,
    }
}

impl Running {
    /// Starts the work beside requests; it ends when this is dropped.
    fn start(app: &App) -> Self {
        let mut background = JoinSet::new();
        background.spawn(realtime::keep_seen(app.clone()));
        background.spawn(realtime::notice_absence(app.clone()));
        background.spawn(realtime::relay(app.clone()));
        background.spawn(realtime::tell_news(app.clone()));
        background.spawn(conversations::keep_offering(app.clone()));
        background.spawn(tidy(app.clone()));
        background.spawn(jobs::work(app.clone()));
        Self { background }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.background.abort_all();
    }
}

async fn tidy(app: App) {
    let mut ticks = tokio::time::interval(TIDY_EVERY);
    loop {
        ticks.tick().await;
        app.limits.forget_old();
        if let Err(problem) = auth::close_ended(&app).await {
            tracing::warn!(error = %problem, "could not look who is signed in; trying again");
        }
    }
}
