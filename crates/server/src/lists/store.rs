//! SQL of favorites.

use super::api::Favorite;
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::{Millis, OperatorId};

/// What a favorite shows; `$1` is the list, `$2` the operator who looks.
macro_rules! favorites {
    () => {
        "select f.id, f.name, f.search, f.shared, f.initial, f.operator_id = $2, o.name
        from favorite f join operator o on o.id = f.operator_id
        where f.list = $1 and (f.operator_id = $2 or f.shared = 1) "
    };
}

/// Whoever may change it: `$2` its owner, and where it is shared every administrator, which `$4` says.
macro_rules! of_caller {
    () => {
        "id = $3 and list = $1 and (operator_id = $2 or (shared = 1 and $4 = 1))"
    };
}

frontdesk_db::statements! {
    ALL = concat!(favorites!(), "order by f.operator_id <> $2, f.name, f.id limit 500");
    ONE = concat!(favorites!(), "and f.id = $3");
    COUNT = "select count(*) from favorite where list = $1 and operator_id = $2";
    INSERT = "
        insert into favorite (list, operator_id, name, search, shared, initial, created_at)
        values ($1, $2, $3, $4, $5, $6, $7) returning id";
    UPDATE = concat!("
        update favorite set name = $5, search = $6, shared = $7, initial = $8
        where ", of_caller!(), " returning operator_id");
    /// One favorite of a list is applied when it is opened.
    OTHERS_NOT_INITIAL = "
        update favorite set initial = 0 where list = $1 and operator_id = $2 and id <> $3";
    DELETE = concat!("delete from favorite where ", of_caller!());
}

/// A search to be kept.
#[derive(Clone)]
pub struct Kept {
    /// What it is called.
    pub name: String,
    /// As JSON.
    pub search: String,
    /// Everybody sees it.
    pub shared: bool,
    /// Applied when the list is opened.
    pub initial: bool,
}

/// Own favorites and shared ones.
pub fn favorites(tx: &mut Tx<'_>, list: &str, caller: OperatorId) -> Result<Vec<Favorite>, Error> {
    tx.all(&ALL, params![list, caller.0], row)
}

/// One of them.
pub fn favorite(
    tx: &mut Tx<'_>,
    list: &str,
    caller: OperatorId,
    id: i64,
) -> Result<Favorite, Error> {
    tx.one(&ONE, params![list, caller.0, id], row)
}

/// How many favorites of a list an operator keeps.
pub fn count(tx: &mut Tx<'_>, list: &str, owner: OperatorId) -> Result<i64, Error> {
    tx.one(&COUNT, params![list, owner.0], |row| row.get(0))
}

/// Keeps a search.
pub fn insert(
    tx: &mut Tx<'_>,
    list: &str,
    owner: OperatorId,
    kept: &Kept,
    now: Millis,
) -> Result<i64, Error> {
    let Kept { name, search, shared, initial } = kept;
    let params = params![list, owner.0, name, search, *shared, *initial, now.0];
    let id = tx.one(&INSERT, params, |row| row.get::<i64>(0))?;
    if *initial {
        tx.execute(&OTHERS_NOT_INITIAL, params![list, owner.0, id])?;
    }
    Ok(id)
}

/// Replaces a favorite that the caller may change.
pub fn update(
    tx: &mut Tx<'_>,
    list: &str,
    (caller, administers): (OperatorId, bool),
    id: i64,
    kept: &Kept,
) -> Result<(), Error> {
    let Kept { name, search, shared, initial } = kept;
    let params = params![list, caller.0, id, administers, name, search, *shared, *initial];
    let owner = tx.one(&UPDATE, params, |row| row.get::<i64>(0))?;
    if *initial {
        tx.execute(&OTHERS_NOT_INITIAL, params![list, owner, id])?;
    }
    Ok(())
}

/// Removes a favorite that the caller may change.
pub fn remove(
    tx: &mut Tx<'_>,
    list: &str,
    (caller, administers): (OperatorId, bool),
    id: i64,
) -> Result<(), Error> {
    match tx.execute(&DELETE, params![list, caller.0, id, administers])? {
        0 => Err(Error::NoRow),
        _ => Ok(()),
    }
}

fn row(row: &Row<'_>) -> Result<Favorite, Error> {
    let search: String = row.get(2)?;
    Ok(Favorite {
        id: row.get(0)?,
        name: row.get(1)?,
        search: serde_json::from_str(&search).unwrap_or_default(),
        shared: row.get(3)?,
        initial: row.get(4)?,
        own: row.get(5)?,
        owner_name: row.get(6)?,
    })
}
