//! A script drawn as a graph: every step once, and a line wherever the engine goes from one to the other.
//!
//! Positions are pixels; lines have right angles and run from top to bottom. The same script always looks the same.

mod graph;
mod placing;
mod slots;
mod ways;

use super::analysis::Analysis;
use super::forwarding::ForwardOutcome;
use super::script::Script;
use crate::{AnswerId, StepId};
use graph::{Graph, GraphBox, Line};
use serde::Serialize;
use slots::{BOX_WIDTH, Slots};
use utoipa::ToSchema;
use ways::{BOX_HEIGHT, Ways};

/// The picture of a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ScriptFlow)]
pub struct Flow {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// The boxes, in the order of the steps; those that stand for no step follow.
    pub nodes: Vec<FlowNode>,
    /// The lines between them.
    pub edges: Vec<FlowEdge>,
}

/// A box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FlowNode {
    /// Names it within the picture.
    pub key: String,
    /// The step that it stands for.
    #[schema(required)]
    pub step: Option<StepId>,
    /// What it stands for.
    pub kind: FlowNodeKind,
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// No visitor comes here.
    pub unreachable: bool,
}

/// What a box stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlowNodeKind {
    /// A step of this kind.
    Text,
    /// A step of this kind.
    Question,
    /// A step of this kind.
    Email,
    /// A step of this kind.
    Phone,
    /// A step of this kind.
    Forward,
    /// A step of this kind.
    FreeInput,
    /// A step of this kind.
    FreeInputMulti,
    /// Visitors are left without an answer.
    DeadEnd,
    /// An operator takes over.
    Operator,
    /// A page opens, and the script is over.
    Link,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FlowEdge {
    /// The key of the box above.
    pub from: String,
    /// The key of the box below.
    pub to: String,
    /// The answers that lead along it.
    pub answers: Vec<AnswerId>,
    /// How the forward above came out.
    #[schema(required)]
    pub outcome: Option<ForwardOutcome>,
    /// The texts of the answers.
    pub label: String,
    /// The middle of the place that is kept free for the label, or for words about the outcome.
    #[schema(required)]
    pub label_at: Option<[i32; 2]>,
    /// It leads to a dead end.
    pub dead: bool,
    /// Its corners, from the box above to the box below.
    pub points: Vec<[i32; 2]>,
}

/// So many boxes that no visitor comes to stand side by side, below the others.
const ASIDE_PER_ROW: usize = 4;
/// Between those.
const ASIDE_GAP: i32 = 16;
/// Between those and the others.
const ASIDE_TOP: i32 = 44;

/// Draws a script, of which this is the analysis.
#[must_use]
pub fn flow(script: &Script, analysis: &Analysis) -> Flow {
    let graph = Graph::of(script, &analysis.exploration);
    let slots = Slots::of(&graph);
    let drawing = Drawing { script, analysis, ways: Ways::of(&slots), graph, slots };
    drawing.flow()
}

struct Drawing<'a> {
    script: &'a Script,
    analysis: &'a Analysis,
    graph: Graph,
    slots: Slots,
    ways: Ways,
}

impl Drawing<'_> {
    fn flow(self) -> Flow {
        let mut aside = 0..;
        let nodes: Vec<_> =
            (0..).zip(&self.graph.boxes).map(|it| self.node(it, &mut aside)).collect();
        let edges = (0..).zip(&self.graph.lines).map(|(number, line)| self.edge(number, line));
        Flow {
            width: nodes.iter().map(|node| node.x + node.width).max().unwrap_or(0),
            height: nodes.iter().map(|node| node.y + node.height).max().unwrap_or(0),
            edges: edges.collect(),
            nodes,
        }
    }

    fn node(
        &self,
        (number, drawn): (usize, &GraphBox),
        aside: &mut impl Iterator<Item = usize>,
    ) -> FlowNode {
        let slot = self.slots.of_box.get(&number).map(|slot| (*slot, &self.slots.all[*slot]));
        let (x, y, width) = match slot {
            Some((id, slot)) => {
                (self.ways.middle(id) - slot.width / 2, self.ways.top(slot.rank), slot.width)
            }
            None => self.place_aside(aside.next().unwrap_or(0)),
        };
        FlowNode {
            key: drawn.key.clone(),
            step: self.script.steps.get(number).map(|step| step.id),
            kind: drawn.kind,
            x,
            y,
            width,
            height: BOX_HEIGHT,
            unreachable: slot.is_none() && self.analysis.complete,
        }
    }

    fn place_aside(&self, number: usize) -> (i32, i32, i32) {
        let at = |number: usize, size: i32| i32::try_from(number).unwrap_or(0) * (size + ASIDE_GAP);
        let (row, column) = (number / ASIDE_PER_ROW, number % ASIDE_PER_ROW);
        let top = self.ways.bottom() + ASIDE_TOP;
        (at(column, BOX_WIDTH), top + at(row, BOX_HEIGHT), BOX_WIDTH)
    }

    fn edge(&self, number: usize, line: &Line) -> FlowEdge {
        let key = |number: usize| self.graph.boxes[number].key.clone();
        let label = self.slots.label_of_line[number];
        FlowEdge {
            from: key(line.from),
            to: key(line.to),
            answers: line.answers.clone(),
            outcome: line.outcome,
            label: line.label.clone(),
            label_at: label
                .map(|id| [self.ways.middle(id), self.ways.level(self.slots.all[id].rank)]),
            dead: self.graph.boxes[line.to].kind == FlowNodeKind::DeadEnd,
            points: self.ways.corners(&self.slots, &self.slots.of_line[number]),
        }
    }
}
