//! SQL of conversations.

use super::LISTED_WHILE_OPEN;
use crate::events::{AuthorView, OperatorRef};
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::conversation::{Marks, Status};
use frontdesk_domain::{ChannelId, ConversationId, Millis, OperatorId, VisitorId};

/// What a list or a thread's head shows. `$1` is the operator who looks.
macro_rules! summary_columns {
    () => {
        "select c.id, c.channel_id, ch.name, c.visitor_id, v.name, v.email, v.language, v.country,
            v.time_zone, c.operator_id, o.name, c.status, c.created_at, c.ended_at,
            c.last_active_at, c.last_seq, e.body, e.author_kind, e.operator_id, eo.name,
            e.created_at,
            (select count(*) from (
                select 1 as unread from event u
                where u.conversation_id = c.id and u.seq > coalesce(m.read_seq, 0)
                    and u.visitor_seq > coalesce(m.read_seq, 0) and u.kind = 'message.posted'
                    and (u.author_kind <> 'operator' or u.operator_id <> $1)
                limit 100) as unread_events),
            m.left_at, m.joined_at
        from conversation c
        join channel ch on ch.id = c.channel_id
        join visitor v on v.id = c.visitor_id
        left join operator o on o.id = c.operator_id
        left join event e on e.conversation_id = c.id and e.seq = c.last_message_seq
        left join operator eo on eo.id = e.operator_id
        left join member m on m.conversation_id = c.id and m.kind = 'operator' and m.person_id = $1 "
    };
}

frontdesk_db::statements! {
    INSERT_VISITOR = "
        insert into visitor (secret_hash, language, time_zone, created_at)
        values ($1, $2, $3, $4) returning id";
    INSERT_CONVERSATION = "
        insert into conversation (channel_id, visitor_id, client_id, operator_id, status, last_seq,
            last_visitor_seq, last_message_seq, last_active_at, page_url, page_title, created_at)
        values ($1, $2, $3, $4, 'in_progress', 2, 2, 2, $7, $5, $6, $7) returning id";
    INSERT_MEMBER = "
        insert into member (conversation_id, kind, person_id, joined_at, listed_until)
        values ($1, $2, $3, $4, $5)";
    /// Taking part again brings the old marks back.
    JOIN_MEMBER = "
        insert into member (conversation_id, kind, person_id, joined_at, listed_until)
        values ($1, 'operator', $2, $3, $4)
        on conflict (conversation_id, kind, person_id)
        do update set left_at = null, joined_at = excluded.joined_at,
            listed_until = excluded.listed_until";
    LEAVE_MEMBER = "
        update member set left_at = $3, listed_until = 0
        where conversation_id = $1 and kind = 'operator' and person_id = $2 and left_at is null";
    TAKE_OVER = "update conversation set operator_id = $2 where id = $1 and operator_id is null";
    LET_GO = "
        update conversation set operator_id = (
            select min(m.person_id) from member m
            where m.conversation_id = $1 and m.kind = 'operator' and m.left_at is null)
        where id = $1 and operator_id = $2";
    END = "
        update conversation set ended_at = $2, status = null
        where id = $1 and ended_at is null returning id";
    UNLIST = "
        update member set listed_until = $2 where conversation_id = $1 and left_at is null";
    LISTED_IDS = "
        select conversation_id from member
        where kind = 'operator' and person_id = $1 and listed_until > $2
        order by conversation_id desc limit $3";
    HEAD = "select id, last_seq, operator_id from conversation where id = $1";
    HEADS_SINCE = "
        select id, last_seq, operator_id from conversation
        where last_active_at >= $1 order by last_active_at limit $2";
    LISTED = concat!(summary_columns!(), "
        where m.person_id = $1 and m.listed_until > $2
            and (c.last_active_at < $3 or (c.last_active_at = $3 and c.id < $4))
        order by c.last_active_at desc, c.id desc limit $5");
    SUMMARY = concat!(summary_columns!(), "where c.id = $2");
    PAGE = "select page_url, page_title from conversation where id = $1";
    OPERATORS = "
        select o.id, o.name from member m join operator o on o.id = m.person_id
        where m.conversation_id = $1 and m.kind = 'operator' and m.left_at is null
        order by m.joined_at, o.id limit 100";
    RECENT = "
        select c.id, c.created_at, c.ended_at, coalesce(e.body, '')
        from conversation c
        left join event e on e.conversation_id = c.id and e.seq = 2
        where c.visitor_id = (select visitor_id from conversation where id = $1) and c.id <> $1
        order by c.id desc limit 5";
    VISITOR_CONVERSATION = "
        select c.client_id, c.channel_id, o.chat_name, c.created_at, c.ended_at, c.last_visitor_seq
        from conversation c left join operator o on o.id = c.operator_id
        where c.id = $1";
    VISITOR_CONVERSATIONS = "
        select id, client_id from conversation
        where visitor_id = $1 and channel_id = $2 order by id desc limit 10";
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
    LAST_VISITOR_SEQ = "select last_visitor_seq from conversation where id = $1";
}

/// What a new conversation is made of.
pub struct NewConversation<'a> {
    /// Where it was started.
    pub channel: ChannelId,
    /// By whom.
    pub visitor: VisitorId,
    /// The browser's id.
    pub client_id: &'a str,
    /// Address of the page.
    pub page_url: Option<&'a str>,
    /// Title of the page.
    pub page_title: Option<&'a str>,
}

