//! Lists: the team's tables of everything that is kept, and the searches that people keep as favorites.
//!
//! A list is a model of [`query`]; every operator may read all of them (behaviour: access). A favorite belongs to whoever
//! made it; a shared one is seen by everybody, and changed by its owner and by administrators.

mod api;
mod store;
#[cfg(test)]
mod tests;

pub use api::routes;
pub use store::STATEMENTS;

use crate::app::App;
use crate::auth::Operator;
use crate::conversations;
use crate::problem::{FieldProblem, Problem};
use crate::query::{self, ListPage, Model, Request};
use api::{Favorite, FavoriteRequest};
use frontdesk_domain::operator::Role;
use frontdesk_domain::text;

/// The lists that there are.
static MODELS: [&Model; 1] = [&conversations::LISTED_AS];

/// Favorites that one operator may keep for one list.
const FAVORITES_MAX: i64 = 100;
/// The longest search that is kept, in bytes.
const SEARCH_MAX_BYTES: usize = 8 * 1024;

/// A page of a list.
pub async fn search(
    app: &App,
    operator: &Operator,
    list: &str,
    request: &Request,
) -> Result<ListPage, Problem> {
    query::search(app, model(list)?, operator.id.0, request).await
}

/// The operator's own favorites of a list, and those that others share.
pub async fn favorites(
    app: &App,
    operator: &Operator,
    list: &str,
) -> Result<Vec<Favorite>, Problem> {
    let (list, id) = (model(list)?.name, operator.id);
    Ok(app.db.read(move |tx| store::favorites(tx, list, id)).await?)
}

/// Keeps a search.
pub async fn add_favorite(
    app: &App,
    operator: &Operator,
    list: &str,
    request: FavoriteRequest,
) -> Result<Favorite, Problem> {
    let (list, owner, now) = (model(list)?.name, operator.id, app.clock.now());
    let kept = accepted(request)?;
    let write = move |tx: &mut frontdesk_db::Tx<'_>| {
        if store::count(tx, list, owner)? >= FAVORITES_MAX {
            return Err(Problem::TooManyFavorites);
        }
        let id = store::insert(tx, list, owner, &kept, now)?;
        Ok(store::favorite(tx, list, owner, id)?)
    };
    app.db.write(write).await
}

/// Replaces a favorite.
pub async fn change_favorite(
    app: &App,
    operator: &Operator,
    list: &str,
    id: i64,
    request: FavoriteRequest,
) -> Result<Favorite, Problem> {
    let (list, caller, administers) = (model(list)?.name, operator.id, administers(operator));
    let kept = accepted(request)?;
    let write = move |tx: &mut frontdesk_db::Tx<'_>| {
        store::update(tx, list, (caller, administers), id, &kept)?;
        store::favorite(tx, list, caller, id)
    };
    Ok(app.db.write(write).await?)
}

/// Removes a favorite.
pub async fn remove_favorite(
    app: &App,
    operator: &Operator,
    list: &str,
    id: i64,
) -> Result<(), Problem> {
    let (list, caller, administers) = (model(list)?.name, operator.id, administers(operator));
    Ok(app.db.write(move |tx| store::remove(tx, list, (caller, administers), id)).await?)
}

fn model(name: &str) -> Result<&'static Model, Problem> {
    MODELS.into_iter().find(|model| model.name == name).ok_or(Problem::NotFound)
}

fn administers(operator: &Operator) -> bool {
    operator.role == Role::Administrator
}

fn accepted(request: FavoriteRequest) -> Result<store::Kept, Problem> {
    let name = text::name(&request.name).map_err(|_| FieldProblem::NameInvalid("name"))?;
    let search = request.search.to_string();
    if !request.search.is_object() || search.len() > SEARCH_MAX_BYTES {
        let detail = format!("search is an object of at most {SEARCH_MAX_BYTES} bytes");
        return Err(Problem::BadRequest(detail));
    }
    Ok(store::Kept { name, search, shared: request.shared, initial: request.initial })
}
