//! How far to the right each slot stands: as far to the left as the branches beside it allow.

use super::slots::{Slot, SlotId, Slots};

/// Between two slots of a rank, in pixels.
const GAP: i32 = 16;

/// The left and right edge that a branch takes on each of its ranks.
type Outline = Vec<(i32, i32)>;

/// The middle of each slot.
pub(super) fn middles(slots: &Slots) -> Vec<i32> {
    let mut downwards: Vec<SlotId> = (0..slots.all.len()).collect();
    downwards.sort_by_key(|id| slots.all[*id].rank);
    let mut branches = Branches {
        offsets: vec![0; slots.all.len()],
        outlines: vec![Outline::new(); slots.all.len()],
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
        let mut outline = Outline::new();
        for child in &slot.children {
            let branch = std::mem::take(&mut self.outlines[*child]);
            let offset = room(&outline, &branch);
            self.offsets[*child] = offset;
            add(&mut outline, &branch, offset);
        }
        let middle = self.middle(slot);
        slot.children.iter().for_each(|child| self.offsets[*child] -= middle);
        let own = (-(slot.width / 2), slot.width - slot.width / 2);
        let below = outline.into_iter().map(|(left, right)| (left - middle, right - middle));
        self.outlines[id] = std::iter::once(own).chain(below).collect();
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

/// How far to the right a branch must stand of those that are there.
fn room(outline: &Outline, branch: &Outline) -> i32 {
    let needed = outline.iter().zip(branch).map(|((_, right), (left, _))| right + GAP - left);
    needed.max().unwrap_or(0)
}

fn add(outline: &mut Outline, branch: &Outline, offset: i32) {
    for (rank, (left, right)) in branch.iter().enumerate() {
        match outline.get_mut(rank) {
            Some(taken) => taken.1 = right + offset,
            None => outline.push((left + offset, right + offset)),
        }
    }
}
