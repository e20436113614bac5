//! Explanations: why an operator was chosen, and why the others were not (C7).

use super::Candidate;
use crate::OperatorId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Operators that an explanation names; it is kept with each conversation, so it stays small.
const CONSIDERED_MAX: usize = 10;

/// Why an operator was chosen, or nobody; kept with the conversation and shown to the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Explanation {
    /// What decided.
    pub rule: AssignmentRule,
    /// How many operators were available.
    pub candidates: usize,
    /// Load of the chosen one: conversations with activity in the last 30 minutes, before this one.
    pub ongoing: i64,
    /// The visitor's language.
    #[serde(default)]
    #[schema(required)]
    pub language: Option<String>,
    /// The visitor's country.
    #[serde(default)]
    #[schema(required)]
    pub country: Option<String>,
    /// Conversations that one operator of the channel had at a time at most.
    #[serde(default)]
    #[schema(required)]
    pub limit: Option<i64>,
    /// Operators of the channel, the nearest ones first; at most 10.
    #[serde(default)]
    #[schema(required)]
    pub considered: Vec<Considered>,
    /// How many more there were.
    #[serde(default)]
    #[schema(required)]
    pub others: usize,
}

/// What became of one candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Considered {
    /// Who.
    pub operator: OperatorId,
    /// The test that decided.
    pub reason: Reason,
    /// The operator's load.
    pub ongoing: i64,
}

/// What decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentRule {
    /// The visitor talked with this operator before.
    PreviousOperator,
    /// The window showed this operator before anything was written.
    ShownOperator,
    /// Speaks the visitor's language and knows everything that is asked for.
    LanguageAndAllExpertise,
    /// Speaks the visitor's language and knows some of it.
    LanguageAndSomeExpertise,
    /// Knows everything that is asked for.
    AllExpertise,
    /// Knows some of it.
    SomeExpertise,
    /// Speaks the visitor's language.
    Language,
    /// Is in the visitor's country.
    Country,
    /// The available operator with the least to do.
    LeastBusy,
    /// Those who were there had no place: it waits.
    NobodyFree,
}

/// Why a candidate got it or not, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AssignmentReason)]
pub enum Reason {
    /// Got it.
    Chosen,
    /// Could as well have got it: chance decided.
    Drawn,
    /// Fitted as well, but had more to do.
    HasMoreToDo,
    /// Fitted as well, but had got a conversation in the last two minutes.
    JustAssigned,
    /// Was available, but somebody else fitted better.
    LessSuitable,
    /// Had as many conversations as the channel allows.
    AtLimit,
    /// Was in a call.
    InCall,
    /// Had left this conversation.
    Left,
    /// Chose to be busy.
    Busy,
    /// Chose to be away.
    Away,
    /// Was not there.
    Offline,
}

/// The candidates nearest to being chosen, and how many more there are.
pub(super) fn considered(candidates: &[Candidate], reasons: &[Reason]) -> (Vec<Considered>, usize) {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    let nearness = |at: &usize| (reasons[*at], candidates[*at].load.all, *at);
    if order.len() > CONSIDERED_MAX {
        order.select_nth_unstable_by_key(CONSIDERED_MAX, nearness);
        order.truncate(CONSIDERED_MAX);
    }
    order.sort_unstable_by_key(nearness);
    let considered = order.iter().map(|at| Considered {
        operator: candidates[*at].operator,
        reason: reasons[*at],
        ongoing: candidates[*at].load.all,
    });
    (considered.collect(), candidates.len().saturating_sub(CONSIDERED_MAX))
}
