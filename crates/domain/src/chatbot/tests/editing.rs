use super::*;

fn only_if(script: &Script, position: usize) -> Vec<i64> {
    script.steps[position].only_if.iter().map(|id| id.0).collect()
}

#[test]
fn a_moved_step_loses_the_conditions_that_became_invalid() {
    let mut script = script(vec![question(&["A"]), question(&["B"]), text().only_if(&[101, 201])]);
    let moved = script.steps.remove(2);
    script.steps.insert(1, moved);
    assert_eq!(only_if(&script.tidied(), 1), [101]);
}

#[test]
fn a_question_that_becomes_a_text_loses_its_answers_and_what_hung_on_them() {
    let mut script = script(vec![question(&["A"]), question(&["B"]), text().only_if(&[101, 201])]);
    script.steps[0].kind = StepKind::Text;
    let script = script.tidied();
    assert!(script.steps[0].answers.is_empty());
    assert_eq!(only_if(&script, 2), [201]);
    assert_eq!(script.problems(), []);
}

#[test]
fn a_sound_script_is_tidy() {
    assert_eq!(sample().tidied(), sample());
}

#[test]
fn a_copy_has_ids_of_its_own_and_conditions_that_follow_them() {
    let copy = sample().renumbered();
    assert_eq!(
        copy.steps.iter().map(|step| step.id.0).collect::<Vec<_>>(),
        [1, 2, 6, 7, 8, 9, 10, 11, 12]
    );
    assert_eq!(
        (only_if(&copy, 2), only_if(&copy, 6), only_if(&copy, 8)),
        (vec![3], vec![4], vec![5])
    );
    assert_eq!(copy.highest_id(), 12);
    assert_eq!(copy.clone().renumbered(), copy);
}
