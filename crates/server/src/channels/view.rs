//! Channels as the team sees them.

use super::store::{self, ChannelRow};
use crate::images;
use crate::operators::OperatorPresence;
use crate::problem::Problem;
use frontdesk_db::Tx;
use frontdesk_domain::{ChannelId, Millis, OperatorId};
use serde::Serialize;
use utoipa::ToSchema;

/// A channel.
#[derive(Serialize, ToSchema)]
pub struct Channel {
    /// Which.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
    /// Path of its image, on this installation.
    #[schema(required)]
    pub image: Option<String>,
    /// The caller is one of its operators.
    pub joined: bool,
    /// Its operators, by name.
    pub operators: Vec<OperatorPresence>,
    /// Open conversations.
    pub ongoing: i64,
    /// All conversations.
    pub conversations: i64,
    /// It is in the archive: websites do not show it.
    pub archived: bool,
    /// The line for the website's head.
    pub embed_code: String,
    /// A page with nothing but the window, to be sent to customers.
    pub direct_link: String,
}

/// All channels.
#[derive(Serialize, ToSchema)]
pub struct ChannelList {
    /// Oldest first.
    pub channels: Vec<Channel>,
}

/// The view of a row, as `operator` sees it.
pub fn channel(
    tx: &mut Tx<'_>,
    row: ChannelRow,
    operator: OperatorId,
    (now, base_url): (Millis, &str),
) -> Result<Channel, Problem> {
    let rows = store::operators(tx, row.id)?;
    let (ongoing, conversations) = store::conversation_counts(tx, row.id)?;
    Ok(Channel {
        id: row.id,
        name: row.name,
        image: row.image.as_deref().map(images::path),
        joined: rows.iter().any(|it| it.id == operator),
        operators: rows
            .into_iter()
            .map(|it| OperatorPresence {
                id: it.id,
                name: it.name,
                presence: it.sighting.presence(now),
            })
            .collect(),
        ongoing,
        conversations,
        archived: row.archived_at.is_some(),
        embed_code: embed_code(base_url, row.id),
        direct_link: format!("{base_url}/chat/{}", row.id),
    })
}

/// The line that a website puts into its head.
#[must_use]
pub fn embed_code(base_url: &str, id: ChannelId) -> String {
    format!(r#"<script async src="{base_url}/embed/{id}.js"></script>"#)
}