/// How far a conversation is, and who answers it.
#[derive(Clone, Copy, Debug)]
pub struct HeadRow {
    /// Which.
    pub id: ConversationId,
    /// Its newest number.
    pub last_seq: i64,
    /// Who answers.
    pub operator: Option<OperatorId>,
}

/// A row of a list.
pub struct SummaryRow {
    /// Which.
    pub id: ConversationId,
    /// Its channel.
    pub channel: (ChannelId, String),
    /// Its visitor.
    pub visitor: VisitorRow,
    /// Who answers.
    pub operator: Option<OperatorRef>,
    /// Where it stands; an ended one stands where it ended.
    pub status: Option<Status>,
    /// When it was started.
    pub created_at: Millis,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// When something last happened.
    pub last_active_at: Millis,
    /// Its newest number.
    pub last_seq: i64,
    /// The newest message.
    pub last_message: Option<(String, AuthorView, Millis)>,
    /// Messages of others that the operator who looks has not read, at most 100.
    pub unread: i64,
    /// That operator takes part.
    pub member: bool,
}

/// What is known of a visitor.
pub struct VisitorRow {
    /// Who.
    pub id: VisitorId,
    /// The name, where one is known.
    pub name: Option<String>,
    /// The e-mail address, where one is known.
    pub email: Option<String>,
    /// The browser's language.
    pub language: Option<String>,
    /// The country.
    pub country: Option<String>,
    /// The browser's time zone.
    pub time_zone: Option<String>,
}

/// A conversation as its visitor's list needs it.
pub struct VisitorConversationRow {
    /// The browser's id.
    pub client_id: String,
    /// Its channel.
    pub channel: ChannelId,
    /// Who answers: the chat name.
    pub chat_name: Option<String>,
    /// When it was started.
    pub created_at: Millis,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// The newest number of the visitor's log.
    pub last_visitor_seq: i64,
}

/// An earlier conversation of the same visitor.
pub struct RecentRow {
    /// Which.
    pub id: ConversationId,
    /// When it was started.
    pub created_at: Millis,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// What the visitor first wrote.
    pub first_text: String,
}

/// Makes a visitor.
pub fn insert_visitor(
    tx: &mut Tx<'_>,
    secret_hash: &str,
    (language, time_zone): (Option<&str>, Option<&str>),
    now: Millis,
) -> Result<VisitorId, Error> {
    let params = params![secret_hash, language, time_zone, now.0];
    tx.one(&INSERT_VISITOR, params, |row| Ok(VisitorId(row.get(0)?)))
}

