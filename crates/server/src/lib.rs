//! Frontdesk's server: feature slices, the HTTP shell around them, and the live path.
//!
//! Start reading at [`http::router`] for what can be asked, or at a slice for what it promises.

pub mod app;
pub mod assignment;
pub mod auth;
pub mod channels;
pub mod chatbots;
pub mod clock;
pub mod config;
pub mod conversations;
pub mod countries;
pub mod embed;
pub mod events;
pub mod expertise;
pub mod health;
pub mod http;
pub mod images;
pub mod integrity;
pub mod invitations;
pub mod jobs;
pub mod languages;
pub mod lists;
pub mod mail;
pub mod messages;
mod metrics;
pub mod operators;
pub mod page_views;
pub mod problem;
pub mod profile;
pub mod query;
pub mod realtime;
mod serve;
pub mod setup;
pub mod team;
#[cfg(test)]
mod tests;
mod translations;
pub mod visitors;

pub use app::App;
pub use http::openapi;
pub use serve::serve;

use frontdesk_db::Statement;

/// Every SQL statement of the server, by slice: what the test prepares on both engines.
#[must_use]
pub fn statements() -> Vec<(&'static str, Statement)> {
    [
        assignment::STATEMENTS,
        auth::STATEMENTS,
        embed::STATEMENTS,
        expertise::STATEMENTS,
        images::STATEMENTS,
        integrity::STATEMENTS,
        invitations::STATEMENTS,
        jobs::STATEMENTS,
        languages::STATEMENTS,
        lists::STATEMENTS,
        operators::STATEMENTS,
        page_views::STATEMENTS,
        profile::STATEMENTS,
        setup::STATEMENTS,
        team::STATEMENTS,
        visitors::STATEMENTS,
    ]
    .into_iter()
    .chain(channels::STATEMENTS)
    .chain(chatbots::STATEMENTS)
    .chain(conversations::STATEMENTS)
    .chain(events::STATEMENTS)
    .flatten()
    .copied()
    .collect()
}
