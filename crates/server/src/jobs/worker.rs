//! The worker: takes jobs one after another, and sleeps when there are none.

use super::{ATTEMPTS_MAX, Failure, SWEEP, SWEEP_EVERY, Work, pause, store};
use crate::app::App;
use crate::problem::Problem;
use frontdesk_domain::Millis;
use std::time::Duration;
use store::Taken;

/// Another node may take a job whose worker has said nothing for so long.
const LEASE: Duration = Duration::from_secs(120);
/// A job that takes longer has failed. Less than the lease, so that nobody else begins meanwhile.
const TIME_MAX: Duration = Duration::from_secs(90);
/// Jobs of a node that died are looked for this often.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Runs for as long as the node does.
pub async fn work(app: App) {
    loop {
        if let Err(problem) = run_due(&app).await {
            tracing::warn!(error = %problem, "could not take a job; trying again");
        }
        let pause = until_next(&app).await.unwrap_or(LOOK_EVERY);
        // Whoever adds a job wakes this; a wake that came meanwhile is not lost.
        let _ = tokio::time::timeout(pause, app.wake.0.notified()).await;
    }
}

/// Runs every job that is due.
pub async fn run_due(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let (sweep, first) = (Work::Sweep.encoded(), now.plus(SWEEP_EVERY));
    app.db.write(move |tx| store::ensure_named(tx, SWEEP, &sweep, first)).await?;
    while let Some(job) = take(app).await? {
        let failed = run(app, &job).await.err();
        finish(app, &job, failed).await?;
    }
    Ok(())
}

/// Whether a job is due or under way.
pub async fn is_busy(app: &App) -> Result<bool, Problem> {
    let now = app.clock.now();
    Ok(app.db.read(move |tx| store::is_busy(tx, now)).await?)
}

async fn take(app: &App) -> Result<Option<Taken>, Problem> {
    let now = app.clock.now();
    Ok(app.db.write(move |tx| store::take(tx, now, now.plus(LEASE))).await?)
}

async fn run(app: &App, job: &Taken) -> Result<(), Failure> {
    if job.attempts > ATTEMPTS_MAX {
        return Err(Failure::Never("whoever works on it dies".to_owned()));
    }
    let work: Work = serde_json::from_str(&job.work)
        // A newer node may know it.
        .map_err(|error| Failure::Later(format!("unknown work: {error}")))?;
    let slow = |_| Failure::Later("it takes too long".to_owned());
    tokio::time::timeout(TIME_MAX, work.run(app)).await.map_err(slow)?
}

async fn finish(app: &App, job: &Taken, failed: Option<Failure>) -> Result<(), Problem> {
    let (job, now) = (job.clone(), app.clock.now());
    match failed {
        None if job.name.is_some() => {
            let next = now.plus(SWEEP_EVERY);
            Ok(app.db.write(move |tx| store::repeat(tx, &job, next)).await?)
        }
        None => Ok(app.db.write(move |tx| store::remove(tx, &job)).await?),
        Some(Failure::Later(why)) if job.attempts < ATTEMPTS_MAX || job.name.is_some() => {
            tracing::warn!(job.id, job.attempts, why, "a job failed; it will be tried again");
            let again = now.plus(pause(job.attempts));
            Ok(app.db.write(move |tx| store::put_back(tx, &job, again)).await?)
        }
        Some(Failure::Later(why) | Failure::Never(why)) => {
            tracing::error!(job.id, job.attempts, why, "a job failed for good");
            Ok(app.db.write(move |tx| store::put_aside(tx, &job, now)).await?)
        }
    }
}

async fn until_next(app: &App) -> Option<Duration> {
    let now: Millis = app.clock.now();
    let next = app.db.read(store::next).await.ok()??;
    let millis = u64::try_from(next.0 - now.0).unwrap_or_default();
    Some(Duration::from_millis(millis).min(LOOK_EVERY))
}
