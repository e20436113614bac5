//! The avatar: the picture that stands beside an operator's name.

use super::store;
use crate::app::App;
use crate::images;
use crate::operators::{self, Me};
use crate::problem::Problem;
use crate::realtime::frames::Changed;
use bytes::Bytes;
use frontdesk_domain::OperatorId;

/// Twice what the largest place shows, in pixels.
const SIDE: u32 = 256;

/// An operator shows another picture from now on.
pub async fn show(app: &App, operator: OperatorId, upload: Bytes) -> Result<Me, Problem> {
    let image = images::square(upload, SIDE).await?;
    replace(app, operator, Some(image)).await
}

/// An operator shows no picture any more.
pub async fn hide(app: &App, operator: OperatorId) -> Result<Me, Problem> {
    replace(app, operator, None).await
}

async fn replace(
    app: &App,
    operator: OperatorId,
    image: Option<images::NewImage>,
) -> Result<Me, Problem> {
    let now = app.clock.now();
    let replaced = move |tx: &mut frontdesk_db::Tx<'_>| {
        let old = store::avatar(tx, operator)?;
        if let Some(image) = &image {
            images::insert(tx, image, now)?;
        }
        store::show(tx, operator, image.as_ref().map(|it| it.name.as_str()))?;
        old.map_or(Ok(()), |old| images::remove(tx, &old))
    };
    app.db.write(replaced).await?;
    app.live.changed(Changed::Operator, operator.0);
    operators::me(app, operator).await
}
