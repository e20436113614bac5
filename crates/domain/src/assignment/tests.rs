//! Each sentence of the rules, with the smallest scene that shows it.

use super::*;
use crate::operator::{IDLE_AFTER, Presence, SEEN_FOR, Sighting};

const NOW: Millis = Millis(100_000_000);

/// An operator who is online, speaks and knows nothing, and has nothing to do.
fn operator(id: i64) -> Candidate {
    Candidate {
        operator: OperatorId(id),
        chat_name: format!("Operator {id}"),
        sighting: Sighting { choice: Presence::Online, seen_at: NOW, active_at: NOW },
        in_call: false,
        languages: Vec::new(),
        country: None,
        expertise: Vec::new(),
        load: Load::default(),
    }
}

fn speaking(id: i64, language: &str) -> Candidate {
    Candidate { languages: vec![language.to_owned()], ..operator(id) }
}

fn knowing(id: i64, expertise: &[i64]) -> Candidate {
    Candidate { expertise: expertise.iter().copied().map(ExpertiseId).collect(), ..operator(id) }
}

fn loaded(id: i64, all: i64) -> Candidate {
    Candidate { load: Load { channel: all, all, newest_at: None }, ..operator(id) }
}

fn in_call(candidate: Candidate) -> Candidate {
    Candidate { in_call: true, ..candidate }
}

fn request() -> AssignmentRequest<'static> {
    AssignmentRequest {
        now: NOW,
        limits: Limits::default(),
        language: None,
        country: None,
        expertise: &[],
        previous: None,
        shown: None,
        left: &[],
    }
}

fn limited(max: i64) -> AssignmentRequest<'static> {
    let limits = Limits { max_sessions: Some(max), block_during_call: true };
    AssignmentRequest { limits, ..request() }
}

