//! Group commit: many closures, each undone alone if it fails, one commit for all.

use tokio::sync::oneshot;

use super::connection::control;
use crate::{Error, Tx, counts::Counters, tx::Connection};

/// A closure that waits for its turn, whatever it returns.
pub(super) trait Queued: Send {
    /// Runs it in a transaction that has begun, and keeps what it returned. Whether it may be committed.
    fn run(&mut self, connection: &rusqlite::Connection, counters: &Counters) -> bool;

    /// What it returned is void, for this reason.
    fn fail(&mut self, error: Error);

    /// Tells the caller.
    fn answer(self: Box<Self>);
}

pub(super) struct Closure<F, T, E> {
    closure: F,
    result: Option<Result<T, E>>,
    caller: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Closure<F, T, E>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    pub(super) fn queued(closure: F) -> (Box<dyn Queued>, oneshot::Receiver<Result<T, E>>) {
        let (caller, answer) = oneshot::channel();
        (Box::new(Self { closure, result: None, caller }), answer)
    }
}

impl<F, T, E> Queued for Closure<F, T, E>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, connection: &rusqlite::Connection, counters: &Counters) -> bool {
        let result = Tx::new(Connection::Sqlite(connection)).run(counters, &self.closure);
        self.result.insert(result).is_ok()
    }

    fn fail(&mut self, error: Error) {
        self.result = Some(Err(error.into()));
    }

    fn answer(self: Box<Self>) {
        if let Some(result) = self.result {
            // Nobody listens when the caller has stopped waiting.
            self.caller.send(result).ok();
        }
    }
}

/// Runs the closures, commits once, then answers all.
pub(super) fn commit(
    connection: &rusqlite::Connection,
    counters: &Counters,
    mut closures: Vec<Box<dyn Queued>>,
) {
    let mut answered = Vec::new();
    // A savepoint copies each page that changes after it, and closures rarely fail.
    let mut undo = Undo::Together;
    while !closures.is_empty() {
        match run_all(connection, counters, &mut closures, undo) {
            Ok(()) => break,
            // The others lost their work with it, so they run again without it.
            Err(Lost::Everything { culprit }) => answered.push(closures.remove(culprit)),
            Err(Lost::NoSavepoint) => undo = Undo::Alone,
        }
    }
    answered.extend(closures);
    for closure in answered {
        closure.answer();
    }
}

/// How a closure that fails is undone.
#[derive(Clone, Copy)]
enum Undo {
    /// With all others, which run again.
    Together,
    /// Alone, to its savepoint.
    Alone,
}

/// Why the closures have to run again.
enum Lost {
    /// The whole transaction was rolled back while this closure ran: a full disk or an I/O error.
    Everything { culprit: usize },
    /// A closure that failed had changed something, and there was no savepoint.
    NoSavepoint,
}

fn run_all(
    connection: &rusqlite::Connection,
    counters: &Counters,
    closures: &mut [Box<dyn Queued>],
    undo: Undo,
) -> Result<(), Lost> {
    if let Err(cause) = control(connection, "begin immediate") {
        fail_all(closures, &cause);
        roll_back(connection);
        return Ok(());
    }
    for (culprit, closure) in closures.iter_mut().enumerate() {
        let result = match undo {
            Undo::Together => run_without_savepoint(connection, counters, closure.as_mut()),
            Undo::Alone => run_in_savepoint(connection, counters, closure.as_mut())
                .map_err(|_| Lost::Everything { culprit }),
        };
        if connection.is_autocommit() {
            return Err(Lost::Everything { culprit });
        }
        if let Err(lost) = result {
            roll_back(connection);
            return Err(lost);
        }
    }
    if let Err(cause) = control(connection, "commit") {
        fail_all(closures, &cause);
        roll_back(connection);
    }
    Ok(())
}

/// Runs one of many. A failure that changed nothing needs no undoing.
fn run_without_savepoint(
    connection: &rusqlite::Connection,
    counters: &Counters,
    closure: &mut dyn Queued,
) -> Result<(), Lost> {
    let before = connection.total_changes();
    if closure.run(connection, counters) || connection.total_changes() == before {
        return Ok(());
    }
    Err(Lost::NoSavepoint)
}

/// Runs one of many. An error means that its savepoint does not work, so that it cannot be undone alone.
fn run_in_savepoint(
    connection: &rusqlite::Connection,
    counters: &Counters,
    closure: &mut dyn Queued,
) -> Result<(), Error> {
    let result = control(connection, "savepoint closure").and_then(|()| {
        if !closure.run(connection, counters) {
            if connection.is_autocommit() {
                return Ok(()); // rolled back already, with everything else
            }
            control(connection, "rollback to closure")?;
        }
        control(connection, "release closure")
    });
    if let Err(cause) = &result {
        closure.fail(cause.clone());
    }
    result
}

