use super::properties::{Walk, drafts, scripts};
use super::*;
use proptest::prelude::*;

fn drawn(script: &Script) -> Flow {
    flow(script, &analysis(script))
}

impl Flow {
    fn node(&self, key: &str) -> &FlowNode {
        self.nodes.iter().find(|node| node.key == key).unwrap()
    }

    fn edge(&self, from: &str, to: &str) -> &FlowEdge {
        self.edges.iter().find(|edge| (&*edge.from, &*edge.to) == (from, to)).unwrap()
    }
}

impl FlowNode {
    const fn middle(&self) -> i32 {
        self.x + self.width / 2
    }
}

/// The Welcome Bot with an answer that leads nowhere.
fn sample_with_dead_end() -> Script {
    let mut script = sample();
    let answer =
        Answer { id: AnswerId(13), text: "Something else".to_owned(), link: String::new() };
    script.steps[1].answers.push(answer);
    script
}

#[test]
fn branches_stand_side_by_side_below_the_middle_of_their_question() {
    let flow = drawn(&sample_with_dead_end());
    let row = ["3", "7", "9", "dead_end-2"].map(|key| flow.node(key));
    assert!(row.windows(2).all(|it| it[0].y == it[1].y && it[1].x - it[0].x == 152));
    assert_eq!(flow.node("1").middle(), flow.node("2").middle());
    assert_eq!(flow.node("2").middle(), (row[0].middle() + row[3].middle()) / 2);
    assert_eq!((flow.node("1").x, flow.node("1").y, flow.node("1").width), (206, 0, 180));
    assert_eq!(flow.node("8").x, flow.node("7").x);
    assert_eq!(flow.width, 4 * 136 + 3 * 16);
}

#[test]
fn the_script_goes_straight_on_where_nobody_is_free() {
    let flow = drawn(&sample());
    let [above, forward, below, address] = ["3", "4", "5", "6"].map(|key| flow.node(key));
    assert!([forward, below, address].iter().all(|it| it.x == above.x));
    let operator = flow.node("operator-4");
    assert_eq!((operator.x, operator.y), (below.x + 152, below.y));
    assert_eq!(flow.edge("4", "5").outcome, Some(ForwardOutcome::NotFound));
    assert_eq!(flow.edge("4", "operator-4").outcome, Some(ForwardOutcome::Found));
    assert_eq!(flow.edge("4", "5").label_at.unwrap()[0], below.middle());
}

#[test]
fn lines_bear_the_answers_that_lead_along_them() {
    let steps = vec![
        question(&["A", "B", "C", "D=/page", "E"]),
        text().only_if(&[101, 103]),
        text().only_if(&[102]),
    ];
    let flow = drawn(&script(steps));
    assert_eq!(flow.edge("1", "2").label, "A, C");
    assert_eq!(flow.edge("1", "2").answers, [AnswerId(101), AnswerId(103)]);
    assert!(!flow.edge("1", "2").dead);
    assert!(flow.edge("1", "dead_end-1").dead);
    assert_eq!(flow.edge("1", "dead_end-1").label, "E");
    assert_eq!(flow.node("link-104").kind, FlowNodeKind::Link);
}

#[test]
fn a_line_passes_beside_the_boxes_of_other_branches() {
    let steps = vec![
        question(&["A", "B"]),
        text().only_if(&[101]),
        text().only_if(&[101]),
        step(StepKind::Email),
    ];
    let flow = drawn(&script(steps));
    assert_eq!(flow.edge("1", "4").label, "B");
    assert!(flow.node("4").y > flow.node("3").y);
}

#[test]
fn steps_that_no_visitor_sees_stand_below_the_others() {
    let steps = vec![question(&["A"]), text(), text().only_if(&[999]), text().only_if(&[998])];
    let flow = drawn(&script(steps));
    let hidden = [flow.node("3"), flow.node("4")];
    assert!(hidden.iter().all(|it| it.unreachable && it.y > flow.node("2").y));
    assert!(!flow.node("2").unreachable);
    assert_eq!(flow.edges.len(), 1);
}

