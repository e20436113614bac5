//! SQL of chatbots and their versions.

use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::chatbot::Script;
use frontdesk_domain::rule::RuleChatbot;
use frontdesk_domain::{ChannelId, ChatbotId, Millis};
use std::time::Duration;

/// A page that was loaded before a change may still greet with the version of then for so long.
const GREETS_FOR: Duration = Duration::from_secs(3600);

/// A chatbot's own row, as [`chatbot_row`] reads it.
macro_rules! chatbots {
    () => {
        "select id, name, image, version, steps, next_id, archived_at, findings,
            first_step_warning
        from chatbot "
    };
}

frontdesk_db::statements! {
    ALL = concat!(chatbots!(), "where deleted_at is null order by name, id limit 1000");
    FIND = concat!(chatbots!(), "where id = $1 and deleted_at is null");
    EXISTS = "select count(*) from chatbot where id = $1 and deleted_at is null";
    INSERT = "
        insert into chatbot (name, steps, next_id, findings, first_step_warning, created_at)
        values ($1, $2, $3, $4, $5, $6) returning id";
    /// Only over the version that was read.
    SAVE = "
        update chatbot set name = $3, steps = $4, findings = $5, first_step_warning = $6,
            next_id = case when next_id < $7 then $7 else next_id end, version = version + 1
        where id = $1 and version = $2 and deleted_at is null";
    INSERT_VERSION = "
        insert into chatbot_version (chatbot_id, version, script, created_at)
        values ($1, $2, $3, $4)";
    SCRIPT = "select script from chatbot_version where chatbot_id = $1 and version = $2";
    ARCHIVE = "update chatbot set archived_at = $2 where id = $1";
    DELETE = "update chatbot set deleted_at = $2 where id = $1";
    LEAVE_RULES = "update rule set chatbot_id = null where chatbot_id = $1";
    SHOW = "update chatbot set image = $2 where id = $1";
    CHANNELS = "
        select r.chatbot_id, c.id, c.name from rule r
        join channel c on c.id = r.channel_id and c.deleted_at is null
        where r.chatbot_id is not null
        group by r.chatbot_id, c.id, c.name order by c.name, c.id limit 10000";
    OF_RULES = "
        select b.id, b.version,
            cast(case when b.archived_at is null and b.steps > 0 then 1 else 0 end as bigint)
        from chatbot b
        where b.deleted_at is null and exists (
            select 1 from rule r where r.channel_id = $1 and r.chatbot_id = b.id)
        limit 1000";
    /// The version that a page asks for, or the newest one where that is too old.
    GREETING = "
        select b.name, b.image, v.version, v.script from chatbot b
        join chatbot_version v on v.chatbot_id = b.id
        where b.id = $1 and b.archived_at is null and b.deleted_at is null and b.steps > 0
            and exists (
                select 1 from rule r join channel c on c.id = r.channel_id
                where r.chatbot_id = b.id and c.deleted_at is null and c.archived_at is null)
            and (v.version = b.version or (v.version = $2 and exists (
                select 1 from chatbot_version n
                where n.chatbot_id = b.id and n.version = v.version + 1 and n.created_at > $3)))
        order by case when v.version = $2 then 0 else 1 end limit 1";
    IS_IN_CHANNEL = "select count(*) from rule where channel_id = $1 and chatbot_id = $2";
}

/// A chatbot's own row.
#[derive(Clone)]
pub struct ChatbotRow {
    /// Which.
    pub id: ChatbotId,
    /// Its name.
    pub name: String,
    /// Name of its picture.
    pub image: Option<String>,
    /// The newest version of its script.
    pub version: i64,
    /// How many steps that has.
    pub steps: i64,
    /// Ids from here on are free.
    pub next_id: i64,
    /// It is in the archive since then.
    pub archived_at: Option<Millis>,
    /// What the analysis found in the newest version.
    pub findings: i64,
    /// What is wrong with how it begins.
    pub first_step_warning: Option<String>,
}

/// What the newest version of a script is known by in lists.
pub struct Digest {
    /// How many steps it has.
    pub steps: i64,
    /// Ids from here on are free.
    pub next_id: i64,
    /// What the analysis found.
    pub findings: i64,
    /// What is wrong with how it begins.
    pub first_step_warning: Option<&'static str>,
}

/// A channel that uses a chatbot.
pub struct UseRow {
    /// The chatbot.
    pub chatbot: ChatbotId,
    /// The channel.
    pub channel: ChannelId,
    /// Its name.
    pub name: String,
}

/// A chatbot as it greets.
pub struct Greeter {
    /// Its name.
    pub name: String,
    /// Name of its picture.
    pub image: Option<String>,
    /// The version.
    pub version: i64,
    /// The script.
    pub script: Script,
}

/// Every chatbot, by name.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<ChatbotRow>, Error> {
    tx.all(&ALL, params![], chatbot_row)
}

/// One chatbot.
pub fn find(tx: &mut Tx<'_>, id: ChatbotId) -> Result<ChatbotRow, Error> {
    tx.one(&FIND, params![id.0], chatbot_row)
}

/// Whether there is such a chatbot.
pub fn exists(tx: &mut Tx<'_>, id: ChatbotId) -> Result<bool, Error> {
    tx.one(&EXISTS, params![id.0], |row| Ok(row.get::<i64>(0)? > 0))
}

