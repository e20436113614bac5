//! What a script must be to be stored. What is merely unwise is a finding of the analysis.

use super::script::{
    ANSWER_MAX_CHARS, ANSWERS_MAX, Answer, LINK_MAX_CHARS, STEPS_MAX, Script, Step, StepKind,
};
use crate::AnswerId;
use crate::text::MESSAGE_MAX_CHARS;
use std::collections::HashSet;

/// Expertises that one forward may ask for.
const EXPERTISES_MAX: usize = 50;

/// Something that keeps a script from being stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptProblem {
    /// Where, as a path into the script with positions from 0: `steps.3.message`.
    pub field: String,
    /// What.
    pub kind: ScriptProblemKind,
}

/// What keeps a script from being stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScriptProblemKind {
    /// More steps than the limit.
    #[error("a script has at most {STEPS_MAX} steps")]
    TooManySteps,
    /// More answers than the limit.
    #[error("a question has at most {ANSWERS_MAX} answers")]
    TooManyAnswers,
    /// More expertises than the limit.
    #[error("a forward asks for at most {EXPERTISES_MAX} expertises")]
    TooManyExpertises,
    /// Not a positive number, or used before.
    #[error("every step and answer has a positive number of its own")]
    IdTaken,
    /// Only a forward may say nothing.
    #[error("this step needs a message")]
    MessageMissing,
    /// More characters than the limit.
    #[error("a message has at most {MESSAGE_MAX_CHARS} characters")]
    MessageTooLong,
    /// NUL or another control character.
    #[error("text has no control characters but line feed and tab")]
    ControlCharacters,
    /// A question without answers.
    #[error("a question offers at least one answer")]
    AnswersMissing,
    /// Answers at a step that is no question.
    #[error("only questions have answers")]
    AnswersMisplaced,
    /// An answer without a text.
    #[error("an answer needs a text")]
    AnswerEmpty,
    /// More characters than the limit.
    #[error("an answer has at most {ANSWER_MAX_CHARS} characters on one line")]
    AnswerTooLong,
    /// A link that no browser should follow.
    #[error("a link is an address with http(s), or begins with / or #")]
    LinkInvalid,
    /// A condition on an answer that cannot have been given before.
    #[error("a condition names answers of earlier questions, each once")]
    ConditionInvalid,
    /// Expertises at a step that is no forward.
    #[error("only forwards ask for expertises")]
    ExpertisesMisplaced,
}

impl Script {
    /// What keeps it from being stored, in its order; nothing: it is sound.
    #[must_use]
    pub fn problems(&self) -> Vec<ScriptProblem> {
        let mut check = Check::default();
        if self.steps.len() > STEPS_MAX {
            check.note("steps".to_owned(), ScriptProblemKind::TooManySteps);
            return check.problems;
        }
        for (at, step) in self.steps.iter().enumerate() {
            check.step(&format!("steps.{at}"), step);
        }
        check.problems
    }
}

/// Whether a link of an answer may be followed: an address of the web, a path of the same site, or a place on the page.
#[must_use]
pub fn is_link(link: &str) -> bool {
    let lower = link.to_ascii_lowercase();
    let address = ["https://", "http://"].iter().find_map(|scheme| lower.strip_prefix(scheme));
    let names_host =
        address.is_some_and(|it| it.starts_with(|c: char| c.is_alphanumeric() || c == '['));
    let here = link.starts_with('#') || is_path(link);
    let plain = !link.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\');
    plain && link.chars().count() <= LINK_MAX_CHARS && (names_host || here)
}

/// `//host` would leave the site, though it begins as a path does.
fn is_path(link: &str) -> bool {
    link.starts_with('/') && !link.starts_with("//")
}

/// What has been seen of a script so far.
#[derive(Default)]
struct Check {
    problems: Vec<ScriptProblem>,
    ids: HashSet<i64>,
    offered: HashSet<AnswerId>,
}

impl Check {
    fn step(&mut self, path: &str, step: &Step) {
        self.id(format!("{path}.id"), step.id.0);
        self.message(format!("{path}.message"), step);
        self.condition(format!("{path}.only_if"), step);
        self.answers(&format!("{path}.answers"), step);
        self.expertises(format!("{path}.expertises"), step);
    }

    fn id(&mut self, field: String, id: i64) {
        if id < 1 || !self.ids.insert(id) {
            self.note(field, ScriptProblemKind::IdTaken);
        }
    }

    fn message(&mut self, field: String, step: &Step) {
        if step.kind != StepKind::Forward && step.message.trim().is_empty() {
            self.note(field, ScriptProblemKind::MessageMissing);
        } else if step.message.chars().count() > MESSAGE_MAX_CHARS {
            self.note(field, ScriptProblemKind::MessageTooLong);
        } else if step.message.contains(|c: char| c.is_control() && !"\n\t".contains(c)) {
            self.note(field, ScriptProblemKind::ControlCharacters);
        }
    }

    fn condition(&mut self, field: String, step: &Step) {
        let mut named = HashSet::new();
        if !step.only_if.iter().all(|id| self.offered.contains(id) && named.insert(id)) {
            self.note(field, ScriptProblemKind::ConditionInvalid);
        }
    }

    fn answers(&mut self, path: &str, step: &Step) {
        let problem = match (step.kind, step.answers.len()) {
            (StepKind::Question, 0) => ScriptProblemKind::AnswersMissing,
            (StepKind::Question, 1..=ANSWERS_MAX) => return self.each_answer(path, &step.answers),
            (StepKind::Question, _) => ScriptProblemKind::TooManyAnswers,
            (_, 0) => return,
            _ => ScriptProblemKind::AnswersMisplaced,
        };
        self.note(path.to_owned(), problem);
    }

    fn each_answer(&mut self, path: &str, answers: &[Answer]) {
        for (at, answer) in answers.iter().enumerate() {
            self.id(format!("{path}.{at}.id"), answer.id.0);
            self.answer(format!("{path}.{at}.text"), &answer.text);
            if !answer.link.is_empty() && !is_link(&answer.link) {
                self.note(format!("{path}.{at}.link"), ScriptProblemKind::LinkInvalid);
            }
            self.offered.insert(answer.id);
        }
    }

    fn answer(&mut self, field: String, text: &str) {
        if text.trim().is_empty() {
            self.note(field, ScriptProblemKind::AnswerEmpty);
        } else if text.chars().count() > ANSWER_MAX_CHARS || text.contains(char::is_control) {
            self.note(field, ScriptProblemKind::AnswerTooLong);
        }
    }

    fn expertises(&mut self, field: String, step: &Step) {
        if step.expertises.len() > EXPERTISES_MAX {
            self.note(field, ScriptProblemKind::TooManyExpertises);
        } else if step.kind != StepKind::Forward && !step.expertises.is_empty() {
            self.note(field, ScriptProblemKind::ExpertisesMisplaced);
        }
    }

    fn note(&mut self, field: String, kind: ScriptProblemKind) {
        self.problems.push(ScriptProblem { field, kind });
    }
}
