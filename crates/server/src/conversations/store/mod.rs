//! SQL of conversations.

mod heads;
mod listing;
mod marks;
mod summaries;
mod writes;

pub use heads::{
    HEADS_MAX, HeadRow, VisitorConversationRow, head, heads_changed_since, listed_ids,
    operator_is_present, visitor_conversation, visitor_conversations,
};
pub use listing::LISTED_AS;
pub use marks::{Marker, last_visitor_seq, marks, raise_marks, team_marks, visitor_marks};
pub use summaries::{
    LastMessageRow, RecentRow, SummaryRow, VisitorRow, listed, operators, page, recent, summary,
};
pub use writes::{
    NewConversation, end, hold_open, insert_conversation, insert_members, insert_visitor, join,
    leave, open_ids,
};

use frontdesk_db::Statement;

/// Every statement of the slice with its name.
pub const STATEMENTS: [&[(&str, Statement)]; 4] =
    [heads::STATEMENTS, marks::STATEMENTS, summaries::STATEMENTS, writes::STATEMENTS];