/// Makes a conversation with room for its first two events.
pub fn insert_conversation(
    tx: &mut Tx<'_>,
    new: &NewConversation<'_>,
    operator: OperatorId,
    now: Millis,
) -> Result<ConversationId, Error> {
    let params = params![
        new.channel.0,
        new.visitor.0,
        new.client_id,
        operator.0,
        new.page_url,
        new.page_title,
        now.0
    ];
    tx.one(&INSERT_CONVERSATION, params, |row| Ok(ConversationId(row.get(0)?)))
}

/// Makes visitor and operator members of a new conversation.
pub fn insert_members(
    tx: &mut Tx<'_>,
    id: ConversationId,
    visitor: VisitorId,
    operator: OperatorId,
    now: Millis,
) -> Result<(), Error> {
    let until = LISTED_WHILE_OPEN;
    tx.execute(&INSERT_MEMBER, params![id.0, "visitor", visitor.0, now.0, until])?;
    tx.execute(&INSERT_MEMBER, params![id.0, "operator", operator.0, now.0, until]).map(drop)
}

/// Makes an operator a member, who answers it where nobody did.
pub fn join(
    tx: &mut Tx<'_>,
    id: ConversationId,
    operator: OperatorId,
    now: Millis,
) -> Result<(), Error> {
    tx.execute(&JOIN_MEMBER, params![id.0, operator.0, now.0, LISTED_WHILE_OPEN])?;
    tx.execute(&TAKE_OVER, params![id.0, operator.0]).map(drop)
}

/// Ends a membership; who joined first of the rest answers now. False when there was none.
pub fn leave(
    tx: &mut Tx<'_>,
    id: ConversationId,
    operator: OperatorId,
    now: Millis,
) -> Result<bool, Error> {
    let left = tx.execute(&LEAVE_MEMBER, params![id.0, operator.0, now.0])?;
    tx.execute(&LET_GO, params![id.0, operator.0])?;
    Ok(left > 0)
}

/// Ends a conversation and says until when it stays listed. False when it had ended before.
pub fn end(
    tx: &mut Tx<'_>,
    id: ConversationId,
    now: Millis,
    listed_until: Millis,
) -> Result<bool, Error> {
    let ended = tx.optional(&END, params![id.0, now.0], |_| Ok(()))?.is_some();
    if ended {
        tx.execute(&UNLIST, params![id.0, listed_until.0])?;
    }
    Ok(ended)
}

/// The newest conversations of an operator's own list.
pub fn listed_ids(
    tx: &mut Tx<'_>,
    operator: OperatorId,
    now: Millis,
    limit: i64,
) -> Result<Vec<ConversationId>, Error> {
    tx.all(&LISTED_IDS, params![operator.0, now.0, limit], |row| Ok(ConversationId(row.get(0)?)))
}

