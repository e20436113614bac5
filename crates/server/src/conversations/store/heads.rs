//! SQL of how far conversations are, and of what their visitors list.

use super::waiting::position;
use crate::chatbots::ChatbotState;
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::assignment::REMEMBERED_FOR;
use frontdesk_domain::operator::seen_since;
use frontdesk_domain::{ChannelId, ConversationId, Millis, OperatorId, VisitorId};

/// Heads that are read again at once.
pub const HEADS_MAX: i64 = 10_000;

frontdesk_db::statements! {
    LISTED_IDS = "
        select conversation_id from member
        where kind = 'operator' and person_id = $1 and listed_until > $2
        order by conversation_id desc limit $3";
    HEAD = "select id, last_seq, operator_id from conversation where id = $1";
    HEADS_SINCE = "
        select id, last_seq, operator_id from conversation
        where ended_at is null and last_active_at >= $1
        union all
        select id, last_seq, operator_id from conversation where ended_at >= $1
        limit $2";
    VISITOR_CONVERSATION = "
        select c.client_id, c.channel_id, o.chat_name, c.created_at, c.ended_at, c.last_visitor_seq,
            c.left_message, o.avatar, b.name, b.image, r.step, r.awaits, r.finished
        from conversation c left join operator o on o.id = c.operator_id
        left join chatbot b on b.id = c.chatbot_id
        left join chatbot_run r on r.conversation_id = c.id
        where c.id = $1";
    LAST_VISITOR_SEQ_AND_CHATBOT = "
        select c.last_visitor_seq, c.ended_at, b.name, b.image, r.step, r.awaits, r.finished
        from conversation c left join chatbot b on b.id = c.chatbot_id
        left join chatbot_run r on r.conversation_id = c.id
        where c.id = $1";
    VISITOR_CONVERSATIONS = "
        select id from conversation
        where visitor_id = $1 and channel_id = $2 order by id desc limit 10";
    PREVIOUS_OPERATOR = "
        select operator_id from conversation
        where visitor_id = $1 and last_active_at >= $2 and operator_id is not null
        order by id desc limit 1";
    PRESENT_OPERATORS = "
        select count(*) from member m join operator_presence p on p.operator_id = m.person_id
        where m.conversation_id = $1 and m.kind = 'operator' and m.left_at is null
            and p.seen_at >= $2";
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

/// A conversation as its visitor's list needs it.
pub struct VisitorConversationRow {
    /// The browser's id.
    pub client_id: String,
    /// Its channel.
    pub channel: ChannelId,
    /// Who answers: the chat name.
    pub chat_name: Option<String>,
    /// Who answers: the name of the picture.
    pub avatar: Option<String>,
    /// When it was started.
    pub created_at: Millis,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// The newest number of the visitor's log.
    pub last_visitor_seq: i64,
    /// It was left while nobody was there.
    pub left_message: bool,
    /// The place among those that wait.
    pub position: Option<i64>,
    /// In whose hands it is, where not in the team's.
    pub chatbot: Option<ChatbotState>,
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
pub fn heads_changed_since(tx: &mut Tx<'_>, since: Millis) -> Result<Vec<HeadRow>, Error> {
    tx.all(&HEADS_SINCE, params![since.0, HEADS_MAX], head_row)
}

fn head_row(row: &Row<'_>) -> Result<HeadRow, Error> {
    Ok(HeadRow {
        id: ConversationId(row.get(0)?),
        last_seq: row.get(1)?,
        operator: row.get::<Option<i64>>(2)?.map(OperatorId),
    })
}

/// A conversation for its visitor.
pub fn visitor_conversation(
    tx: &mut Tx<'_>,
    id: ConversationId,
) -> Result<VisitorConversationRow, Error> {
    let position = position(tx, id)?;
    tx.one(&VISITOR_CONVERSATION, params![id.0], |row| {
        Ok(VisitorConversationRow {
            client_id: row.get(0)?,
            channel: ChannelId(row.get(1)?),
            chat_name: row.get(2)?,
            created_at: Millis(row.get(3)?),
            ended_at: row.get::<Option<i64>>(4)?.map(Millis),
            last_visitor_seq: row.get(5)?,
            left_message: row.get::<i64>(6)? == 1,
            position,
            avatar: row.get(7)?,
            chatbot: ChatbotState::of_row(row, 8, row.get::<Option<i64>>(4)?.is_some())?,
        })
    })
}

/// The newest number of the visitor's log, and in whose hands it is, where not in the team's.
pub fn last_visitor_seq_and_chatbot(
    tx: &mut Tx<'_>,
    id: ConversationId,
) -> Result<(i64, Option<ChatbotState>), Error> {
    tx.one(&LAST_VISITOR_SEQ_AND_CHATBOT, params![id.0], |row| {
        let ended = row.get::<Option<i64>>(1)?.is_some();
        Ok((row.get(0)?, ChatbotState::of_row(row, 2, ended)?))
    })
}

/// Whether an operator of a conversation is connected, to whichever node.
pub fn operator_is_present(
    tx: &mut Tx<'_>,
    id: ConversationId,
    now: Millis,
) -> Result<bool, Error> {
    tx.one(&PRESENT_OPERATORS, params![id.0, seen_since(now).0], |row| Ok(row.get::<i64>(0)? > 0))
}

/// Whom a visitor talked with last, if that is not too long ago.
pub fn previous_operator(
    tx: &mut Tx<'_>,
    visitor: VisitorId,
    now: Millis,
) -> Result<Option<OperatorId>, Error> {
    let since = now.minus(REMEMBERED_FOR);
    tx.optional(&PREVIOUS_OPERATOR, params![visitor.0, since.0], |row| Ok(OperatorId(row.get(0)?)))
}

/// The newest conversations of a visitor in a channel.
pub fn visitor_conversations(
    tx: &mut Tx<'_>,
    visitor: VisitorId,
    channel: ChannelId,
) -> Result<Vec<ConversationId>, Error> {
    tx.all(&VISITOR_CONVERSATIONS, params![visitor.0, channel.0], |row| {
        Ok(ConversationId(row.get(0)?))
    })
}
