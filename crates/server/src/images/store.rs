//! SQL of images.

use super::NewImage;
use crate::auth::token;
use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::Millis;

frontdesk_db::statements! {
    INSERT = "insert into image (name, media_type, bytes, created_at) values ($1, $2, $3, $4)";
    FIND = "select media_type, bytes from image where name = $1";
    COPY = "
        insert into image (name, media_type, bytes, created_at)
        select cast($2 as text), media_type, bytes, cast($3 as bigint) from image where name = $1";
    REMOVE = "delete from image where name = $1";
}

/// Keeps a picture.
pub fn insert(tx: &mut Tx<'_>, image: &NewImage, now: Millis) -> Result<(), Error> {
    tx.execute(&INSERT, params![&image.name, image.media_type, &image.bytes, now.0]).map(drop)
}

/// Keeps a picture a second time, under a name of its own; none when there is no such picture.
pub fn copy(tx: &mut Tx<'_>, name: &str, now: Millis) -> Result<Option<String>, Error> {
    let copy = token::generate();
    let copied = tx.execute(&COPY, params![name, &copy, now.0])? > 0;
    Ok(copied.then_some(copy))
}

/// A picture's media type and file.
pub fn find(tx: &mut Tx<'_>, name: &str) -> Result<Option<(String, Vec<u8>)>, Error> {
    tx.optional(&FIND, params![name], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Forgets a picture that nothing shows any more.
pub fn remove(tx: &mut Tx<'_>, name: &str) -> Result<(), Error> {
    tx.execute(&REMOVE, params![name]).map(drop)
}
