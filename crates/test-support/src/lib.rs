//! A real server for stories: visitors, operators, sockets, a clock that moves by hand.
//!
//! [`TestApp::start`] serves on a port of its own, in this process. Its database is SQLite in a temporary folder, or a
//! new one of the PostgreSQL server that `FRONTDESK_TEST_DATABASE_URL` names; its bus is in memory, or the NATS server
//! that `FRONTDESK_TEST_BUS_URL` names. The people of a story then do what browsers and scripts do, and nothing else.

mod answer;
mod app;
mod backends;
mod mail_server;
mod node;
mod operator;
mod socket;
mod talk;
mod visitor;

pub use answer::Answer;
pub use app::TestApp;
pub use backends::Backends;
pub use frontdesk_server::config::{Config, Rate};
pub use mail_server::{Letter, MailServer};
pub use operator::Operator;
pub use reqwest::{Method, RequestBuilder, Response};
pub use serde_json::{Value, json};
pub use socket::{Refused, Socket};
pub use talk::Talk;
pub use visitor::Visitor;

use std::time::Duration;

/// Whoever waits longer than this in a story waits in vain.
const PATIENCE: Duration = Duration::from_secs(20);

/// What requests go through. Servers die in stories, so that no connection is kept for the next request.
fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client")
}

/// What a page answers to whoever opens it.
pub async fn open(address: &str) -> Answer {
    Answer::to(client().get(address)).await
}

/// A new client id, as browsers make them.
#[must_use]
pub fn client_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
