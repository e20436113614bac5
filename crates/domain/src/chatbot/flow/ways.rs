//! How far down each rank stands, and where lines turn between two ranks.

use super::placing::middles;
use super::slots::{SlotId, Slots};
use std::collections::{BTreeMap, BTreeSet};

/// The height of a box, in pixels.
pub(super) const BOX_HEIGHT: i32 = 48;
/// The height of a rank with labels.
const LABEL_HEIGHT: i32 = 20;
/// Between two ranks whose lines all run straight down.
const STRAIGHT_GAP: i32 = 22;
/// Between two ranks with lines that turn.
const TURNING_GAP: i32 = 28;
/// Between two horizontal lines.
const TRACK_GAP: i32 = 10;

/// From a slot to one on the rank below.
type Way = (SlotId, SlotId);

/// Where everything stands.
pub(super) struct Ways {
    middles: Vec<i32>,
    /// The upper edge of each rank.
    tops: Vec<i32>,
    heights: Vec<i32>,
    /// The height at which the way from a slot to another turns.
    turns: BTreeMap<Way, i32>,
}

impl Ways {
    pub fn of(slots: &Slots) -> Self {
        let heights = heights(slots);
        let mut ways =
            Self { middles: middles(slots), tops: Vec::new(), heights, turns: BTreeMap::new() };
        let mut top = 0;
        for (rank, turning) in ways.turning(slots).into_iter().enumerate() {
            ways.tops.push(top);
            let bottom = top + ways.heights[rank];
            top = bottom + ways.turn(&turning, bottom);
        }
        ways
    }

    pub fn middle(&self, slot: SlotId) -> i32 {
        self.middles[slot]
    }

    pub fn top(&self, rank: usize) -> i32 {
        self.tops[rank]
    }

    /// The middle of a rank.
    pub fn level(&self, rank: usize) -> i32 {
        self.tops[rank] + self.heights[rank] / 2
    }

    /// The lower edge of everything.
    pub fn bottom(&self) -> i32 {
        self.tops.last().zip(self.heights.last()).map_or(0, |(top, height)| top + height)
    }

    /// The corners of a line through these slots.
    pub fn corners(&self, slots: &Slots, through: &[SlotId]) -> Vec<[i32; 2]> {
        let [first, .., last] = through else { return Vec::new() };
        let first_rank = slots.all[*first].rank;
        let mut corners =
            vec![[self.middles[*first], self.tops[first_rank] + self.heights[first_rank]]];
        for pair in through.windows(2) {
            if let Some(turn) = self.turns.get(&(pair[0], pair[1])) {
                corners.push([self.middles[pair[0]], *turn]);
                corners.push([self.middles[pair[1]], *turn]);
            }
        }
        corners.push([self.middles[*last], self.tops[slots.all[*last].rank]]);
        corners
    }

    /// By rank: the ways to the rank below that do not run straight down.
    fn turning(&self, slots: &Slots) -> Vec<BTreeSet<Way>> {
        let mut turning = vec![BTreeSet::new(); slots.ranks];
        for (from, to) in slots.of_line.iter().flat_map(|it| it.iter().zip(&it[1..])) {
            if self.middles[*from] != self.middles[*to] {
                turning[slots.all[*from].rank].insert((*from, *to));
            }
        }
        turning
    }

    /// Gives ways that would lie upon each other heights of their own; the room that they need.
    fn turn(&mut self, turning: &BTreeSet<Way>, bottom: i32) -> i32 {
        let mut tracks: Vec<Vec<(i32, i32)>> = Vec::new();
        for bundle in self.bundles(turning) {
            let ends = bundle.iter().flat_map(|(from, to)| [*from, *to]).map(|it| self.middles[it]);
            let span = (ends.clone().min().unwrap_or(0), ends.max().unwrap_or(0));
            let is_free = |taken: &Vec<(i32, i32)>| taken.iter().all(|it| are_apart(*it, span));
            // Never above a bundle that came before: their ends would lie upon each other.
            let track = tracks.iter().rposition(|it| !is_free(it)).map_or(0, |taken| taken + 1);
            if track == tracks.len() {
                tracks.push(Vec::new());
            }
            tracks[track].push(span);
            let turn = bottom + TURNING_GAP / 2 + offset(track);
            self.turns.extend(bundle.into_iter().map(|way| (way, turn)));
        }
        match tracks.len() {
            0 => STRAIGHT_GAP,
            tracks => TURNING_GAP + offset(tracks - 1),
        }
    }

    /// Ways that may share a height: those from one slot, and those to one slot that have no sisters. In an order in
    /// which the ends of one never lie upon another's beginnings.
    fn bundles(&self, turning: &BTreeSet<Way>) -> Vec<Vec<Way>> {
        let mut bundles: BTreeMap<(bool, SlotId), Vec<Way>> = BTreeMap::new();
        for way in turning {
            let sisters = turning.range((way.0, 0)..=(way.0, SlotId::MAX)).count() > 1;
            let key = if sisters { (true, way.0) } else { (false, way.1) };
            bundles.entry(key).or_default().push(*way);
        }
        let mut bundles: Vec<_> = bundles.into_values().collect();
        bundles.sort_by_key(|bundle| self.order(bundle[0]));
        bundles
    }

    fn order(&self, (from, to): Way) -> (bool, i32) {
        let (from, to) = (self.middles[from], self.middles[to]);
        if to > from { (true, -from) } else { (false, from) }
    }
}

fn heights(slots: &Slots) -> Vec<i32> {
    let mut heights: Vec<i32> =
        (0..slots.ranks).map(|rank| if rank % 2 == 0 { BOX_HEIGHT } else { 0 }).collect();
    for label in slots.label_of_line.iter().flatten() {
        heights[slots.all[*label].rank] = LABEL_HEIGHT;
    }
    heights
}

fn are_apart(one: (i32, i32), other: (i32, i32)) -> bool {
    one.1 < other.0 || other.1 < one.0
}

fn offset(track: usize) -> i32 {
    TRACK_GAP * i32::try_from(track).unwrap_or(i32::MAX / TRACK_GAP)
}