#[test]
fn an_empty_script_is_an_empty_picture() {
    let flow = drawn(&Script::default());
    assert_eq!((flow.width, flow.height, flow.nodes.len()), (0, 0, 0));
}

/// Whether the inside of a box and a piece of a line have a point in common.
fn crosses(node: &FlowNode, [from, to]: [[i32; 2]; 2]) -> bool {
    let overlap = |a: i32, b: i32, low: i32, high: i32| a.min(b) < high && a.max(b) > low;
    let within = |at: usize, low: i32, size: i32| {
        if from[at] == to[at] {
            low < from[at] && from[at] < low + size
        } else {
            overlap(from[at], to[at], low, low + size)
        }
    };
    within(0, node.x, node.width) && within(1, node.y, node.height)
}

proptest! {
    #[test]
    fn pictures_are_readable(script in prop_oneof![scripts(), drafts()]) {
        let flow = drawn(&script);
        prop_assert_eq!(&flow, &drawn(&script));
        for (at, node) in flow.nodes.iter().enumerate() {
            prop_assert!(node.x >= 0 && node.y >= 0);
            for other in &flow.nodes[at + 1..] {
                let apart = node.x + node.width <= other.x || other.x + other.width <= node.x
                    || node.y + node.height <= other.y || other.y + other.height <= node.y;
                prop_assert!(apart, "{} lies upon {}", node.key, other.key);
            }
        }
        for edge in &flow.edges {
            for piece in edge.points.windows(2) {
                let [from, to] = [piece[0], piece[1]];
                prop_assert!(from[0] == to[0] || from[1] == to[1], "{edge:?}");
                prop_assert!(from[1] <= to[1], "{edge:?}");
                prop_assert!(!flow.nodes.iter().any(|it| crosses(it, [from, to])), "{edge:?}");
            }
        }
    }

    #[test]
    fn pictures_agree_with_the_analysis(script in scripts()) {
        let analysis = analysis(&script);
        let flow = flow(&script, &analysis);
        for edge in &flow.edges {
            let [from, to] = [flow.node(&edge.from), flow.node(&edge.to)];
            let (first, last) = (edge.points[0], edge.points[edge.points.len() - 1]);
            prop_assert_eq!(first, [from.middle(), from.y + from.height]);
            prop_assert_eq!(last, [to.middle(), to.y]);
        }
        let ends = [FindingKind::DeadEnd, FindingKind::ForwardWithoutFollowUp];
        let dead = analysis.findings.iter().filter(|it| ends.contains(&it.kind));
        let mut found: Vec<_> = dead.map(|it| format!("dead_end-{}", it.step)).collect();
        found.dedup();
        let shown = flow.nodes.iter().filter(|it| it.kind == FlowNodeKind::DeadEnd);
        let mut shown: Vec<_> = shown.map(|it| it.key.clone()).collect();
        found.sort();
        shown.sort();
        prop_assert_eq!(found, shown);
        for node in &flow.nodes {
            let hidden = analysis.findings.iter().any(|it| {
                Some(it.step) == node.step
                    && matches!(it.kind, FindingKind::NeverShown | FindingKind::Unreachable)
            });
            prop_assert_eq!(node.unreachable, hidden, "{}", node.key);
        }
    }

    #[test]
    fn every_way_that_a_visitor_goes_is_drawn(
        script in scripts(), choices in prop::collection::vec(any::<usize>(), 40),
    ) {
        let flow = drawn(&script);
        for step in Walk::through(&script, &choices).passed.windows(2) {
            let (from, to) = (step[0].to_string(), step[1].to_string());
            prop_assert!(flow.edges.iter().any(|it| it.from == from && it.to == to), "{from} {to}");
        }
    }
}
