//! Limits, as clients see them.

use super::store::Standing;
use serde::Serialize;
use utoipa::ToSchema;

/// What a channel allows each of its operators, and what is left of it.
#[derive(Serialize, ToSchema)]
pub struct ChannelLimits {
    /// Conversations that one operator has at a time; null: any number.
    #[schema(required)]
    pub max_sessions: Option<i64>,
    /// Conversations that take a place now: those that are open, with activity in the last 15 minutes.
    pub ongoing: i64,
    /// Conversations that the operators could still take, present or not; null: any number.
    #[schema(required)]
    pub remaining: Option<i64>,
}

/// The view of a channel's limits.
pub fn limits(standing: &Standing) -> ChannelLimits {
    let ongoing: i64 = standing.candidates.iter().map(|it| it.load.channel).sum();
    let operators = i64::try_from(standing.candidates.len()).unwrap_or(i64::MAX);
    let max_sessions = standing.limits.max_sessions;
    let remaining = max_sessions.map(|max| (max.saturating_mul(operators) - ongoing).max(0));
    ChannelLimits { max_sessions, ongoing, remaining }
}
