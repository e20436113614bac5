//! Whether a script can leave a visitor without an answer, found before one is (F10, F16).
//!
//! Exact over every combination of answers that visitors can give, and over forwards that find nobody. A script with so
//! many combinations that the exploration gives up gets the findings made so far, and says that they are not all.

use super::exploration::{Exploration, Move, PlaceId};
use super::script::{Script, Step, StepKind};
use super::validation::is_link;
use crate::{AnswerId, StepId};
use serde::Serialize;
use utoipa::ToSchema;

/// What was found in a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ScriptAnalysis)]
pub struct Analysis {
    /// In the order of the steps.
    pub findings: Vec<Finding>,
    /// Everything was looked at; otherwise there may be more to find.
    pub complete: bool,
    /// What is unwise about the beginning.
    #[schema(required)]
    pub first_step_warning: Option<FirstStepWarning>,
    #[serde(skip)]
    #[schema(ignore)]
    pub(super) exploration: Exploration,
}

/// Something that a visitor would be left alone with, or never see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ScriptFinding)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// At which step.
    pub step: StepId,
    /// At which of its answers.
    #[schema(required)]
    pub answer: Option<AnswerId>,
    /// The shortest way there, this step included. For a step that is unreachable it ends where visitors are stopped;
    /// to a step that is never shown there is none.
    pub path: Vec<PathStep>,
}

/// What can be wrong with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ScriptFindingKind)]
pub enum FindingKind {
    /// No step follows an answer that opens no page either.
    DeadEnd,
    /// A question without answers stops everybody before it.
    Unreachable,
    /// No combination of answers meets its condition.
    NeverShown,
    /// Nobody could answer this question.
    QuestionWithoutAnswers,
    /// Nothing follows when nobody is free.
    ForwardWithoutFollowUp,
    /// The page that an answer opens has no address that may be followed.
    LinkInvalid,
}

/// A step on a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ScriptPathStep)]
pub struct PathStep {
    /// Which.
    pub step: StepId,
    /// What is picked there, where it is a question that is answered.
    #[schema(required)]
    pub answer: Option<AnswerId>,
}

/// What is unwise about how a script begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FirstStepWarning {
    /// It looks for an operator before the visitor has said anything.
    FirstStepOperator,
    /// It never lets the visitor say anything.
    FirstStepInvalid,
}

/// Looks at everything that can happen in a script.
#[must_use]
pub fn analysis(script: &Script) -> Analysis {
    let exploration = Exploration::of(script);
    let search = Search { script, exploration: &exploration };
    Analysis {
        findings: search.findings(),
        complete: exploration.complete,
        first_step_warning: first_step_warning(script),
        exploration,
    }
}

fn first_step_warning(script: &Script) -> Option<FirstStepWarning> {
    match script.welcome_steps().last()?.kind {
        StepKind::Forward => Some(FirstStepWarning::FirstStepOperator),
        StepKind::Text => Some(FirstStepWarning::FirstStepInvalid),
        _ => None,
    }
}

struct Search<'a> {
    script: &'a Script,
    exploration: &'a Exploration,
}

impl Search<'_> {
    fn findings(&self) -> Vec<Finding> {
        let mut findings: Vec<(usize, Finding)> = Vec::new();
        for (position, step) in self.script.steps.iter().enumerate() {
            let here =
                self.of_step(position, step).into_iter().chain(self.of_links(position, step));
            findings.extend(here.map(|finding| (position, finding)));
        }
        findings.extend(self.exploration.moves.iter().filter_map(|(made, place)| {
            self.of_end(*made, *place).map(|finding| (made.from, finding))
        }));
        findings.sort_by_key(|(position, finding)| (*position, finding.kind));
        findings.into_iter().map(|(_, finding)| finding).collect()
    }

    fn of_step(&self, position: usize, step: &Step) -> Option<Finding> {
        let finding = |kind, path| Finding { kind, step: step.id, answer: None, path };
        match self.exploration.place_of(position) {
            Some(place) => step
                .is_unanswerable()
                .then(|| finding(FindingKind::QuestionWithoutAnswers, self.path(place))),
            None if !self.exploration.complete => None,
            None if self.exploration.is_blocked(position) => {
                let path = self.named(self.exploration.path_to_block(position));
                Some(finding(FindingKind::Unreachable, path))
            }
            None => Some(finding(FindingKind::NeverShown, Vec::new())),
        }
    }

    fn of_links(&self, position: usize, step: &Step) -> Vec<Finding> {
        let place = self.exploration.place_of(position);
        let path = || place.map(|it| self.path(it)).unwrap_or_default();
        let wrong = step.answers.iter().filter(|it| !it.link.is_empty() && !is_link(&it.link));
        wrong
            .map(|answer| Finding {
                kind: FindingKind::LinkInvalid,
                step: step.id,
                answer: Some(answer.id),
                path: path(),
            })
            .collect()
    }

    /// The end of a script is a defect behind an answer that opens nothing, and behind a forward. Other steps may be the
    /// last.
    fn of_end(&self, made: Move, place: PlaceId) -> Option<Finding> {
        let step = &self.script.steps[made.from];
        let answer = made.answer.map(|at| &step.answers[at]);
        let kind = match (made.to, step.kind, answer) {
            (None, StepKind::Forward, _) => FindingKind::ForwardWithoutFollowUp,
            (None, StepKind::Question, Some(answer)) if answer.link.is_empty() => {
                FindingKind::DeadEnd
            }
            _ => return None,
        };
        let answer = answer.map(|it| it.id);
        let mut path = self.path(place);
        if let Some(last) = path.last_mut() {
            last.answer = answer;
        }
        Some(Finding { kind, step: step.id, answer, path })
    }

    fn path(&self, place: PlaceId) -> Vec<PathStep> {
        self.named(self.exploration.path(place))
    }

    fn named(&self, path: Vec<(usize, Option<usize>)>) -> Vec<PathStep> {
        let named = path.into_iter().map(|(position, answer)| {
            let step = &self.script.steps[position];
            PathStep { step: step.id, answer: answer.map(|at| step.answers[at].id) }
        });
        named.collect()
    }
}
