//! The visitor's door.

use super::{store, token};
use crate::app::App;
use crate::problem::{FieldProblem, Problem};
use frontdesk_domain::message::is_client_id;
use frontdesk_domain::visitor::is_secret;
use frontdesk_domain::{ConversationId, VisitorId};

/// The hash of a well-formed secret; whether we know it is another question.
#[derive(Clone)]
pub struct SecretHash(pub String);

impl SecretHash {
    /// The hash of `secret`, which must have the form that browsers make.
    pub fn of(secret: &str) -> Result<Self, Problem> {
        if !is_secret(secret) {
            return Err(FieldProblem::SecretInvalid.into());
        }
        Ok(Self(token::hash(secret)))
    }

    /// The visitor behind it, if there is one.
    pub async fn visitor(&self, app: &App) -> Result<Option<Visitor>, Problem> {
        let hash = self.0.clone();
        let id = app.db.read(move |tx| store::find_visitor(tx, &hash)).await?;
        Ok(id.map(|id| Visitor { id }))
    }
}

/// A visitor whose secret we know.
#[derive(Clone, Copy, Debug)]
pub struct Visitor {
    /// Who.
    pub id: VisitorId,
}

impl Visitor {
    /// This visitor's own conversation. Anything else is not found, so that ids cannot be probed.
    pub async fn conversation(
        &self,
        app: &App,
        client_id: &str,
    ) -> Result<VisitorConversation, Problem> {
        // Anything else names nothing, and PostgreSQL would not even take a NUL.
        if !is_client_id(client_id) {
            return Err(Problem::NotFound);
        }
        let (visitor, key) = (self.id, client_id.to_owned());
        let found =
            app.db.read(move |tx| store::find_visitor_conversation(tx, visitor, &key)).await?;
        let id = found.ok_or(Problem::NotFound)?;
        Ok(VisitorConversation { id, client_id: client_id.to_owned(), visitor })
    }
}

/// A conversation, reached by its own visitor.
#[derive(Clone, Debug)]
pub struct VisitorConversation {
    /// Our number; never shown to the visitor.
    pub id: ConversationId,
    /// The visitor's name for it.
    pub client_id: String,
    /// Whose it is.
    pub visitor: VisitorId,
}
