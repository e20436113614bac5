//! SQL of marks.

use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::conversation::Marks;
use frontdesk_domain::{ConversationId, OperatorId, VisitorId};

frontdesk_db::statements! {
    LAST_VISITOR_SEQ = "select last_visitor_seq from conversation where id = $1";
    MARKS = "
        select delivered_seq, read_seq from member
        where conversation_id = $1 and kind = $2 and person_id = $3";
    TEAM_MARKS = "
        select coalesce(max(delivered_seq), 0), coalesce(max(read_seq), 0) from member
        where conversation_id = $1 and kind = 'operator'";
    VISITOR_MARKS = "
        select coalesce(max(delivered_seq), 0), coalesce(max(read_seq), 0) from member
        where conversation_id = $1 and kind = 'visitor'";
    RAISE_MARKS = "
        update member set delivered_seq = $4, read_seq = $5
        where conversation_id = $1 and kind = $2 and person_id = $3
            and (delivered_seq < $4 or read_seq < $5)";
}

/// Whose marks.
#[derive(Clone, Copy)]
pub enum Marker {
    /// The visitor's.
    Visitor(VisitorId),
    /// An operator's.
    Operator(OperatorId),
}

impl Marker {
    const fn key(self) -> (&'static str, i64) {
        match self {
            Self::Visitor(id) => ("visitor", id.0),
            Self::Operator(id) => ("operator", id.0),
        }
    }
}

/// A member's marks.
pub fn marks(tx: &mut Tx<'_>, id: ConversationId, marker: Marker) -> Result<Option<Marks>, Error> {
    let (kind, person) = marker.key();
    tx.optional(&MARKS, params![id.0, kind, person], marks_row)
}

/// How far any operator has received and read.
pub fn team_marks(tx: &mut Tx<'_>, id: ConversationId) -> Result<Marks, Error> {
    tx.one(&TEAM_MARKS, params![id.0], marks_row)
}

/// How far the visitor has.
pub fn visitor_marks(tx: &mut Tx<'_>, id: ConversationId) -> Result<Marks, Error> {
    tx.one(&VISITOR_MARKS, params![id.0], marks_row)
}

/// Raises a member's marks; false when they stood as high already.
pub fn raise_marks(
    tx: &mut Tx<'_>,
    id: ConversationId,
    marker: Marker,
    marks: Marks,
) -> Result<bool, Error> {
    let (kind, person) = marker.key();
    let params = params![id.0, kind, person, marks.delivered, marks.read];
    Ok(tx.execute(&RAISE_MARKS, params)? > 0)
}

/// The newest number of the visitor's log.
pub fn last_visitor_seq(tx: &mut Tx<'_>, id: ConversationId) -> Result<i64, Error> {
    tx.one(&LAST_VISITOR_SEQ, params![id.0], |row| row.get(0))
}

fn marks_row(row: &Row<'_>) -> Result<Marks, Error> {
    Ok(Marks { delivered: row.get(0)?, read: row.get(1)? })
}
