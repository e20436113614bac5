//! A script drawn as a graph: every step once, and a line wherever the engine goes from one to the other.
//!
//! Positions are pixels; lines have right angles and run from top to bottom. The same script always looks the same.

use super::forwarding::ForwardOutcome;
use crate::{AnswerId, StepId};
use serde::Serialize;
use utoipa::ToSchema;

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
    pub outcome: Option<ForwardOutcome>,
    /// The texts of the answers.
    pub label: String,
    /// The middle of the place that is kept free for the label, or for words about the outcome.
    pub label_at: Option<[i32; 2]>,
    /// It leads to a dead end.
    pub dead: bool,
    /// Its corners, from the box above to the box below.
    pub points: Vec<[i32; 2]>,
}