/// Everybody whom some chance chooses.
#[track_caller]
fn chosen(request: &AssignmentRequest<'_>, candidates: &[Candidate]) -> Vec<i64> {
    let mut ids: Vec<_> = (0..60)
        .map(|chance| match assign(request, candidates, chance) {
            Assignment::Chosen(choice) => choice.operator.0,
            other => panic!("nobody was chosen: {other:?}"),
        })
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[track_caller]
fn why(request: &AssignmentRequest<'_>, candidates: &[Candidate]) -> Explanation {
    match assign(request, candidates, 0) {
        Assignment::Chosen(Choice { why, .. }) | Assignment::Waits(why) => why,
        Assignment::Nobody => panic!("nobody is there"),
    }
}

#[test]
fn nobody_there_is_nobody_chosen() {
    assert_eq!(assign(&request(), &[], 7), Assignment::Nobody);
}

#[test]
fn only_who_is_online_gets_one() {
    for choice in [Presence::Away, Presence::Busy, Presence::Offline] {
        let mut absent = operator(1);
        absent.sighting.choice = choice;
        assert_eq!(assign(&request(), &[absent.clone()], 0), Assignment::Nobody);
        assert_eq!(chosen(&request(), &[absent, loaded(2, 9)]), [2]);
    }
}

#[test]
fn thirty_minutes_without_activity_or_a_lost_console_is_not_online() {
    let (mut idle, mut lost) = (operator(1), operator(2));
    idle.sighting.active_at = NOW.minus(IDLE_AFTER + Duration::from_millis(1));
    lost.sighting.seen_at = NOW.minus(SEEN_FOR + Duration::from_millis(1));
    assert_eq!(assign(&request(), &[idle.clone(), lost], 0), Assignment::Nobody);
    idle.sighting.active_at = NOW.minus(IDLE_AFTER);
    assert_eq!(chosen(&request(), &[idle]), [1]);
}

#[test]
fn an_operator_at_the_limit_gets_none_and_below_it_one() {
    assert_eq!(chosen(&limited(3), &[loaded(1, 3), loaded(2, 2)]), [2]);
    assert_eq!(chosen(&request(), &[loaded(1, 99)]), [1]);
}

#[test]
fn the_limit_counts_this_channel_only() {
    let elsewhere = Load { channel: 1, all: 9, newest_at: None };
    assert_eq!(chosen(&limited(2), &[Candidate { load: elsewhere, ..operator(1) }]), [1]);
}

#[test]
fn where_everybody_is_at_the_limit_it_waits() {
    let Assignment::Waits(why) = assign(&limited(1), &[loaded(1, 1), loaded(2, 4)], 0) else {
        panic!("it waits");
    };
    assert_eq!((why.rule, why.candidates), (AssignmentRule::NobodyFree, 0));
    assert!(why.considered.iter().all(|it| it.reason == Reason::AtLimit));
}

#[test]
fn a_call_blocks_only_where_the_channel_says_so() {
    let calling = in_call(operator(1));
    assert!(matches!(assign(&limited(5), std::slice::from_ref(&calling), 0), Assignment::Waits(_)));
    assert_eq!(chosen(&request(), &[calling]), [1]);
}

#[test]
fn the_previous_operator_comes_before_language_rest_and_load() {
    let mut previous = loaded(1, 5);
    previous.load.newest_at = Some(NOW);
    let asked =
        AssignmentRequest { previous: Some(OperatorId(1)), language: Some("fr"), ..request() };
    assert_eq!(chosen(&asked, &[previous.clone(), speaking(2, "fr")]), [1]);
    assert_eq!(why(&asked, &[previous]).rule, AssignmentRule::PreviousOperator);
}

#[test]
fn whom_the_window_showed_comes_after_the_previous_operator_and_before_the_rest() {
    let team = [operator(1), operator(2)];
    let asked = AssignmentRequest { shown: Some(OperatorId(2)), ..request() };
    assert_eq!(why(&asked, &team).rule, AssignmentRule::ShownOperator);
    let known = AssignmentRequest { previous: Some(OperatorId(1)), ..asked };
    assert_eq!(why(&known, &team).rule, AssignmentRule::PreviousOperator);
    let gone = AssignmentRequest { previous: Some(OperatorId(9)), ..asked };
    assert_eq!(why(&gone, &team).rule, AssignmentRule::ShownOperator);
}

#[test]
fn the_previous_operator_is_passed_over_only_with_two_conversations_and_a_call() {
    let asked = AssignmentRequest { previous: Some(OperatorId(1)), ..request() };
    for (previous, gets_it) in
        [(loaded(1, 2), true), (in_call(loaded(1, 1)), true), (in_call(loaded(1, 2)), false)]
    {
        assert_eq!(chosen(&asked, &[previous, operator(2)]) == [1], gets_it);
    }
}

#[test]
fn an_unavailable_previous_operator_is_a_preference_only() {
    let asked = AssignmentRequest { previous: Some(OperatorId(1)), ..limited(1) };
    assert_eq!(chosen(&asked, &[loaded(1, 1), operator(2)]), [2]);
    let unknown = AssignmentRequest { previous: Some(OperatorId(9)), ..request() };
    assert_eq!(chosen(&unknown, &[operator(2)]), [2]);
}

#[test]
fn without_expertise_language_comes_before_country_and_country_before_anybody() {
    let mut swiss = loaded(2, 4);
    swiss.country = Some("CH".to_owned());
    let asked = AssignmentRequest { language: Some("de-CH"), country: Some("CH"), ..request() };
    let german = Candidate { load: Load { all: 9, ..Load::default() }, ..speaking(1, "de") };
    assert_eq!(chosen(&asked, &[german, swiss.clone(), operator(3)]), [1]);
    assert_eq!(chosen(&asked, &[speaking(1, "fr"), swiss, operator(3)]), [2]);
    assert_eq!(chosen(&asked, &[speaking(1, "fr"), operator(3)]), [1, 3]);
}

#[test]
fn a_language_is_the_same_wherever_it_is_spoken() {
    let asked = AssignmentRequest { language: Some("pt-BR"), ..request() };
    assert_eq!(chosen(&asked, &[speaking(1, "PT"), speaking(2, "en"), operator(3)]), [1]);
    let unknown = AssignmentRequest { language: None, ..request() };
    assert_eq!(chosen(&unknown, &[speaking(1, ""), operator(3)]), [1, 3]);
}

#[test]
fn expertise_that_is_asked_for_comes_in_its_four_steps() {
    let (wanted, lang) = ([ExpertiseId(1), ExpertiseId(2)], Some("fr"));
    let asked = AssignmentRequest { expertise: &wanted, language: lang, ..request() };
    let french = |id, expertise: &[i64]| Candidate {
        languages: vec!["fr".to_owned()],
        ..knowing(id, expertise)
    };
    let all = [
        (french(1, &[1, 2, 3]), AssignmentRule::LanguageAndAllExpertise),
        (french(2, &[2]), AssignmentRule::LanguageAndSomeExpertise),
        (knowing(3, &[1, 2]), AssignmentRule::AllExpertise),
        (knowing(4, &[1]), AssignmentRule::SomeExpertise),
        (speaking(5, "fr"), AssignmentRule::Language),
        (operator(6), AssignmentRule::LeastBusy),
    ];
    for step in 0..all.len() {
        let there: Vec<_> = all[step..].iter().map(|it| it.0.clone()).collect();
        assert_eq!(chosen(&asked, &there), [there[0].operator.0]);
        assert_eq!(why(&asked, &there).rule, all[step].1);
    }
}

#[test]
fn who_got_one_within_two_minutes_rests_unless_all_did() {
    let mut just = operator(1);
    just.load.newest_at = Some(NOW.minus(REST_FOR).plus(Duration::from_millis(1)));
    assert_eq!(chosen(&request(), &[just.clone(), loaded(2, 3)]), [2]);
    assert_eq!(chosen(&request(), std::slice::from_ref(&just)), [1]);
    just.load.newest_at = Some(NOW.minus(REST_FOR));
    assert_eq!(chosen(&request(), &[just, loaded(2, 3)]), [1]);
}

#[test]
fn who_rests_still_comes_before_a_worse_preference() {
    let mut resting = speaking(1, "fr");
    resting.load.newest_at = Some(NOW);
    let asked = AssignmentRequest { language: Some("fr"), ..request() };
    assert_eq!(chosen(&asked, &[resting, operator(2)]), [1]);
}

#[test]
fn who_has_nothing_to_do_is_drawn_even_in_a_call() {
    assert_eq!(chosen(&request(), &[in_call(operator(1)), operator(2), loaded(3, 1)]), [1, 2]);
}

#[test]
fn the_least_active_are_those_with_fewest_conversations_calls_counting_from_two_on() {
    for (one, other) in [
        (loaded(1, 1), in_call(loaded(2, 1))),
        (in_call(loaded(1, 1)), loaded(2, 2)),
        (loaded(1, 5), in_call(loaded(2, 2))),
        (in_call(loaded(1, 2)), in_call(loaded(2, 3))),
    ] {
        assert_eq!(chosen(&request(), &[other, one]), [1]);
    }
    assert_eq!(chosen(&request(), &[loaded(1, 2), loaded(2, 2), loaded(3, 3)]), [1, 2]);
}

#[test]
fn who_has_left_a_conversation_does_not_get_it_again() {
    let asked = AssignmentRequest { left: &[OperatorId(1)], ..request() };
    assert_eq!(chosen(&asked, &[operator(1), loaded(2, 7)]), [2]);
    assert_eq!(assign(&asked, &[operator(1)], 0), Assignment::Nobody);
}

#[test]
fn an_explanation_tells_of_each_candidate_what_decided() {
    let mut busy = operator(5);
    busy.sighting.choice = Presence::Busy;
    let mut resting = speaking(4, "fr");
    resting.load.newest_at = Some(NOW);
    let busier = Candidate { load: Load { all: 2, ..Load::default() }, ..speaking(2, "fr") };
    let there = [busy, loaded(6, 8), operator(3), resting, busier, speaking(1, "fr")];
    let asked = AssignmentRequest { language: Some("fr"), ..limited(8) };
    let why = why(&asked, &there);
    assert_eq!((why.rule, why.candidates, why.ongoing), (AssignmentRule::Language, 4, 0));
    let told: Vec<_> = why.considered.iter().map(|it| (it.operator.0, it.reason)).collect();
    let expected = [
        (1, Reason::Chosen),
        (2, Reason::HasMoreToDo),
        (4, Reason::JustAssigned),
        (3, Reason::LessSuitable),
        (6, Reason::AtLimit),
        (5, Reason::Busy),
    ];
    assert_eq!(told, expected);
}

#[test]
fn an_explanation_stays_small() {
    let there: Vec<_> = (1..=200).map(|id| loaded(id, id % 7)).collect();
    let why = why(&request(), &there);
    assert_eq!((why.considered.len(), why.others), (10, 190));
    assert_eq!(why.considered[0].reason, Reason::Chosen);
}
