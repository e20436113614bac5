//! The operator's door.

use super::{sessions, store, token};
use crate::app::App;
use crate::events::OperatorNames;
use crate::problem::Problem;
use frontdesk_domain::operator::Role;
use frontdesk_domain::{ConversationId, OperatorId};

/// A signed-in operator.
#[derive(Clone, Debug)]
pub struct Operator {
    /// Who.
    pub id: OperatorId,
    /// For the team.
    pub name: String,
    /// For visitors.
    pub chat_name: String,
    /// What the operator may do.
    pub role: Role,
    /// Hash of the session's token, where one signed in with a browser.
    pub session: Option<String>,
}

impl Operator {
    /// The operator of an API key.
    pub async fn by_key(app: &App, key: &str) -> Result<Self, Problem> {
        let hash = token::hash(key);
        let found = app.db.read(move |tx| store::find_by_key(tx, &hash)).await?;
        found.map(Self::from).ok_or(Problem::NotSignedIn)
    }

    /// The operator of a session's token.
    pub async fn by_session(app: &App, token: &str) -> Result<Self, Problem> {
        let (hash, now) = (token::hash(token), app.clock.now());
        let session = hash.clone();
        let found = app.db.read(move |tx| store::find_by_session(tx, &hash, now)).await?;
        let (row, seen_at) = found.ok_or(Problem::NotSignedIn)?;
        sessions::seen(app, &session, seen_at, now).await;
        Ok(Self { session: Some(session), ..Self::from(row) })
    }

    /// The names, as events tell them.
    #[must_use]
    pub fn names(&self) -> OperatorNames {
        OperatorNames { id: self.id, name: self.name.clone(), chat_name: self.chat_name.clone() }
    }

    /// A conversation, which every operator may read (behaviour: access).
    pub async fn conversation(
        &self,
        app: &App,
        id: ConversationId,
    ) -> Result<OperatorConversation, Problem> {
        let operator = self.id;
        let found = app.db.read(move |tx| store::find_membership(tx, id, operator)).await?;
        let member = found.ok_or(Problem::NotFound)?;
        Ok(OperatorConversation { id, operator, member })
    }
}

impl From<store::OperatorRow> for Operator {
    fn from(row: store::OperatorRow) -> Self {
        Self { id: row.id, name: row.name, chat_name: row.chat_name, role: row.role, session: None }
    }
}

/// A signed-in operator who may configure the installation.
#[derive(Clone, Debug)]
pub struct Administrator(pub Operator);

impl TryFrom<Operator> for Administrator {
    type Error = Problem;

    fn try_from(operator: Operator) -> Result<Self, Problem> {
        match operator.role {
            Role::Administrator => Ok(Self(operator)),
            Role::Operator => Err(Problem::NotAllowed),
        }
    }
}

/// A conversation, reached by an operator.
#[derive(Clone, Copy, Debug)]
pub struct OperatorConversation {
    /// Which.
    pub id: ConversationId,
    /// Who reached it.
    pub operator: OperatorId,
    /// Whether that operator takes part.
    pub member: bool,
}
