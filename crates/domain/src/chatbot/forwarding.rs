//! Forwards: how they may come out, and which steps lie behind one.

use super::script::{Script, Step, StepKind};
use crate::{AnswerId, StepId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How a forward came out.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ForwardOutcome {
    /// An operator takes over, and the script is over.
    Found,
    /// Nobody was free, and the script goes on.
    NotFound,
}

impl Script {
    /// Whether this step is for visitors for whom a forward found nobody.
    ///
    /// From the step upwards through its parents, one of which is a forward: the nearest question or forward above whose
    /// condition is part of the step's, or whose answers the step is for. A step without a condition belongs only to
    /// steps without one.
    #[must_use]
    pub fn is_behind_forward(&self, step: StepId) -> bool {
        let mut place = self.position(step);
        while let Some(position) = place.and_then(|at| self.parent(at)) {
            if self.steps[position].kind == StepKind::Forward {
                return true;
            }
            place = Some(position);
        }
        false
    }

    fn parent(&self, position: usize) -> Option<usize> {
        let child = &self.steps[position];
        (0..position).rev().find(|at| is_parent(&self.steps[*at], child))
    }
}

fn is_parent(candidate: &Step, child: &Step) -> bool {
    if !matches!(candidate.kind, StepKind::Question | StepKind::Forward) {
        return false;
    }
    let triggers = |id: &AnswerId| child.only_if.contains(id);
    if child.only_if.is_empty() {
        return candidate.only_if.is_empty();
    }
    candidate.only_if.iter().all(triggers) || candidate.answers.iter().any(|it| triggers(&it.id))
}
