//! Limits, as clients see them.

use super::store::Standing;
use frontdesk_domain::OperatorId;
use frontdesk_domain::assignment::Candidate;
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
    /// The same of each operator of the channel.
    pub operators: Vec<OperatorPlaces>,
}

/// The places of one operator.
#[derive(Serialize, ToSchema)]
pub struct OperatorPlaces {
    /// Who.
    pub id: OperatorId,
    /// Conversations of this channel that take a place.
    pub ongoing: i64,
    /// Conversations that the operator could still take; null: any number.
    #[schema(required)]
    pub remaining: Option<i64>,
}

/// The view of a channel's limits.
pub fn limits(standing: &Standing) -> ChannelLimits {
    let max_sessions = standing.limits.max_sessions;
    let operators: Vec<_> =
        standing.candidates.iter().map(|it| OperatorPlaces::of(it, max_sessions)).collect();
    ChannelLimits {
        max_sessions,
        ongoing: operators.iter().map(|it| it.ongoing).sum(),
        remaining: max_sessions.map(|_| operators.iter().filter_map(|it| it.remaining).sum()),
        operators,
    }
}

impl OperatorPlaces {
    /// Who has more than a limit that came later has nothing left, and takes nothing from the others.
    fn of(candidate: &Candidate, max_sessions: Option<i64>) -> Self {
        let ongoing = candidate.load.channel;
        let remaining = max_sessions.map(|max| (max - ongoing).max(0));
        Self { id: candidate.operator, ongoing, remaining }
    }
}