fn fail_all(closures: &mut [Box<dyn Queued>], cause: &Error) {
    for closure in closures {
        closure.fail(cause.clone());
    }
}

fn roll_back(connection: &rusqlite::Connection) {
    if !connection.is_autocommit()
        && let Err(cause) = control(connection, "rollback")
    {
        tracing::error!(error = %cause, "a transaction could not be rolled back");
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::params;

    crate::statements! {
        INSERT = "insert into item (id, text) values ($1, $2)";
        DEFER = "pragma defer_foreign_keys = on";
        INSERT_ORPHAN = "insert into part (item_id) values (99)";
    }

    type Answer = oneshot::Receiver<Result<(), Error>>;

    /// A database with room for a few rows, as if the disk were nearly full.
    fn small_database() -> Connection {
        let connection = Connection::open_in_memory().expect("in memory");
        let schema = "create table item (id integer primary key, text text);
            create table part (item_id integer references item (id));
            pragma foreign_keys = on;
            pragma max_page_count = 12;";
        connection.execute_batch(schema).expect("there is room");
        connection
    }

    fn insert(id: i64, length: usize) -> (Box<dyn Queued>, Answer) {
        let text = "a".repeat(length);
        Closure::queued(move |tx| tx.execute(&INSERT, params![id, &text]).map(drop))
    }

    fn ids(connection: &Connection) -> Vec<i64> {
        let mut statement = connection.prepare("select id from item order by id").expect("valid");
        let ids = statement.query_map([], |row| row.get(0)).expect("readable");
        ids.collect::<Result<_, _>>().expect("numbers")
    }

    fn commit_all(
        connection: &Connection,
        closures: Vec<(Box<dyn Queued>, Answer)>,
    ) -> Vec<Result<(), Error>> {
        let (closures, answers): (Vec<_>, Vec<_>) = closures.into_iter().unzip();
        commit(connection, &Counters::default(), closures);
        answers.into_iter().map(|mut answer| answer.try_recv().expect("answered")).collect()
    }

    #[test]
    fn a_full_disk_fails_the_closure_that_fills_it_and_no_other() {
        let connection = small_database();
        let answers =
            commit_all(&connection, vec![insert(1, 10), insert(2, 100_000), insert(3, 10)]);
        assert!(matches!(answers[..], [Ok(()), Err(Error::Unavailable(_)), Ok(())]), "{answers:?}");
        assert_eq!(ids(&connection), [1, 3]);
    }

    #[test]
    fn a_full_disk_fails_a_closure_that_is_alone() {
        let connection = small_database();
        let answers = commit_all(&connection, vec![insert(1, 100_000)]);
        assert!(matches!(answers[..], [Err(Error::Unavailable(_))]), "{answers:?}");
        assert_eq!(commit_all(&connection, vec![insert(2, 10)]).len(), 1);
        assert_eq!(ids(&connection), [2]);
    }

    #[test]
    fn a_failed_commit_is_the_answer_to_everybody() {
        let connection = small_database();
        let orphan = Closure::queued(|tx| {
            tx.execute(&DEFER, &[])?;
            tx.execute(&INSERT_ORPHAN, &[]).map(drop)
        });
        let answers = commit_all(&connection, vec![insert(1, 10), orphan]);
        assert!(
            matches!(answers[..], [Err(Error::Driver(_)), Err(Error::Driver(_))]),
            "{answers:?}"
        );
        assert!(connection.is_autocommit());
        assert!(ids(&connection).is_empty());
    }

    #[test]
    fn only_a_failure_that_changed_something_makes_the_others_run_again() {
        let connection = small_database();
        let counters = Counters::default();
        let refusal = |id: Option<i64>| {
            Closure::queued(move |tx| {
                id.map_or(Ok(0), |id| tx.execute(&INSERT, params![id, "undone"]))?;
                Err::<(), _>(Error::Busy)
            })
        };
        let (kept, undone) = (insert(1, 10), refusal(None));
        commit(&connection, &counters, vec![kept.0, undone.0]);
        assert_eq!(counters.counts().transactions, 2);

        let (undone, kept) = (refusal(Some(2)), insert(3, 10));
        commit(&connection, &counters, vec![undone.0, kept.0]);
        assert_eq!(counters.counts().transactions, 2 + 1 + 2);
        assert_eq!(ids(&connection), [1, 3]);
    }
}
