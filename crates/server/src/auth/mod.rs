//! Doors: who is asking, and what that caller may reach.
//!
//! A visitor shows a secret that its browser made; an operator a session cookie or an API key. All are kept as hashes.
//! Nobody loads a conversation by its bare id: it comes through [`Visitor::conversation`] or [`Operator::conversation`].

mod api_keys;
mod operator;
pub mod passwords;
mod sessions;
mod store;
pub mod token;
mod visitor;

pub use api_keys::issue_api_key;
pub use operator::{Administrator, Operator, OperatorConversation};
pub use sessions::{REMEMBERED, end_session, forget_expired, open_session};
pub use store::{STATEMENTS, find_visitor, find_visitor_conversation};
pub use visitor::{SecretHash, Visitor, VisitorConversation};
