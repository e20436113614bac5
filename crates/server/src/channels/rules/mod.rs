//! Rules of a channel: kept in the order in which they are tried, and tried without a visitor.

mod api;
mod store;
#[cfg(test)]
mod tests;

pub use api::routes;
pub use store::STATEMENTS;

use super::store::exists;
use crate::app::App;
use crate::chatbots;
use crate::problem::{FieldProblem, Problem};
use crate::realtime::frames::Changed;
use frontdesk_db::Tx;
use frontdesk_domain::channel::ButtonAction;
use frontdesk_domain::country::Country;
use frontdesk_domain::rule::{
    ChatbotCondition, OPEN_AFTER_MAX_SECONDS, Page, PagePattern, RULES_MAX, Rule, Trial, trial,
};
use frontdesk_domain::text::PAGE_URL_MAX_CHARS;
use frontdesk_domain::{ChannelId, ChatbotId, RuleId};
use serde::{Deserialize, Serialize};
use store::RuleRow;
use utoipa::ToSchema;

/// A rule, as it is written.
#[derive(Clone, Deserialize, ToSchema)]
pub struct RuleForm {
    /// What the button does.
    action: ButtonAction,
    /// Seconds until the window opens by itself (action `open_automatically`), 0 to 3600.
    #[serde(default)]
    open_after: i64,
    /// A regular expression, searched for anywhere in the page's address; empty: every page.
    #[serde(default)]
    url_regex: String,
    /// Codes of ISO 3166-1; none: everywhere.
    #[serde(default)]
    countries: Vec<String>,
    /// Who begins to talk; null: an operator.
    #[serde(default)]
    chatbot: Option<ChatbotId>,
    /// When the rule counts.
    #[serde(default)]
    chatbot_condition: ChatbotCondition,
}

/// A rule, as it is kept.
#[derive(Clone, Serialize, ToSchema)]
pub struct ChannelRule {
    /// Which.
    pub id: RuleId,
    /// What the button does.
    pub action: ButtonAction,
    /// Seconds until the window opens by itself.
    pub open_after: i64,
    /// A regular expression; empty: every page.
    pub url_regex: String,
    /// Codes of ISO 3166-1; none: everywhere.
    pub countries: Vec<String>,
    /// Who begins to talk; null: an operator.
    #[schema(required)]
    pub chatbot: Option<ChatbotId>,
    /// When the rule counts.
    pub chatbot_condition: ChatbotCondition,
}

/// A page on which the rules are tried.
#[derive(Deserialize, ToSchema)]
pub struct TrialRequest {
    /// Its address.
    url: String,
    /// Code of the visitor's country; null: not known.
    country: Option<String>,
    /// An operator of the channel can answer.
    #[serde(default = "available")]
    operator_available: bool,
}

const fn available() -> bool {
    true
}

/// A pattern that is being written, and a page to try it on.
#[derive(Deserialize, ToSchema)]
pub struct PatternRequest {
    /// The regular expression.
    url_regex: String,
    /// Address of a page.
    #[serde(default)]
    url: String,
}

/// What a pattern does.
#[derive(Serialize, ToSchema)]
pub struct PatternCheck {
    /// Why it is not a regular expression, in English; null: it is one.
    problem: Option<String>,
    /// It fits the page.
    fits: bool,
}

/// A channel's rules, in their order.
pub fn all(tx: &mut Tx<'_>, channel: ChannelId) -> Result<Vec<ChannelRule>, frontdesk_db::Error> {
    Ok(store::all(tx, channel)?.into_iter().map(ChannelRule::from).collect())
}

/// The same, ready to be matched. A pattern that is not understood any more is left out with its rule.
pub fn compiled(tx: &mut Tx<'_>, channel: ChannelId) -> Result<Vec<Rule>, frontdesk_db::Error> {
    let chatbots = chatbots::of_rules(tx, channel)?;
    let rows = store::all(tx, channel)?;
    Ok(rows.iter().filter_map(|row| row.rule(&chatbots).ok()).collect())
}

/// Adds a rule at the end.
pub async fn add(app: &App, channel: ChannelId, form: RuleForm) -> Result<ChannelRule, Problem> {
    let row = form.accepted(RuleId(0))?;
    let id = change(app, channel, {
        let row = row.clone();
        move |tx| {
            row.check_chatbot(tx)?;
            if store::count(tx, channel)? >= RULES_MAX as i64 {
                return Err(FieldProblem::TooMany("rules").into());
            }
            Ok(store::insert(tx, channel, &row)?)
        }
    })
    .await?;
    Ok(RuleRow { id, ..row }.into())
}

