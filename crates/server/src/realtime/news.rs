//! News of conversations for those who look at lists: at most one a second, however much happens.

use super::frames::Changed;
use crate::app::App;
use frontdesk_domain::ConversationId;
use frontdesk_domain::event::Event;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::Notify;

/// A thousand conversations that begin at once are one reason to fetch a list again, not a thousand.
const PACE: Duration = Duration::from_secs(1);

/// The conversation that last changed, until it was told.
#[derive(Default)]
pub struct News {
    newest: AtomicI64,
    there: Notify,
}

impl News {
    /// Takes in an event; messages change no list.
    pub fn take(&self, conversation: ConversationId, event: &Event) {
        let is_message = matches!(
            event,
            Event::MessagePosted { .. }
                | Event::MessageEdited { .. }
                | Event::MessageDeleted { .. }
        );
        if !is_message {
            self.newest.store(conversation.0, Ordering::Relaxed);
            self.there.notify_one();
        }
    }
}

/// Tells the operators, for as long as the node runs.
pub async fn tell_news(app: App) {
    loop {
        app.live.news.there.notified().await;
        let newest = app.live.news.newest.load(Ordering::Relaxed);
        app.live.changed(Changed::Conversation, newest);
        tokio::time::sleep(PACE).await;
    }
}
