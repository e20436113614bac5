//! The picture that stands beside a chatbot's name.

use super::store;
use crate::app::App;
use crate::images;
use crate::problem::Problem;
use bytes::Bytes;
use frontdesk_domain::ChatbotId;

/// Twice what the largest place shows, in pixels.
const SIDE: u32 = 256;

/// A chatbot shows another picture from now on.
pub async fn show(app: &App, id: ChatbotId, upload: Bytes) -> Result<(), Problem> {
    let image = images::square(upload, SIDE).await?;
    replace(app, id, Some(image)).await
}

/// A chatbot shows no picture any more.
pub async fn hide(app: &App, id: ChatbotId) -> Result<(), Problem> {
    replace(app, id, None).await
}

async fn replace(app: &App, id: ChatbotId, image: Option<images::NewImage>) -> Result<(), Problem> {
    let now = app.clock.now();
    super::change(app, id, move |tx| {
        let old = store::find(tx, id)?.image;
        if let Some(image) = &image {
            images::insert(tx, image, now)?;
        }
        store::show(tx, id, image.as_ref().map(|it| it.name.as_str()))?;
        Ok(old.map_or(Ok(()), |old| images::remove(tx, &old))?)
    })
    .await
}
