//! Assignment: which operator takes a conversation, and why.
//!
//! Who is available comes first; then the operator whom the visitor talked with before; then the first preference
//! that anybody fits (language, expertise, country); then whoever has the least to do. Equals are drawn by chance.

mod candidate;
mod explanation;
mod preference;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use candidate::{Candidate, Limits, Load};
pub use explanation::{AssignmentRule, Considered, Explanation, Reason};

use crate::{ExpertiseId, Millis, OperatorId};
use std::time::Duration;

/// A conversation without activity for longer than this takes no place under a channel's limit.
pub const PLACE_KEPT_FOR: Duration = Duration::from_secs(15 * 60);
/// A conversation without activity for longer than this is no load.
pub const LOAD_FOR: Duration = Duration::from_secs(30 * 60);
/// Who got a conversation within this time rests, where somebody else fits as well.
pub const REST_FOR: Duration = Duration::from_secs(120);
/// Who talked with a visitor within this time is asked first.
pub const REMEMBERED_FOR: Duration = Duration::from_secs(7 * 24 * 3600);

/// Who is looked for.
#[derive(Clone, Copy, Debug)]
pub struct AssignmentRequest<'a> {
    /// When.
    pub now: Millis,
    /// What the channel allows.
    pub limits: Limits,
    /// The visitor's language, as a tag.
    pub language: Option<&'a str>,
    /// The visitor's country, as a two-letter code.
    pub country: Option<&'a str>,
    /// What the operator should know.
    pub expertise: &'a [ExpertiseId],
    /// Whom the visitor talked with before: a preference, never a right.
    pub previous: Option<OperatorId>,
    /// Whose face the window showed before anything was written: no more a right than that.
    pub shown: Option<OperatorId>,
    /// Operators who have left this conversation.
    pub left: &'a [OperatorId],
}

/// A choice and its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Who takes the conversation.
    pub operator: OperatorId,
    /// Why.
    pub why: Explanation,
}

/// What came of looking for an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assignment {
    /// Somebody takes it.
    Chosen(Choice),
    /// Those who are there have no place: it waits.
    Waits(Explanation),
    /// Nobody is there.
    Nobody,
}

/// Looks for an operator among those of a channel. `chance` is any number; with a uniform one, equals are chosen
/// equally often.
#[must_use]
pub fn assign(
    request: &AssignmentRequest<'_>,
    candidates: &[Candidate],
    chance: u64,
) -> Assignment {
    let mut search = Search::new(request, candidates);
    let available = search.available();
    if available.is_empty() {
        return search.nobody();
    }
    let (rule, equals) = match search.familiar(&available) {
        Some((rule, at)) => (rule, vec![at]),
        None => search.preferred(&available),
    };
    let drawn = usize::try_from(chance % equals.len() as u64).unwrap_or_default();
    search.choose(rule, equals[drawn], available.len())
}

/// The candidates with what is known of each so far. Positions in the list stand for people.
struct Search<'a> {
    request: &'a AssignmentRequest<'a>,
    candidates: &'a [Candidate],
    reasons: Vec<Reason>,
}

impl<'a> Search<'a> {
    fn new(request: &'a AssignmentRequest<'a>, candidates: &'a [Candidate]) -> Self {
        let reasons = candidates.iter().map(|it| it.reason_against(request)).collect();
        Self { request, candidates, reasons: reasons_or_drawn(reasons) }
    }

    fn available(&self) -> Vec<usize> {
        (0..self.candidates.len()).filter(|at| self.reasons[*at] == Reason::Drawn).collect()
    }

    fn nobody(self) -> Assignment {
        let is_there = |it: &Reason| matches!(it, Reason::AtLimit | Reason::InCall);
        if self.reasons.iter().any(is_there) {
            return Assignment::Waits(self.explained(AssignmentRule::NobodyFree, 0, 0));
        }
        Assignment::Nobody
    }

    /// The operator whom the visitor knows, from before or from the window; not while two conversations and a call are
    /// enough.
    fn familiar(&mut self, available: &[usize]) -> Option<(AssignmentRule, usize)> {
        let AssignmentRequest { previous, shown, .. } = *self.request;
        let asked =
            [(AssignmentRule::PreviousOperator, previous), (AssignmentRule::ShownOperator, shown)];
        let (rule, found) = asked.into_iter().find_map(|(rule, operator)| {
            let found = available.iter().copied().find(|at| {
                let it = &self.candidates[*at];
                Some(it.operator) == operator && !(it.in_call && it.load.all >= 2)
            });
            Some((rule, found?))
        })?;
        self.drop_others(available, &[found], Reason::LessSuitable);
        Some((rule, found))
    }

    /// The first preference that somebody fits, without those who rest, and of these the least active ones.
    fn preferred(&mut self, available: &[usize]) -> (AssignmentRule, Vec<usize>) {
        let (rule, fitting) = preference::first(self.request, self.candidates, available);
        self.drop_others(available, &fitting, Reason::LessSuitable);
        let rests = |at: &usize| self.candidates[*at].rests(self.request.now);
        let rested: Vec<_> = fitting.iter().copied().filter(|at| !rests(at)).collect();
        let rested = if rested.is_empty() { fitting.clone() } else { rested };
        self.drop_others(&fitting, &rested, Reason::JustAssigned);
        let equals = least_active(self.candidates, &rested);
        self.drop_others(&rested, &equals, Reason::HasMoreToDo);
        (rule, equals)
    }

    fn drop_others(&mut self, of: &[usize], kept: &[usize], reason: Reason) {
        for at in of.iter().filter(|at| !kept.contains(at)) {
            self.reasons[*at] = reason;
        }
    }

    fn choose(mut self, rule: AssignmentRule, at: usize, available: usize) -> Assignment {
        self.reasons[at] = Reason::Chosen;
        let Candidate { operator, load, .. } = self.candidates[at];
        let why = self.explained(rule, available, load.all);
        Assignment::Chosen(Choice { operator, why })
    }

    fn explained(self, rule: AssignmentRule, available: usize, ongoing: i64) -> Explanation {
        let (considered, others) = explanation::considered(self.candidates, &self.reasons);
        let AssignmentRequest { language, country, limits, .. } = self.request;
        Explanation {
            rule,
            candidates: available,
            ongoing,
            language: language.map(ToOwned::to_owned),
            country: country.map(ToOwned::to_owned),
            limit: limits.max_sessions,
            considered,
            others,
        }
    }
}

/// Those without a reason against them could be drawn.
fn reasons_or_drawn(reasons: Vec<Option<Reason>>) -> Vec<Reason> {
    reasons.into_iter().map(|it| it.unwrap_or(Reason::Drawn)).collect()
}

/// Those without any load, also while in a call; else those with the least, calls counting from two on.
fn least_active(candidates: &[Candidate], among: &[usize]) -> Vec<usize> {
    let idle: Vec<_> = among.iter().copied().filter(|at| candidates[*at].load.all == 0).collect();
    if !idle.is_empty() {
        return idle;
    }
    let order = |at: &usize| {
        let Candidate { load, in_call, .. } = candidates[*at];
        (in_call && load.all >= 2, load.all, in_call)
    };
    let least = among.iter().map(order).min();
    among.iter().copied().filter(|at| Some(order(at)) == least).collect()
}
