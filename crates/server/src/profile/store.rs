//! SQL of profiles.

use crate::operators::Alerts;
use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::OperatorId;

frontdesk_db::statements! {
    RENAME = "update operator set name = $2, chat_name = $3 where id = $1";
    /// What is null stays; an empty time zone is none.
    PREFER = "
        update operator set language = $2, time_zone = nullif(coalesce($3, time_zone), ''),
            alert_sound = coalesce($4, alert_sound),
            alert_notification = coalesce($5, alert_notification)
        where id = $1";
    BE_IN = "
        update operator set country = nullif(coalesce($2, country), '') where id = $1";
    /// An update of nothing: it holds the row, so that no second picture is put in meanwhile.
    AVATAR = "update operator set avatar = avatar where id = $1 returning avatar";
    SHOW = "update operator set avatar = $2 where id = $1";
    PASSWORD = "select password_hash from operator where id = $1 and active = 1";
    SET_PASSWORD = "update operator set password_hash = $2 where id = $1";
}

/// Changes the names.
pub fn rename(tx: &mut Tx<'_>, id: OperatorId, name: &str, chat_name: &str) -> Result<(), Error> {
    tx.execute(&RENAME, params![id.0, name, chat_name]).map(drop)
}

/// Changes language, time zone and alerts.
pub fn prefer(
    tx: &mut Tx<'_>,
    id: OperatorId,
    (language, time_zone, alerts): (&str, Option<&str>, Option<Alerts>),
) -> Result<(), Error> {
    let sound = alerts.map(|it| i64::from(it.sound));
    let notification = alerts.map(|it| i64::from(it.notification));
    let params = params![id.0, language, time_zone, sound, notification];
    tx.execute(&PREFER, params).map(drop)
}

/// Changes the country; an empty one is none, and none leaves it as it is.
pub fn be_in(tx: &mut Tx<'_>, id: OperatorId, country: Option<&str>) -> Result<(), Error> {
    tx.execute(&BE_IN, params![id.0, country]).map(drop)
}

/// The name of the picture that an operator has; nobody else changes it within this transaction.
pub fn avatar(tx: &mut Tx<'_>, id: OperatorId) -> Result<Option<String>, Error> {
    tx.one(&AVATAR, params![id.0], |row| row.get(0))
}

/// Gives an operator a picture, or none.
pub fn show(tx: &mut Tx<'_>, id: OperatorId, image: Option<&str>) -> Result<(), Error> {
    tx.execute(&SHOW, params![id.0, image]).map(drop)
}

/// The hash of an operator's password.
pub fn password(tx: &mut Tx<'_>, id: OperatorId) -> Result<Option<String>, Error> {
    tx.one(&PASSWORD, params![id.0], |row| row.get(0))
}

/// Changes the hash of an operator's password.
pub fn set_password(tx: &mut Tx<'_>, id: OperatorId, hash: &str) -> Result<(), Error> {
    tx.execute(&SET_PASSWORD, params![id.0, hash]).map(drop)
}
