//! SQL that sets the scene: two conversations with a visitor each, and two operators who take part in both.

use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::event::Event;
use frontdesk_domain::{ConversationId, Millis, OperatorId};
use frontdesk_server::events;

frontdesk_db::statements! {
    INSERT_OPERATOR = "
        insert into operator (id, email, email_key, name, chat_name, role, language, created_at)
        values ($1, $2, $2, $2, $2, 'operator', 'en', 0)";
    INSERT_CHANNEL = "
        insert into channel (id, name, button_background_color, button_text_color,
            header_background_color, title_color, created_at)
        values (1, '', '', '', '', '', 0)";
    INSERT_VISITOR = "insert into visitor (id, secret_hash, created_at) values ($1, $2, 0)";
    INSERT_CONVERSATION = "
        insert into conversation (id, channel_id, visitor_id, client_id, operator_id, status,
            last_active_at, created_at)
        values ($1, 1, $1, $2, 1, 'in_progress', 0, 0)";
    INSERT_MEMBER = "
        insert into member (conversation_id, kind, person_id, joined_at, listed_until)
        values ($1, $2, $3, 0, 9000000000000000)";
    LAST_SEQ = "select last_seq from conversation where id = $1";
}

pub const CONVERSATIONS: [ConversationId; 2] = [ConversationId(1), ConversationId(2)];
pub const OPERATORS: [OperatorId; 2] = [OperatorId(1), OperatorId(2)];

/// What the visitor's browser calls a conversation.
pub fn client_conversation_id(id: ConversationId) -> String {
    format!("conversation-{}", id.0)
}

pub fn set_the_scene(tx: &mut Tx<'_>, now: Millis) -> Result<(), Error> {
    tx.execute(&INSERT_CHANNEL, &[])?;
    for operator in OPERATORS {
        tx.execute(&INSERT_OPERATOR, params![operator.0, &format!("operator {}", operator.0)])?;
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
