//! SQL of conversations that nobody answers.

use crate::expertise;
use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::{ChannelId, ConversationId, ExpertiseId, Millis, OperatorId};

frontdesk_db::statements! {
    WAITING = "
        select id, channel_id from conversation
        where waiting_since is not null and left_message = 0 and ended_at is null
        order by waiting_since, id limit $1";
    POSITION = "
        select count(*) from conversation c
        join conversation w on w.channel_id = c.channel_id and w.waiting_since is not null
            and w.left_message = 0 and w.ended_at is null
            and (w.waiting_since < c.waiting_since
                or (w.waiting_since = c.waiting_since and w.id <= c.id))
        where c.id = $1 and c.waiting_since is not null and c.left_message = 0
            and c.ended_at is null";
    UNANSWERED = "
        select c.channel_id, v.language, v.country, c.chatbot_id
        from conversation c join visitor v on v.id = c.visitor_id
        where c.id = $1 and c.operator_id is null and c.ended_at is null";
    LEFT = "
        select person_id from member
        where conversation_id = $1 and kind = 'operator' and left_at is not null";
    BEGIN_WAITING = "
        update conversation set waiting_since = $2, left_message = 0 where id = $1";
}

/// A conversation that nobody answers.
pub struct Unanswered {
    /// Where it was started.
    pub channel: ChannelId,
    /// The visitor's language.
    pub language: Option<String>,
    /// The visitor's country.
    pub country: Option<String>,
    /// Who has left it.
    pub left: Vec<OperatorId>,
    /// What whoever takes it should know.
    pub expertise: Vec<ExpertiseId>,
    /// It is in the hands of a chatbot.
    pub with_chatbot: bool,
}

/// The conversations that wait, the longest-waiting first.
pub fn waiting(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<(ConversationId, ChannelId)>, Error> {
    tx.all(&WAITING, params![limit], |row| {
        Ok((ConversationId(row.get(0)?), ChannelId(row.get(1)?)))
    })
}

/// How many wait before it in its channel, itself included; none when it does not wait.
pub fn position(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<i64>, Error> {
    let position = tx.one(&POSITION, params![id.0], |row| row.get::<i64>(0))?;
    Ok((position > 0).then_some(position))
}

/// What decides who could take it; none when somebody answers, or it has ended.
pub fn unanswered(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Unanswered>, Error> {
    let found = tx.optional(&UNANSWERED, params![id.0], |row| {
        let (language, country) = (row.get(1)?, row.get(2)?);
        let channel = ChannelId(row.get(0)?);
        let with_chatbot = row.get::<Option<i64>>(3)?.is_some();
        let (left, expertise) = (Vec::new(), Vec::new());
        Ok(Unanswered { channel, language, country, left, expertise, with_chatbot })
    })?;
    let Some(unanswered) = found else {
        return Ok(None);
    };
    let left = tx.all(&LEFT, params![id.0], |row| Ok(OperatorId(row.get(0)?)))?;
    let expertise = expertise::needed(tx, id)?;
    Ok(Some(Unanswered { left, expertise, ..unanswered }))
}

/// It waits from now on.
pub fn begin_waiting(tx: &mut Tx<'_>, id: ConversationId, now: Millis) -> Result<(), Error> {
    tx.execute(&BEGIN_WAITING, params![id.0, now.0]).map(drop)
}
