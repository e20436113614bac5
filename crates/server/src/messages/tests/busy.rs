//! A database that has too much to do.

use frontdesk_db::{Db, Error};
use frontdesk_test_support::{TestApp, client_id, json};
use std::sync::{Arc, Condvar, Mutex};
use tokio::task::JoinSet;

/// More than any queue holds.
const TOO_MANY: usize = 10_000;

/// Holds transactions back until it is opened.
#[derive(Clone, Default)]
struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    fn pass(&self) {
        let (open, opened) = &*self.0;
        let waiting = opened.wait_while(open.lock().expect("not poisoned"), |open| !*open);
        drop(waiting.expect("not poisoned"));
    }

    fn open(&self) {
        let (open, opened) = &*self.0;
        *open.lock().expect("not poisoned") = true;
        opened.notify_all();
    }
}

#[tokio::test]
async fn a_busy_database_answers_to_come_back_and_keeps_what_comes_then() {
    let app = TestApp::start().await;
    let talk = app.talk().await;
    let gate = Gate::default();
    let mut crowd = crowd(app.db(), &gate);
    while !matches!(crowd.join_next().await, Some(Ok(Err(Error::Busy)))) {}

    let message = json!({"client_id": client_id(), "text": "In a crowd"});
    let busy = talk.visitor.sends(&message).await.expect_error(503, "busy");
    assert_eq!(busy.header("retry-after"), "1");
    gate.open();
    while crowd.join_next().await.is_some() {}
    talk.visitor.sends(&message).await.expect_status(201);
    assert_eq!(talk.visitor.log().await.len(), 3);
}

fn crowd(db: &Db, gate: &Gate) -> JoinSet<Result<(), Error>> {
    let mut crowd = JoinSet::new();
    for _ in 0..TOO_MANY {
        let (db, gate) = (db.clone(), gate.clone());
        crowd.spawn(async move {
            db.write(move |_| {
                gate.pass();
                Ok(())
            })
            .await
        });
    }
    crowd
}
