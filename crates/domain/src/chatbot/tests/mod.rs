//! What chatbots do, sentence by sentence, and what holds for any script.

mod analysis;
mod editing;
mod engine;
mod file;
mod flow;
mod form;
mod forwarding;
mod properties;
mod validation;

use super::*;
use crate::{AnswerId, ExpertiseId, StepId};

/// A script whose steps have the numbers 1, 2, 3 and the answers of step 2 the numbers 201, 202, 203.
fn script(steps: Vec<Step>) -> Script {
    let mut script = Script { steps };
    for (step, number) in script.steps.iter_mut().zip(1..) {
        step.id = StepId(number);
        for (answer, at) in step.answers.iter_mut().zip(1..) {
            answer.id = AnswerId(number * 100 + at);
        }
    }
    script
}

fn step(kind: StepKind) -> Step {
    Step {
        id: StepId(0),
        kind,
        message: "…".to_owned(),
        answers: Vec::new(),
        only_if: Vec::new(),
        expertises: Vec::new(),
    }
}

fn text() -> Step {
    step(StepKind::Text)
}

/// A question with answers; `Help=/help` opens a page.
fn question(answers: &[&str]) -> Step {
    let answer = |text: &&str| {
        let (text, link) = text.split_once('=').unwrap_or((text, ""));
        Answer { id: AnswerId(0), text: text.to_owned(), link: link.to_owned() }
    };
    Step { answers: answers.iter().map(answer).collect(), ..step(StepKind::Question) }
}

fn forward() -> Step {
    Step { message: String::new(), expertises: vec![ExpertiseId(7)], ..step(StepKind::Forward) }
}

impl Step {
    fn only_if(self, answers: &[i64]) -> Self {
        Self { only_if: answers.iter().copied().map(AnswerId).collect(), ..self }
    }
}

/// The Welcome Bot; its answers have the numbers 10, 11 and 12.
fn sample() -> Script {
    welcome_bot(&WelcomeBotTexts {
        welcome: "Welcome!",
        question: "What are you looking for?",
        pricing: "Pricing",
        documentation: "Documentation",
        just_looking: "Just looking",
        checking: "Let me check who is free…",
        nobody_free: "Nobody is free.",
        email: "Where can we write to you?",
        documentation_here: "Here it is.",
        hope_it_helps: "I hope that it helps!",
        look_around: "Please look around!",
    })
}

/// A visitor's conversation with a script.
struct Talk<'a> {
    script: &'a Script,
    last: Turn,
}

impl<'a> Talk<'a> {
    fn begin(script: &'a Script) -> Self {
        Self { script, last: begin(script) }
    }

    fn tell(&mut self, input: Input) -> &Turn {
        self.last = advance(self.script, &self.last.run, input).unwrap();
        &self.last
    }

    /// Picks an answer where the run stands.
    fn pick(&mut self, answer: i64) -> &Turn {
        let step = self.last.run.step.unwrap();
        self.tell(Input::Answer { step, answer: AnswerId(answer) })
    }

    fn write(&mut self, text: &str) -> &Turn {
        self.tell(Input::Text(text.to_owned()))
    }

    fn forwarded(&mut self, found: bool) -> &Turn {
        self.tell(Input::Forwarded { found })
    }
}

impl Turn {
    /// The numbers of the steps that were shown.
    fn shown(&self) -> Vec<i64> {
        self.messages.iter().map(|message| message.step.0).collect()
    }

    fn delays(&self) -> Vec<u32> {
        self.messages.iter().map(|message| message.delay).collect()
    }
}
