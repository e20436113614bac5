//! The decision: what the widget does on one page. It reads memory where it can, and writes nothing.

use crate::app::App;
use crate::channels::{self, KnownChannel, installations};
use crate::conversations::Answering;
use crate::http::origin::Asking;
use crate::images;
use crate::problem::Problem;
use crate::translations;
use frontdesk_domain::channel::{ButtonAction, Colors};
use frontdesk_domain::country::Country;
use frontdesk_domain::rule::{self, Page, Rule};
use frontdesk_domain::{ChannelId, ChatbotId, Millis, text::PAGE_URL_MAX_CHARS};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a page asks before it shows anything.
#[derive(Deserialize, ToSchema)]
pub struct DecisionRequest {
    /// Address of the page.
    url: String,
    /// Language of the page or the browser, as a tag.
    language: String,
}

/// What the widget's button does on a page; at most 1 KB unless the channel's own texts are longer than the defaults.
#[derive(Serialize, ToSchema)]
pub struct Decision {
    channel_id: ChannelId,
    /// What the loader does now.
    action: ButtonAction,
    /// Seconds until the window opens by itself (action `open_automatically`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    open_after: Option<u32>,
    /// Somebody or a chatbot can answer now. Otherwise the button says so and nothing can be started.
    available: bool,
    /// Somebody who can answer now and is not the busiest: the window shows this face before anything was written. Who takes the
    /// conversation is decided when it starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    operator: Option<Answering>,
    /// A chatbot begins to talk, whether or not an operator can answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    chatbot: Option<DecidedChatbot>,
    /// The channel's name.
    name: String,
    /// Language of the widget's texts, one of those that are built.
    language: String,
    direction: Direction,
    texts: DecisionTexts,
    colors: Colors,
    /// The pages that the visitor looks at are to be told, after the first message; otherwise left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    page_views: Option<bool>,
    /// Address of the window's script, fetched when it first opens.
    window: String,
    /// Address of the window's texts.
    language_file: String,
}

/// A chatbot that begins to talk.
#[derive(Serialize, ToSchema)]
pub struct DecidedChatbot {
    /// Which.
    id: ChatbotId,
    /// The version of its script.
    version: i64,
}

/// Direction of a language's script.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// The channel's own texts.
#[derive(Serialize, ToSchema)]
pub struct DecisionTexts {
    button: String,
    notification: String,
    welcome: String,
    placeholder: String,
    /// Outside the business hours: what stands in the window in place of the welcome message.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    away: Option<String>,
}

/// Decides for one page of a website.
pub async fn decide(
    app: &App,
    id: ChannelId,
    request: DecisionRequest,
    (asking, country): (Asking, Option<Country>),
) -> Result<Decision, Problem> {
    // A shop's search makes longer ones. Rules look at where they begin.
    let url: String = request.url.chars().take(PAGE_URL_MAX_CHARS).collect();
    let channel = channels::known(app, id).await?;
    if let Some(website) = asking.website() {
        installations::saw(app, id, website);
    }
    channels::admit(&channel, &asking)?;
    let now = app.clock.now();
    let open = channel.is_open(now);
    let likely = if channel.takes_conversations(now) { likely(app, id, now).await? } else { None };
    let page = Page { url: &url, country, operator_available: likely.is_some() };
    let tag = &request.language;
    Ok(Deciding { app, channel: &channel, page, open, likely }.decision(tag, &asking.own))
}

/// Somebody who can answer now.
async fn likely(app: &App, id: ChannelId, now: Millis) -> Result<Option<Answering>, Problem> {
    let found = app.db.read(move |tx| channels::likely_operator(tx, id, now)).await?;
    Ok(found.map(|(name, avatar)| Answering { name, avatar: avatar.as_deref().map(images::path) }))
}

/// Everything that a decision follows from.
struct Deciding<'a> {
    app: &'a App,
    channel: &'a KnownChannel,
    page: Page<'a>,
    open: bool,
    likely: Option<Answering>,
}

impl Deciding<'_> {
    fn decision(&self, tag: &str, own: &str) -> Decision {
        let (language, built) = self.app.assets.language(tag);
        let address = |file: &str| format!("{own}/assets/widget/{file}");
        let (action, open_after) = self.action();
        let chatbot = self.chatbot();
        let row = &self.channel.row;
        Decision {
            channel_id: row.id,
            action,
            open_after,
            available: self.likely.is_some() || chatbot.is_some(),
            chatbot,
            operator: self.likely.clone(),
            name: row.name.clone(),
            direction: built.direction,
            window: address(&self.app.assets.manifest().window),
            language_file: address(&built.file),
            texts: self.texts(&language),
            colors: row.colors.clone(),
            page_views: row.records_page_views.then_some(true),
            language,
        }
    }

    fn action(&self) -> (ButtonAction, Option<u32>) {
        if !self.channel.is_shown() {
            return (ButtonAction::Hide, None);
        }
        self.winner().map_or((ButtonAction::Show, None), |rule| (rule.action, rule.opens_after()))
    }

    fn chatbot(&self) -> Option<DecidedChatbot> {
        let chatbot = self.winner().filter(|_| self.channel.is_shown())?.chatbot?;
        Some(DecidedChatbot { id: chatbot.id, version: chatbot.version })
    }

    fn winner(&self) -> Option<&Rule> {
        rule::winner(&self.channel.rules, self.page)
    }

    fn texts(&self, language: &str) -> DecisionTexts {
        let row = &self.channel.row;
        let or_default = |own: &String, key| {
            if own.is_empty() { translations::text(language, key).to_owned() } else { own.clone() }
        };
        DecisionTexts {
            button: or_default(&row.button_text, "channel.button"),
            notification: or_default(&row.notification_text, "channel.notification"),
            welcome: or_default(&row.welcome_message, "channel.welcome"),
            placeholder: or_default(&row.input_placeholder, "channel.placeholder"),
            away: (!self.open).then(|| or_default(&row.away_message, "channel.away")),
        }
    }
}
