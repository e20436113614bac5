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
