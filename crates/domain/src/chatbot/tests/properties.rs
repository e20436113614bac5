//! What holds for any script and any visitor.

use super::*;
use proptest::prelude::*;
use std::collections::{BTreeSet, HashSet};

/// What a step is made from: its kind, its answers (with a link or not), and numbers that choose its conditions.
type Seed = (StepKind, Vec<bool>, Vec<usize>);

fn seeds() -> impl Strategy<Value = Vec<Seed>> {
    let kinds = prop_oneof![
        3 => Just(StepKind::Text),
        4 => Just(StepKind::Question),
        1 => Just(StepKind::Forward),
        2 => prop::sample::select(StepKind::ALL.to_vec()),
    ];
    let answers = prop::collection::vec(prop::bool::weighted(0.2), 1..4);
    prop::collection::vec((kinds, answers, prop::collection::vec(any::<usize>(), 0..4)), 0..14)
}

/// Scripts that can be stored.
pub(super) fn scripts() -> impl Strategy<Value = Script> {
    seeds().prop_map(|seeds| {
        let mut earlier: Vec<AnswerId> = Vec::new();
        let mut steps = Vec::new();
        for ((kind, links, chosen), number) in seeds.into_iter().zip(1..) {
            let mut made = Step { id: StepId(number), ..step(kind) };
            if kind == StepKind::Question {
                made.answers = answers(number, &links);
            }
            let chosen: BTreeSet<_> = chosen
                .iter()
                .filter(|_| !earlier.is_empty())
                .map(|it| it % earlier.len())
                .collect();
            made.only_if = chosen.into_iter().map(|at| earlier[at]).collect();
            earlier.extend(made.answers.iter().map(|it| it.id));
            steps.push(made);
        }
        Script { steps }
    })
}

fn answers(step: i64, links: &[bool]) -> Vec<Answer> {
    let each = links.iter().zip(1..);
    each.map(|(has_link, at)| Answer {
        id: AnswerId(step * 100 + at),
        text: format!("Answer {at}"),
        link: if *has_link { "/page".to_owned() } else { String::new() },
    })
    .collect()
}

/// Scripts as one may type them: with conditions, ids and kinds that fit nothing.
pub(super) fn drafts() -> impl Strategy<Value = Script> {
    let numbers = || prop::collection::vec(0_i64..30, 0..4);
    let kinds = prop::sample::select(StepKind::ALL.to_vec());
    let steps = (kinds, 0_i64..20, numbers(), numbers(), any::<bool>());
    prop::collection::vec(steps, 0..12).prop_map(|steps| {
        let steps = steps.into_iter().map(|(kind, id, answers, only_if, spoken)| Step {
            id: StepId(id),
            kind,
            message: if spoken { "…".to_owned() } else { String::new() },
            answers: answers
                .into_iter()
                .map(|id| Answer { id: AnswerId(id), text: String::new(), link: "x".to_owned() })
                .collect(),
            only_if: only_if.into_iter().map(AnswerId).collect(),
            expertises: Vec::new(),
        });
        Script { steps: steps.collect() }
    })
}

/// What a visitor who does what is asked does next, chosen by a number; none: there is nothing to do.
fn sensible(script: &Script, turn: &Turn, choice: usize) -> Option<Input> {
    let step = turn.run.step?;
    if let Some(Effect::Forward { .. }) = turn.effect {
        return Some(Input::Forwarded { found: choice.is_multiple_of(4) });
    }
    match turn.awaits {
        Awaits::Answer => {
            let answers = &script.find_step(step)?.answers;
            Some(Input::Answer { step, answer: answers[choice % answers.len()].id })
        }
        Awaits::Texts if turn.run.stage == Stage::Writing => Some(Input::Quiet { step }),
        Awaits::Nothing => None,
        _ => Some(Input::Text("ana@example.com".to_owned())),
    }
}

fn any_input() -> impl Strategy<Value = Input> {
    let ids = || 0_i64..1500;
    prop_oneof![
        (ids(), ids()).prop_map(|(step, answer)| Input::Answer {
            step: StepId(step),
            answer: AnswerId(answer)
        }),
        (1_i64..14, 1_i64..4).prop_map(|(step, at)| Input::Answer {
            step: StepId(step),
            answer: AnswerId(step * 100 + at)
        }),
        any::<String>().prop_map(Input::Text),
        Just(Input::Text("ana@example.com".to_owned())),
        ids().prop_map(|step| Input::Quiet { step: StepId(step) }),
        any::<bool>().prop_map(|found| Input::Forwarded { found }),
        Just(Input::Restart),
    ]
}

fn any_run() -> impl Strategy<Value = Run> {
    let stages =
        [Stage::Waiting, Stage::Writing, Stage::Forwarding, Stage::HandedOver, Stage::Ended];
    (
        prop::option::of(0_i64..20),
        prop::sample::select(stages.to_vec()),
        prop::collection::vec(0_i64..30, 0..5),
    )
        .prop_map(|(step, stage, picked)| Run {
            step: step.map(StepId),
            stage,
            picked: picked.into_iter().map(AnswerId).collect(),
        })
}

/// A whole run of somebody who does what is asked: the steps passed, the last pick, and how it ended.
pub(super) struct Walk {
    pub passed: Vec<StepId>,
    last_pick: Option<(StepId, AnswerId)>,
    end: Turn,
}

