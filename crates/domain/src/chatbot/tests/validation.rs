use super::*;

/// The fields of what is wrong.
fn fields(script: &Script) -> Vec<String> {
    script.problems().into_iter().map(|problem| problem.field).collect()
}

#[test]
fn the_sample_is_sound() {
    assert_eq!(sample().problems(), []);
    assert_eq!(Script::default().problems(), []);
}

#[test]
fn each_problem_names_its_field() {
    let mut broken = script(vec![
        Step { message: String::new(), ..text() },
        question(&[]),
        question(&["", "A=javascript:alert(1)"]),
        text().only_if(&[302, 501]),
        question(&["B"]).only_if(&[501]),
        Step { expertises: vec![ExpertiseId(1)], ..step(StepKind::Phone) },
        Step { answers: question(&["C"]).answers, ..step(StepKind::Email) },
        Step { message: "a\0".to_owned(), ..text() },
    ]);
    broken.steps[7].id = StepId(1);
    let expected = [
        "steps.0.message",
        "steps.1.answers",
        "steps.2.answers.0.text",
        "steps.2.answers.1.link",
        "steps.3.only_if",
        "steps.4.only_if",
        "steps.5.expertises",
        "steps.6.answers",
        "steps.7.id",
        "steps.7.message",
    ];
    assert_eq!(fields(&broken), expected);
}

#[test]
fn steps_and_answers_share_one_range_of_numbers() {
    let mut script = script(vec![text(), question(&["A"])]);
    script.steps[1].answers[0].id = AnswerId(1);
    assert_eq!(fields(&script), ["steps.1.answers.0.id"]);
    script.steps[1].answers[0].id = AnswerId(0);
    assert_eq!(fields(&script), ["steps.1.answers.0.id"]);
}

#[test]
fn limits_are_kept() {
    assert_eq!(script(vec![text(); STEPS_MAX]).problems(), []);
    assert_eq!(fields(&script(vec![text(); STEPS_MAX + 1])), ["steps"]);
    assert_eq!(script(vec![question(&["A"; ANSWERS_MAX])]).problems(), []);
    assert_eq!(fields(&script(vec![question(&["A"; ANSWERS_MAX + 1])])), ["steps.0.answers"]);
    let long = "x".repeat(ANSWER_MAX_CHARS + 1);
    assert_eq!(fields(&script(vec![question(&[&long])])), ["steps.0.answers.0.text"]);
    let long = Step { message: "é".repeat(8001), ..text() };
    assert_eq!(fields(&script(vec![long])), ["steps.0.message"]);
}

#[test]
fn links_stay_on_the_web() {
    for link in ["https://example.com/a?b#c", "HTTP://example.com", "/", "/a/b?c", "#top", "#"] {
        assert!(is_link(link), "{link}");
    }
    for link in [
        "",
        "example.com",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "https://",
        "https:///a",
        "ftp://example.com",
        "/a b",
    ] {
        assert!(!is_link(link), "{link}");
    }
}
