//! SQL of rules.

use frontdesk_db::{Error, Row, Tx, params};
use frontdesk_domain::channel::ButtonAction;
use frontdesk_domain::country::Country;
use frontdesk_domain::rule::{ChatbotCondition, PagePattern, PatternError, Rule, RuleChatbot};
use frontdesk_domain::{ChannelId, ChatbotId, RuleId};

frontdesk_db::statements! {
    ALL = "
        select id, action, open_after, url_regex, countries, chatbot_id, chatbot_condition
        from rule
        where channel_id = $1 order by sequence, id limit 1000";
    COUNT = "select count(*) from rule where channel_id = $1";
    INSERT = "
        insert into rule (channel_id, sequence, action, open_after, url_regex, countries,
            chatbot_id, chatbot_condition)
        select cast($1 as bigint), coalesce(max(sequence), 0) + 1, cast($2 as text),
            cast($3 as bigint), cast($4 as text), cast($5 as text), cast($6 as bigint),
            cast($7 as text)
        from rule where channel_id = $1
        returning id";
    UPDATE = "
        update rule set action = $3, open_after = $4, url_regex = $5, countries = $6,
            chatbot_id = $7, chatbot_condition = $8
        where channel_id = $1 and id = $2";
    DELETE = "delete from rule where channel_id = $1 and id = $2";
    PLACE = "update rule set sequence = $2 where id = $1";
}

/// A rule's row.
#[derive(Clone)]
pub struct RuleRow {
    /// Which.
    pub id: RuleId,
    /// What the button does.
    pub action: ButtonAction,
    /// Seconds until the window opens by itself.
    pub open_after: i64,
    /// The pattern, as written.
    pub url_regex: String,
    /// None: everywhere.
    pub countries: Vec<Country>,
    /// Who begins to talk.
    pub chatbot: Option<ChatbotId>,
    /// When it counts.
    pub chatbot_condition: ChatbotCondition,
}

impl RuleRow {
    /// Ready to be matched; a chatbot that is not there is not ready.
    pub fn rule(&self, chatbots: &[RuleChatbot]) -> Result<Rule, PatternError> {
        let missing = |id| RuleChatbot { id, version: 0, is_ready: false };
        let ready = |id| chatbots.iter().find(|it| it.id == id).copied();
        Ok(Rule {
            id: self.id,
            action: self.action,
            open_after: u32::try_from(self.open_after).unwrap_or(0),
            pages: PagePattern::parse(&self.url_regex)?,
            countries: self.countries.clone(),
            chatbot: self.chatbot.map(|id| ready(id).unwrap_or_else(|| missing(id))),
            chatbot_condition: self.chatbot_condition,
        })
    }

    fn codes(&self) -> String {
        self.countries.iter().map(Country::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// A channel's rules, in their order.
pub fn all(tx: &mut Tx<'_>, channel: ChannelId) -> Result<Vec<RuleRow>, Error> {
    tx.all(&ALL, params![channel.0], rule_row)
}

fn rule_row(row: &Row<'_>) -> Result<RuleRow, Error> {
    Ok(RuleRow {
        id: RuleId(row.get(0)?),
        action: ButtonAction::parse(&row.get::<String>(1)?).unwrap_or(ButtonAction::Show),
        open_after: row.get(2)?,
        url_regex: row.get(3)?,
        countries: row.get::<String>(4)?.split(' ').filter_map(Country::parse).collect(),
        chatbot: row.get::<Option<i64>>(5)?.map(ChatbotId),
        chatbot_condition: ChatbotCondition::parse(&row.get::<String>(6)?).unwrap_or_default(),
    })
}

/// How many rules a channel has.
pub fn count(tx: &mut Tx<'_>, channel: ChannelId) -> Result<i64, Error> {
    tx.one(&COUNT, params![channel.0], |row| row.get(0))
}

/// Adds a rule at the end.
pub fn insert(tx: &mut Tx<'_>, channel: ChannelId, row: &RuleRow) -> Result<RuleId, Error> {
    let codes = row.codes();
    let params = params![
        channel.0,
        row.action.as_str(),
        row.open_after,
        &row.url_regex,
        &codes,
        row.chatbot.map(|it| it.0),
        row.chatbot_condition.as_str()
    ];
    tx.one(&INSERT, params, |row| Ok(RuleId(row.get(0)?)))
}

/// Writes a rule anew; false when the channel has no such rule.
pub fn update(tx: &mut Tx<'_>, channel: ChannelId, row: &RuleRow) -> Result<bool, Error> {
    let codes = row.codes();
    let params = params![
        channel.0,
        row.id.0,
        row.action.as_str(),
        row.open_after,
        &row.url_regex,
        &codes,
        row.chatbot.map(|it| it.0),
        row.chatbot_condition.as_str()
    ];
    Ok(tx.execute(&UPDATE, params)? > 0)
}

/// Removes a rule.
pub fn delete(tx: &mut Tx<'_>, channel: ChannelId, id: RuleId) -> Result<(), Error> {
    tx.execute(&DELETE, params![channel.0, id.0]).map(drop)
}

/// Gives a rule its place.
pub fn place(tx: &mut Tx<'_>, id: RuleId, sequence: i64) -> Result<(), Error> {
    tx.execute(&PLACE, params![id.0, sequence]).map(drop)
}
