//! What a chatbot says next: a function of its script, where the conversation stands, and what has happened.

use super::condition::Conditions;
use super::email::email_address;
use super::run::{Effect, GivenAnswer, Input, Run, STEP_PAUSE, Stage, StepMessage, TYPING, Turn};
use super::script::{Script, Step, StepKind};
use crate::{AnswerId, StepId};

/// The answer is to a question at which the conversation does not stand, or not any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the conversation has passed this question")]
pub struct AnswerPassed;

/// Begins a script: its welcome steps, whatever their conditions.
#[must_use]
pub fn begin(script: &Script) -> Turn {
    Walk::new(script, Vec::new(), Pace::Opening).open()
}

/// Goes on in a script. What has no meaning at this place changes nothing, except an answer: who gave it would wait.
pub fn advance(script: &Script, run: &Run, input: Input) -> Result<Turn, AnswerPassed> {
    let step = run.step.and_then(|id| script.find_step(id));
    Ok(match (input, run.stage) {
        (Input::Restart, _) => Walk::new(script, Vec::new(), Pace::Typing).open(),
        (Input::Answer { step, answer }, _) => return answered(script, run, step, answer),
        (_, Stage::HandedOver) => unchanged(script, run),
        (Input::TakenOver, _) => handed_over(run, Vec::new()),
        (Input::Text(text), Stage::Waiting | Stage::Writing) => wrote(script, run, &text),
        (Input::Quiet { step }, Stage::Writing) if run.step == Some(step) => go_on(script, run),
        (Input::Text(_), Stage::Forwarding) => match step {
            Some(step) => Turn { effect: Some(forward(step)), ..unchanged(script, run) },
            None => go_on(script, run),
        },
        (Input::Forwarded { found: true }, Stage::Forwarding) => {
            let spoken = step.filter(|step| step.is_spoken());
            handed_over(run, spoken.map(|step| Pace::Typing.message(step.id)).into_iter().collect())
        }
        (Input::Forwarded { found: false }, Stage::Forwarding) => go_on(script, run),
        _ => unchanged(script, run),
    })
}

fn answered(
    script: &Script,
    run: &Run,
    step: StepId,
    answer: AnswerId,
) -> Result<Turn, AnswerPassed> {
    let question = script.find_step(step).filter(|step| step.kind == StepKind::Question);
    let offered = question.and_then(|step| step.find_answer(answer));
    if offered.is_none() || run.stage != Stage::Waiting || run.step != Some(step) {
        return Err(AnswerPassed);
    }
    let mut run = run.clone();
    run.picked.push(answer);
    let answered = Some(GivenAnswer { step, answer: Some(answer) });
    Ok(Turn { answered, ..go_on(script, &run) })
}

fn wrote(script: &Script, run: &Run, text: &str) -> Turn {
    let Some(step) = run.step.and_then(|id| script.find_step(id)) else {
        return go_on(script, run);
    };
    let answered = Some(GivenAnswer { step: step.id, answer: None });
    match step.kind {
        StepKind::Question => unchanged(script, run),
        StepKind::Email if email_address(text).is_none() => {
            Turn { effect: Some(Effect::RetryEmail), ..unchanged(script, run) }
        }
        StepKind::Email | StepKind::Phone | StepKind::FreeInput => {
            Turn { answered, ..go_on(script, run) }
        }
        StepKind::FreeInputMulti => {
            let run = Run { stage: Stage::Writing, ..run.clone() };
            Turn { answered, ..unchanged(script, &run) }
        }
        // No run waits here, unless what was stored is damaged.
        StepKind::Text | StepKind::Forward => go_on(script, run),
    }
}

fn unchanged(script: &Script, run: &Run) -> Turn {
    Turn {
        answered: None,
        messages: Vec::new(),
        effect: None,
        awaits: run.awaits(script),
        run: run.clone(),
    }
}

fn handed_over(run: &Run, messages: Vec<StepMessage>) -> Turn {
    let run = Run { stage: Stage::HandedOver, ..run.clone() };
    Turn { answered: None, messages, effect: None, awaits: super::Awaits::Nothing, run }
}

fn forward(step: &Step) -> Effect {
    Effect::Forward { step: step.id, expertises: step.expertises.clone() }
}

/// Shows the steps that follow the one where the run stands. A place that the script does not have ends it.
fn go_on(script: &Script, run: &Run) -> Turn {
    let walk = Walk::new(script, run.picked.clone(), Pace::Typing);
    match run.step.and_then(|id| script.position(id)) {
        Some(position) => walk.follow(position),
        None => walk.end(),
    }
}

/// How long the next message waits for the one before it.
#[derive(Clone, Copy)]
enum Pace {
    Opening,
    Typing,
    Following,
}

impl Pace {
    fn message(self, step: StepId) -> StepMessage {
        let delay = match self {
            Self::Opening => 0,
            Self::Typing => TYPING.as_millis(),
            Self::Following => (STEP_PAUSE + TYPING).as_millis(),
        };
        StepMessage { step, delay: u32::try_from(delay).unwrap_or(u32::MAX) }
    }
}

/// Steps shown one after the other, until the visitor is needed.
struct Walk<'a> {
    script: &'a Script,
    conditions: Conditions<'a>,
    picked: Vec<AnswerId>,
    pace: Pace,
    step: Option<StepId>,
    messages: Vec<StepMessage>,
}

impl<'a> Walk<'a> {
    fn new(script: &'a Script, picked: Vec<AnswerId>, pace: Pace) -> Self {
        let conditions = Conditions::of(script);
        Self { script, conditions, picked, pace, step: None, messages: Vec::new() }
    }

    fn open(mut self) -> Turn {
        let Some((last, texts)) = self.script.welcome_steps().split_last() else {
            return self.end();
        };
        for step in texts {
            self.say(step);
        }
        self.arrive(texts.len(), last)
    }

    fn follow(self, position: usize) -> Turn {
        match self.conditions.next_after(position, &self.picked) {
            Some(next) => {
                let step = &self.script.steps[next];
                self.arrive(next, step)
            }
            None => self.end(),
        }
    }

    fn arrive(mut self, position: usize, step: &Step) -> Turn {
        if step.kind != StepKind::Forward {
            self.say(step);
        }
        self.step = Some(step.id);
        match step.kind {
            StepKind::Text => self.follow(position),
            StepKind::Forward => self.stop(Stage::Forwarding, Some(forward(step))),
            _ if step.is_unanswerable() => self.end(),
            _ => self.stop(Stage::Waiting, None),
        }
    }

    fn say(&mut self, step: &Step) {
        self.step = Some(step.id);
        if step.is_spoken() {
            self.messages.push(self.pace.message(step.id));
            self.pace = Pace::Following;
        }
    }

    fn end(self) -> Turn {
        self.stop(Stage::Ended, Some(Effect::End))
    }

    fn stop(self, stage: Stage, effect: Option<Effect>) -> Turn {
        let run = Run { step: self.step, stage, picked: self.picked };
        let awaits = run.awaits(self.script);
        Turn { answered: None, messages: self.messages, effect, awaits, run }
    }
}
