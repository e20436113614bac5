//! SQL of jobs.

use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::Millis;

frontdesk_db::statements! {
    INSERT = "insert into job (work, due_at, created_at) values ($1, $3, $2)";
    ENSURE_NAMED = "
        insert into job (name, work, due_at, created_at) values ($1, $2, $3, $3)
        on conflict (name) do nothing";
    /// The lease is looked at twice: two nodes may have found the same row, and only one gets it.
    TAKE = "
        update job set leased_until = $2, attempts = attempts + 1
        where id = (select id from job
                where due_at <= $1 and leased_until <= $1 and dead_at is null
                order by due_at, id limit 1)
            and leased_until <= $1
        returning id, work, name, attempts";
    /// A worker whose lease ran out has lost the job: the number of attempts is another one by then.
    REMOVE = "delete from job where id = $1 and attempts = $2";
    REPEAT = "
        update job set due_at = $3, leased_until = 0, attempts = 0
        where id = $1 and attempts = $2";
    PUT_BACK = "update job set due_at = $3, leased_until = 0 where id = $1 and attempts = $2";
    PUT_ASIDE = "update job set dead_at = $3 where id = $1 and attempts = $2";
    NEXT = "
        select min(case when leased_until > due_at then leased_until else due_at end)
        from job where dead_at is null";
    BUSY = "select count(*) from job where due_at <= $1 and dead_at is null";
    FORGET_DEAD = "delete from job where dead_at <= $1";
}

/// A job that this node works on.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Which.
    pub id: i64,
    /// What to do, as JSON.
    pub work: String,
    /// Of work that is done again and again.
    pub name: Option<String>,
    /// How often it was taken, this time included.
    pub attempts: i64,
}

/// Adds a job.
pub fn insert(tx: &mut Tx<'_>, work: &str, now: Millis, due: Millis) -> Result<(), Error> {
    tx.execute(&INSERT, params![work, now.0, due.0]).map(drop)
}

/// Adds a job that is there once.
pub fn ensure_named(tx: &mut Tx<'_>, name: &str, work: &str, now: Millis) -> Result<(), Error> {
    tx.execute(&ENSURE_NAMED, params![name, work, now.0]).map(drop)
}

/// Takes the job that is due longest.
pub fn take(tx: &mut Tx<'_>, now: Millis, until: Millis) -> Result<Option<Taken>, Error> {
    tx.optional(&TAKE, params![now.0, until.0], |row| {
        Ok(Taken { id: row.get(0)?, work: row.get(1)?, name: row.get(2)?, attempts: row.get(3)? })
    })
}

/// It is done.
pub fn remove(tx: &mut Tx<'_>, job: &Taken) -> Result<(), Error> {
    tx.execute(&REMOVE, params![job.id, job.attempts]).map(drop)
}

/// It is done, and is to be done again.
pub fn repeat(tx: &mut Tx<'_>, job: &Taken, at: Millis) -> Result<(), Error> {
    tx.execute(&REPEAT, params![job.id, job.attempts, at.0]).map(drop)
}

/// It failed, and is to be tried again.
pub fn put_back(tx: &mut Tx<'_>, job: &Taken, at: Millis) -> Result<(), Error> {
    tx.execute(&PUT_BACK, params![job.id, job.attempts, at.0]).map(drop)
}

/// It failed for good.
pub fn put_aside(tx: &mut Tx<'_>, job: &Taken, now: Millis) -> Result<(), Error> {
    tx.execute(&PUT_ASIDE, params![job.id, job.attempts, now.0]).map(drop)
}

/// When the next job can be taken.
pub fn next(tx: &mut Tx<'_>) -> Result<Option<Millis>, Error> {
    tx.one(&NEXT, params![], |row| Ok(row.get::<Option<i64>>(0)?.map(Millis)))
}

/// Whether a job is due or under way.
pub fn is_busy(tx: &mut Tx<'_>, now: Millis) -> Result<bool, Error> {
    tx.one(&BUSY, params![now.0], |row| Ok(row.get::<i64>(0)? > 0))
}

/// Removes what was put aside long ago.
pub fn forget_dead(tx: &mut Tx<'_>, before: Millis) -> Result<(), Error> {
    tx.execute(&FORGET_DEAD, params![before.0]).map(drop)
}
