//! What a chatbot's decisions cost: the engine and the editor's analysis alone, with neither server nor database.

use crate::process::thread_cpu;
use anyhow::Result;
use frontdesk_domain::chatbot::{
    Answer, Awaits, Effect, Input, Script, Step, StepKind, Turn, advance, analysis, begin, flow,
};
use frontdesk_domain::{AnswerId, StepId};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Subjects of the large script, of as many steps each; with the question before them that makes 199.
const SUBJECTS: i64 = 11;
const STEPS_OF_SUBJECT: i64 = 18;

/// Processor time of what a chatbot decides.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    /// Of a visitor's input to a script of nine steps, in microseconds.
    pub input_us: f64,
    /// The same with a script of about 200 steps.
    pub large_input_us: f64,
    /// Of looking through such a script and drawing it, in milliseconds.
    pub analysis_ms: f64,
}

/// Measures each for a third of `span`, where that does not hold up others.
pub async fn measure(span: Duration) -> Result<Report> {
    tokio::task::spawn_blocking(move || report(span)).await?
}

fn report(span: Duration) -> Result<Report> {
    let third = span / 3;
    let large = script(SUBJECTS, STEPS_OF_SUBJECT);
    let drawing = each(third, || {
        black_box(flow(&large, &analysis(&large)));
        1
    })?;
    Ok(Report {
        input_us: inputs(&script(2, 4), third)? * 1e6,
        large_input_us: inputs(&large, third)? * 1e6,
        analysis_ms: drawing * 1e3,
    })
}

/// Seconds of an input.
fn inputs(script: &Script, span: Duration) -> Result<f64> {
    let mut visitor = 0;
    each(span, || {
        visitor += 1;
        talk(script, visitor)
    })
}

/// Processor time of each of what `work` says that it did, in seconds.
fn each(span: Duration, mut work: impl FnMut() -> u32) -> Result<f64> {
    let (began, cpu, mut done) = (Instant::now(), thread_cpu()?, 0);
    while began.elapsed() < span || done == 0 {
        done += work();
    }
    Ok((thread_cpu()? - cpu).as_secs_f64() / f64::from(done))
}

/// A visitor's whole conversation, with nobody free; how many inputs it had.
fn talk(script: &Script, visitor: usize) -> u32 {
    let mut turn = begin(script);
    let mut inputs = 0;
    while let Some(next) =
        next(script, &turn, visitor).and_then(|it| advance(script, &turn.run, it).ok())
    {
        turn = next;
        inputs += 1;
    }
    inputs
}

fn next(script: &Script, turn: &Turn, visitor: usize) -> Option<Input> {
    let step = turn.run.step?;
    match (turn.awaits, &turn.effect) {
        (_, Some(Effect::Forward { .. })) => Some(Input::Forwarded { found: false }),
        (Awaits::Nothing, _) => None,
        (Awaits::Answer, _) => {
            let answers = &script.find_step(step)?.answers;
            let answer = answers.get(visitor % answers.len())?.id;
            Some(Input::Answer { step, answer })
        }
        _ => Some(Input::Text("ana@example.com".to_owned())),
    }
}

/// A question, and so many steps about each of its answers: texts, a forward, and an e-mail address.
fn script(subjects: i64, steps: i64) -> Script {
    let about = |subject| (1..=steps).map(move |at| (subject, at));
    let kind = |at| match at % 9 {
        2 => StepKind::Forward,
        4 => StepKind::Email,
        _ => StepKind::Text,
    };
    let answers = (1..=subjects).map(|subject| Answer {
        id: AnswerId(subject * 1000),
        text: format!("Subject {subject}"),
        link: String::new(),
    });
    let question = Step { answers: answers.collect(), ..step(1, StepKind::Question) };
    let others = (1..=subjects).flat_map(about).map(|(subject, at)| Step {
        only_if: vec![AnswerId(subject * 1000)],
        ..step(subject * 1000 + at, kind(at))
    });
    Script { steps: std::iter::once(question).chain(others).collect() }
}

fn step(id: i64, kind: StepKind) -> Step {
    Step {
        id: StepId(id),
        kind,
        message: "A message of the usual length, which a visitor reads in a few seconds."
            .to_owned(),
        answers: Vec::new(),
        only_if: Vec::new(),
        expertises: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scripts_are_sound_and_have_nine_and_about_200_steps() {
        for (script, steps) in [(script(2, 4), 9), (script(SUBJECTS, STEPS_OF_SUBJECT), 199)] {
            assert_eq!((script.steps.len(), script.problems()), (steps, Vec::new()));
            assert!(talk(&script, 1) >= 3);
        }
    }
}
