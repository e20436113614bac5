//! The filter language: what a list or a report asks, checked against a description of its model and compiled to SQL.
//!
//! A filter is a JSON array in prefix notation, `["|", ["channel", "=", 1], ["created_at", ">=", "2026-11-01"]]`; terms
//! beside each other must all hold. Only described fields can be named, every value is a parameter, and size is
//! bounded. What a condition says of a missing value is decided here, so that `!` means *not* on both engines.

mod filter;
mod model;
mod page;
mod period;
mod problem;
mod store;
#[cfg(test)]
mod tests;
mod value;

pub use filter::Filter;
pub use model::{Field, Join, Kind, Model, Reference};
pub use page::{Cell, Group, ListPage, Request, Total};
pub use problem::QueryProblem;

use crate::app::App;
use crate::problem::Problem;
use page::Plan;

/// Answers a page of rows, or the groups, of a model.
pub async fn search(
    app: &App,
    model: &'static Model,
    asker: i64,
    request: &Request,
) -> Result<ListPage, Problem> {
    let plan = Plan::new(model, asker, request, app.clock.now())?;
    let engine = app.db.engine();
    app.db.read(move |tx| store::run(tx, engine, &plan)).await
}
