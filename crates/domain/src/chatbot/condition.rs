//! *Only if*: which answers must have been given for a step to be shown (F5).
//!
//! One of the answers of each question that occurs in a condition: OR within a question, AND across questions.

use super::script::{Script, Step};
use crate::AnswerId;
use std::collections::HashMap;

/// The conditions of a script's steps, by the steps' positions.
pub(super) struct Conditions<'a> {
    groups: Vec<Vec<Group<'a>>>,
}

/// The answers of one question that occur in a condition.
pub(super) struct Group<'a> {
    /// The question's position; none: no question offers the answer, so that nobody can give it.
    pub question: Option<usize>,
    /// One of them must have been given.
    pub answers: Vec<&'a AnswerId>,
}

impl<'a> Conditions<'a> {
    pub fn of(script: &'a Script) -> Self {
        let questions = questions(script);
        Self { groups: script.steps.iter().map(|step| groups(step, &questions)).collect() }
    }

    /// The step that follows the one at `position` once these answers were given.
    pub fn next_after(&self, position: usize, picked: &[AnswerId]) -> Option<usize> {
        (position + 1..self.groups.len()).find(|at| self.hold(*at, picked))
    }

    pub fn groups(&self, position: usize) -> &[Group<'a>] {
        &self.groups[position]
    }

    fn hold(&self, position: usize, picked: &[AnswerId]) -> bool {
        let given = |group: &Group<'_>| group.answers.iter().any(|it| picked.contains(it));
        self.groups[position].iter().all(given)
    }
}

/// The position of the question that offers each answer.
pub(super) fn questions(script: &Script) -> HashMap<AnswerId, usize> {
    let answers = |step: &Step, at| step.answers.iter().map(move |it| (it.id, at)).collect();
    let each = script.steps.iter().enumerate();
    each.flat_map(|(at, step)| -> Vec<_> { answers(step, at) }).collect()
}

fn groups<'a>(step: &'a Step, questions: &HashMap<AnswerId, usize>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for answer in &step.only_if {
        let question = questions.get(answer).copied();
        match groups.iter_mut().find(|group| group.question == question) {
            Some(group) => group.answers.push(answer),
            None => groups.push(Group { question, answers: vec![answer] }),
        }
    }
    groups
}
