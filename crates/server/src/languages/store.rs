//! SQL of languages.

use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::OperatorId;
use std::collections::BTreeSet;

frontdesk_db::statements! {
    ENABLED = "select language from enabled_language order by language limit 1000";
    DISABLE_ALL = "delete from enabled_language";
    ENABLE = "insert into enabled_language (language) values ($1) on conflict do nothing";
    FORGET_DISABLED = "
        delete from operator_language
        where language not in (select language from enabled_language)";
    OF_OPERATOR = "
        select language from operator_language where operator_id = $1 order by language limit 1000";
    FORGET_OF_OPERATOR = "delete from operator_language where operator_id = $1";
    ADD_TO_OPERATOR = "
        insert into operator_language (operator_id, language) values ($1, $2)
        on conflict do nothing";
}

/// The enabled languages.
pub fn enabled(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    tx.all(&ENABLED, params![], |row| row.get(0))
}

/// Enables exactly these.
pub fn replace_enabled(tx: &mut Tx<'_>, languages: &BTreeSet<String>) -> Result<(), Error> {
    tx.execute(&DISABLE_ALL, params![])?;
    for language in languages {
        tx.execute(&ENABLE, params![language])?;
    }
    tx.execute(&FORGET_DISABLED, params![]).map(drop)
}

/// What an operator answers in besides the language of the console.
pub fn of_operator(tx: &mut Tx<'_>, operator: OperatorId) -> Result<Vec<String>, Error> {
    tx.all(&OF_OPERATOR, params![operator.0], |row| row.get(0))
}

/// Exactly these.
pub fn replace_of_operator(
    tx: &mut Tx<'_>,
    operator: OperatorId,
    languages: &BTreeSet<String>,
) -> Result<(), Error> {
    tx.execute(&FORGET_OF_OPERATOR, params![operator.0])?;
    for language in languages {
        tx.execute(&ADD_TO_OPERATOR, params![operator.0, language])?;
    }
    Ok(())
}
