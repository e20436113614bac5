//! What an edit does to the rest of a script.

use super::script::{Script, StepKind};
use crate::{AnswerId, StepId};
use std::collections::{HashMap, HashSet};

impl Script {
    /// The script after an edit: answers stay with questions only, and conditions lose the answers that do not come
    /// before them any more, because a step was moved, its answers were taken away, or it became another kind.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        let mut offered = HashSet::new();
        for step in &mut self.steps {
            if step.kind != StepKind::Question {
                step.answers.clear();
            }
            if step.kind != StepKind::Forward {
                step.expertises.clear();
            }
            let mut named = HashSet::new();
            step.only_if.retain(|id| offered.contains(id) && named.insert(*id));
            offered.extend(step.answers.iter().map(|answer| answer.id));
        }
        self
    }

    /// The same script with its own ids, from 1 in reading order, and conditions that follow them: what a copy has.
    #[must_use]
    pub fn renumbered(mut self) -> Self {
        let mut answers = HashMap::new();
        let mut next = 1..;
        for step in &mut self.steps {
            step.id = StepId(next.next().unwrap_or(i64::MAX));
            for answer in &mut step.answers {
                let id = AnswerId(next.next().unwrap_or(i64::MAX));
                answers.insert(std::mem::replace(&mut answer.id, id), id);
            }
        }
        for step in &mut self.steps {
            step.only_if = step.only_if.iter().filter_map(|id| answers.get(id)).copied().collect();
        }
        self
    }
}
