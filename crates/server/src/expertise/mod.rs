//! Expertise: what operators know and conversations may need (J9). Administrators edit, everybody sees; which of it one
//! has, each operator says (D4), and which of it a conversation needs, whoever looks at it (D7).

mod api;
mod store;
#[cfg(test)]
mod tests;

pub use api::routes;
pub use store::{STATEMENTS, need, needed, of_operator};

use crate::app::App;
use crate::events::OperatorRef;
use crate::problem::{FieldProblem, Problem};
use crate::realtime::frames::Changed;
use frontdesk_db::Tx;
use frontdesk_domain::{ConversationId, ExpertiseId, OperatorId, text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// An expertise, and who has it.
#[derive(Serialize, ToSchema)]
pub struct Expertise {
    /// Which.
    pub id: ExpertiseId,
    /// Its name.
    pub name: String,
    /// By name; only those who can sign in.
    pub operators: Vec<OperatorRef>,
}

/// What an expertise is to be.
#[derive(Deserialize, ToSchema)]
pub struct ExpertiseRequest {
    /// Its name.
    pub name: String,
    /// Who has it; left out: whoever had it.
    pub operators: Option<Vec<OperatorId>>,
}

/// Every expertise.
pub async fn list(app: &App) -> Result<Vec<Expertise>, Problem> {
    Ok(app.db.read(store::all).await?)
}

/// Makes an expertise.
pub async fn create(app: &App, request: ExpertiseRequest) -> Result<Expertise, Problem> {
    let (name, key) = checked(&request.name)?;
    let (operators, now) = (request.operators.unwrap_or_default(), app.clock.now());
    let made = move |tx: &mut Tx<'_>| {
        let id = store::insert(tx, &name, &key, now)?.ok_or(Problem::ExpertiseNameTaken)?;
        replace_operators(tx, id, &operators)?;
        Ok::<_, Problem>(store::find(tx, id)?)
    };
    let expertise = app.db.write(made).await?;
    app.live.changed(Changed::Expertise, expertise.id.0);
    Ok(expertise)
}

/// Changes name and operators.
pub async fn update(
    app: &App,
    id: ExpertiseId,
    request: ExpertiseRequest,
) -> Result<Expertise, Problem> {
    let (name, key) = checked(&request.name)?;
    let operators = request.operators;
    let changed = move |tx: &mut Tx<'_>| {
        if store::is_taken(tx, id, &key)? {
            return Err(Problem::ExpertiseNameTaken);
        }
        store::rename(tx, id, &name, &key)?;
        if let Some(operators) = &operators {
            replace_operators(tx, id, operators)?;
        }
        Ok(store::find(tx, id)?)
    };
    let expertise = app.db.write(changed).await?;
    app.live.changed(Changed::Expertise, id.0);
    Ok(expertise)
}

/// Removes an expertise from the installation and from whoever had it.
pub async fn remove(app: &App, id: ExpertiseId) -> Result<(), Problem> {
    let removed = app.db.write(move |tx| store::remove(tx, id)).await?;
    if !removed {
        return Err(Problem::NotFound);
    }
    app.live.changed(Changed::Expertise, id.0);
    Ok(())
}

/// Writes what an operator knows.
pub fn know(
    tx: &mut Tx<'_>,
    operator: OperatorId,
    expertise: &[ExpertiseId],
) -> Result<(), Problem> {
    let distinct: BTreeSet<_> = expertise.iter().copied().collect();
    store::forget_of_operator(tx, operator)?;
    for id in distinct {
        if !store::add(tx, id, operator)? {
            return Err(Problem::NotFound);
        }
    }
    Ok(())
}

/// Writes what a conversation needs, and no more.
pub fn write_needed(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    expertise: &[ExpertiseId],
) -> Result<(), Problem> {
    let distinct: BTreeSet<_> = expertise.iter().copied().collect();
    store::forget_needed(tx, conversation)?;
    for id in distinct {
        if !store::need(tx, conversation, id)? {
            return Err(Problem::NotFound);
        }
    }
    Ok(())
}

fn checked(name: &str) -> Result<(String, String), FieldProblem> {
    let name = text::name(name).map_err(|_| FieldProblem::NameInvalid("name"))?;
    let key = text::name_key(&name);
    Ok((name, key))
}

fn replace_operators(
    tx: &mut Tx<'_>,
    id: ExpertiseId,
    operators: &[OperatorId],
) -> Result<(), Problem> {
    let distinct: BTreeSet<_> = operators.iter().copied().collect();
    store::forget_operators(tx, id)?;
    for operator in distinct {
        if !store::add(tx, id, operator)? {
            return Err(Problem::NotFound);
        }
    }
    Ok(())
}
