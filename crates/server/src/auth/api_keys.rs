//! API keys: what a script signs in with.

use super::{store, token};
use crate::problem::Problem;
use frontdesk_db::Db;
use frontdesk_domain::{Millis, OperatorId};

/// Begins every key, so that a leaked one is recognised.
const PREFIX: &str = "fdk_";

/// A new key of `operator`, told this once.
pub async fn issue_api_key(
    db: &Db,
    operator: OperatorId,
    name: &str,
    now: Millis,
) -> Result<String, Problem> {
    let key = format!("{PREFIX}{}", token::generate());
    let (hash, name) = (token::hash(&key), name.to_owned());
    db.write(move |tx| store::insert_api_key(tx, operator, &name, &hash, now)).await?;
    Ok(key)
}
