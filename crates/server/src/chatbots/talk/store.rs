//! SQL of where conversations stand in scripts.

use crate::events::ChatbotName;
use frontdesk_db::{Error, Tx, params};
use frontdesk_domain::chatbot::{Awaits, Run, Stage};
use frontdesk_domain::event::ScriptPart;
use frontdesk_domain::{AnswerId, ChatbotId, ConversationId, Millis, StepId};

frontdesk_db::statements! {
    RUN = "
        select r.chatbot_id, b.name, b.image, r.version, r.run, r.found_nobody
        from chatbot_run r join chatbot b on b.id = r.chatbot_id
        where r.conversation_id = $1";
    INSERT_RUN = "
        insert into chatbot_run (conversation_id, chatbot_id, version, run, step, awaits, finished,
            found_nobody)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    SAVE_RUN = "
        update chatbot_run set run = $2, step = $3, awaits = $4, finished = $5, found_nobody = $6
        where conversation_id = $1";
    LANGUAGE = "
        select v.language from conversation c join visitor v on v.id = c.visitor_id
        where c.id = $1";
    ACTIVE_AT = "select last_active_at from conversation where id = $1";
    /// Whoever wrote to a chatbot and went away.
    FORGOTTEN = "
        select id from conversation
        where chatbot_id is not null and ended_at is null and last_active_at <= $1
        order by id limit $2";
    ANSWERS = "
        select e.step, e.body, e.scripted from event e
        where e.conversation_id = $1 and e.author_kind = 'visitor' and e.step is not null
        order by e.seq limit 1000";
}

/// Where a conversation stands.
pub struct RunRow {
    /// Who talks.
    pub chatbot: ChatbotName,
    /// Name of its picture.
    pub image: Option<String>,
    /// The version of its script.
    pub version: i64,
    /// The place in it.
    pub run: Run,
    /// It has looked for an operator in vain.
    pub found_nobody: bool,
}

/// An answer that a visitor gave.
pub struct AnswerRow {
    /// To which step.
    pub step: StepId,
    /// What was written, or the text of what was picked.
    pub text: String,
    /// What was picked.
    pub picked: Option<AnswerId>,
}

/// Where a conversation stands; none where no chatbot ever was in it.
pub fn run(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<RunRow>, Error> {
    tx.optional(&RUN, params![id.0], |row| {
        let json: String = row.get(4)?;
        // Written by this program only; what cannot be read any more is over.
        let over = Run { step: None, stage: Stage::Ended, picked: Vec::new() };
        Ok(RunRow {
            chatbot: ChatbotName { id: ChatbotId(row.get(0)?), name: row.get(1)? },
            image: row.get(2)?,
            version: row.get(3)?,
            run: serde_json::from_str(&json).unwrap_or(over),
            found_nobody: row.get::<i64>(5)? == 1,
        })
    })
}

/// Keeps where a new conversation stands.
pub fn insert(
    tx: &mut Tx<'_>,
    id: ConversationId,
    row: &RunRow,
    awaits: Awaits,
) -> Result<(), Error> {
    let kept = Kept::of(row, awaits);
    let params = params![
        id.0,
        row.chatbot.id.0,
        row.version,
        &kept.run,
        kept.step,
        awaits.as_str(),
        kept.finished,
        kept.found_nobody
    ];
    tx.execute(&INSERT_RUN, params).map(drop)
}

/// Keeps where a conversation stands now.
pub fn save(
    tx: &mut Tx<'_>,
    id: ConversationId,
    row: &RunRow,
    awaits: Awaits,
) -> Result<(), Error> {
    let kept = Kept::of(row, awaits);
    let params =
        params![id.0, &kept.run, kept.step, awaits.as_str(), kept.finished, kept.found_nobody];
    tx.execute(&SAVE_RUN, params).map(drop)
}

/// A run as its columns.
struct Kept {
    run: String,
    step: Option<i64>,
    finished: i64,
    found_nobody: i64,
}

impl Kept {
    fn of(row: &RunRow, awaits: Awaits) -> Self {
        Self {
            // Plain data with string keys always serialises.
            run: serde_json::to_string(&row.run).unwrap_or_default(),
            step: row.run.step.filter(|_| awaits != Awaits::Nothing).map(|it| it.0),
            finished: i64::from(row.run.stage == Stage::Ended),
            found_nobody: i64::from(row.found_nobody),
        }
    }
}

/// The language of a conversation's visitor, as a tag.
pub fn language(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<String>, Error> {
    tx.one(&LANGUAGE, params![id.0], |row| row.get(0))
}

/// When something last happened in a conversation.
pub fn active_at(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Millis>, Error> {
    tx.optional(&ACTIVE_AT, params![id.0], |row| Ok(Millis(row.get(0)?)))
}

/// Open conversations in the hands of chatbots in which nothing has happened since.
pub fn forgotten(tx: &mut Tx<'_>, since: Millis, limit: i64) -> Result<Vec<ConversationId>, Error> {
    tx.all(&FORGOTTEN, params![since.0, limit], |row| Ok(ConversationId(row.get(0)?)))
}

/// What the visitor answered.
pub fn answers(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<AnswerRow>, Error> {
    tx.all(&ANSWERS, params![id.0], |row| {
        let part = row.get::<Option<String>>(2)?;
        let picked = match part.and_then(|json| serde_json::from_str(&json).ok()) {
            Some(ScriptPart::Answered { picked }) => picked,
            _ => None,
        };
        let text = row.get::<Option<String>>(1)?.unwrap_or_default();
        Ok(AnswerRow { step: StepId(row.get(0)?), text, picked })
    })
}