/// Writes a rule anew.
pub async fn replace(
    app: &App,
    (channel, id): (ChannelId, RuleId),
    form: RuleForm,
) -> Result<ChannelRule, Problem> {
    let row = form.accepted(id)?;
    let written = row.clone();
    change(app, channel, move |tx| {
        written.check_chatbot(tx)?;
        store::update(tx, channel, &written)?.then_some(()).ok_or(Problem::NotFound)
    })
    .await?;
    Ok(row.into())
}

/// Removes a rule. Removing twice is fine.
pub async fn remove(app: &App, channel: ChannelId, id: RuleId) -> Result<(), Problem> {
    change(app, channel, move |tx| Ok(store::delete(tx, channel, id)?)).await
}

/// Puts the rules into an order. What the order does not name, since somebody has just added it, comes last.
pub async fn reorder(
    app: &App,
    channel: ChannelId,
    order: Vec<RuleId>,
) -> Result<Vec<ChannelRule>, Problem> {
    change(app, channel, move |tx| {
        let mut rows = store::all(tx, channel)?;
        rows.sort_by_key(|row| order.iter().position(|id| *id == row.id).unwrap_or(usize::MAX));
        for (sequence, row) in (1..).zip(&rows) {
            store::place(tx, row.id, sequence)?;
        }
        Ok(rows.into_iter().map(ChannelRule::from).collect())
    })
    .await
}

/// Tries a channel's rules on a page.
pub async fn try_on(
    app: &App,
    channel: ChannelId,
    request: TrialRequest,
) -> Result<Trial, Problem> {
    let country = request.country.as_deref().map(country).transpose()?;
    let known = super::known(app, channel).await?;
    let url: String = request.url.chars().take(PAGE_URL_MAX_CHARS).collect();
    let operator_available = request.operator_available;
    Ok(trial(&known.rules, Page { url: &url, country, operator_available }))
}

/// Checks a pattern while it is being written.
#[must_use]
pub fn check(request: &PatternRequest) -> PatternCheck {
    match PagePattern::parse(&request.url_regex) {
        Ok(pattern) => PatternCheck { problem: None, fits: pattern.fits(&request.url) },
        Err(error) => PatternCheck { problem: Some(error.to_string()), fits: false },
    }
}

impl RuleForm {
    fn accepted(self, id: RuleId) -> Result<RuleRow, Problem> {
        if !(0..=OPEN_AFTER_MAX_SECONDS).contains(&self.open_after) {
            return Err(FieldProblem::OpenAfterInvalid.into());
        }
        PagePattern::parse(&self.url_regex).map_err(Problem::PatternInvalid)?;
        let mut countries =
            self.countries.iter().map(|code| country(code)).collect::<Result<Vec<_>, _>>()?;
        countries.sort_unstable();
        countries.dedup();
        Ok(RuleRow {
            id,
            action: self.action,
            open_after: self.open_after,
            url_regex: self.url_regex,
            countries,
            chatbot: self.chatbot,
            chatbot_condition: self.chatbot_condition,
        })
    }
}

impl RuleRow {
    fn check_chatbot(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        match self.chatbot {
            Some(chatbot) if !chatbots::exists(tx, chatbot)? => {
                Err(FieldProblem::ChatbotUnknown.into())
            }
            _ => Ok(()),
        }
    }
}

impl From<RuleRow> for ChannelRule {
    fn from(row: RuleRow) -> Self {
        Self {
            id: row.id,
            action: row.action,
            open_after: row.open_after,
            url_regex: row.url_regex,
            countries: row.countries.iter().map(|it| it.as_str().to_owned()).collect(),
            chatbot: row.chatbot,
            chatbot_condition: row.chatbot_condition,
        }
    }
}

fn country(code: &str) -> Result<Country, Problem> {
    Country::parse(code).ok_or_else(|| FieldProblem::CountryUnknown("countries").into())
}

async fn change<T: Send + 'static>(
    app: &App,
    channel: ChannelId,
    write: impl Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + Sync + 'static,
) -> Result<T, Problem> {
    let written = app
        .db
        .write(move |tx| {
            if !exists(tx, channel)? {
                return Err(Problem::ChannelNotFound);
            }
            write(tx)
        })
        .await?;
    app.live.changed(Changed::Channel, channel.0);
    Ok(written)
}
