//! Operators as clients see them.

use super::store::OperatorRow;
use crate::config::Config;
use frontdesk_domain::operator::{Presence, Role};
use frontdesk_domain::{Millis, OperatorId};
use serde::Serialize;
use utoipa::ToSchema;

/// The caller.
#[derive(Serialize, ToSchema)]
pub struct Me {
    /// Who.
    pub id: OperatorId,
    /// For the team.
    pub name: String,
    /// What visitors see.
    pub chat_name: String,
    /// The address to sign in with.
    pub email: String,
    /// What the caller may do.
    pub role: Role,
    /// Language of the console.
    pub language: String,
    /// What others see.
    pub presence: Presence,
    /// What the caller chose to be.
    pub presence_choice: Presence,
    /// Public address of this installation, without a slash at the end.
    pub base_url: String,
    /// The demonstration site, on another origin where there is one.
    pub demo_url: String,
    /// Version of the server.
    pub version: &'static str,
}

impl Me {
    /// The view of a row.
    #[must_use]
    pub fn new(row: OperatorRow, config: &Config, now: Millis) -> Self {
        Self {
            id: row.id,
            name: row.name,
            chat_name: row.chat_name,
            email: row.email,
            role: row.role,
            language: row.language,
            presence: row.sighting.presence(now),
            presence_choice: row.sighting.choice,
            base_url: config.public_url(),
            demo_url: config.demo_url(),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// An operator of a channel, and whether one is there.
#[derive(Serialize, ToSchema)]
pub struct OperatorPresence {
    /// Who.
    pub id: OperatorId,
    /// For the team.
    pub name: String,
    /// What others see.
    pub presence: Presence,
}
