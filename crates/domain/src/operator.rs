//! Operators: people who sign in and answer, and when they count as there.

use crate::Millis;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// An operator without activity for longer than this counts as disconnected (A18).
pub const IDLE_AFTER: Duration = Duration::from_secs(30 * 60);
/// A node that holds an operator's console says so at least this often; older sightings do not count.
pub const SEEN_FOR: Duration = Duration::from_secs(60);

/// What an operator may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Answers visitors.
    Operator,
    /// Also configures the installation.
    Administrator,
}

impl Role {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Administrator => "administrator",
        }
    }

    /// From what was stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "operator" => Some(Self::Operator),
            "administrator" => Some(Self::Administrator),
            _ => None,
        }
    }
}

/// Whether an operator is there, and wants to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Connected and taking conversations.
    Online,
    /// Away from the desk.
    Away,
    /// There, but not to be disturbed.
    Busy,
    /// Not connected, or wishes to look so.
    Offline,
}

impl Presence {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Away => "away",
            Self::Busy => "busy",
            Self::Offline => "offline",
        }
    }

    /// From what was stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "online" => Some(Self::Online),
            "away" => Some(Self::Away),
            "busy" => Some(Self::Busy),
            "offline" => Some(Self::Offline),
            _ => None,
        }
    }
}

/// What is known of an operator's whereabouts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// What the operator chose to be.
    pub choice: Presence,
    /// When a node last had the operator's console connected.
    pub seen_at: Millis,
    /// When the operator last did something in it.
    pub active_at: Millis,
}

impl Sighting {
    /// What others see at `now`: the operator's choice while connected and active, else offline.
    #[must_use]
    pub fn presence(&self, now: Millis) -> Presence {
        let connected = self.seen_at >= seen_since(now);
        let active = self.active_at >= active_since(now);
        if connected && active { self.choice } else { Presence::Offline }
    }
}

/// Operators seen before this point in time are not connected any more.
#[must_use]
pub fn seen_since(now: Millis) -> Millis {
    now.minus(SEEN_FOR)
}

/// Operators whose last activity lies before this point in time are idle.
#[must_use]
pub fn active_since(now: Millis) -> Millis {
    now.minus(IDLE_AFTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(10_000_000);

    fn sighting(choice: Presence, seen: Duration, active: Duration) -> Sighting {
        Sighting { choice, seen_at: NOW.minus(seen), active_at: NOW.minus(active) }
    }

    #[test]
    fn presence_is_the_choice_of_somebody_who_is_there() {
        for choice in [Presence::Online, Presence::Away, Presence::Busy, Presence::Offline] {
            assert_eq!(sighting(choice, SEEN_FOR, IDLE_AFTER).presence(NOW), choice);
        }
    }

    #[test]
    fn thirty_minutes_without_activity_is_offline() {
        let idle =
            sighting(Presence::Online, Duration::ZERO, IDLE_AFTER + Duration::from_millis(1));
        assert_eq!(idle.presence(NOW), Presence::Offline);
    }

    #[test]
    fn a_lost_console_is_offline() {
        let lost = sighting(Presence::Online, SEEN_FOR + Duration::from_millis(1), Duration::ZERO);
        assert_eq!(lost.presence(NOW), Presence::Offline);
    }
}
