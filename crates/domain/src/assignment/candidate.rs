//! Candidates: the operators of a channel, with everything that decides about them.

use super::{AssignmentRequest, REST_FOR, Reason};
use crate::operator::{Presence, Sighting};
use crate::{ExpertiseId, Millis, OperatorId};

/// An operator of the channel, available or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub operator: OperatorId,
    /// What visitors see.
    pub chat_name: String,
    /// Whether the operator is there.
    pub sighting: Sighting,
    /// The operator talks by voice.
    pub in_call: bool,
    /// What the operator speaks, as tags.
    pub languages: Vec<String>,
    /// Where the operator is, as a two-letter code.
    pub country: Option<String>,
    /// What the operator knows.
    pub expertise: Vec<ExpertiseId>,
    /// How much there is to do.
    pub load: Load,
}

/// How much an operator has to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Open conversations of this channel that the operator takes part in, active within 15 minutes.
    pub channel: i64,
    /// Open conversations of all channels that the operator came into, active within 30 minutes.
    pub all: i64,
    /// When the operator came into the newest of them.
    pub newest_at: Option<Millis>,
}

/// What a channel allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Conversations that one operator has at a time; none: any number.
    pub max_sessions: Option<i64>,
    /// Who is in a call gets none.
    pub block_during_call: bool,
}

impl Candidate {
    /// Why the operator cannot take it, if so.
    pub(super) fn reason_against(&self, request: &AssignmentRequest<'_>) -> Option<Reason> {
        match self.sighting.presence(request.now) {
            Presence::Online => {}
            Presence::Away => return Some(Reason::Away),
            Presence::Busy => return Some(Reason::Busy),
            Presence::Offline => return Some(Reason::Offline),
        }
        if request.left.contains(&self.operator) {
            return Some(Reason::Left);
        }
        if request.limits.max_sessions.is_some_and(|max| self.load.channel >= max) {
            return Some(Reason::AtLimit);
        }
        (request.limits.block_during_call && self.in_call).then_some(Reason::InCall)
    }

    /// Got a conversation a moment ago.
    pub(super) fn rests(&self, now: Millis) -> bool {
        self.load.newest_at.is_some_and(|at| at > now.minus(REST_FOR))
    }
}
