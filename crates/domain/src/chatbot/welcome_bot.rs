//! The chatbot that is there after the first start (F1).

use super::script::{Answer, Script, Step, StepKind};
use crate::{AnswerId, StepId};

/// What the Welcome Bot says, in the language of whoever sets up the installation.
#[derive(Clone, Copy, Debug)]
pub struct WelcomeBotTexts<'a> {
    /// Step 1.
    pub welcome: &'a str,
    /// Step 2, a question.
    pub question: &'a str,
    /// Its first answer.
    pub pricing: &'a str,
    /// Its second answer, which opens the site's first page.
    pub documentation: &'a str,
    /// Its third answer.
    pub just_looking: &'a str,
    /// Step 3, about prices; a forward follows.
    pub checking: &'a str,
    /// Step 5, when the forward found nobody.
    pub nobody_free: &'a str,
    /// Step 6, which asks for an e-mail address.
    pub email: &'a str,
    /// Step 7, about the documentation.
    pub documentation_here: &'a str,
    /// Step 8, about the documentation.
    pub hope_it_helps: &'a str,
    /// Step 9, for those who are just looking.
    pub look_around: &'a str,
}

/// The script of the Welcome Bot: nine steps.
#[must_use]
pub fn welcome_bot(texts: &WelcomeBotTexts<'_>) -> Script {
    let [pricing, documentation, just_looking] = [AnswerId(10), AnswerId(11), AnswerId(12)];
    let mut question = step(2, StepKind::Question, texts.question, None);
    question.answers = vec![
        answer(pricing, texts.pricing, ""),
        answer(documentation, texts.documentation, "/"),
        answer(just_looking, texts.just_looking, ""),
    ];
    Script {
        steps: vec![
            step(1, StepKind::Text, texts.welcome, None),
            question,
            step(3, StepKind::Text, texts.checking, Some(pricing)),
            step(4, StepKind::Forward, "", Some(pricing)),
            step(5, StepKind::Text, texts.nobody_free, Some(pricing)),
            step(6, StepKind::Email, texts.email, Some(pricing)),
            step(7, StepKind::Text, texts.documentation_here, Some(documentation)),
            step(8, StepKind::Text, texts.hope_it_helps, Some(documentation)),
            step(9, StepKind::Text, texts.look_around, Some(just_looking)),
        ],
    }
}

fn step(id: i64, kind: StepKind, message: &str, only_if: Option<AnswerId>) -> Step {
    Step {
        id: StepId(id),
        kind,
        message: message.to_owned(),
        answers: Vec::new(),
        only_if: only_if.into_iter().collect(),
        expertises: Vec::new(),
    }
}

fn answer(id: AnswerId, text: &str, link: &str) -> Answer {
    Answer { id, text: text.to_owned(), link: link.to_owned() }
}
