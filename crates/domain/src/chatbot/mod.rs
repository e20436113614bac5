//! Chatbots: scripts that talk to a visitor until an operator is needed, or nobody is (F1 to F17).
//!
//! A script is a list of steps, and a run only ever moves forward in it: no step is shown twice until the visitor
//! restarts. That makes every script's reachable answers few enough to be looked at before a visitor meets them.

mod analysis;
mod condition;
mod editing;
mod email;
mod engine;
mod exploration;
mod file;
mod flow;
mod forwarding;
mod run;
mod script;
mod validation;
mod welcome_bot;

pub use analysis::{Analysis, Finding, FindingKind, FirstStepWarning, PathStep, analysis};
pub use email::email_address;
pub use engine::{AnswerPassed, advance, begin};
pub use file::{FILE_FORMAT, FileError, FileProblem, ImportedScript, export, import};
pub use flow::{Flow, FlowEdge, FlowNode, FlowNodeKind, flow};
pub use forwarding::ForwardOutcome;
pub use run::{
    Awaits, Effect, GivenAnswer, Input, Run, STEP_PAUSE, Stage, StepMessage, TYPING, Turn,
};
pub use script::{
    ANSWER_MAX_CHARS, ANSWERS_MAX, Answer, LINK_MAX_CHARS, STEPS_MAX, Script, Step, StepKind,
};
pub use validation::{ScriptProblem, ScriptProblemKind, is_link};
pub use welcome_bot::{WelcomeBotTexts, welcome_bot};

#[cfg(test)]
mod tests;
