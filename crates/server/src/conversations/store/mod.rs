//! SQL of conversations.

mod heads;
mod listing;
mod marks;
mod summaries;
mod waiting;
mod writes;

pub use heads::{
    HEADS_MAX, HeadRow, VisitorConversationRow, head, heads_changed_since,
    last_visitor_seq_and_chatbot, listed_ids, operator_is_present, previous_operator,
    visitor_conversation, visitor_conversations,
};
pub use listing::LISTED_AS;
pub use marks::{Marker, last_visitor_seq, marks, raise_marks, team_marks, visitor_marks};
pub use summaries::{
    LastMessageRow, RecentRow, SummaryRow, VisitorRow, help_list, listed, operators, page, recent,
    summary, waiting_list,
};
pub use waiting::{Unanswered, begin_waiting, position, unanswered, waiting};
pub use writes::{
    Answered, Held, NewConversation, NewVisitor, end, hold, hold_open, insert_conversation,
    insert_members, insert_visitor, join, leave, open_ids, reopen, set_status, set_visitor_email,
};

use frontdesk_db::Statement;

/// Every statement of the slice with its name.
pub const STATEMENTS: [&[(&str, Statement)]; 5] = [
    heads::STATEMENTS,
    marks::STATEMENTS,
    summaries::STATEMENTS,
    waiting::STATEMENTS,
    writes::STATEMENTS,
];
