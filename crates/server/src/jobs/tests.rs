//! What jobs promise: done once, tried again with growing pauses, put aside in the end.

use super::store::{self, Taken};
use super::{ATTEMPTS_MAX, pause};
use frontdesk_db::Db;
use frontdesk_domain::Millis;
use frontdesk_test_support::Backends;
use std::time::Duration;

const NOW: Millis = Millis(1_000_000);
const LEASE_END: Millis = Millis(1_120_000);

#[tokio::test]
async fn a_job_is_taken_by_one_node_only() {
    let backends = Backends::create().await;
    let db = backends.open().await;
    add(&db, "a").await;
    let (one, two) = tokio::join!(take(&db, NOW), take(&db, NOW));
    assert_eq!(one.is_some(), two.is_none());
    let job = one.or(two).expect("one of them has it");
    db.write(move |tx| store::remove(tx, &job)).await.expect("it is done");
    assert!(take(&db, Millis(i64::MAX / 2)).await.is_none());
}

#[tokio::test]
async fn the_job_of_a_node_that_died_is_taken_again() {
    let backends = Backends::create().await;
    let db = backends.open().await;
    add(&db, "a").await;
    let first = take(&db, NOW).await.expect("it is due");
    assert!(take(&db, Millis(LEASE_END.0 - 1)).await.is_none());
    let second = take(&db, LEASE_END).await.expect("the lease is over");
    assert_eq!((first.attempts, second.attempts), (1, 2));
    // The first node comes back to life and says that it is done: the job is not its own any more.
    db.write(move |tx| store::remove(tx, &first)).await.expect("no error");
    let third = take(&db, Millis(LEASE_END.0 * 2)).await.expect("still there");
    assert_eq!(third.attempts, 3);
}

#[tokio::test]
async fn what_failed_waits_and_what_was_put_aside_stays_there() {
    let backends = Backends::create().await;
    let db = backends.open().await;
    add(&db, "a").await;
    let job = take(&db, NOW).await.expect("it is due");
    let again = NOW.plus(Duration::from_secs(60));
    db.write(move |tx| store::put_back(tx, &job, again)).await.expect("put back");
    assert_eq!(db.read(store::next).await.expect("readable"), Some(again));
    assert!(take(&db, Millis(again.0 - 1)).await.is_none());
    let job = take(&db, again).await.expect("due again");
    db.write(move |tx| store::put_aside(tx, &job, again)).await.expect("put aside");
    assert_eq!(db.read(store::next).await.expect("readable"), None);
    assert!(take(&db, Millis(i64::MAX / 2)).await.is_none());
}

#[tokio::test]
async fn work_with_a_name_is_there_once() {
    let backends = Backends::create().await;
    let db = backends.open().await;
    for _ in 0..2 {
        db.write(|tx| store::ensure_named(tx, "sweep", "{}", NOW)).await.expect("written");
    }
    let job = take(&db, NOW).await.expect("it is due");
    assert!(take(&db, NOW).await.is_none());
    let next = NOW.plus(Duration::from_secs(3600));
    db.write(move |tx| store::repeat(tx, &job, next)).await.expect("written");
    assert!(take(&db, Millis(next.0 - 1)).await.is_none());
    assert_eq!(take(&db, next).await.map(|it| it.attempts), Some(1));
}

#[test]
fn pauses_grow_to_half_a_day() {
    assert_eq!(pause(1), Duration::from_secs(60));
    assert_eq!(pause(2), Duration::from_secs(120));
    let all: Duration = (1..ATTEMPTS_MAX).map(pause).sum();
    assert!((8 * 3600..13 * 3600).contains(&all.as_secs()), "{all:?}");
}

async fn add(db: &Db, work: &'static str) {
    db.write(move |tx| store::insert(tx, work, NOW, NOW)).await.expect("written");
}

async fn take(db: &Db, now: Millis) -> Option<Taken> {
    let until = Millis(now.0.saturating_add(120_000));
    db.write(move |tx| store::take(tx, now, until)).await.expect("the database answers")
}
