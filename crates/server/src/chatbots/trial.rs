//! Trials: a script runs as visitors would see it, and nothing of it is kept (F9). Whoever tries sends all that was said so
//! far, and gets everything that follows from it.

use super::refused_if_too_long;
use super::talk::{ChatbotState, email_retry};
use crate::events::PickedAnswer;
use crate::problem::{FieldProblem, Problem};
use frontdesk_domain::StepId;
use frontdesk_domain::chatbot::{
    Answer, Awaits, Effect, Input, Run, Script, TYPING, Turn, advance, begin,
};
use frontdesk_domain::message::AuthorKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// So much may be said in a trial.
const INPUTS_MAX: usize = 500;

/// What is tried.
#[derive(Deserialize, ToSchema)]
pub struct ScriptTrialRequest {
    /// The script, saved or not.
    script: Script,
    /// What the chatbot is called.
    name: String,
    /// Path of its picture.
    avatar: Option<String>,
    /// Whether a forward finds somebody.
    operator_available: bool,
    /// What the visitor has done so far, in its order.
    inputs: Vec<TrialInput>,
}

/// What a visitor does in a trial.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrialInput {
    /// Picks an answer.
    Answer(PickedAnswer),
    /// Writes something.
    Text(String),
    /// Has written everything that a step asks for.
    Quiet(StepId),
    /// Lets the script begin anew.
    Restart(bool),
}

/// What a trial came to.
#[derive(Serialize, ToSchema)]
pub struct ScriptTrial {
    /// Everything that was said, in its order.
    messages: Vec<TrialMessage>,
    /// What the chatbot waits for; null: an operator took over.
    #[schema(required)]
    chatbot: Option<ChatbotState>,
    /// The steps that the trial went through, in its order.
    path: Vec<StepId>,
    /// An operator took over.
    operator_joined: bool,
}

/// A message of a trial.
#[derive(Serialize, ToSchema)]
pub struct TrialMessage {
    /// Visitor or chatbot.
    author: AuthorKind,
    /// What was said.
    text: String,
    /// The step that says it, or that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    step: Option<StepId>,
    /// How long the chatbot is shown as typing before, in milliseconds.
    delay: u32,
    /// What the visitor may pick; left out where it is no question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    answers: Vec<Answer>,
    /// What the visitor picked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    answer: Option<PickedAnswer>,
}

/// Runs a script as far as what the visitor did leads. `language` is that of what no script says.
pub fn run(request: ScriptTrialRequest, language: &str) -> Result<ScriptTrial, Problem> {
    refused_if_too_long(&request.script)?;
    if request.inputs.len() > INPUTS_MAX {
        return Err(FieldProblem::TooMany("inputs").into());
    }
    let beginning = begin(&request.script);
    let mut stage = Stage {
        script: &request.script,
        language,
        operator_available: request.operator_available,
        run: beginning.run.clone(),
        awaits: Awaits::Nothing,
        messages: Vec::new(),
        path: Vec::new(),
        operator_joined: false,
    };
    // A forward at the very beginning waits until the visitor has said something.
    stage.show(&beginning);
    for input in request.inputs {
        stage.take(input)?;
    }
    let Stage { run, awaits, messages, path, operator_joined, .. } = stage;
    let step = run.step.filter(|_| awaits != Awaits::Nothing);
    let (name, avatar, restartable) = (request.name, request.avatar, run.is_restartable());
    let state = ChatbotState { name, avatar, step, awaits, restartable };
    let chatbot = (!operator_joined).then_some(state);
    Ok(ScriptTrial { messages, chatbot, path, operator_joined })
}

/// A trial under way.
struct Stage<'a> {
    script: &'a Script,
    language: &'a str,
    operator_available: bool,
    run: Run,
    awaits: Awaits,
    messages: Vec<TrialMessage>,
    path: Vec<StepId>,
    operator_joined: bool,
}

impl Stage<'_> {
    fn take(&mut self, input: TrialInput) -> Result<(), Problem> {
        let (input, mut said) = match input {
            TrialInput::Answer(picked) => {
                let PickedAnswer { step, answer } = picked;
                (Input::Answer { step, answer }, Some(by_visitor(String::new(), Some(picked))))
            }
            TrialInput::Text(text) => (Input::Text(text.clone()), Some(by_visitor(text, None))),
            TrialInput::Quiet(step) => (Input::Quiet { step }, None),
            TrialInput::Restart(false) => return Ok(()),
            TrialInput::Restart(true) => {
                self.operator_joined = false;
                (Input::Restart, None)
            }
        };
        let turn = self.advanced(input)?;
        if let Some(said) = &mut said {
            self.complete(said, &turn);
        }
        let written = said.as_ref().map(|it| it.text.clone()).unwrap_or_default();
        self.messages.extend(said);
        self.play(turn, &written)
    }

    fn advanced(&self, input: Input) -> Result<Turn, Problem> {
        advance(self.script, &self.run, input).map_err(|_| Problem::AnswerPassed)
    }

    /// Gives the visitor's message its text, where it was picked, and the step that it answers.
    fn complete(&self, said: &mut TrialMessage, turn: &Turn) {
        let Some(given) = turn.answered else { return };
        said.step = Some(given.step);
        let step = self.script.find_step(given.step);
        if let Some(picked) = step.zip(given.answer).and_then(|(step, id)| step.find_answer(id)) {
            said.text.clone_from(&picked.text);
        }
    }

    fn play(&mut self, turn: Turn, written: &str) -> Result<(), Problem> {
        let mut turn = turn;
        loop {
            self.show(&turn);
            turn = match turn.effect.take() {
                Some(Effect::Forward { .. }) => {
                    self.operator_joined |= self.operator_available;
                    self.advanced(Input::Forwarded { found: self.operator_available })?
                }
                Some(Effect::RetryEmail) => return self.ask_again(written),
                Some(Effect::End) | None => return Ok(()),
            }
        }
    }

    fn show(&mut self, turn: &Turn) {
        self.run = turn.run.clone();
        self.awaits = turn.awaits;
        for shown in &turn.messages {
            self.pass(shown.step);
            let Some(step) = self.script.find_step(shown.step) else { continue };
            let answers = step.answers.clone();
            self.say(step.message.clone(), Some(shown.step), (shown.delay, answers));
        }
        if let Some(Effect::Forward { step, .. }) = turn.effect {
            self.pass(step);
        }
    }

    fn pass(&mut self, step: StepId) {
        if self.path.last() != Some(&step) {
            self.path.push(step);
        }
    }

    fn ask_again(&mut self, written: &str) -> Result<(), Problem> {
        let delay = u32::try_from(TYPING.as_millis()).unwrap_or_default();
        self.say(email_retry(self.language, written), self.run.step, (delay, Vec::new()));
        Ok(())
    }

    fn say(&mut self, text: String, step: Option<StepId>, (delay, answers): (u32, Vec<Answer>)) {
        let author = AuthorKind::Chatbot;
        self.messages.push(TrialMessage { author, text, step, delay, answers, answer: None });
    }
}

const fn by_visitor(text: String, answer: Option<PickedAnswer>) -> TrialMessage {
    let author = AuthorKind::Visitor;
    TrialMessage { author, text, step: None, delay: 0, answers: Vec::new(), answer }
}
