//! SQL of channels.

use crate::operators::sighting;
use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::business_hours::BusinessHours;
use frontdesk_domain::channel::Colors;
use frontdesk_domain::operator::{Sighting, active_since, seen_since};
use frontdesk_domain::{ChannelId, Millis, OperatorId};

/// A channel's own row, as [`channel_row`] reads it.
macro_rules! channels {
    () => {
        "select id, name, button_text, notification_text, welcome_message, input_placeholder,
            button_background_color, button_text_color, header_background_color, title_color,
            version, archived_at, away_message, allowed_origins, business_hours, image,
            case when max_sessions_mode = 'limited' then max_sessions end, records_page_views
        from channel "
    };
}

frontdesk_db::statements! {
    INSERT = "
        insert into channel (name, button_background_color, button_text_color,
            header_background_color, title_color, created_at)
        values ($1, $2, $3, $4, $5, $6) returning id";
    FIRST = "select min(id) from channel where archived_at is null and deleted_at is null";
    EXISTS = "select count(*) from channel where id = $1 and deleted_at is null";
    ALL = concat!(channels!(), "where deleted_at is null order by id limit 1000");
    FIND = concat!(channels!(), "where id = $1 and deleted_at is null");
    OPERATORS = "
        select o.id, o.name, p.choice, p.seen_at, p.active_at
        from channel_operator co
        join operator o on o.id = co.operator_id and o.active = 1
        join operator_presence p on p.operator_id = o.id
        where co.channel_id = $1 order by o.name, o.id limit 1000";
    LIKELY_OPERATOR = "
        select o.chat_name, o.avatar from channel_operator co
        join operator o on o.id = co.operator_id and o.active = 1
        join operator_presence p on p.operator_id = o.id
        where co.channel_id = $1 and p.choice = 'online' and p.seen_at >= $2 and p.active_at >= $3
        order by p.ongoing, o.id limit 1";
    ONGOING = "
        select count(*) from conversation where channel_id = $1 and ended_at is null";
    CONVERSATIONS = "select count(*) from conversation where channel_id = $1";
    JOIN = "
        insert into channel_operator (channel_id, operator_id, joined_at) values ($1, $2, $3)
        on conflict (channel_id, operator_id) do nothing";
    LEAVE_ALL = "delete from channel_operator where operator_id = $1";
    LEAVE = "delete from channel_operator where channel_id = $1 and operator_id = $2";
}

/// A channel's own row. Empty texts stand for the translated default.
#[derive(Clone)]
pub struct ChannelRow {
    /// Which.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
    /// What the button says.
    pub button_text: String,
    /// What the bubble beside the button says.
    pub notification_text: String,
    /// What stands in the window before the visitor writes.
    pub welcome_message: String,
    /// What stands in the empty field.
    pub input_placeholder: String,
    /// Its colours.
    pub colors: Colors,
    /// Rises with each change of the form.
    pub version: i64,
    /// It is in the archive since then.
    pub archived_at: Option<Millis>,
    /// What stands in the window outside the business hours.
    pub away_message: String,
    /// Websites that may load the widget; none: every website.
    pub allowed_origins: Vec<String>,
    /// When it is open; none: always.
    pub business_hours: Option<BusinessHours>,
    /// Name of its picture.
    pub image: Option<String>,
    /// Conversations that one operator has at a time; none: any number.
    pub max_sessions: Option<i64>,
    /// The pages that visitors look at are kept, once they have written.
    pub records_page_views: bool,
}

/// An operator of a channel.
pub struct ChannelOperatorRow {
    /// Who.
    pub id: OperatorId,
    /// For the team.
    pub name: String,
    /// Whether the operator is there.
    pub sighting: Sighting,
}

/// Makes a channel.
pub fn insert(
    tx: &mut Tx<'_>,
    name: &str,
    colors: &Colors,
    now: Millis,
) -> Result<ChannelId, Error> {
    let Colors { button, button_text, header, header_text } = colors;
    let params = params![name, button, button_text, header, header_text, now.0];
    tx.one(&INSERT, params, |row| Ok(ChannelId(row.get(0)?)))
}

