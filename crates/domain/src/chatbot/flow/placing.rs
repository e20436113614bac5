//! How far to the right each slot stands: as far to the left as the branches beside it allow.

use super::slots::{Slot, SlotId, Slots};

/// Between two slots of a rank, in pixels.
const GAP: i32 = 16;

/// The left and right edge that a branch takes on each of its ranks, from the lowest to that of its first slot, which is
/// where it grows.
#[derive(Clone, Default)]
struct Outline {
    ranks: Vec<(i32, i32)>,
    /// To be added to each edge: so a branch is moved without touching it.
    shift: i32,
}

/// The middle of each slot.
pub(super) fn middles(slots: &Slots) -> Vec<i32> {
    let mut downwards: Vec<SlotId> = (0..slots.all.len()).collect();
    downwards.sort_by_key(|id| slots.all[*id].rank);
    let mut branches = Branches {
        offsets: vec![0; slots.all.len()],
        outlines: vec![Outline::default(); slots.all.len()],
    };
    for id in downwards.iter().rev() {
        branches.join(&slots.all[*id], *id);
    }
    let mut middles = branches.offsets;
    for id in downwards {
        let parent = slots.all[id].parent.map_or(0, |parent| middles[parent]);
        middles[id] += parent;
    }
    from_zero(slots, middles)
}

fn from_zero(slots: &Slots, mut middles: Vec<i32>) -> Vec<i32> {
    let lefts = middles.iter().zip(&slots.all).map(|(middle, slot)| middle - slot.width / 2);
    let left = lefts.min().unwrap_or(0);
    middles.iter_mut().for_each(|middle| *middle -= left);
    middles
}

struct Branches {
    /// How far right of its parent each slot stands.
    offsets: Vec<i32>,
    /// What each slot's branch takes, seen from the slot; taken away once it is part of the branch above.
    outlines: Vec<Outline>,
}

impl Branches {
    /// Puts the branches below a slot side by side, and the slot above them.
    fn join(&mut self, slot: &Slot, id: SlotId) {
        let mut outline = Outline::default();
        for child in &slot.children {
            let mut branch = std::mem::take(&mut self.outlines[*child]);
            let offset = outline.room_for(&branch);
            branch.shift += offset;
            self.offsets[*child] = offset;
            outline = outline.beside(branch);
        }
        let middle = self.middle(slot);
        slot.children.iter().for_each(|child| self.offsets[*child] -= middle);
        outline.shift -= middle;
        outline.grow(slot.width);
        self.outlines[id] = outline;
    }

    fn middle(&self, slot: &Slot) -> i32 {
        let [Some(first), Some(last)] = [slot.children.first(), slot.children.last()] else {
            return 0;
        };
        if slot.leans_left {
            return self.offsets[*first];
        }
        i32::midpoint(self.offsets[*first], self.offsets[*last])
    }
}

impl Outline {
    /// The edges from the first slot's rank downwards.
    fn downwards(&self) -> impl Iterator<Item = (i32, i32)> {
        self.ranks.iter().rev().map(|(left, right)| (left + self.shift, right + self.shift))
    }

    /// How far to the right of where it is a branch must stand beside this one.
    fn room_for(&self, branch: &Self) -> i32 {
        let pairs = self.downwards().zip(branch.downwards());
        let needed = pairs.map(|((_, right), (left, _))| right + GAP - left);
        needed.max().unwrap_or(0)
    }

    /// Both, of which the other is on the right. Only as many ranks are touched as both have.
    fn beside(mut self, mut right: Self) -> Self {
        let shared = self.ranks.len().min(right.ranks.len());
        let (from, to) = (self.ranks.len() - shared, right.ranks.len() - shared);
        let apart = right.shift - self.shift;
        for (ours, theirs) in self.ranks[from..].iter_mut().zip(&mut right.ranks[to..]) {
            ours.1 = theirs.1 + apart;
            theirs.0 = ours.0 - apart;
        }
        if self.ranks.len() > right.ranks.len() { self } else { right }
    }

    /// One more rank, with the slot above all others, which stands at 0.
    fn grow(&mut self, width: i32) {
        let left = -(width / 2);
        self.ranks.push((left - self.shift, left + width - self.shift));
    }
}
