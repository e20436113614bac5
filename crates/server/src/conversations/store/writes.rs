//! SQL that makes and changes conversations and their members.

use crate::conversations::LISTED_WHILE_OPEN;
use crate::operators;
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::{ChannelId, ConversationId, Millis, OperatorId, VisitorId};

frontdesk_db::statements! {
    INSERT_VISITOR = "
        insert into visitor (secret_hash, language, time_zone, country, created_at)
        values ($1, $2, $3, $4, $5)
        on conflict (secret_hash) do nothing returning id";
    INSERT_CONVERSATION = "
        insert into conversation (channel_id, visitor_id, client_id, operator_id, status, last_seq,
            last_visitor_seq, last_message_seq, message_count, last_active_at, page_url, page_title,
            created_at)
        values ($1, $2, $3, $4, 'in_progress', 2, 2, 2, 1, $7, $5, $6, $7)
        on conflict (visitor_id, client_id) do nothing returning id";
    INSERT_MEMBER = "
        insert into member (conversation_id, kind, person_id, joined_at, listed_until)
        values ($1, $2, $3, $4, $5)";
    /// Taking part again brings the old marks back.
    JOIN_MEMBER = "
        insert into member (conversation_id, kind, person_id, joined_at, listed_until)
        values ($1, 'operator', $2, $3, $4)
        on conflict (conversation_id, kind, person_id)
        do update set left_at = null, joined_at = excluded.joined_at,
            listed_until = excluded.listed_until
        where member.left_at is not null";
    /// An update of nothing: it holds the row, so that nobody ends the conversation meanwhile.
    HOLD_OPEN = "
        update conversation set last_seq = last_seq where id = $1 and ended_at is null";
    LEAVE_MEMBER = "
        update member set left_at = $3, listed_until = 0
        where conversation_id = $1 and kind = 'operator' and person_id = $2 and left_at is null";
    OPEN_IDS = "
        select m.conversation_id from member m
        join conversation c on c.id = m.conversation_id and c.ended_at is null
        where m.kind = 'operator' and m.person_id = $1 and m.left_at is null
        order by m.conversation_id limit 10000";
    TAKE_OVER = "update conversation set operator_id = $2 where id = $1 and operator_id is null";
    LET_GO = "
        update conversation set operator_id = (
            select min(m.person_id) from member m
            where m.conversation_id = $1 and m.kind = 'operator' and m.left_at is null)
        where id = $1 and operator_id = $2 and ended_at is null
        returning operator_id";
    END = "
        update conversation set ended_at = $2, status = null
        where id = $1 and ended_at is null returning operator_id";
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

/// Makes a visitor; none when there is one with this secret.
pub fn insert_visitor(
    tx: &mut Tx<'_>,
    secret_hash: &str,
    (language, time_zone, country): (Option<&str>, Option<&str>, Option<&str>),
    now: Millis,
) -> Result<Option<VisitorId>, Error> {
    let params = params![secret_hash, language, time_zone, country, now.0];
    tx.optional(&INSERT_VISITOR, params, |row| Ok(VisitorId(row.get(0)?)))
}

/// Makes a conversation with room for its first two events; none when there is one with this client id.
pub fn insert_conversation(
    tx: &mut Tx<'_>,
    new: &NewConversation<'_>,
    operator: OperatorId,
    now: Millis,
) -> Result<Option<ConversationId>, Error> {
    let params = params![
        new.channel.0,
        new.visitor.0,
        new.client_id,
        operator.0,
        new.page_url,
        new.page_title,
        now.0
    ];
    tx.optional(&INSERT_CONVERSATION, params, |row| Ok(ConversationId(row.get(0)?)))
}

/// Makes visitor and operator members of a new conversation, which the operator answers.
pub fn insert_members(
    tx: &mut Tx<'_>,
    id: ConversationId,
    visitor: VisitorId,
    operator: OperatorId,
    now: Millis,
) -> Result<(), Error> {
    let until = LISTED_WHILE_OPEN;
    tx.execute(&INSERT_MEMBER, params![id.0, "visitor", visitor.0, now.0, until])?;
    tx.execute(&INSERT_MEMBER, params![id.0, "operator", operator.0, now.0, until])?;
    operators::answers_more(tx, operator)
}

/// Keeps a conversation from ending within this transaction; false when it has ended.
pub fn hold_open(tx: &mut Tx<'_>, id: ConversationId) -> Result<bool, Error> {
    Ok(tx.execute(&HOLD_OPEN, params![id.0])? > 0)
}

/// Makes an operator a member, who answers it where nobody did. False when the operator was one already.
pub fn join(
    tx: &mut Tx<'_>,
    id: ConversationId,
    operator: OperatorId,
    now: Millis,
) -> Result<bool, Error> {
    let joined = tx.execute(&JOIN_MEMBER, params![id.0, operator.0, now.0, LISTED_WHILE_OPEN])?;
    if tx.execute(&TAKE_OVER, params![id.0, operator.0])? > 0 {
        operators::answers_more(tx, operator)?;
    }
    Ok(joined > 0)
}

/// The open conversations that an operator takes part in.
pub fn open_ids(tx: &mut Tx<'_>, operator: OperatorId) -> Result<Vec<ConversationId>, Error> {
    tx.all(&OPEN_IDS, params![operator.0], |row| Ok(ConversationId(row.get(0)?)))
}

/// Ends a membership; another operator who takes part answers now. False when there was none.
pub fn leave(
    tx: &mut Tx<'_>,
    id: ConversationId,
    operator: OperatorId,
    now: Millis,
) -> Result<bool, Error> {
    let left = tx.execute(&LEAVE_MEMBER, params![id.0, operator.0, now.0])?;
    if let Some(next) = tx.optional(&LET_GO, params![id.0, operator.0], answering)? {
        operators::answers_less(tx, operator)?;
        next.map_or(Ok(()), |next| operators::answers_more(tx, next))?;
    }
    Ok(left > 0)
}

/// Ends a conversation and says until when it stays listed. False when it had ended before.
pub fn end(
    tx: &mut Tx<'_>,
    id: ConversationId,
    now: Millis,
    listed_until: Millis,
) -> Result<bool, Error> {
    let Some(answered_by) = tx.optional(&END, params![id.0, now.0], answering)? else {
        return Ok(false);
    };
    answered_by.map_or(Ok(()), |operator| operators::answers_less(tx, operator))?;
    tx.execute(&UNLIST, params![id.0, listed_until.0])?;
    Ok(true)
}

fn answering(row: &Row<'_>) -> Result<Option<OperatorId>, Error> {
    Ok(row.get::<Option<i64>>(0)?.map(OperatorId))
}
