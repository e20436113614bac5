//! What is to be drawn: a box for each step and each end, a line for each way between them.

use super::{FlowNodeKind, ForwardOutcome};
use crate::AnswerId;
use crate::chatbot::exploration::{Exploration, Move};
use crate::chatbot::script::{Answer, Script, Step, StepKind};

/// Boxes and lines; both are named by their place in these lists.
pub(super) struct Graph {
    /// The steps by their positions, then the ends.
    pub boxes: Vec<GraphBox>,
    pub lines: Vec<Line>,
}

pub(super) struct GraphBox {
    pub key: String,
    pub kind: FlowNodeKind,
    /// The depth below the first step; none: no line leads here.
    pub depth: Option<usize>,
}

pub(super) struct Line {
    pub from: usize,
    pub to: usize,
    pub answers: Vec<AnswerId>,
    pub outcome: Option<ForwardOutcome>,
    pub label: String,
}

impl Line {
    pub const fn is_labelled(&self) -> bool {
        !self.label.is_empty() || self.outcome.is_some()
    }
}

impl Graph {
    pub fn of(script: &Script, exploration: &Exploration) -> Self {
        let boxes = script.steps.iter().map(|step| GraphBox::new(step.id.to_string(), kind(step)));
        let mut graph = Self { boxes: boxes.collect(), lines: Vec::new() };
        if let Some(first) = graph.boxes.first_mut() {
            first.depth = Some(0);
        }
        for made in exploration.moves.keys() {
            graph.follow(&script.steps[made.from], *made);
        }
        for (position, step) in script.steps.iter().enumerate() {
            if step.kind == StepKind::Forward && exploration.place_of(position).is_some() {
                let operator = graph.end("operator", step.id.0, FlowNodeKind::Operator);
                graph.connect(position, operator, None, Some(ForwardOutcome::Found));
            }
        }
        // Steps have the order in which they can follow each other, and so have lines.
        graph.lines.sort_by_key(|line| line.from);
        graph.measure();
        graph
    }

    fn follow(&mut self, step: &Step, made: Move) {
        let answer = made.answer.map(|at| &step.answers[at]);
        let outcome = (step.kind == StepKind::Forward).then_some(ForwardOutcome::NotFound);
        let to = match (made.to, answer) {
            (Some(to), _) => to,
            (None, Some(answer)) if !answer.link.is_empty() => {
                self.end("link", answer.id.0, FlowNodeKind::Link)
            }
            (None, Some(_)) => self.end("dead_end", step.id.0, FlowNodeKind::DeadEnd),
            (None, None) if outcome.is_some() => {
                self.end("dead_end", step.id.0, FlowNodeKind::DeadEnd)
            }
            // Any other step may be the last.
            (None, None) => return,
        };
        self.connect(made.from, to, answer, outcome);
    }

    fn end(&mut self, name: &str, id: i64, kind: FlowNodeKind) -> usize {
        let key = format!("{name}-{id}");
        self.boxes.iter().position(|it| it.key == key).unwrap_or_else(|| {
            self.boxes.push(GraphBox::new(key, kind));
            self.boxes.len() - 1
        })
    }

    /// Answers that lead to the same box share a line.
    fn connect(
        &mut self,
        from: usize,
        to: usize,
        answer: Option<&Answer>,
        outcome: Option<ForwardOutcome>,
    ) {
        let known = self.lines.iter_mut().rev().find(|line| (line.from, line.to) == (from, to));
        match (known, answer) {
            (Some(line), Some(answer)) => {
                line.answers.push(answer.id);
                line.label = format!("{}, {}", line.label, answer.text);
            }
            (Some(_), None) => {}
            (None, _) => self.lines.push(Line {
                from,
                to,
                answers: answer.map(|it| it.id).into_iter().collect(),
                outcome,
                label: answer.map(|it| it.text.clone()).unwrap_or_default(),
            }),
        }
    }

    /// A box stands below all that lead to it.
    fn measure(&mut self) {
        for line in &self.lines {
            let below = self.boxes[line.from].depth.map(|depth| depth + 1);
            self.boxes[line.to].depth = self.boxes[line.to].depth.max(below);
        }
    }
}

impl GraphBox {
    const fn new(key: String, kind: FlowNodeKind) -> Self {
        Self { key, kind, depth: None }
    }
}

const fn kind(step: &Step) -> FlowNodeKind {
    match step.kind {
        StepKind::Text => FlowNodeKind::Text,
        StepKind::Question => FlowNodeKind::Question,
        StepKind::Email => FlowNodeKind::Email,
        StepKind::Phone => FlowNodeKind::Phone,
        StepKind::Forward => FlowNodeKind::Forward,
        StepKind::FreeInput => FlowNodeKind::FreeInput,
        StepKind::FreeInputMulti => FlowNodeKind::FreeInputMulti,
    }
}
