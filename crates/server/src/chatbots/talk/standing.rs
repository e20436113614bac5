//! Where a conversation stands, with the script that it goes through.

use super::store::{self, RunRow};
use super::view::ChatbotState;
use crate::app::App;
use crate::chatbots;
use crate::images;
use frontdesk_db::{Error, Tx};
use frontdesk_domain::chatbot::{Awaits, Script};
use frontdesk_domain::{ChatbotId, ConversationId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// So many versions of scripts are remembered; an installation has a handful.
const SCRIPTS_MAX: usize = 100;

/// Versions of scripts that conversations went through lately. A version never changes.
#[derive(Default)]
pub struct Scripts {
    kept: Mutex<HashMap<(ChatbotId, i64), Arc<Script>>>,
}

impl Scripts {
    fn find(&self, tx: &mut Tx<'_>, (id, version): (ChatbotId, i64)) -> Result<Arc<Script>, Error> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(script) = kept().get(&(id, version)) {
            return Ok(Arc::clone(script));
        }
        let script = Arc::new(chatbots::script(tx, id, version)?);
        let mut kept = kept();
        if kept.len() >= SCRIPTS_MAX {
            kept.clear();
        }
        kept.insert((id, version), Arc::clone(&script));
        Ok(script)
    }
}

/// A conversation that is held by this transaction, and its script.
pub struct Standing {
    /// Which.
    pub conversation: ConversationId,
    /// Where it stands.
    pub row: RunRow,
    /// What it goes through.
    pub script: Arc<Script>,
}

impl Standing {
    /// Where a conversation stands; none where no chatbot ever was in it.
    pub fn read(
        app: &App,
        tx: &mut Tx<'_>,
        conversation: ConversationId,
    ) -> Result<Option<Self>, Error> {
        let Some(row) = store::run(tx, conversation)? else {
            return Ok(None);
        };
        let script = app.scripts.find(tx, (row.chatbot.id, row.version))?;
        Ok(Some(Self { conversation, row, script }))
    }

    /// What the visitor is told of it.
    pub fn state(&self, awaits: Awaits) -> ChatbotState {
        ChatbotState {
            name: self.row.chatbot.name.clone(),
            avatar: self.row.image.as_deref().map(images::path),
            step: self.row.run.step.filter(|_| awaits != Awaits::Nothing),
            awaits,
            restartable: self.row.run.is_restartable(),
        }
    }
}
