use super::*;

#[test]
fn the_welcome_steps_reach_to_the_first_step_that_asks() {
    let script = sample();
    let turn = begin(&script);
    assert_eq!(turn.shown(), [1, 2]);
    assert_eq!((turn.awaits, turn.effect), (Awaits::Answer, None));
}

#[test]
fn welcome_steps_are_shown_whatever_their_conditions() {
    let script = script(vec![text().only_if(&[301]), text(), question(&["A"]).only_if(&[99])]);
    assert_eq!(begin(&script).shown(), [1, 2, 3]);
}

#[test]
fn somebody_who_asks_for_prices_is_forwarded_and_else_leaves_an_address() {
    let script = sample();
    let mut talk = Talk::begin(&script);
    let turn = talk.pick(10);
    assert_eq!(turn.answered, Some(GivenAnswer { step: StepId(2), answer: Some(AnswerId(10)) }));
    assert_eq!(turn.shown(), [3]);
    assert_eq!(turn.effect, Some(Effect::Forward { step: StepId(4), expertises: Vec::new() }));
    let turn = talk.forwarded(false);
    assert_eq!((turn.shown(), turn.awaits), (vec![5, 6], Awaits::Email));
    let turn = talk.write("ana@example.com");
    assert_eq!(turn.answered, Some(GivenAnswer { step: StepId(6), answer: None }));
    assert_eq!((turn.awaits, turn.effect.as_ref()), (Awaits::Nothing, Some(&Effect::End)));
    assert!(turn.run.is_restartable());
}

#[test]
fn the_other_answers_end_with_their_texts() {
    let script = sample();
    for (answer, shown) in [(11, vec![7, 8]), (12, vec![9])] {
        let mut talk = Talk::begin(&script);
        let turn = talk.pick(answer);
        assert_eq!((turn.shown(), turn.effect.as_ref()), (shown, Some(&Effect::End)));
    }
}

#[test]
fn the_chatbot_types_before_each_step_but_the_very_first() {
    let script = sample();
    assert_eq!(begin(&script).delays(), [0, 900]);
    let mut talk = Talk::begin(&script);
    assert_eq!(talk.pick(11).delays(), [400, 900]);
    assert_eq!(talk.tell(Input::Restart).delays(), [400, 900]);
}

#[test]
fn one_answer_of_each_question_must_have_been_given() {
    let steps = vec![
        question(&["A", "B"]),
        question(&["C", "D"]),
        text().only_if(&[101, 201]),
        text().only_if(&[101, 102, 202]),
        text(),
    ];
    let script = script(steps);
    for (first, second, shown) in
        [(101, 201, [3, 5]), (101, 202, [4, 5]), (102, 201, [5, 0]), (102, 202, [4, 5])]
    {
        let mut talk = Talk::begin(&script);
        talk.pick(first);
        let expected: Vec<i64> = shown.into_iter().filter(|it| *it > 0).collect();
        assert_eq!(talk.pick(second).shown(), expected, "{first} {second}");
    }
}

#[test]
fn conditions_on_unknown_or_later_answers_never_hold() {
    let script = script(vec![
        question(&["A"]),
        text().only_if(&[999]),
        text().only_if(&[101, 401]),
        question(&["B"]),
    ]);
    assert_eq!(Talk::begin(&script).pick(101).shown(), [4]);
}

#[test]
fn an_answer_counts_once() {
    let script = sample();
    let run = begin(&script).run;
    let pick = |answer| Input::Answer { step: StepId(2), answer: AnswerId(answer) };
    let turn = advance(&script, &run, pick(11)).unwrap();
    for again in [11, 10] {
        assert_eq!(advance(&script, &turn.run, pick(again)), Err(AnswerPassed));
    }
}

#[test]
fn an_answer_counts_at_its_own_question_only() {
    let script = script(vec![question(&["A"]), question(&["B"]), step(StepKind::Email)]);
    let run = begin(&script).run;
    for (step, answer) in [(1, 201), (2, 201), (1, 999), (3, 101), (9, 101), (i64::MIN, i64::MAX)] {
        let input = Input::Answer { step: StepId(step), answer: AnswerId(answer) };
        assert_eq!(advance(&script, &run, input), Err(AnswerPassed), "{step} {answer}");
    }
}

#[test]
fn text_while_a_choice_is_due_changes_nothing() {
    let script = sample();
    let mut talk = Talk::begin(&script);
    let before = talk.last.run.clone();
    let turn = talk.write("Pricing");
    assert_eq!((&turn.run, turn.answered, turn.shown()), (&before, None, Vec::new()));
    assert_eq!(turn.awaits, Awaits::Answer);
}

#[test]
fn an_address_is_asked_for_until_it_is_one() {
    let script = script(vec![step(StepKind::Email), text()]);
    let mut talk = Talk::begin(&script);
    for wrong in ["hannah@lindqvist", "no", &"x".repeat(9000)] {
        let turn = talk.write(wrong);
        assert_eq!((turn.effect.as_ref(), turn.awaits), (Some(&Effect::RetryEmail), Awaits::Email));
        assert_eq!((turn.shown(), turn.answered), (Vec::new(), None));
    }
    assert_eq!(talk.write("用户@例子.公司").shown(), [2]);
}

#[test]
fn a_phone_number_is_never_checked() {
    let script = script(vec![step(StepKind::Phone), text()]);
    assert_eq!(Talk::begin(&script).write("call me, maybe").shown(), [2]);
}

