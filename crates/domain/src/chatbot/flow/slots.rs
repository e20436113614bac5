//! Where boxes, labels and lines stand beside each other: ranks of slots, each slot below one of those above it.
//!
//! Boxes are on even ranks and labels on odd ones. A line that passes a rank has a slot there as well, so that it never
//! crosses a box; lines to the same box share it.

use super::graph::{Graph, Line};
use std::collections::HashMap;

/// A place on a rank.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub rank: usize,
    pub width: i32,
    /// The slot above that this one hangs from.
    pub parent: Option<SlotId>,
    /// The slots below that hang from this one, from left to right.
    pub children: Vec<SlotId>,
    /// The first child stands below it, and not the middle of all.
    pub leans_left: bool,
}

pub(super) type SlotId = usize;

/// All places and what runs through them.
pub(super) struct Slots {
    pub all: Vec<Slot>,
    /// The slot of each box that is drawn among the ranks.
    pub of_box: HashMap<usize, SlotId>,
    /// The slots that each line runs through, those of its boxes included.
    pub of_line: Vec<Vec<SlotId>>,
    /// The slot of each line's label, where it has one.
    pub label_of_line: Vec<Option<SlotId>>,
    pub ranks: usize,
    passing: HashMap<(usize, usize), SlotId>,
}

/// The usual width of a box, in pixels.
pub(super) const BOX_WIDTH: i32 = 136;
/// The width of a box above the first branches.
const TRUNK_WIDTH: i32 = 180;
/// What a line takes of a rank that it passes.
const PASSING_WIDTH: i32 = 8;
/// The words about a forward's outcome, in any language.
const OUTCOME_WIDTH: i32 = 104;
/// A letter of a label, as guessed: fonts differ.
const LETTER_WIDTH: i32 = 7;

impl Slots {
    pub fn of(graph: &Graph) -> Self {
        let mut slots = Self {
            all: Vec::new(),
            of_box: HashMap::new(),
            of_line: Vec::new(),
            label_of_line: Vec::new(),
            ranks: 0,
            passing: HashMap::new(),
        };
        for (number, depth) in graph.boxes.iter().map(|it| it.depth).enumerate() {
            if let Some(depth) = depth {
                let slot = slots.add(2 * depth, BOX_WIDTH);
                slots.of_box.insert(number, slot);
            }
        }
        for line in &graph.lines {
            let through = slots.run(line);
            // Where nobody is free the script goes on: straight down, and somebody free is a way out of it.
            slots.all[through[0]].leans_left |= line.outcome.is_some();
            slots.label_of_line.push(line.is_labelled().then(|| through[1]));
            slots.of_line.push(through);
        }
        slots.ranks = slots.all.iter().map(|slot| slot.rank + 1).max().unwrap_or(0);
        slots.hang();
        slots.widen_trunk();
        slots
    }

    fn add(&mut self, rank: usize, width: i32) -> SlotId {
        self.all.push(Slot { rank, width, parent: None, children: Vec::new(), leans_left: false });
        self.all.len() - 1
    }

    /// The slots of a line: its label's own, then those that all lines to the same box share.
    fn run(&mut self, line: &Line) -> Vec<SlotId> {
        let (from, to) = (self.of_box[&line.from], self.of_box[&line.to]);
        let (mut rank, last) = (self.all[from].rank + 1, self.all[to].rank);
        let mut through = vec![from];
        if line.is_labelled() {
            through.push(self.add(rank, label_width(line)));
            rank += 1;
        }
        while rank < last {
            through.push(self.pass(line.to, rank));
            rank += 1;
        }
        through.push(to);
        through
    }

    fn pass(&mut self, to: usize, rank: usize) -> SlotId {
        match self.passing.get(&(to, rank)) {
            Some(slot) => *slot,
            None => {
                let slot = self.add(rank, PASSING_WIDTH);
                self.passing.insert((to, rank), slot);
                slot
            }
        }
    }

    /// Hangs each slot from the middle one of those that lead to it, rank by rank, so that lines rarely cross.
    fn hang(&mut self) {
        let above = self.above();
        // Where a slot stands on its rank, once that is known.
        let mut place = vec![0; self.all.len()];
        for mut rank in self.by_rank() {
            for id in &rank {
                let mut parents = above[*id].clone();
                parents.sort_by_key(|parent| place[*parent]);
                let middle = parents.get(parents.len().saturating_sub(1) / 2).copied();
                self.all[*id].parent = middle;
                middle.into_iter().for_each(|parent| self.all[parent].children.push(*id));
            }
            rank.sort_by_key(|id| self.all[*id].parent.map(|parent| place[parent]));
            rank.into_iter().zip(0..).for_each(|(id, at)| place[id] = at);
        }
    }

    fn by_rank(&self) -> Vec<Vec<SlotId>> {
        let mut ranks = vec![Vec::new(); self.ranks];
        for (id, slot) in self.all.iter().enumerate() {
            ranks[slot.rank].push(id);
        }
        ranks
    }

    /// The slots on the rank above that lead to each slot.
    fn above(&self) -> Vec<Vec<SlotId>> {
        let mut above: Vec<Vec<SlotId>> = vec![Vec::new(); self.all.len()];
        for (from, to) in self.of_line.iter().flat_map(|it| it.iter().zip(&it[1..])) {
            if !above[*to].contains(from) {
                above[*to].push(*from);
            }
        }
        above
    }

    /// The trunk, above the first branches, has room.
    fn widen_trunk(&mut self) {
        let trunk = self.by_rank().into_iter().take_while(|rank| rank.len() == 1).flatten();
        for id in trunk.collect::<Vec<_>>() {
            if self.all[id].rank.is_multiple_of(2) {
                self.all[id].width = TRUNK_WIDTH;
            }
        }
    }
}

fn label_width(line: &Line) -> i32 {
    if line.outcome.is_some() {
        return OUTCOME_WIDTH;
    }
    let letters = i32::try_from(line.label.chars().count()).unwrap_or(i32::MAX);
    letters.saturating_mul(LETTER_WIDTH).saturating_add(PASSING_WIDTH).clamp(24, BOX_WIDTH)
}
