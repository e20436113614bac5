use super::*;

/// Kind, step and answer of each finding.
fn found(script: &Script) -> Vec<(FindingKind, i64, Option<i64>)> {
    let findings = analysis(script).findings.into_iter();
    findings.map(|it| (it.kind, it.step.0, it.answer.map(|answer| answer.0))).collect()
}

fn path(script: &Script, at: usize) -> Vec<(i64, Option<i64>)> {
    let path = &analysis(script).findings[at].path;
    path.iter().map(|it| (it.step.0, it.answer.map(|answer| answer.0))).collect()
}

#[test]
fn nothing_is_held_against_the_sample() {
    let analysis = analysis(&sample());
    assert_eq!((analysis.findings, analysis.complete), (Vec::new(), true));
    assert_eq!(analysis.first_step_warning, None);
}

#[test]
fn an_answer_that_no_step_follows_is_a_dead_end() {
    let script = script(vec![text(), question(&["A", "B", "C=/"]), text().only_if(&[201])]);
    assert_eq!(found(&script), [(FindingKind::DeadEnd, 2, Some(202))]);
    assert_eq!(path(&script, 0), [(1, None), (2, Some(202))]);
}

#[test]
fn a_dead_end_of_some_combinations_is_found_with_the_shortest_path() {
    let steps = vec![
        question(&["A", "B", "C"]),
        question(&["D", "E"]).only_if(&[101]),
        question(&["F", "G"]),
        text().only_if(&[102, 103, 201]),
        text().only_if(&[101, 301]),
    ];
    let script = script(steps);
    assert_eq!(
        found(&script),
        [
            (FindingKind::DeadEnd, 3, Some(301)),
            (FindingKind::DeadEnd, 3, Some(302)),
            (FindingKind::NeverShown, 4, None)
        ]
    );
    assert_eq!(path(&script, 0), [(1, Some(102)), (3, Some(301))]);
}

#[test]
fn texts_and_typed_answers_may_come_last() {
    for kind in [
        StepKind::Text,
        StepKind::Email,
        StepKind::Phone,
        StepKind::FreeInput,
        StepKind::FreeInputMulti,
    ] {
        assert_eq!(found(&script(vec![question(&["A"]), step(kind)])), []);
    }
}

#[test]
fn conditions_that_contradict_each_other_are_never_met() {
    let steps = vec![
        question(&["A", "B"]),
        question(&["C"]).only_if(&[101]),
        text().only_if(&[102, 201]),
        text(),
    ];
    assert_eq!(found(&script(steps)), [(FindingKind::NeverShown, 3, None)]);
}

#[test]
fn conditions_on_answers_that_nobody_can_have_given_are_never_met() {
    let steps = vec![
        question(&["A"]),
        text().only_if(&[999]),
        text().only_if(&[401]),
        question(&["B"]).only_if(&[401]),
        text(),
    ];
    let never = |step| (FindingKind::NeverShown, step, None);
    assert_eq!(found(&script(steps)), [never(2), never(3), never(4)]);
}

#[test]
fn a_question_without_answers_makes_what_follows_unreachable() {
    let script = script(vec![question(&["A"]), question(&[]), text(), text().only_if(&[999])]);
    let expected = [
        (FindingKind::QuestionWithoutAnswers, 2, None),
        (FindingKind::Unreachable, 3, None),
        (FindingKind::NeverShown, 4, None),
    ];
    assert_eq!(found(&script), expected);
    assert_eq!(path(&script, 0), [(1, Some(101)), (2, None)]);
    assert_eq!(path(&script, 1), [(1, Some(101)), (2, None)]);
}

#[test]
fn a_forward_needs_something_behind_it() {
    let bare = script(vec![question(&["A"]), forward()]);
    assert_eq!(found(&bare), [(FindingKind::ForwardWithoutFollowUp, 2, None)]);
    assert_eq!(path(&bare, 0), [(1, Some(101)), (2, None)]);
    assert_eq!(found(&script(vec![question(&["A"]), forward(), text()])), []);
}

#[test]
fn links_that_no_browser_should_follow_are_found() {
    let script = script(vec![question(&["A=javascript:alert(1)", "B=//evil", "C=#prices"])]);
    let expected =
        [(FindingKind::LinkInvalid, 1, Some(101)), (FindingKind::LinkInvalid, 1, Some(102))];
    assert_eq!(found(&script), expected);
}

#[test]
fn unwise_beginnings_are_warned_of() {
    let warning = |steps| analysis(&script(steps)).first_step_warning;
    assert_eq!(warning(Vec::new()), None);
    assert_eq!(warning(vec![text()]), Some(FirstStepWarning::FirstStepInvalid));
    assert_eq!(warning(vec![text(), forward(), text()]), Some(FirstStepWarning::FirstStepOperator));
    for kind in [StepKind::Email, StepKind::Phone, StepKind::FreeInput, StepKind::FreeInputMulti] {
        assert_eq!(warning(vec![text(), step(kind)]), None);
    }
}

/// 40 questions of which each doubles the combinations that matter to the steps behind them.
fn doubling(questions: i64) -> Script {
    let asked = (0..questions).map(|_| question(&["A", "B"]));
    let shown = (1..=questions).map(|number| text().only_if(&[number * 100 + 1]));
    script(asked.chain(shown).collect())
}

#[test]
fn combinations_beyond_the_limit_are_admitted() {
    let analysis = analysis(&doubling(40));
    assert!(!analysis.complete);
    assert_eq!(analysis.findings, []);
}

#[test]
fn combinations_that_make_no_difference_are_not_counted() {
    let mut steps = vec![question(&["A", "B"]); 100];
    steps.extend((1..=100).map(|number| text().only_if(&[number * 100 + 1, number * 100 + 2])));
    let analysis = analysis(&script(steps));
    assert_eq!((analysis.complete, analysis.findings), (true, Vec::new()));
}

#[test]
fn a_script_that_cannot_be_stored_is_not_explored() {
    assert!(!analysis(&script(vec![text(); STEPS_MAX + 1])).complete);
    assert!(!analysis(&script(vec![question(&["A"; ANSWERS_MAX + 1])])).complete);
    assert!(analysis(&script(Vec::new())).complete);
}
