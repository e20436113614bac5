//! The secret that a website signs its users' ids with, made when it is first asked for.

use super::{change, store};
use crate::app::App;
use crate::auth::token;
use crate::problem::Problem;
use frontdesk_domain::ChannelId;
use serde::Serialize;
use utoipa::ToSchema;

/// A channel's secret for signed identities.
#[derive(Serialize, ToSchema)]
pub struct IdentitySecret {
    /// To be kept on the website's server, never in a page.
    pub secret: String,
}

/// The secret, as it is.
pub async fn identity_secret(app: &App, id: ChannelId) -> Result<IdentitySecret, Problem> {
    match signing_secret(app, id).await? {
        Some(secret) => Ok(IdentitySecret { secret }),
        None => renew_identity_secret(app, id).await,
    }
}

/// The secret that signatures are checked with; none while nobody has asked for one.
pub async fn signing_secret(app: &App, id: ChannelId) -> Result<Option<String>, Problem> {
    let found = app.db.read(move |tx| store::identity_secret(tx, id)).await?;
    found.ok_or(Problem::ChannelNotFound)
}

/// A new secret. What was signed with the old one is worth nothing from now on.
pub async fn renew_identity_secret(app: &App, id: ChannelId) -> Result<IdentitySecret, Problem> {
    let secret = token::generate();
    let written = secret.clone();
    change(app, id, move |tx| Ok(store::write_identity_secret(tx, id, &written)?)).await?;
    Ok(IdentitySecret { secret })
}
