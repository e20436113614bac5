//! Images: pictures that people upload, kept only as we drew them again.
//!
//! What an upload is, its content says, not its name. It is bounded before it is decoded, cut to a square, and encoded
//! anew: neither metadata nor anything hidden in the file survives. Its name is random, and a new picture has a new name,
//! so that browsers may keep one for ever.

mod decoding;
mod page;
mod store;

pub use page::routes as page_routes;
pub use store::{STATEMENTS, copy, insert, remove};

use crate::auth::token;
use crate::problem::Problem;
use tokio::sync::Semaphore;

/// The largest upload, in bytes: what a phone's camera makes fits.
pub const UPLOAD_MAX_BYTES: usize = 8 * 1024 * 1024;
/// Decoding takes much memory for a moment.
static AT_ONCE: Semaphore = Semaphore::const_new(1);

/// A picture that may be kept.
#[derive(Clone)]
pub struct NewImage {
    /// Random: only who was told it can open the picture.
    pub name: String,
    /// PNG where something shows through, else JPEG.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A square of `side` pixels from the middle of an upload.
pub async fn square(upload: bytes::Bytes, side: u32) -> Result<NewImage, Problem> {
    let _permit = AT_ONCE.acquire().await.map_err(Problem::internal)?;
    let drawn = tokio::task::spawn_blocking(move || decoding::square(&upload, side));
    let (media_type, bytes) = drawn.await.map_err(Problem::internal)??;
    Ok(NewImage { name: token::generate(), media_type, bytes })
}

/// Where a picture is served, below the address of this installation.
#[must_use]
pub fn path(name: &str) -> String {
    format!("/images/{name}")
}
