//! Chatbots in conversations: what a visitor's message brings about, in the transaction that keeps the message.
//!
//! Everything that a chatbot says in one turn is one commit, so a crash loses and doubles nothing; the pauses between its
//! messages are for clients to show. Where a conversation stands is a row that is read and written while the conversation
//! is held: of two answers at the same moment one counts, on whichever nodes.

mod api;
mod begin;
mod continuation;
mod record;
mod restart;
mod standing;
mod store;
#[cfg(test)]
mod tests;
mod turn;
mod view;

pub use api::{operator_routes, visitor_routes};
pub use begin::{Opening, find_opening};
pub use continuation::{continue_when_quiet, end_forgotten};
pub use record::email_retry;
pub use standing::Scripts;
pub use store::STATEMENTS;
pub use turn::{Heard, Told, hear};
pub use view::ChatbotState;
