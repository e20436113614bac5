//! The password: changed by who knows the old one.

use super::store;
use crate::app::App;
use crate::auth::{self, Operator};
use crate::http::rate_limit::Asker;
use crate::problem::{FieldProblem, Problem};
use frontdesk_db::{Error, Tx};
use frontdesk_domain::OperatorId;
use serde::Deserialize;
use utoipa::ToSchema;

/// A password in place of another.
#[derive(Deserialize, ToSchema)]
pub struct PasswordRequest {
    /// The one that the caller has.
    current: String,
    /// At least 10 characters.
    password: String,
    /// Sign out every other browser.
    #[serde(default)]
    sign_out_others: bool,
}

/// Changes the caller's password.
pub async fn change(
    app: &App,
    operator: &Operator,
    request: PasswordRequest,
) -> Result<(), Problem> {
    let id = operator.id;
    // Counted before it is checked: whoever sits at somebody's open console must not guess on.
    app.limits.wrong_passwords.check(Asker::Operator(id))?;
    let known = app.db.read(move |tx| store::password(tx, id)).await?;
    if !app.passwords.verify(request.current, known).await? {
        return Err(FieldProblem::CurrentPasswordWrong.into());
    }
    let hash = app.passwords.hash(request.password).await?;
    app.db.write(move |tx| set_password(tx, id, &hash)).await?;
    if request.sign_out_others {
        auth::end_other_sessions(app, operator).await?;
    }
    Ok(())
}

/// Writes the hash of a password.
pub fn set_password(tx: &mut Tx<'_>, operator: OperatorId, hash: &str) -> Result<(), Error> {
    store::set_password(tx, operator, hash)
}
