use super::*;

fn behind(script: &Script) -> Vec<i64> {
    script
        .steps
        .iter()
        .map(|it| it.id)
        .filter(|it| script.is_behind_forward(*it))
        .map(|it| it.0)
        .collect()
}

#[test]
fn steps_for_those_whom_a_forward_left_alone_lie_behind_it() {
    assert_eq!(behind(&sample()), [5, 6]);
}

#[test]
fn a_step_without_a_condition_belongs_to_forwards_without_one() {
    assert_eq!(behind(&script(vec![question(&["A"]), forward(), text()])), [3]);
    assert_eq!(behind(&script(vec![question(&["A"]), forward().only_if(&[101]), text()])), [0; 0]);
}

#[test]
fn the_climb_goes_through_questions() {
    let steps = vec![
        question(&["A", "B"]),
        forward().only_if(&[101]),
        question(&["C"]).only_if(&[101]),
        text().only_if(&[301]),
        text().only_if(&[102]),
    ];
    assert_eq!(behind(&script(steps)), [3, 4]);
}

#[test]
fn a_nearer_question_of_another_branch_is_no_parent() {
    let steps = vec![
        question(&["A", "B"]),
        forward().only_if(&[101]),
        question(&["C"]).only_if(&[102]),
        text().only_if(&[101]),
    ];
    assert_eq!(behind(&script(steps)), [4]);
}
