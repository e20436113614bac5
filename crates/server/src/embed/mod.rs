//! Embed: what a website loads — the loader, the decision, the window — and our own pages that use it.

mod api;
pub mod assets;
mod csp;
mod decision;
mod demo;
mod page;
#[cfg(test)]
mod tests;

pub use api::routes;
pub use decision::{Decision, DecisionRequest, Direction, decide};
pub use demo::{STATEMENTS, operator_routes};
pub use page::routes as page_routes;