impl Walk {
    /// Each choice decides one input.
    pub fn through(script: &Script, choices: &[usize]) -> Self {
        let mut walk = Self { passed: Vec::new(), last_pick: None, end: begin(script) };
        walk.note();
        for choice in choices {
            let Some(input) = sensible(script, &walk.end, *choice) else {
                break;
            };
            walk.last_pick = match input {
                Input::Answer { step, answer } => Some((step, answer)),
                _ => None,
            };
            walk.end = advance(script, &walk.end.run, input).unwrap();
            walk.note();
        }
        walk
    }

    /// Forwards say nothing, and are passed all the same.
    fn note(&mut self) {
        let shown = self.end.messages.iter().map(|it| it.step);
        for step in shown.chain(self.end.run.step) {
            if self.passed.last() != Some(&step) {
                self.passed.push(step);
            }
        }
    }
}

/// What a visitor would have to hold against how this run ended.
fn complaint(script: &Script, walk: &Walk) -> Option<(FindingKind, StepId, Option<AnswerId>)> {
    if walk.end.effect != Some(Effect::End) {
        return None;
    }
    let last = script.find_step(walk.end.run.step?)?;
    match (last.kind, walk.last_pick) {
        (StepKind::Forward, _) => Some((FindingKind::ForwardWithoutFollowUp, last.id, None)),
        (StepKind::Question, Some((step, answer))) => {
            let opens = !script.find_step(step)?.find_answer(answer)?.link.is_empty();
            (!opens).then_some((FindingKind::DeadEnd, step, Some(answer)))
        }
        _ => None,
    }
}

/// Does what a finding's path says, forwards finding nobody.
fn follow(script: &Script, path: &[PathStep]) -> Vec<StepId> {
    let mut turn = begin(script);
    let mut shown: Vec<StepId> = turn.messages.iter().map(|it| it.step).collect();
    while let Some(step) = turn.run.step {
        let picked = path.iter().find(|it| it.step == step).and_then(|it| it.answer);
        let input = match (turn.awaits, picked) {
            (Awaits::Answer, Some(answer)) => Input::Answer { step, answer },
            (Awaits::Answer | Awaits::Nothing, _) if turn.effect.is_none() => break,
            _ => match sensible(script, &turn, 1) {
                Some(input) => input,
                None => break,
            },
        };
        turn = advance(script, &turn.run, input).unwrap();
        shown.extend(turn.messages.iter().map(|it| it.step));
    }
    shown
}

proptest! {
    #[test]
    fn made_scripts_are_sound(script in scripts()) {
        prop_assert_eq!(script.problems(), Vec::new());
        prop_assert_eq!(script.clone().tidied(), script.clone());
        prop_assert_eq!(script.clone().renumbered().problems(), Vec::new());
    }

    #[test]
    fn no_draft_run_or_input_makes_the_engine_fall(
        script in drafts(), run in any_run(), inputs in prop::collection::vec(any_input(), 0..12),
    ) {
        let mut run = run;
        for input in inputs {
            if let Ok(turn) = advance(&script, &run, input) {
                run = turn.run;
            }
        }
        let _ = (begin(&script), script.problems(), script.clone().tidied().problems());
        let _ = (flow(&script, &analysis(&script)), script.renumbered());
    }

    #[test]
    fn no_step_is_shown_twice_between_restarts(
        script in scripts(), inputs in prop::collection::vec(any_input(), 0..30),
    ) {
        let mut turn = begin(&script);
        let mut shown = HashSet::new();
        for input in std::iter::once(None).chain(inputs.into_iter().map(Some)) {
            if input == Some(Input::Restart) {
                shown.clear();
            }
            if let Some(input) = input {
                match advance(&script, &turn.run, input) {
                    Ok(next) => turn = next,
                    Err(AnswerPassed) => continue,
                }
            }
            for message in &turn.messages {
                prop_assert!(shown.insert(message.step), "{:?} twice", message.step);
            }
        }
    }

    #[test]
    fn a_run_that_comes_to_a_dead_end_was_announced(
        script in scripts(), choices in prop::collection::vec(any::<usize>(), 40),
    ) {
        let walk = Walk::through(&script, &choices);
        let findings = analysis(&script).findings;
        if let Some((kind, step, answer)) = complaint(&script, &walk) {
            let announced =
                findings.iter().any(|it| (it.kind, it.step, it.answer) == (kind, step, answer));
            prop_assert!(announced, "{kind:?} at {step}");
        }
        let hidden = [FindingKind::NeverShown, FindingKind::Unreachable];
        for finding in findings.iter().filter(|it| hidden.contains(&it.kind)) {
            prop_assert!(!walk.passed.contains(&finding.step), "{finding:?}");
        }
    }

    #[test]
    fn what_was_announced_is_reached_by_its_path(script in scripts()) {
        for finding in analysis(&script).findings {
            if finding.kind == FindingKind::NeverShown {
                prop_assert!(finding.path.is_empty());
                continue;
            }
            let spoken = finding.path.iter().filter(|it| {
                script.find_step(it.step).is_some_and(|step| step.kind != StepKind::Forward)
            });
            let expected: Vec<StepId> = spoken.map(|it| it.step).collect();
            prop_assert_eq!(follow(&script, &finding.path), expected, "{:?}", finding);
        }
    }
}
