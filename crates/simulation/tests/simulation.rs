//! What the delivery path promises holds for thousands of seeds, and a planted mistake is found.

use frontdesk_simulation::{Bug, Database, record, recordings, simulate, simulate_all};

/// Enough to find each planted mistake many times over.
const SEEDS: u64 = 2_000;

fn database() -> Database {
    Database::open().expect("memory")
}

#[test]
fn nothing_is_lost_doubled_or_out_of_order() {
    let report = simulate_all(0..SEEDS, None).unwrap_or_else(|failure| panic!("{failure}"));
    assert!(report.faults > SEEDS && report.messages > SEEDS, "{report:?}");
}

#[test]
fn a_seed_runs_again_in_the_same_way() {
    let database = database();
    for seed in 0..20 {
        let report = simulate(&database, seed, None).expect("nothing is wrong");
        assert_eq!(simulate(&database, seed, None).expect("nothing is wrong"), report);
        let trace = record(&database, seed).expect("nothing is wrong");
        assert_eq!(record(&database, seed).expect("nothing is wrong").lines(), trace.lines());
    }
}

#[test]
fn browsers_replay_what_the_simulator_writes_down() {
    let kept = include_str!("../../../web/widget/test/recordings.json");
    let fresh = recordings().expect("nothing is wrong");
    assert!(
        kept == fresh,
        "cargo run -p frontdesk-simulation -- --recordings > web/widget/test/recordings.json"
    );
}

#[test]
fn a_planted_mistake_is_found() {
    let database = database();
    for bug in Bug::ALL {
        let found = (0..SEEDS).find_map(|seed| simulate(&database, seed, Some(bug)).err());
        let found = found.unwrap_or_else(|| panic!("{bug:?} is not found"));
        let again = simulate(&database, found.seed, Some(bug)).expect_err("the same seed");
        assert_eq!(again.problem, found.problem, "{bug:?}");
        simulate(&database, found.seed, None).expect("the mistake, not the seed, is to blame");
    }
}
