//! SQL of what the lists and the information panel of the team show.

use crate::events::{AuthorView, ChatbotRef, OperatorRef};
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::conversation::{Outcome, Status};
use frontdesk_domain::message::{AuthorKind, Revision};
use frontdesk_domain::{
    ChannelId, ChatbotId, ConversationId, ExpertiseId, Millis, OperatorId, VisitorId,
};
use std::collections::BTreeSet;

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
            m.left_at, m.joined_at, e.seq, e.revision, c.waiting_since, c.left_message, c.outcome,
            (select string_agg(cast(ce.expertise_id as text), ' ')
                from conversation_expertise ce where ce.conversation_id = c.id),
            c.chatbot_id, cb.name, e.chatbot_id, eb.name
        from conversation c
        join channel ch on ch.id = c.channel_id
        join visitor v on v.id = c.visitor_id
        left join operator o on o.id = c.operator_id
        left join event e on e.conversation_id = c.id and e.seq = c.last_message_seq
        left join operator eo on eo.id = e.operator_id
        left join chatbot cb on cb.id = c.chatbot_id
        left join chatbot eb on eb.id = e.chatbot_id
        left join member m on m.conversation_id = c.id and m.kind = 'operator' and m.person_id = $1 "
    };
}

frontdesk_db::statements! {
    LISTED = concat!(summary_columns!(), "
        where m.person_id = $1 and m.listed_until > $2
            and (c.last_active_at < $3 or (c.last_active_at = $3 and c.id < $4))
        order by c.last_active_at desc, c.id desc limit $5");
    WAITING_LIST = concat!(summary_columns!(), "
        where c.waiting_since is not null and c.ended_at is null
        order by c.waiting_since, c.id limit $2");
    HELP_LIST = concat!(summary_columns!(), "
        where c.status = 'looking_for_help' order by c.id limit $2");
    SUMMARY = concat!(summary_columns!(), "where c.id = $2");
    PAGE = "select page_url, page_title from conversation where id = $1";
    OPERATORS = "
        select o.id, o.name from member m join operator o on o.id = m.person_id
        where m.conversation_id = $1 and m.kind = 'operator' and m.left_at is null
        order by m.joined_at, o.id limit 100";
    RECENT = "
        select c.id, c.created_at, c.ended_at, coalesce(e.body, '')
        from conversation c
        left join event e on e.conversation_id = c.id and e.seq = (
            select min(f.seq) from event f
            where f.conversation_id = c.id and f.kind = 'message.posted'
                and f.author_kind = 'visitor')
        where c.visitor_id = (select visitor_id from conversation where id = $1) and c.id <> $1
        order by c.id desc limit 5";
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
    /// In whose hands it is, where not in the team's.
    pub chatbot: Option<ChatbotRef>,
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
    pub last_message: Option<LastMessageRow>,
    /// Messages of others that the operator who looks has not read, at most 100.
    pub unread: i64,
    /// That operator takes part.
    pub member: bool,
    /// Since when it waits for an operator.
    pub waiting_since: Option<Millis>,
    /// It was left while nobody was there.
    pub left_message: bool,
    /// How it went.
    pub outcome: Option<Outcome>,
    /// What whoever takes it should know.
    pub expertise: Vec<ExpertiseId>,
}

/// The newest message of a conversation.
pub struct LastMessageRow {
    /// Its number.
    pub seq: i64,
    /// What; empty where it was deleted.
    pub text: String,
    /// Its author took it back.
    pub deleted: bool,
    /// Who.
    pub author: AuthorView,
    /// When.
    pub at: Millis,
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

/// What waits, the longest-waiting first.
pub fn waiting_list(
    tx: &mut Tx<'_>,
    operator: OperatorId,
    limit: i64,
) -> Result<Vec<SummaryRow>, Error> {
    tx.all(&WAITING_LIST, params![operator.0, limit], summary_row)
}

/// What looks for help, the oldest first.
pub fn help_list(
    tx: &mut Tx<'_>,
    operator: OperatorId,
    limit: i64,
) -> Result<Vec<SummaryRow>, Error> {
    tx.all(&HELP_LIST, params![operator.0, limit], summary_row)
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
        chatbot: chatbot_ref(row, 30)?,
        status: row.get::<Option<String>>(11)?.as_deref().and_then(Status::parse),
        created_at: Millis(row.get(12)?),
        ended_at: row.get::<Option<i64>>(13)?.map(Millis),
        last_active_at: Millis(row.get(14)?),
        last_seq: row.get(15)?,
        last_message: last_message(row)?,
        unread: row.get(21)?,
        member: joined.is_some() && left.is_none(),
        waiting_since: row.get::<Option<i64>>(26)?.map(Millis),
        left_message: row.get::<i64>(27)? == 1,
        outcome: row.get::<Option<String>>(28)?.as_deref().and_then(Outcome::parse),
        expertise: expertise(row.get::<Option<String>>(29)?),
    })
}

fn expertise(ids: Option<String>) -> Vec<ExpertiseId> {
    let ids = ids.unwrap_or_default();
    let ids = ids.split(' ').filter_map(|id| id.parse().ok().map(ExpertiseId));
    ids.collect::<BTreeSet<_>>().into_iter().collect()
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

fn last_message(row: &Row<'_>) -> Result<Option<LastMessageRow>, Error> {
    let Some(text) = row.get::<Option<String>>(16)? else {
        return Ok(None);
    };
    let author = match (row.get::<Option<i64>>(18)?, row.get::<Option<String>>(19)?) {
        (Some(id), Some(name)) => AuthorView::Operator(OperatorRef { id: OperatorId(id), name }),
        _ if row.get::<Option<String>>(17)?.as_deref() == Some(AuthorKind::Chatbot.as_str()) => {
            chatbot_ref(row, 32)?.map_or(AuthorView::Visitor, AuthorView::Chatbot)
        }
        _ => AuthorView::Visitor,
    };
    Ok(Some(LastMessageRow {
        seq: row.get(24)?,
        text,
        deleted: row.get::<Option<String>>(25)?.as_deref() == Some(Revision::Deleted.as_str()),
        author,
        at: Millis(row.get(20)?),
    }))
}

/// The chatbot whose id and name stand at a place of the row.
fn chatbot_ref(row: &Row<'_>, at: usize) -> Result<Option<ChatbotRef>, Error> {
    let (id, name) = (row.get::<Option<i64>>(at)?, row.get::<Option<String>>(at + 1)?);
    Ok(id.map(ChatbotId).zip(name).map(|(id, name)| ChatbotRef { id, name }))
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
