//! Doors: who is asking, and what that caller may reach.
//!
//! A visitor shows a secret that its browser made; an operator a session cookie or an API key. All are kept as hashes.
//! Nobody loads a conversation by its bare id: it comes through [`Visitor::conversation`] or [`Operator::conversation`].

mod api_keys;
mod browser;
mod operator;
pub mod passwords;
mod sessions;
mod store;
pub mod token;
mod visitor;

pub use api_keys::issue_api_key;
pub use browser::Browser;
pub use operator::{Administrator, Operator, OperatorConversation};
pub use sessions::{
    REMEMBERED, close_ended, end_all_sessions, end_other_sessions, end_own_session, end_session,
    forget_expired, open_session, sessions,
};
pub use store::{STATEMENTS, SessionRow, find_visitor, find_visitor_conversation};
pub use visitor::{SecretHash, Visitor, VisitorConversation};
