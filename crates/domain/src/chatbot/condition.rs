//! *Only if*: which answers must have been given for a step to be shown (F5).
//!
//! One of the answers of each question that occurs in a condition: OR within a question, AND across questions.

use super::script::{Script, Step};
use crate::AnswerId;
use std::cell::OnceCell;
use std::collections::HashMap;

/// The conditions of a script's steps, by the steps' positions.
pub(super) struct Conditions<'a> {
    script: &'a Script,
    /// The position of the question that offers each answer; many runs go on without asking.
    questions: OnceCell<HashMap<AnswerId, usize>>,
}

/// The answers of one question that occur in a condition.
pub(super) struct Group<'a> {
    /// The question's position; none: no question offers the answer, so that nobody can give it.
    pub question: Option<usize>,
    /// One of them must have been given.
    pub answers: Vec<&'a AnswerId>,
}

impl<'a> Conditions<'a> {
    pub const fn of(script: &'a Script) -> Self {
        Self { script, questions: OnceCell::new() }
    }

    /// The step that follows the one at `position` once these answers were given.
    pub fn next_after(&self, position: usize, picked: &[AnswerId]) -> Option<usize> {
        (position + 1..self.script.steps.len()).find(|at| self.hold(*at, picked))
    }

    pub fn groups(&self, position: usize) -> Vec<Group<'a>> {
        let questions = self.questions.get_or_init(|| questions(self.script));
        let mut groups: Vec<Group<'a>> = Vec::new();
        for answer in &self.script.steps[position].only_if {
            let question = questions.get(answer).copied();
            match groups.iter_mut().find(|group| group.question == question) {
                Some(group) => group.answers.push(answer),
                None => groups.push(Group { question, answers: vec![answer] }),
            }
        }
        groups
    }

    /// Whose answers these are matters only where some were given and others not.
    fn hold(&self, position: usize, picked: &[AnswerId]) -> bool {
        let only_if = &self.script.steps[position].only_if;
        match only_if.iter().filter(|id| picked.contains(id)).count() {
            given if given == only_if.len() => true,
            0 => false,
            _ => {
                let given = |it: &Group<'_>| it.answers.iter().any(|id| picked.contains(id));
                self.groups(position).iter().all(given)
            }
        }
    }
}

fn questions(script: &Script) -> HashMap<AnswerId, usize> {
    let answers = |step: &Step, at| step.answers.iter().map(move |it| (it.id, at)).collect();
    let each = script.steps.iter().enumerate();
    each.flat_map(|(at, step)| -> Vec<_> { answers(step, at) }).collect()
}
