//! SQL that sets the scene, and that looks at what has become of it.
//!
//! Two conversations with a visitor each, and two operators who take part in both. The channel allows each of them one more
//! at a time, so that some of those who come later must wait.

use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::assignment::PLACE_KEPT_FOR;
use frontdesk_domain::event::Event;
use frontdesk_domain::{ChannelId, ConversationId, Millis, OperatorId};
use frontdesk_server::events;

frontdesk_db::statements! {
    INSERT_OPERATOR = "
        insert into operator (id, email, email_key, name, chat_name, role, language, created_at)
        values ($1, $2, $2, $2, $2, 'operator', 'en', 0)";
    /// Always there.
    INSERT_PRESENCE = "
        insert into operator_presence (operator_id, choice, seen_at, active_at, ongoing)
        values ($1, 'online', 9000000000000000, 9000000000000000, $2)";
    INSERT_CHANNEL = "
        insert into channel (id, name, button_background_color, button_text_color,
            header_background_color, title_color, created_at, max_sessions_mode, max_sessions)
        values (1, '', '', '', '', '', 0, 'limited', $1)";
    INSERT_CHANNEL_OPERATOR = "
        insert into channel_operator (channel_id, operator_id, joined_at) values (1, $1, 0)";
    INSERT_VISITOR = "insert into visitor (id, secret_hash, created_at) values ($1, $2, 0)";
    INSERT_CONVERSATION = "
        insert into conversation (id, channel_id, visitor_id, client_id, operator_id, status,
            last_active_at, created_at)
        values ($1, 1, $1, $2, 1, 'in_progress', 0, 0)";
    INSERT_MEMBER = "
        insert into member (conversation_id, kind, person_id, joined_at, listed_until)
        values ($1, $2, $3, 0, 9000000000000000)";
    INSERT_ANOTHER_MEMBER = "
        insert into member (conversation_id, kind, person_id, joined_at, listed_until)
        values ($1, 'operator', $2, $3, 9000000000000000)";
    GIVE = "
        update conversation set operator_id = $2, waiting_since = null
        where id = $1 and operator_id is null and ended_at is null";
    COUNT = "update operator_presence set ongoing = ongoing + 1 where operator_id = $1";
    LAST_SEQ = "select last_seq from conversation where id = $1";
    ENDED = "select cast(case when ended_at is null then 0 else 1 end as bigint) from conversation where id = $1";
    OPERATOR = "select operator_id from conversation where id = $1";
    ALL = "select id from conversation order by id";
    OPEN_OF = "
        select c.last_active_at from conversation c
        join member m on m.conversation_id = c.id and m.kind = 'operator' and m.left_at is null
        where m.person_id = $1 and c.ended_at is null";
    LISTED = "
        select conversation_id from member
        where kind = 'operator' and person_id = $1 and left_at is null order by conversation_id";
    WAITING = "
        select count(*) from conversation where ended_at is null and operator_id is null";
}

pub const CHANNEL: ChannelId = ChannelId(1);
pub const CONVERSATIONS: [ConversationId; 2] = [ConversationId(1), ConversationId(2)];
pub const OPERATORS: [OperatorId; 2] = [OperatorId(1), OperatorId(2)];
/// Conversations that an operator may be given.
pub const LIMIT: i64 = 3;

/// What the visitor's browser calls one of the first conversations.
pub fn client_conversation_id(id: ConversationId) -> String {
    format!("conversation-{}", id.0)
}

pub fn set_the_scene(tx: &mut Tx<'_>, now: Millis) -> Result<(), Error> {
    tx.execute(&INSERT_CHANNEL, params![LIMIT])?;
    for operator in OPERATORS {
        tx.execute(&INSERT_OPERATOR, params![operator.0, &format!("operator {}", operator.0)])?;
        tx.execute(&INSERT_CHANNEL_OPERATOR, params![operator.0])?;
        let answers = if operator == OPERATORS[0] { CONVERSATIONS.len() as i64 } else { 0 };
        tx.execute(&INSERT_PRESENCE, params![operator.0, answers])?;
    }
    for id in CONVERSATIONS {
        tx.execute(&INSERT_VISITOR, params![id.0, &format!("visitor {}", id.0)])?;
        tx.execute(&INSERT_CONVERSATION, params![id.0, &client_conversation_id(id)])?;
        tx.execute(&INSERT_MEMBER, params![id.0, "visitor", id.0])?;
        for operator in OPERATORS {
            tx.execute(&INSERT_MEMBER, params![id.0, "operator", operator.0])?;
        }
        let opened = Event::ConversationOpened { operator: Some(OPERATORS[0]), why: None };
        events::record(tx, id, &opened, now)?;
    }
    Ok(())
}

/// The newest number of a conversation. The visitor's is the same here: there is nothing hidden.
pub fn last_seq(tx: &mut Tx<'_>, id: ConversationId) -> Result<i64, Error> {
    tx.one(&LAST_SEQ, params![id.0], |row| row.get(0))
}

pub fn has_ended(tx: &mut Tx<'_>, id: ConversationId) -> Result<bool, Error> {
    tx.one(&ENDED, params![id.0], |row| Ok(row.get::<i64>(0)? == 1))
}

/// Who answers a conversation.
pub fn operator(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<OperatorId>, Error> {
    tx.one(&OPERATOR, params![id.0], |row| Ok(row.get::<Option<i64>>(0)?.map(OperatorId)))
}

pub fn all(tx: &mut Tx<'_>) -> Result<Vec<ConversationId>, Error> {
    tx.all(&ALL, &[], |row| Ok(ConversationId(row.get(0)?)))
}

/// The conversations that an operator takes part in.
pub fn listed(tx: &mut Tx<'_>, operator: OperatorId) -> Result<Vec<ConversationId>, Error> {
    tx.all(&LISTED, params![operator.0], |row| Ok(ConversationId(row.get(0)?)))
}

/// How many places an operator has taken, counted apart from the server.
pub fn places_taken(tx: &mut Tx<'_>, operator: OperatorId, now: Millis) -> Result<i64, Error> {
    let since = now.minus(PLACE_KEPT_FOR);
    let active = tx.all(&OPEN_OF, params![operator.0], |row| row.get::<i64>(0))?;
    Ok(active.into_iter().filter(|at| *at > since.0).count() as i64)
}

/// How many open conversations nobody answers.
pub fn waiting(tx: &mut Tx<'_>) -> Result<i64, Error> {
    tx.one(&WAITING, &[], |row| row.get(0))
}

/// The planted mistake: gives a conversation to an operator without counting the places again.
pub fn give(
    tx: &mut Tx<'_>,
    id: ConversationId,
    operator: OperatorId,
    now: Millis,
) -> Result<(), Error> {
    if tx.execute(&GIVE, params![id.0, operator.0])? > 0 {
        tx.execute(&INSERT_ANOTHER_MEMBER, params![id.0, operator.0, now.0])?;
        tx.execute(&COUNT, params![operator.0])?;
        let joined = Event::MemberJoined { operator, joining: Default::default() };
        events::record(tx, id, &joined, now)?;
    }
    Ok(())
}