/// The oldest channel that pages may show.
pub fn first(tx: &mut Tx<'_>) -> Result<Option<ChannelId>, Error> {
    tx.one(&FIRST, params![], |row| Ok(row.get::<Option<i64>>(0)?.map(ChannelId)))
}

/// Whether there is such a channel.
pub fn exists(tx: &mut Tx<'_>, id: ChannelId) -> Result<bool, Error> {
    tx.one(&EXISTS, params![id.0], |row| Ok(row.get::<i64>(0)? > 0))
}

/// Every channel.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<ChannelRow>, Error> {
    tx.all(&ALL, params![], channel_row)
}

/// One channel.
pub fn find_row(tx: &mut Tx<'_>, id: ChannelId) -> Result<Option<ChannelRow>, Error> {
    tx.optional(&FIND, params![id.0], channel_row)
}

fn channel_row(row: &Row<'_>) -> Result<ChannelRow, Error> {
    Ok(ChannelRow {
        id: ChannelId(row.get(0)?),
        name: row.get(1)?,
        button_text: row.get(2)?,
        notification_text: row.get(3)?,
        welcome_message: row.get(4)?,
        input_placeholder: row.get(5)?,
        colors: Colors {
            button: row.get(6)?,
            button_text: row.get(7)?,
            header: row.get(8)?,
            header_text: row.get(9)?,
        },
        version: row.get(10)?,
        archived_at: row.get::<Option<i64>>(11)?.map(Millis),
        away_message: row.get(12)?,
        allowed_origins: row.get::<String>(13)?.lines().map(str::to_owned).collect(),
        business_hours: row.get::<Option<String>>(14)?.as_deref().and_then(read_hours),
        image: row.get(15)?,
        max_sessions: row.get(16)?,
        records_page_views: row.get(17)?,
    })
}

/// Written by this program only; what cannot be read any more is as if there were none.
fn read_hours(json: &str) -> Option<BusinessHours> {
    serde_json::from_str(json).ok()
}

/// A channel's operators, by name.
pub fn operators(tx: &mut Tx<'_>, id: ChannelId) -> Result<Vec<ChannelOperatorRow>, Error> {
    tx.all(&OPERATORS, params![id.0], |row| {
        Ok(ChannelOperatorRow {
            id: OperatorId(row.get(0)?),
            name: row.get(1)?,
            sighting: sighting(row, 2)?,
        })
    })
}

/// Chat name and picture of the available operator who answers the fewest conversations.
pub fn likely_operator(
    tx: &mut Tx<'_>,
    id: ChannelId,
    now: Millis,
) -> Result<Option<(String, Option<String>)>, Error> {
    let params = params![id.0, seen_since(now).0, active_since(now).0];
    tx.optional(&LIKELY_OPERATOR, params, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// A channel's open conversations, and all of them.
pub fn conversation_counts(tx: &mut Tx<'_>, id: ChannelId) -> Result<(i64, i64), Error> {
    let ongoing = tx.one(&ONGOING, params![id.0], |row| row.get(0))?;
    let all = tx.one(&CONVERSATIONS, params![id.0], |row| row.get(0))?;
    Ok((ongoing, all))
}

/// An operator joins.
pub fn add_operator(
    tx: &mut Tx<'_>,
    id: ChannelId,
    operator: OperatorId,
    now: Millis,
) -> Result<(), Error> {
    tx.execute(&JOIN, params![id.0, operator.0, now.0]).map(drop)
}

/// An operator leaves.
pub fn remove_operator(tx: &mut Tx<'_>, id: ChannelId, operator: OperatorId) -> Result<(), Error> {
    tx.execute(&LEAVE, params![id.0, operator.0]).map(drop)
}

/// An operator leaves every channel.
pub fn leave_all(tx: &mut Tx<'_>, operator: OperatorId) -> Result<(), Error> {
    tx.execute(&LEAVE_ALL, params![operator.0]).map(drop)
}
