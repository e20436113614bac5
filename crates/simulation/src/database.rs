//! The database: the real statements, in memory.

use crate::store;
use frontdesk_db::{Error, Inline, Tx};
use frontdesk_domain::ConversationId;
use frontdesk_server::events::{self, Range, StoredEvent};

/// A database in memory, which many runs use one after the other.
pub struct Database(Inline);

impl Database {
    /// With all tables, and nothing in them.
    pub fn open() -> anyhow::Result<Self> {
        Ok(Self(Inline::open()?))
    }

    /// Undoes everything that the last run wrote.
    pub(crate) fn forget(&self) -> Result<(), Error> {
        self.0.forget()
    }

    pub(crate) fn write<T>(
        &self,
        closure: impl Fn(&mut Tx<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.0.write(closure)
    }

    pub(crate) fn read(
        &self,
        conversation: ConversationId,
        range: Range,
    ) -> (Vec<StoredEvent>, bool) {
        let read = self.0.write(|tx| events::read(tx, conversation, range));
        read.expect("memory can be read")
    }

    pub(crate) fn last_seq(&self, conversation: ConversationId) -> i64 {
        let read = self.0.write(|tx| store::last_seq(tx, conversation));
        read.expect("memory can be read")
    }

    pub(crate) fn find(
        &self,
        conversation: ConversationId,
        client_id: &str,
    ) -> Option<StoredEvent> {
        let found = self.0.write(|tx| events::find_by_client_id(tx, conversation, client_id));
        found.expect("memory can be read")
    }
}
