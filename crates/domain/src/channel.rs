//! Channels: what a site embeds.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Name of the channel that the first start makes (A1).
pub const DEFAULT_NAME: &str = "YourWebsite.com";

/// The colours of a channel's button and window, as `#RRGGBB`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Colors {
    /// Background of the button.
    pub button: String,
    /// Icon and text on the button.
    pub button_text: String,
    /// Background of the window's header and of the visitor's own bubbles.
    pub header: String,
    /// Text on the header and in own bubbles.
    pub header_text: String,
}

impl Default for Colors {
    /// Petrol with white: 6.2:1, well above the 4.5:1 that text needs.
    fn default() -> Self {
        Self {
            button: "#006E77".to_owned(),
            button_text: "#FFFFFF".to_owned(),
            header: "#006E77".to_owned(),
            header_text: "#FFFFFF".to_owned(),
        }
    }
}

/// What the widget's button does on a page (rules of the channel, A9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ButtonAction {
    /// The button.
    Show,
    /// The button and a floating text bubble.
    ShowWithNotification,
    /// The button; the window opens by itself after a while.
    OpenAutomatically,
    /// No button.
    Hide,
}

impl ButtonAction {
    /// As the database stores it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::ShowWithNotification => "show_with_notification",
            Self::OpenAutomatically => "open_automatically",
            Self::Hide => "hide",
        }
    }

    /// From the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Show, Self::ShowWithNotification, Self::OpenAutomatically, Self::Hide]
            .into_iter()
            .find(|it| it.as_str() == text)
    }
}

/// Whether `text` is a colour such as `#006E77`.
#[must_use]
pub fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The origin of a website, as browsers name it: scheme, host and, where it is not the usual one, port.
#[must_use]
pub fn website_origin(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
    let (scheme, host) = text.split_once("://")?;
    let usual = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let host = host.strip_suffix(usual).unwrap_or(host);
    let sound = !host.is_empty()
        && host.len() <= 255
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    sound.then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_have_one_form() {
        assert!(is_color("#006E77") && is_color("#ffffff"));
        for wrong in ["", "#fff", "red", "#00000g", "#0000000", "é00000"] {
            assert!(!is_color(wrong), "{wrong}");
        }
    }

    #[test]
    fn an_origin_is_as_browsers_name_it() {
        let origin = |text| website_origin(text).unwrap_or_default();
        assert_eq!(origin(" HTTPS://Shop.Example/ "), "https://shop.example");
        assert_eq!(origin("https://shop.example:443"), "https://shop.example");
        assert_eq!(origin("http://localhost:8080"), "http://localhost:8080");
        for wrong in
            ["", "null", "shop.example", "https://", "https://a b", "ftp://a", "https://a/b"]
        {
            assert_eq!(website_origin(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn actions_survive_the_database() {
        assert_eq!(ButtonAction::parse("hide"), Some(ButtonAction::Hide));
        assert_eq!(ButtonAction::parse("vanish"), None);
    }
}
