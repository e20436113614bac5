//! Embed: what a website loads — the loader, the decision, the window — and our own pages that use it.

mod api;
pub mod assets;
mod csp;
mod demo;
mod page;
#[cfg(test)]
mod tests;

pub use api::routes;
pub use page::routes as page_routes;

use crate::app::App;
use crate::channels::{self, ChannelRow};
use crate::events::ChatName;
use crate::problem::Problem;
use crate::translations;
use frontdesk_domain::channel::{ButtonAction, Colors};
use frontdesk_domain::{ChannelId, text::PAGE_URL_MAX_CHARS};
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

/// What the widget's button does on a page; at most 1 KB.
#[derive(Serialize, ToSchema)]
pub struct Decision {
    channel_id: ChannelId,
    /// What the loader does now.
    action: ButtonAction,
    /// Seconds until the window opens by itself (action `open_automatically`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    open_after: Option<u32>,
    /// Somebody can answer now. Otherwise the button says so and nothing can be started.
    available: bool,
    /// Somebody who can answer now and is not the busiest: the window shows this face before anything was written. Who takes the
    /// conversation is decided when it starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    operator: Option<ChatName>,
    /// The channel's name.
    name: String,
    /// Language of the widget's texts, one of those that are built.
    language: String,
    direction: Direction,
    texts: DecisionTexts,
    colors: Colors,
    /// Address of the window's script, fetched when it first opens.
    window: String,
    /// Address of the window's texts.
    language_file: String,
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
}

/// Decides for one page. Nothing is stored.
pub async fn decide(
    app: &App,
    id: ChannelId,
    request: DecisionRequest,
    origin: &str,
) -> Result<Decision, Problem> {
    if request.url.chars().count() > PAGE_URL_MAX_CHARS {
        return Err(Problem::BadRequest(format!(
            "url has at most {PAGE_URL_MAX_CHARS} characters"
        )));
    }
    let now = app.clock.now();
    let (row, likely) = app
        .db
        .read(move |tx| {
            let row = channels::find_row(tx, id)?.ok_or(Problem::ChannelNotFound)?;
            Ok::<_, Problem>((row, channels::likely_operator(tx, id, now)?))
        })
        .await?;
    Ok(decision(app, row, likely, (&request.language, origin)))
}

fn decision(
    app: &App,
    row: ChannelRow,
    likely: Option<String>,
    (tag, origin): (&str, &str),
) -> Decision {
    let (language, built) = app.assets.language(tag);
    let address = |file: &str| format!("{origin}/assets/widget/{file}");
    let or_default = |own: String, key| {
        if own.is_empty() { translations::text(&language, key).to_owned() } else { own }
    };
    let texts = DecisionTexts {
        button: or_default(row.button_text, "channel.button"),
        notification: or_default(row.notification_text, "channel.notification"),
        welcome: or_default(row.welcome_message, "channel.welcome"),
        placeholder: or_default(row.input_placeholder, "channel.placeholder"),
    };
    Decision {
        channel_id: row.id,
        action: ButtonAction::Show,
        open_after: None,
        available: likely.is_some(),
        operator: likely.map(|name| ChatName { name }),
        name: row.name,
        direction: built.direction,
        window: address(&app.assets.manifest().window),
        language_file: address(&built.file),
        texts,
        colors: row.colors,
        language,
    }
}
