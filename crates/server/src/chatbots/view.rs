//! Chatbots as administrators see them.

use super::store::{ChatbotRow, UseRow};
use crate::images;
use frontdesk_domain::chatbot::Script;
use frontdesk_domain::{ChannelId, ChatbotId};
use serde::Serialize;
use utoipa::ToSchema;

/// A channel whose rules name a chatbot.
#[derive(Clone, Serialize, ToSchema)]
pub struct ChannelRef {
    /// Which.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
}

/// A chatbot, as the list shows it.
#[derive(Serialize, ToSchema)]
pub struct ChatbotSummary {
    /// Which.
    pub id: ChatbotId,
    /// Its name.
    pub name: String,
    /// Path of its picture.
    #[schema(required)]
    pub avatar: Option<String>,
    /// It is in the archive: no rule chooses it.
    pub archived: bool,
    /// How many steps its script has.
    pub steps: i64,
    /// The channels whose rules name it.
    pub channels: Vec<ChannelRef>,
    /// How many defects the analysis found when it was saved.
    pub findings: i64,
    /// What was wrong then with how it begins.
    #[schema(required)]
    pub first_step_warning: Option<String>,
}

/// Chatbots.
#[derive(Serialize, ToSchema)]
pub struct ChatbotList {
    /// By name.
    pub chatbots: Vec<ChatbotSummary>,
}

/// A chatbot with its script.
#[derive(Serialize, ToSchema)]
pub struct Chatbot {
    /// Which.
    pub id: ChatbotId,
    /// Its name.
    pub name: String,
    /// Path of its picture.
    #[schema(required)]
    pub avatar: Option<String>,
    /// It is in the archive: no rule chooses it.
    pub archived: bool,
    /// Rises with each change of name or script.
    pub version: i64,
    /// New steps and answers take their ids from here on.
    pub next_id: i64,
    /// What it says.
    pub script: Script,
    /// The channels whose rules name it.
    pub channels: Vec<ChannelRef>,
}

impl ChatbotSummary {
    /// The view of a row.
    #[must_use]
    pub fn new(row: ChatbotRow, uses: &[UseRow]) -> Self {
        Self {
            id: row.id,
            channels: channels(row.id, uses),
            name: row.name,
            avatar: row.image.as_deref().map(images::path),
            archived: row.archived_at.is_some(),
            steps: row.steps,
            findings: row.findings,
            first_step_warning: row.first_step_warning,
        }
    }
}

impl Chatbot {
    /// The view of a row and the script of its newest version.
    #[must_use]
    pub fn new(row: ChatbotRow, script: Script, uses: &[UseRow]) -> Self {
        Self {
            id: row.id,
            channels: channels(row.id, uses),
            name: row.name,
            avatar: row.image.as_deref().map(images::path),
            archived: row.archived_at.is_some(),
            version: row.version,
            next_id: row.next_id,
            script,
        }
    }
}

fn channels(chatbot: ChatbotId, uses: &[UseRow]) -> Vec<ChannelRef> {
    let used = uses.iter().filter(|it| it.chatbot == chatbot);
    used.map(|it| ChannelRef { id: it.channel, name: it.name.clone() }).collect()
}
