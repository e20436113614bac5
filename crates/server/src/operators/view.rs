//! Operators as clients see them.

use super::store::OperatorRow;
use crate::config::Config;
use crate::images;
use frontdesk_domain::operator::{Presence, Role};
use frontdesk_domain::{ExpertiseId, Millis, OperatorId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What calls an operator to a new message.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Alerts {
    /// Two soft notes.
    pub sound: bool,
    /// A notification of the browser, where the browser allows it.
    pub notification: bool,
}

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
    /// Further languages that the caller answers in.
    pub chat_languages: Vec<String>,
    /// What the caller knows.
    pub expertise: Vec<ExpertiseId>,
    /// As in the IANA database; null: the browser's.
    #[schema(required)]
    pub time_zone: Option<String>,
    /// Where the caller is, as a two-letter code: visitors from there come first.
    #[schema(required)]
    pub country: Option<String>,
    /// What calls the caller to a new message.
    pub alerts: Alerts,
    /// Path of the caller's picture.
    #[schema(required)]
    pub avatar: Option<String>,
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
    pub fn new(
        row: OperatorRow,
        (chat_languages, expertise): (Vec<String>, Vec<ExpertiseId>),
        config: &Config,
        now: Millis,
    ) -> Self {
        Self {
            id: row.id,
            name: row.name,
            chat_name: row.chat_name,
            email: row.email,
            role: row.role,
            language: row.language,
            chat_languages,
            expertise,
            time_zone: row.time_zone,
            country: row.country,
            alerts: row.alerts,
            avatar: row.avatar.as_deref().map(images::path),
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
