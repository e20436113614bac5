//! SQL that makes and changes conversations and their members.

use crate::conversations::LISTED_WHILE_OPEN;
use crate::operators;
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::conversation::{Outcome, OutcomeFacts, Status};
use frontdesk_domain::message::AuthorKind;
use frontdesk_domain::{ChannelId, ChatbotId, ConversationId, Millis, OperatorId, VisitorId};

frontdesk_db::statements! {
    INSERT_VISITOR = "
        insert into visitor (secret_hash, email, language, country, time_zone, created_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (secret_hash) do nothing returning id";
    SET_VISITOR_EMAIL = "update visitor set email = $2 where id = $1";
    INSERT_CONVERSATION = "
        insert into conversation (channel_id, visitor_id, client_id, operator_id, status, last_seq,
            last_visitor_seq, last_message_seq, message_count, last_active_at, page_url, page_title,
            created_at, waiting_since, left_message, chatbot_id)
        values ($1, $2, $3, $4, 'in_progress', 2, 2, 2, 1, $7, $5, $6, $7, $8, $9, $10)
        on conflict (visitor_id, client_id) do nothing returning id";
    INSERT_VISITOR_MEMBER = "
        insert into member (conversation_id, kind, person_id, joined_at, listed_until)
        values ($1, 'visitor', $2, $3, $4)";
    INSERT_BOTH_MEMBERS = "
        insert into member (conversation_id, kind, person_id, joined_at, listed_until)
        values ($1, 'visitor', $2, $3, $4), ($1, 'operator', $5, $3, $4)";
    JOIN_MEMBER = "
        insert into member (conversation_id, kind, person_id, joined_at, listed_until)
        values ($1, 'operator', $2, $3, $4)
        on conflict (conversation_id, kind, person_id) do nothing";
    /// Taking part again brings the old marks back.
    JOIN_AGAIN = "
        update member set left_at = null, joined_at = $3, listed_until = $4
        where conversation_id = $1 and kind = 'operator' and person_id = $2
            and left_at is not null";
    /// An update of nothing: it holds the row, so that nobody else changes the conversation meanwhile.
    HOLD = "
        update conversation set last_seq = last_seq where id = $1
        returning channel_id, operator_id, status, waiting_since, left_message, ended_at,
            chatbot_id";
    LEAVE_MEMBER = "
        update member set left_at = $3, listed_until = 0
        where conversation_id = $1 and kind = 'operator' and person_id = $2 and left_at is null";
    OPEN_IDS = "
        select m.conversation_id from member m
        join conversation c on c.id = m.conversation_id and c.ended_at is null
        where m.kind = 'operator' and m.person_id = $1 and m.left_at is null
        order by m.conversation_id limit 10000";
    TAKE_OVER = "
        update conversation set operator_id = $2, waiting_since = null, left_message = 0,
            chatbot_id = null
        where id = $1 and operator_id is null";
    SET_STATUS = "update conversation set status = $2 where id = $1";
    LET_GO = "
        update conversation set operator_id = (
            select min(m.person_id) from member m
            where m.conversation_id = $1 and m.kind = 'operator' and m.left_at is null)
        where id = $1 and operator_id = $2 and ended_at is null
        returning operator_id";
    END = "
        update conversation set ended_at = $2, status = null, waiting_since = null, outcome = $3
        where id = $1";
    CAME = "select person_id from member where conversation_id = $1 and kind = 'operator'";
    WROTE = "
        select count(*) from (
            select 1 as wrote from event
            where conversation_id = $1 and kind = 'message.posted' and author_kind = $2
            limit 1) as first_one";
    FOUND_NOBODY = "select found_nobody from chatbot_run where conversation_id = $1";
    REOPEN = "
        update conversation set ended_at = null, status = 'in_progress', outcome = null
        where id = $1";
    UNLIST = "
        update member set listed_until = $2 where conversation_id = $1 and left_at is null";
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

/// What a new visitor is made of.
pub struct NewVisitor<'a> {
    /// What the browser shows.
    pub secret_hash: &'a str,
    /// The e-mail address, where one was given.
    pub email: Option<&'a str>,
    /// The browser's language.
    pub language: Option<&'a str>,
    /// The country.
    pub country: Option<&'a str>,
    /// The browser's time zone.
    pub time_zone: Option<&'a str>,
}

/// Who answers a new conversation.
#[derive(Clone, Copy, Debug)]
pub enum Answered {
    /// An operator.
    By(OperatorId),
    /// Whoever becomes free: it waits.
    Soon,
    /// Whoever comes some time: the visitor left a message.
    Later,
    /// A chatbot.
    ByChatbot(ChatbotId),
}

/// An open conversation that this transaction holds, as it was.
#[derive(Clone, Debug)]
pub struct Held {
    /// Its channel.
    pub channel: ChannelId,
    /// Who answers.
    pub operator: Option<OperatorId>,
    /// Where it stands; an ended one in progress.
    pub status: Status,
    /// It waits for an operator.
    pub waiting: bool,
    /// It was left while nobody was there.
    pub left_message: bool,
    /// In whose hands it is, where not in the team's.
    pub chatbot: Option<ChatbotId>,
    /// It is over.
    pub ended: bool,
}

impl Held {
    /// Any operator may take it.
    #[must_use]
    pub fn wants_somebody(&self) -> bool {
        let left_alone = self.operator.is_none() && self.chatbot.is_none();
        left_alone || self.status == Status::LookingForHelp
    }
}

/// What leaving left behind.
pub struct Left {
    /// Nobody of the team takes part any more.
    pub alone: bool,
}

/// Makes a visitor; none when there is one with this secret.
pub fn insert_visitor(
    tx: &mut Tx<'_>,
    new: &NewVisitor<'_>,
    now: Millis,
) -> Result<Option<VisitorId>, Error> {
    let NewVisitor { secret_hash, email, language, country, time_zone } = *new;
    let params = params![secret_hash, email, language, country, time_zone, now.0];
    tx.optional(&INSERT_VISITOR, params, |row| Ok(VisitorId(row.get(0)?)))
}

/// Keeps the address at which a visitor can be answered.
pub fn set_visitor_email(tx: &mut Tx<'_>, id: VisitorId, email: &str) -> Result<(), Error> {
    tx.execute(&SET_VISITOR_EMAIL, params![id.0, email]).map(drop)
}

/// Makes a conversation with room for its first two events; none when there is one with this client id.
pub fn insert_conversation(
    tx: &mut Tx<'_>,
    new: &NewConversation<'_>,
    answered: Answered,
    now: Millis,
) -> Result<Option<ConversationId>, Error> {
    let (operator, waiting_since, left_message) = match answered {
        Answered::By(operator) => (Some(operator.0), None, 0),
        Answered::Soon => (None, Some(now.0), 0),
        Answered::Later => (None, Some(now.0), 1),
        Answered::ByChatbot(_) => (None, None, 0),
    };
    let chatbot = match answered {
        Answered::ByChatbot(chatbot) => Some(chatbot.0),
        _ => None,
    };
    let params = params![
        new.channel.0,
        new.visitor.0,
        new.client_id,
        operator,
        new.page_url,
        new.page_title,
        now.0,
        waiting_since,
        left_message,
        chatbot
    ];
    tx.optional(&INSERT_CONVERSATION, params, |row| Ok(ConversationId(row.get(0)?)))
}

/// Makes the visitor, and the operator who was found, members of a new conversation.
pub fn insert_members(
    tx: &mut Tx<'_>,
    id: ConversationId,
    visitor: VisitorId,
    operator: Option<OperatorId>,
    now: Millis,
) -> Result<(), Error> {
    let until = LISTED_WHILE_OPEN;
    let inserted = match operator {
        None => tx.execute(&INSERT_VISITOR_MEMBER, params![id.0, visitor.0, now.0, until]),
        Some(operator) => {
            tx.execute(&INSERT_BOTH_MEMBERS, params![id.0, visitor.0, now.0, until, operator.0])
        }
    };
    inserted.map(drop)
}

/// Holds a conversation for this transaction.
pub fn hold(tx: &mut Tx<'_>, id: ConversationId) -> Result<Held, Error> {
    tx.one(&HOLD, params![id.0], |row| {
        let status: Option<String> = row.get(2)?;
        Ok(Held {
            channel: ChannelId(row.get(0)?),
            operator: row.get::<Option<i64>>(1)?.map(OperatorId),
            status: status.as_deref().and_then(Status::parse).unwrap_or(Status::InProgress),
            waiting: row.get::<Option<i64>>(3)?.is_some(),
            left_message: row.get::<i64>(4)? == 1,
            chatbot: row.get::<Option<i64>>(6)?.map(ChatbotId),
            ended: row.get::<Option<i64>>(5)?.is_some(),
        })
    })
}

/// Keeps a conversation from ending within this transaction; none when it has ended.
pub fn hold_open(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Held>, Error> {
    hold(tx, id).map(|held| Some(held).filter(|it| !it.ended))
}

/// Makes an operator a member, who answers it where nobody did. Whether the operator is new to it; none when the
/// operator was a member already.
pub fn join(
    tx: &mut Tx<'_>,
    id: ConversationId,
    operator: OperatorId,
    now: Millis,
) -> Result<Option<bool>, Error> {
    let params = params![id.0, operator.0, now.0, LISTED_WHILE_OPEN];
    let is_new = tx.execute(&JOIN_MEMBER, params)? > 0;
    if !is_new && tx.execute(&JOIN_AGAIN, params)? == 0 {
        return Ok(None);
    }
    if tx.execute(&TAKE_OVER, params![id.0, operator.0])? > 0 {
        operators::answers_more(tx, operator)?;
    }
    Ok(Some(is_new))
}

/// Writes where a conversation stands.
pub fn set_status(tx: &mut Tx<'_>, id: ConversationId, status: Status) -> Result<(), Error> {
    tx.execute(&SET_STATUS, params![id.0, status.as_str()]).map(drop)
}

/// The open conversations that an operator takes part in.
pub fn open_ids(tx: &mut Tx<'_>, operator: OperatorId) -> Result<Vec<ConversationId>, Error> {
    tx.all(&OPEN_IDS, params![operator.0], |row| Ok(ConversationId(row.get(0)?)))
}

/// Ends a membership; another operator who takes part answers now. None when there was none.
pub fn leave(
    tx: &mut Tx<'_>,
    id: ConversationId,
    operator: OperatorId,
    now: Millis,
) -> Result<Option<Left>, Error> {
    if tx.execute(&LEAVE_MEMBER, params![id.0, operator.0, now.0])? == 0 {
        return Ok(None);
    }
    let Some(next) = tx.optional(&LET_GO, params![id.0, operator.0], answering)? else {
        return Ok(Some(Left { alone: false }));
    };
    operators::answers_less(tx, operator)?;
    next.map_or(Ok(()), |next| operators::answers_more(tx, next))?;
    Ok(Some(Left { alone: next.is_none() }))
}

/// Ends a conversation that is held, and says until when it stays listed: the operators who ever took part.
pub fn end(
    tx: &mut Tx<'_>,
    (id, held): (ConversationId, &Held),
    now: Millis,
    listed_until: Millis,
) -> Result<Vec<OperatorId>, Error> {
    let came = tx.all(&CAME, params![id.0], |row| Ok(OperatorId(row.get(0)?)))?;
    let outcome = Outcome::of(OutcomeFacts {
        operators: i64::try_from(came.len()).unwrap_or(i64::MAX),
        visitor_wrote: wrote(tx, id, AuthorKind::Visitor)?,
        operator_wrote: wrote(tx, id, AuthorKind::Operator)?,
        chatbot_sufficed: held.chatbot.is_some() && !found_nobody(tx, id)?,
    });
    tx.execute(&END, params![id.0, now.0, outcome.as_str()])?;
    held.operator.map_or(Ok(()), |operator| operators::answers_less(tx, operator))?;
    tx.execute(&UNLIST, params![id.0, listed_until.0])?;
    Ok(came)
}

/// Opens a conversation again that a chatbot had ended.
pub fn reopen(tx: &mut Tx<'_>, id: ConversationId) -> Result<(), Error> {
    tx.execute(&REOPEN, params![id.0])?;
    tx.execute(&UNLIST, params![id.0, LISTED_WHILE_OPEN]).map(drop)
}

fn found_nobody(tx: &mut Tx<'_>, id: ConversationId) -> Result<bool, Error> {
    let found = tx.optional(&FOUND_NOBODY, params![id.0], |row| row.get::<i64>(0))?;
    Ok(found == Some(1))
}

fn wrote(tx: &mut Tx<'_>, id: ConversationId, author: AuthorKind) -> Result<bool, Error> {
    tx.one(&WROTE, params![id.0, author.as_str()], |row| Ok(row.get::<i64>(0)? > 0))
}

fn answering(row: &Row<'_>) -> Result<Option<OperatorId>, Error> {
    Ok(row.get::<Option<i64>>(0)?.map(OperatorId))
}
