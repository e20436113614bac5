//! The form of a channel, and what may be written into it.

use crate::channels::hours;
use crate::channels::store::ChannelRow;
use crate::problem::{FieldProblem, Problem};
use frontdesk_domain::business_hours::BusinessHours;
use frontdesk_domain::channel::{Colors, is_color, website_origin};
use frontdesk_domain::text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest text on the button or in the empty field, in characters. The decision travels with each page.
const SHORT_MAX_CHARS: usize = 40;
/// The longest text in the bubble, in characters.
const NOTIFICATION_MAX_CHARS: usize = 120;
/// The longest text at the top of the window, in characters.
const WELCOME_MAX_CHARS: usize = 240;
/// Conversations at a time that can be allowed.
const SESSIONS_MAX: i64 = 1000;
/// So many websites may be listed.
const ORIGINS_MAX: usize = 50;

/// What can be set of a channel. Empty texts stand for the translated default.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ChannelForm {
    /// The version that was read; saving is refused when there is a newer one.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// What the button says, at most 40 characters.
    pub button_text: String,
    /// What the bubble beside the button says, at most 120 characters.
    pub notification_text: String,
    /// What stands in the window before the visitor writes, at most 240 characters.
    pub welcome_message: String,
    /// What stands in the empty field, at most 40 characters.
    pub input_placeholder: String,
    /// What stands in the window outside the business hours, at most 240 characters.
    pub away_message: String,
    /// Its colours.
    pub colors: Colors,
    /// Websites that may load the widget, such as `https://shop.example`; none: every website.
    pub allowed_origins: Vec<String>,
    /// When it is open; null: always.
    pub business_hours: Option<BusinessHours>,
    /// Conversations that one operator has at a time, 1 to 1000; null: any number.
    #[schema(required)]
    pub max_sessions: Option<i64>,
    /// The pages that visitors look at are kept for 30 days, once they have written.
    pub records_page_views: bool,
}

impl ChannelForm {
    /// The form, filled in.
    #[must_use]
    pub fn of(row: &ChannelRow) -> Self {
        let row = row.clone();
        Self {
            version: row.version,
            name: row.name,
            button_text: row.button_text,
            notification_text: row.notification_text,
            welcome_message: row.welcome_message,
            input_placeholder: row.input_placeholder,
            away_message: row.away_message,
            colors: row.colors,
            allowed_origins: row.allowed_origins,
            business_hours: row.business_hours,
            max_sessions: row.max_sessions,
            records_page_views: row.records_page_views,
        }
    }

    /// The form as it is kept, or what is wrong with it.
    pub fn accepted(self) -> Result<Self, Problem> {
        Ok(Self {
            version: self.version,
            name: text::name(&self.name).map_err(|_| FieldProblem::NameInvalid("name"))?,
            button_text: short(&self.button_text, ("button_text", SHORT_MAX_CHARS))?,
            notification_text: short(
                &self.notification_text,
                ("notification_text", NOTIFICATION_MAX_CHARS),
            )?,
            welcome_message: short(&self.welcome_message, ("welcome_message", WELCOME_MAX_CHARS))?,
            input_placeholder: short(
                &self.input_placeholder,
                ("input_placeholder", SHORT_MAX_CHARS),
            )?,
            away_message: short(&self.away_message, ("away_message", WELCOME_MAX_CHARS))?,
            colors: colors(self.colors)?,
            allowed_origins: origins(&self.allowed_origins)?,
            business_hours: self.business_hours.map(hours::accepted).transpose()?,
            max_sessions: self.max_sessions.map(sessions).transpose()?,
            records_page_views: self.records_page_views,
        })
    }
}

fn short(written: &str, (field, max): (&'static str, usize)) -> Result<String, Problem> {
    let text = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().any(char::is_control) {
        return Err(FieldProblem::TextControlCharacters(field).into());
    }
    if text.chars().count() > max {
        return Err(FieldProblem::TextTooLong(field, max).into());
    }
    Ok(text)
}

fn colors(colors: Colors) -> Result<Colors, Problem> {
    for (field, color) in [
        ("colors.button", &colors.button),
        ("colors.button_text", &colors.button_text),
        ("colors.header", &colors.header),
        ("colors.header_text", &colors.header_text),
    ] {
        if !is_color(color) {
            return Err(FieldProblem::ColorInvalid(field).into());
        }
    }
    Ok(colors)
}

fn sessions(max: i64) -> Result<i64, FieldProblem> {
    let allowed = (1..=SESSIONS_MAX).contains(&max);
    allowed.then_some(max).ok_or(FieldProblem::NumberInvalid("max_sessions"))
}

fn origins(written: &[String]) -> Result<Vec<String>, Problem> {
    let mut origins = Vec::new();
    for text in written {
        let origin = website_origin(text).ok_or(FieldProblem::OriginInvalid)?;
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    if origins.len() > ORIGINS_MAX {
        return Err(FieldProblem::TooMany("allowed_origins").into());
    }
    Ok(origins)
}
