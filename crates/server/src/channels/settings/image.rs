//! A channel's image: it stands on the card and the form, and is the icon of the direct link's page.

use super::super::store::find_row;
use super::{change, store};
use crate::app::App;
use crate::images::{self, NewImage};
use crate::problem::Problem;
use bytes::Bytes;
use frontdesk_domain::ChannelId;

/// Twice what the largest place shows, in pixels.
const SIDE: u32 = 256;

/// A channel shows another image from now on.
pub async fn show_image(app: &App, id: ChannelId, upload: Bytes) -> Result<(), Problem> {
    let image = images::square(upload, SIDE).await?;
    replace(app, id, Some(image)).await
}

/// A channel shows no image any more.
pub async fn hide_image(app: &App, id: ChannelId) -> Result<(), Problem> {
    replace(app, id, None).await
}

async fn replace(app: &App, id: ChannelId, image: Option<NewImage>) -> Result<(), Problem> {
    let now = app.clock.now();
    change(app, id, move |tx| {
        store::hold(tx, id)?;
        let old = find_row(tx, id)?.and_then(|row| row.image);
        if let Some(image) = &image {
            images::insert(tx, image, now)?;
        }
        store::show_image(tx, id, image.as_ref().map(|it| it.name.as_str()))?;
        Ok(old.map_or(Ok(()), |old| images::remove(tx, &old))?)
    })
    .await
}
