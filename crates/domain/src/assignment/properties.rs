//! What holds for any operators and any request.

use super::*;
use crate::operator::{Presence, Sighting};
use proptest::prelude::*;
use std::collections::HashMap;

const NOW: Millis = Millis(100_000_000);

fn presences() -> impl Strategy<Value = Presence> {
    prop_oneof![
        4 => Just(Presence::Online),
        1 => Just(Presence::Away),
        1 => Just(Presence::Busy),
        1 => Just(Presence::Offline),
    ]
}

prop_compose! {
    fn candidates()(
        choice in presences(),
        idle_minutes in 0_u64..40,
        in_call: bool,
        language in prop::sample::select(vec!["de", "fr", "en"]),
        expertise in prop::collection::vec(1_i64..4, 0..3),
        (channel, elsewhere) in (0_i64..5, 0_i64..3),
        newest in prop::option::of(0_u64..300),
    ) -> Candidate {
        let active_at = NOW.minus(Duration::from_secs(idle_minutes * 60));
        let newest_at = newest.map(|seconds| NOW.minus(Duration::from_secs(seconds)));
        Candidate {
            operator: OperatorId(0),
            chat_name: String::new(),
            sighting: Sighting { choice, seen_at: NOW, active_at },
            in_call,
            languages: vec![language.to_owned()],
            country: None,
            expertise: expertise.into_iter().map(ExpertiseId).collect(),
            load: Load { channel, all: channel + elsewhere, newest_at },
        }
    }
}

fn teams() -> impl Strategy<Value = Vec<Candidate>> {
    prop::collection::vec(candidates(), 0..12).prop_map(|mut team| {
        for (candidate, id) in team.iter_mut().zip(1..) {
            candidate.operator = OperatorId(id);
        }
        team
    })
}

fn limits() -> impl Strategy<Value = Limits> {
    (prop::option::of(1_i64..5), any::<bool>())
        .prop_map(|(max_sessions, block_during_call)| Limits { max_sessions, block_during_call })
}

fn can_take(candidate: &Candidate, limits: Limits, left: &[OperatorId]) -> bool {
    candidate.sighting.presence(NOW) == Presence::Online
        && limits.max_sessions.is_none_or(|max| candidate.load.channel < max)
        && !(limits.block_during_call && candidate.in_call)
        && !left.contains(&candidate.operator)
}

proptest! {
    #[test]
    fn somebody_who_can_take_it_is_chosen_whenever_there_is_one(
        team in teams(), limits in limits(), left in 0_i64..4, previous in 0_i64..14,
        expertise in prop::collection::vec(1_i64..4, 0..3), chance: u64,
    ) {
        let expertise: Vec<_> = expertise.into_iter().map(ExpertiseId).collect();
        let left = [OperatorId(left)];
        let request = AssignmentRequest {
            now: NOW, limits, language: Some("fr-CA"), country: Some("CA"),
            expertise: &expertise, previous: Some(OperatorId(previous)), shown: None, left: &left,
        };
        let able = |id: OperatorId| {
            team.iter().any(|it| it.operator == id && can_take(it, limits, &left))
        };
        match assign(&request, &team, chance) {
            Assignment::Chosen(choice) => {
                prop_assert!(able(choice.operator));
                prop_assert_eq!(choice.why.considered[0].operator, choice.operator);
            }
            _ => prop_assert!(!team.iter().any(|it| can_take(it, limits, &left))),
        }
    }

    #[test]
    fn equals_are_chosen_equally_often(size in 1_u64..9, rounds in 1_u64..5) {
        let one = Candidate {
            operator: OperatorId(0), chat_name: String::new(),
            sighting: Sighting { choice: Presence::Online, seen_at: NOW, active_at: NOW },
            in_call: false, languages: Vec::new(), country: None, expertise: Vec::new(),
            load: Load::default(),
        };
        let team: Vec<_> = (1..=size.cast_signed())
            .map(|id| Candidate { operator: OperatorId(id), ..one.clone() })
            .collect();
        let request = AssignmentRequest {
            now: NOW, limits: Limits::default(), language: None, country: None,
            expertise: &[], previous: None, shown: None, left: &[],
        };
        let mut counts: HashMap<OperatorId, u64> = HashMap::new();
        for chance in 0..size * rounds {
            if let Assignment::Chosen(choice) = assign(&request, &team, chance) {
                *counts.entry(choice.operator).or_default() += 1;
            }
        }
        prop_assert_eq!(counts.len() as u64, size);
        prop_assert!(counts.values().all(|it| *it == rounds));
    }
}
