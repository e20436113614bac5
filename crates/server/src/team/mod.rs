//! The team: everybody who may sign in, as everybody sees it and administrators change it (J2).
//!
//! There is always an administrator who can come in. Who may not come in any more is signed out everywhere, leaves every
//! channel and every conversation, and may be let in again.

mod api;
mod store;
#[cfg(test)]
mod tests;

pub use api::routes;
pub use store::STATEMENTS;

use crate::app::App;
use crate::jobs::{self, Work};
use crate::problem::{FieldProblem, Problem};
use crate::realtime::frames::Changed;
use crate::{auth, channels, invitations};
use frontdesk_db::Tx;
use frontdesk_domain::operator::{Presence, Role};
use frontdesk_domain::{ExpertiseId, OperatorId, text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One of the team.
#[derive(Clone, Serialize, ToSchema)]
pub struct TeamMember {
    /// Who.
    pub id: OperatorId,
    /// For the team.
    pub name: String,
    /// For visitors.
    pub chat_name: String,
    /// The address to sign in with.
    pub email: String,
    /// What the operator may do.
    pub role: Role,
    /// Path of the picture.
    #[schema(required)]
    pub avatar: Option<String>,
    /// May sign in.
    pub active: bool,
    /// Was invited, and has not come in yet.
    pub invited: bool,
    /// What others see.
    pub presence: Presence,
    /// Languages that the operator answers in; the first is that of the console.
    pub languages: Vec<String>,
    /// What the operator knows.
    pub expertise: Vec<ExpertiseId>,
    /// Open conversations that the operator answers.
    pub ongoing: i64,
}

/// What an administrator says of an operator.
#[derive(Deserialize, ToSchema)]
pub struct TeamMemberRequest {
    /// For the team.
    pub name: String,
    /// For visitors; empty: the name.
    pub chat_name: String,
    /// What the operator may do.
    pub role: Role,
}

/// Everybody, by name.
pub async fn list(app: &App) -> Result<Vec<TeamMember>, Problem> {
    let now = app.clock.now();
    Ok(app.db.read(move |tx| store::all(tx, now)).await?)
}

/// Changes an operator's names and role.
pub async fn update(
    app: &App,
    id: OperatorId,
    request: TeamMemberRequest,
) -> Result<TeamMember, Problem> {
    let name = text::name(&request.name).map_err(|_| FieldProblem::NameInvalid("name"))?;
    let chat_name = match request.chat_name.trim() {
        "" => name.clone(),
        typed => text::name(typed).map_err(|_| FieldProblem::NameInvalid("chat_name"))?,
    };
    let write = move |tx: &mut Tx<'_>| {
        if request.role != Role::Administrator {
            keep_an_administrator(tx, id)?;
        }
        if !store::update(tx, id, (&name, &chat_name), request.role)? {
            return Err(Problem::NotFound);
        }
        Ok(())
    };
    app.db.write(write).await?;
    app.live.changed(Changed::Operator, id.0);
    find(app, id).await
}

/// Lets an operator in no more. Doing so twice is fine.
pub async fn deactivate(app: &App, by: OperatorId, id: OperatorId) -> Result<TeamMember, Problem> {
    if by == id {
        return Err(Problem::OwnAccount);
    }
    let now = app.clock.now();
    let write = move |tx: &mut Tx<'_>| {
        keep_an_administrator(tx, id)?;
        if !store::set_active(tx, id, false)? {
            return Err(Problem::NotFound);
        }
        auth::end_all_sessions(tx, id)?;
        invitations::forget_links(tx, id)?;
        channels::leave_all(tx, id)?;
        // Many conversations are many events: not in this transaction, but certainly after it.
        Ok(jobs::add(tx, &Work::LeaveConversations { operator: id }, now)?)
    };
    app.db.write(write).await?;
    app.wake.up();
    app.live.sign_out(id);
    app.live.changed(Changed::Operator, id.0);
    app.live.changed(Changed::Channel, 0);
    find(app, id).await
}

/// Lets an operator in again, with the old password; channels are joined anew.
pub async fn reactivate(app: &App, id: OperatorId) -> Result<TeamMember, Problem> {
    if !app.db.write(move |tx| store::set_active(tx, id, true)).await? {
        return Err(Problem::NotFound);
    }
    app.live.changed(Changed::Operator, id.0);
    find(app, id).await
}

async fn find(app: &App, id: OperatorId) -> Result<TeamMember, Problem> {
    let team = list(app).await?;
    team.into_iter().find(|member| member.id == id).ok_or(Problem::NotFound)
}

/// Refuses where nobody but `id` could administer; holds all administrators, so that two do not leave at once.
fn keep_an_administrator(tx: &mut Tx<'_>, id: OperatorId) -> Result<(), Problem> {
    let others = store::hold_administrators(tx)?.into_iter().filter(|it| *it != id).count();
    if others == 0 { Err(Problem::LastAdministrator) } else { Ok(()) }
}
