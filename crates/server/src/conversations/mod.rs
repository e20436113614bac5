//! Conversations: one exchange between a visitor and the team.
//!
//! Nothing is stored before the visitor's first message. Starting is idempotent: visitor and client conversation id
//! name one conversation. It is assigned in the transaction that creates it. Where those who are there have no place it
//! waits; where nobody is there, the visitor leaves a message with an e-mail address, or nothing is created.

mod closure;
mod departure;
mod handover;
mod invitation;
mod lists;
mod marks;
mod membership;
mod needs;
mod operator_api;
mod start;
mod status;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod visitor_api;
mod waiting;

pub use closure::{Ended, end, end_in};
pub use departure::leave_all;
pub use handover::{find_operator, hand_over};
pub use lists::{
    heads, heads_since, listed_ids, operator_snapshot, summary, visitor_head, visitor_snapshot,
};
pub use marks::{mark_by_operator, mark_by_visitor};
pub use membership::Moved;
pub use operator_api::routes as operator_routes;
pub use start::{Created, Outcome, Plan, StartRequest};
pub use store::{
    HEADS_MAX, LISTED_AS, STATEMENTS, heads_changed_since, hold, reopen, set_visitor_email,
    unanswered, waiting,
};
pub use view::{Answering, VisitorConversation as VisitorConversationView};
pub use visitor_api::routes as visitor_routes;
pub use waiting::{Looked, keep_offering, look_in, look_later, offer_later};

use std::time::Duration;

/// A conversation stays in its operators' lists for so long after its end.
const LISTED_AFTER_END: Duration = Duration::from_secs(24 * 3600);
/// `listed_until` of an open conversation.
const LISTED_WHILE_OPEN: i64 = i64::MAX;
