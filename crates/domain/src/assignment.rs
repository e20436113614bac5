//! Assignment: which operator takes a conversation, and why.

use crate::OperatorId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An operator who could take the conversation: in the channel, and available.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub operator: OperatorId,
    /// Open conversations that the operator has now, in all channels.
    pub ongoing: i64,
}

/// Why an operator was chosen; kept with the conversation and shown to the team (C7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Explanation {
    /// The rule that decided.
    pub rule: AssignmentRule,
    /// How many operators were available.
    pub candidates: usize,
    /// Open conversations of the chosen one before this one.
    pub ongoing: i64,
}

/// The rules of assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentRule {
    /// The available operator with the fewest open conversations.
    LeastBusy,
}

/// A choice and its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Who takes the conversation.
    pub operator: OperatorId,
    /// Why.
    pub why: Explanation,
}

/// The candidate with the fewest open conversations; among equals, the one that `chance` points at.
///
/// `chance` is any number; with a uniform one, equals are chosen equally often.
#[must_use]
pub fn choose_operator(candidates: &[Candidate], chance: u64) -> Option<Choice> {
    let fewest = candidates.iter().map(|candidate| candidate.ongoing).min()?;
    let equals: Vec<_> = candidates.iter().filter(|it| it.ongoing == fewest).collect();
    let index = usize::try_from(chance % equals.len() as u64).unwrap_or_default();
    Some(Choice {
        operator: equals[index].operator,
        why: Explanation {
            rule: AssignmentRule::LeastBusy,
            candidates: candidates.len(),
            ongoing: fewest,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(id: i64, ongoing: i64) -> Candidate {
        Candidate { operator: OperatorId(id), ongoing }
    }

    #[test]
    fn nobody_there_is_nobody_chosen() {
        assert_eq!(choose_operator(&[], 7), None);
    }

    #[test]
    fn the_least_busy_one_is_chosen() {
        let choice = choose_operator(&[candidate(1, 3), candidate(2, 1), candidate(3, 2)], 5);
        assert_eq!(choice.map(|it| it.operator), Some(OperatorId(2)));
    }

    #[test]
    fn chance_decides_between_equals_only() {
        let candidates = [candidate(1, 1), candidate(2, 0), candidate(3, 0)];
        let chosen: Vec<_> =
            (0..4).filter_map(|chance| choose_operator(&candidates, chance)).collect();
        let ids: Vec<_> = chosen.iter().map(|it| it.operator.0).collect();
        assert_eq!(ids, [2, 3, 2, 3]);
        assert!(chosen.iter().all(|it| it.why.candidates == 3 && it.why.ongoing == 0));
    }
}
