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

    pub(crate) fn write<T, E: From<Error>>(
        &self,
        closure: impl Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.0.write(closure)
    }

    /// Asks something that is always answered.
    pub(crate) fn ask<T>(&self, closure: impl Fn(&mut Tx<'_>) -> Result<T, Error>) -> T {
        self.0.write(closure).expect("memory can be read")
    }

    pub(crate) fn read(
        &self,
        conversation: ConversationId,
        range: Range,
    ) -> (Vec<StoredEvent>, bool) {
        self.ask(|tx| events::read(tx, conversation, range))
    }

    pub(crate) fn last_seq(&self, conversation: ConversationId) -> i64 {
        self.ask(|tx| store::last_seq(tx, conversation))
    }

    pub(crate) fn find(
        &self,
        conversation: ConversationId,
        client_id: &str,
    ) -> Option<StoredEvent> {
        self.ask(|tx| events::find_by_client_id(tx, conversation, client_id))
    }
}