/// How far a conversation is.
pub fn head(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<HeadRow>, Error> {
    tx.optional(&HEAD, params![id.0], head_row)
}

/// How far the conversations are in which something happened since.
pub fn heads_since(tx: &mut Tx<'_>, since: Millis, limit: i64) -> Result<Vec<HeadRow>, Error> {
    tx.all(&HEADS_SINCE, params![since.0, limit], head_row)
}

fn head_row(row: &Row<'_>) -> Result<HeadRow, Error> {
    Ok(HeadRow {
        id: ConversationId(row.get(0)?),
        last_seq: row.get(1)?,
        operator: row.get::<Option<i64>>(2)?.map(OperatorId),
    })
}

/// An operator's own list before a place in it, last active first.
pub fn listed(
    tx: &mut Tx<'_>,
    operator: OperatorId,
    now: Millis,
    (before, before_id): (i64, i64),
    limit: i64,
) -> Result<Vec<SummaryRow>, Error> {
    let params = params![operator.0, now.0, before, before_id, limit];
    tx.all(&LISTED, params, summary_row)
}

/// One conversation as the list shows it.
pub fn summary(
    tx: &mut Tx<'_>,
    operator: OperatorId,
    id: ConversationId,
) -> Result<SummaryRow, Error> {
    tx.one(&SUMMARY, params![operator.0, id.0], summary_row)
}

fn summary_row(row: &Row<'_>) -> Result<SummaryRow, Error> {
    let operator = match (row.get::<Option<i64>>(9)?, row.get(10)?) {
        (Some(id), Some(name)) => Some(OperatorRef { id: OperatorId(id), name }),
        _ => None,
    };
    let joined: Option<i64> = row.get(23)?;
    let left: Option<i64> = row.get(22)?;
    Ok(SummaryRow {
        id: ConversationId(row.get(0)?),
        channel: (ChannelId(row.get(1)?), row.get(2)?),
        visitor: visitor_row(row)?,
        operator,
        status: row.get::<Option<String>>(11)?.as_deref().and_then(Status::parse),
        created_at: Millis(row.get(12)?),
        ended_at: row.get::<Option<i64>>(13)?.map(Millis),
        last_active_at: Millis(row.get(14)?),
        last_seq: row.get(15)?,
        last_message: last_message(row)?,
        unread: row.get(21)?,
        member: joined.is_some() && left.is_none(),
    })
}

fn visitor_row(row: &Row<'_>) -> Result<VisitorRow, Error> {
    Ok(VisitorRow {
        id: VisitorId(row.get(3)?),
        name: row.get(4)?,
        email: row.get(5)?,
        language: row.get(6)?,
        country: row.get(7)?,
        time_zone: row.get(8)?,
    })
}

fn last_message(row: &Row<'_>) -> Result<Option<(String, AuthorView, Millis)>, Error> {
    let Some(text) = row.get::<Option<String>>(16)? else {
        return Ok(None);
    };
    let author = match (row.get::<Option<i64>>(18)?, row.get::<Option<String>>(19)?) {
        (Some(id), Some(name)) => AuthorView::Operator(OperatorRef { id: OperatorId(id), name }),
        _ => AuthorView::Visitor,
    };
    Ok(Some((text, author, Millis(row.get(20)?))))
}

/// Address and title of the page where it was started.
pub fn page(
    tx: &mut Tx<'_>,
    id: ConversationId,
) -> Result<(Option<String>, Option<String>), Error> {
    tx.one(&PAGE, params![id.0], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The operators who take part.
pub fn operators(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<OperatorRef>, Error> {
    tx.all(&OPERATORS, params![id.0], |row| {
        Ok(OperatorRef { id: OperatorId(row.get(0)?), name: row.get(1)? })
    })
}

/// Earlier conversations of the same visitor.
pub fn recent(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<RecentRow>, Error> {
    tx.all(&RECENT, params![id.0], |row| {
        Ok(RecentRow {
            id: ConversationId(row.get(0)?),
            created_at: Millis(row.get(1)?),
            ended_at: row.get::<Option<i64>>(2)?.map(Millis),
            first_text: row.get(3)?,
        })
    })
}

/// A conversation for its visitor.
pub fn visitor_conversation(
    tx: &mut Tx<'_>,
    id: ConversationId,
) -> Result<VisitorConversationRow, Error> {
    tx.one(&VISITOR_CONVERSATION, params![id.0], |row| {
        Ok(VisitorConversationRow {
            client_id: row.get(0)?,
            channel: ChannelId(row.get(1)?),
            chat_name: row.get(2)?,
            created_at: Millis(row.get(3)?),
            ended_at: row.get::<Option<i64>>(4)?.map(Millis),
            last_visitor_seq: row.get(5)?,
        })
    })
}

/// The newest conversations of a visitor in a channel.
pub fn visitor_conversations(
    tx: &mut Tx<'_>,
    visitor: VisitorId,
    channel: ChannelId,
) -> Result<Vec<(ConversationId, String)>, Error> {
    tx.all(&VISITOR_CONVERSATIONS, params![visitor.0, channel.0], |row| {
        Ok((ConversationId(row.get(0)?), row.get(1)?))
    })
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