fn chatbot_row(row: &Row<'_>) -> Result<ChatbotRow, Error> {
    Ok(ChatbotRow {
        id: ChatbotId(row.get(0)?),
        name: row.get(1)?,
        image: row.get(2)?,
        version: row.get(3)?,
        steps: row.get(4)?,
        next_id: row.get(5)?,
        archived_at: row.get::<Option<i64>>(6)?.map(Millis),
        findings: row.get(7)?,
        first_step_warning: row.get(8)?,
    })
}

/// Makes a chatbot with the first version of its script.
pub fn insert(
    tx: &mut Tx<'_>,
    name: &str,
    (script, digest): (&Script, &Digest),
    now: Millis,
) -> Result<ChatbotId, Error> {
    let Digest { steps, next_id, findings, first_step_warning } = *digest;
    let params = params![name, steps, next_id, findings, first_step_warning, now.0];
    let id = tx.one(&INSERT, params, |row| Ok(ChatbotId(row.get(0)?)))?;
    insert_version(tx, id, 1, script, now)?;
    Ok(id)
}

/// Writes name and script anew over the version that was read; false when that is not the newest.
pub fn save(
    tx: &mut Tx<'_>,
    (id, version): (ChatbotId, i64),
    name: &str,
    (script, digest): (&Script, &Digest),
    now: Millis,
) -> Result<bool, Error> {
    let Digest { steps, next_id, findings, first_step_warning } = *digest;
    let params = params![id.0, version, name, steps, findings, first_step_warning, next_id];
    let saved = tx.execute(&SAVE, params)? > 0;
    if saved {
        insert_version(tx, id, version + 1, script, now)?;
    }
    Ok(saved)
}

fn insert_version(
    tx: &mut Tx<'_>,
    id: ChatbotId,
    version: i64,
    script: &Script,
    now: Millis,
) -> Result<(), Error> {
    // Plain data with string keys always serialises.
    let json = serde_json::to_string(script).unwrap_or_default();
    tx.execute(&INSERT_VERSION, params![id.0, version, &json, now.0]).map(drop)
}

/// A version of a script.
pub fn script(tx: &mut Tx<'_>, id: ChatbotId, version: i64) -> Result<Script, Error> {
    tx.one(&SCRIPT, params![id.0, version], |row| Ok(read_script(&row.get::<String>(0)?)))
}

/// Written by this program only; what cannot be read any more says nothing.
fn read_script(json: &str) -> Script {
    serde_json::from_str(json).unwrap_or_default()
}

/// Puts a chatbot into the archive, or takes it out again.
pub fn archive(tx: &mut Tx<'_>, id: ChatbotId, at: Option<Millis>) -> Result<(), Error> {
    tx.execute(&ARCHIVE, params![id.0, at.map(|it| it.0)]).map(drop)
}

/// Deletes a chatbot; rules lose it.
pub fn delete(tx: &mut Tx<'_>, id: ChatbotId, now: Millis) -> Result<(), Error> {
    tx.execute(&LEAVE_RULES, params![id.0])?;
    tx.execute(&DELETE, params![id.0, now.0]).map(drop)
}

/// The chatbot shows this picture, or none.
pub fn show(tx: &mut Tx<'_>, id: ChatbotId, image: Option<&str>) -> Result<(), Error> {
    tx.execute(&SHOW, params![id.0, image]).map(drop)
}

/// Which channels use which chatbots, by the channels' names.
pub fn uses(tx: &mut Tx<'_>) -> Result<Vec<UseRow>, Error> {
    tx.all(&CHANNELS, params![], |row| {
        let (chatbot, channel) = (ChatbotId(row.get(0)?), ChannelId(row.get(1)?));
        Ok(UseRow { chatbot, channel, name: row.get(2)? })
    })
}

/// The chatbots that a channel's rules name, as they stand now.
pub fn of_rules(tx: &mut Tx<'_>, channel: ChannelId) -> Result<Vec<RuleChatbot>, Error> {
    tx.all(&OF_RULES, params![channel.0], |row| {
        let is_ready = row.get::<i64>(2)? == 1;
        Ok(RuleChatbot { id: ChatbotId(row.get(0)?), version: row.get(1)?, is_ready })
    })
}

/// How a chatbot that some website shows greets, in the version that the page knows where that is not too old.
pub fn greeter(
    tx: &mut Tx<'_>,
    id: ChatbotId,
    version: i64,
    now: Millis,
) -> Result<Option<Greeter>, Error> {
    let params = params![id.0, version, now.minus(GREETS_FOR).0];
    tx.optional(&GREETING, params, |row| {
        let script = read_script(&row.get::<String>(3)?);
        Ok(Greeter { name: row.get(0)?, image: row.get(1)?, version: row.get(2)?, script })
    })
}

/// Whether a rule of a channel names a chatbot.
pub fn is_in_channel(tx: &mut Tx<'_>, id: ChatbotId, channel: ChannelId) -> Result<bool, Error> {
    tx.one(&IS_IN_CHANNEL, params![channel.0, id.0], |row| Ok(row.get::<i64>(0)? > 0))
}