#[test]
fn free_input_takes_one_message() {
    let script = script(vec![step(StepKind::FreeInput), text()]);
    let mut talk = Talk::begin(&script);
    assert_eq!(talk.last.awaits, Awaits::Text);
    assert_eq!(talk.write("anything").shown(), [2]);
}

#[test]
fn free_input_of_several_lines_is_complete_after_a_pause() {
    let script = script(vec![step(StepKind::FreeInputMulti), text()]);
    let mut talk = Talk::begin(&script);
    assert_eq!(talk.last.awaits, Awaits::Texts);
    assert_eq!(talk.tell(Input::Quiet { step: StepId(1) }).shown(), Vec::<i64>::new());
    for line in ["one", "two"] {
        let turn = talk.write(line);
        assert_eq!((turn.shown(), turn.awaits), (Vec::new(), Awaits::Texts));
        assert_eq!(turn.answered, Some(GivenAnswer { step: StepId(1), answer: None }));
    }
    assert_eq!(talk.tell(Input::Quiet { step: StepId(2) }).shown(), Vec::<i64>::new());
    assert_eq!(talk.tell(Input::Quiet { step: StepId(1) }).shown(), [2]);
    assert_eq!(talk.tell(Input::Quiet { step: StepId(1) }).shown(), Vec::<i64>::new());
}

#[test]
fn a_forward_speaks_only_when_somebody_was_found() {
    let spoken = Step { message: "Here is somebody.".to_owned(), ..forward() };
    let script = script(vec![question(&["A"]), spoken, text()]);
    let mut talk = Talk::begin(&script);
    let turn = talk.pick(101);
    let wanted = Effect::Forward { step: StepId(2), expertises: vec![ExpertiseId(7)] };
    assert_eq!((turn.shown(), turn.effect.as_ref()), (Vec::new(), Some(&wanted)));
    let asked = talk.last.run.clone();
    let found = advance(&script, &asked, Input::Forwarded { found: true }).unwrap();
    assert_eq!((found.shown(), found.run.stage), (vec![2], Stage::HandedOver));
    let nobody = advance(&script, &asked, Input::Forwarded { found: false }).unwrap();
    assert_eq!((nobody.shown(), nobody.effect), (vec![3], Some(Effect::End)));
}

#[test]
fn a_chatbot_that_handed_over_is_silent() {
    let script = sample();
    let mut talk = Talk::begin(&script);
    talk.pick(10);
    talk.forwarded(true);
    let handed_over = talk.last.run.clone();
    assert!(!handed_over.is_restartable());
    for input in [
        Input::Text("ana@example.com".to_owned()),
        Input::Forwarded { found: false },
        Input::Quiet { step: StepId(4) },
        Input::TakenOver,
    ] {
        let turn = talk.tell(input);
        assert_eq!(
            (&turn.run, turn.shown(), turn.awaits),
            (&handed_over, Vec::new(), Awaits::Nothing)
        );
    }
}

#[test]
fn an_operator_can_take_over_anywhere() {
    let script = sample();
    let mut talk = Talk::begin(&script);
    assert_eq!(talk.tell(Input::TakenOver).run.stage, Stage::HandedOver);
    let pick = Input::Answer { step: StepId(2), answer: AnswerId(10) };
    assert_eq!(advance(&script, &talk.last.run, pick), Err(AnswerPassed));
}

#[test]
fn a_restart_forgets_the_answers_and_begins_at_the_first_step() {
    let script = script(vec![question(&["A", "B"]), text().only_if(&[101])]);
    let mut talk = Talk::begin(&script);
    talk.pick(101);
    assert_eq!(talk.tell(Input::Restart).shown(), [1]);
    assert!(talk.last.run.picked.is_empty());
    assert_eq!(talk.pick(102).shown(), Vec::<i64>::new());
}

#[test]
fn an_answer_that_leads_nowhere_ends_the_script() {
    let script = script(vec![question(&["A"])]);
    let mut talk = Talk::begin(&script);
    let turn = talk.pick(101);
    assert_eq!((turn.effect.as_ref(), turn.run.is_restartable()), (Some(&Effect::End), true));
}

#[test]
fn scripts_that_ask_nothing_end_at_once() {
    for script in [script(Vec::new()), script(vec![text(), text()]), script(vec![question(&[])])] {
        let turn = begin(&script);
        assert_eq!((turn.awaits, turn.effect), (Awaits::Nothing, Some(Effect::End)));
    }
}

#[test]
fn a_script_that_opens_with_a_forward_waits_for_the_first_word() {
    let script = script(vec![text(), forward(), text()]);
    let mut talk = Talk::begin(&script);
    assert_eq!(talk.last.awaits, Awaits::Text);
    assert!(matches!(talk.write("hello").effect, Some(Effect::Forward { .. })));
    assert_eq!(talk.forwarded(false).shown(), [3]);
}

#[test]
fn steps_without_a_message_are_passed_in_silence() {
    let silent = Step { message: " ".to_owned(), ..text() };
    let script = script(vec![silent, text(), question(&["A"])]);
    assert_eq!((begin(&script).shown(), begin(&script).delays()), (vec![2, 3], vec![0, 900]));
}

#[test]
fn a_run_that_stands_nowhere_in_the_script_ends_with_the_next_word() {
    let run = Run { step: Some(StepId(99)), stage: Stage::Waiting, picked: vec![AnswerId(5)] };
    assert_eq!(run.awaits(&sample()), Awaits::Nothing);
    let turn = advance(&sample(), &run, Input::Text("hello".to_owned())).unwrap();
    assert_eq!((turn.effect, turn.run.stage), (Some(Effect::End), Stage::Ended));
}
