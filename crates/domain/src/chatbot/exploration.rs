//! Every place that a run of a script can come to.
//!
//! What matters of the answers given so far is which later steps may still be shown. Places that agree in that are one, and
//! since a run only moves forward, one pass over the steps meets them all.

use super::condition::Conditions;
use super::script::{ANSWERS_MAX, STEPS_MAX, Script, Step, StepKind};
use std::collections::{BTreeMap, HashMap};

/// So many moves are followed before the exploration gives up, after some ten milliseconds.
const MOVES_MAX: usize = 20_000;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Exploration {
    /// Every place was found.
    pub complete: bool,
    /// What each move leads to, with the place of the shortest run that makes it.
    pub moves: BTreeMap<Move, PlaceId>,
    places: Vec<Place>,
    /// By position: the shortest run to the step, and to the step if unanswerable questions could be passed.
    shortest: Vec<[Option<PlaceId>; 2]>,
}

/// From one step to the next; positions count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Move {
    pub from: usize,
    /// The position of the answer, where the step is a question.
    pub answer: Option<usize>,
    /// None: the script is over.
    pub to: Option<usize>,
}

/// Which place.
pub(super) type PlaceId = usize;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    position: usize,
    /// The steps behind it that may still be shown.
    open: Steps,
    /// Only somebody who could pass a question without answers would come here.
    is_behind_unanswerable: bool,
    /// Answers picked and steps shown on the shortest way.
    cost: (usize, usize),
    /// The place before, and the answer picked there.
    before: Option<(PlaceId, Option<usize>)>,
}

impl Exploration {
    pub fn of(script: &Script) -> Self {
        if script.steps.is_empty() {
            return Self { complete: true, ..Self::default() };
        }
        if script.steps.len() > STEPS_MAX || script.steps.iter().any(has_too_many_answers) {
            return Self::default();
        }
        Explorer::new(script).explore()
    }

    /// The shortest run that shows the step at `position`.
    pub fn place_of(&self, position: usize) -> Option<PlaceId> {
        self.shortest.get(position)?[0]
    }

    /// The step would be shown if the questions without answers before it had some.
    pub fn is_blocked(&self, position: usize) -> bool {
        self.shortest.get(position).is_some_and(|it| it[0].is_none() && it[1].is_some())
    }

    /// The places of the shortest run to this one, as positions with the answer that was picked there.
    pub fn path(&self, place: PlaceId) -> Vec<(usize, Option<usize>)> {
        let mut path = vec![(self.places[place].position, None)];
        let mut before = self.places[place].before;
        while let Some((place, answer)) = before {
            path.push((self.places[place].position, answer));
            before = self.places[place].before;
        }
        path.reverse();
        path
    }

    /// The shortest run to the question without answers that keeps visitors from the step at `position`.
    pub fn path_to_block(&self, position: usize) -> Vec<(usize, Option<usize>)> {
        let mut place = self.shortest.get(position).and_then(|it| it[1]);
        while let Some(id) = place.filter(|id| self.places[*id].is_behind_unanswerable) {
            place = self.places[id].before.map(|(before, _)| before);
        }
        place.map(|id| self.path(id)).unwrap_or_default()
    }
}

fn has_too_many_answers(step: &Step) -> bool {
    step.answers.len() > ANSWERS_MAX
}

struct Explorer<'a> {
    script: &'a Script,
    effects: Effects,
    found: Exploration,
    /// By position: the places there.
    known: Vec<HashMap<(Steps, bool), PlaceId>>,
    followed: usize,
}

impl<'a> Explorer<'a> {
    fn new(script: &'a Script) -> Self {
        let steps = script.steps.len();
        let found = Exploration {
            complete: true,
            shortest: vec![[None; 2]; steps],
            ..Exploration::default()
        };
        let known = vec![HashMap::new(); steps];
        Self { script, effects: Effects::of(script), found, known, followed: 0 }
    }

    fn explore(mut self) -> Exploration {
        let open = self.effects.open_at_first;
        self.reach(Place {
            position: 0,
            open: open.after(0),
            is_behind_unanswerable: false,
            cost: (0, 0),
            before: None,
        });
        for position in 0..self.script.steps.len() {
            let mut here: Vec<_> = self.known[position].values().copied().collect();
            here.sort_unstable();
            for place in here {
                if self.followed > MOVES_MAX {
                    self.found.complete = false;
                    return self.found;
                }
                self.leave(place);
            }
        }
        self.found
    }

    /// Notes a place, or a shorter way to one that is known.
    fn reach(&mut self, place: Place) {
        let key = (place.open, place.is_behind_unanswerable);
        let (position, blocked) = (place.position, usize::from(place.is_behind_unanswerable));
        let places = &mut self.found.places;
        let id = *self.known[position].entry(key).or_insert(places.len());
        match places.get_mut(id) {
            Some(known) if known.cost > place.cost => *known = place,
            Some(_) => {}
            None => places.push(place),
        }
        let shortest = &mut self.found.shortest[position][blocked];
        if shortest.is_none_or(|it| places[it].cost > places[id].cost) {
            *shortest = Some(id);
        }
    }

    /// Follows every move from a place.
    fn leave(&mut self, id: PlaceId) {
        let position = self.found.places[id].position;
        let step = &self.script.steps[position];
        if step.kind != StepKind::Question {
            return self.follow(id, None, Steps::default(), false);
        }
        if step.answers.is_empty() {
            return self.follow(id, None, Steps::default(), true);
        }
        for answer in 0..step.answers.len() {
            let closed = self.effects.closed_by[position][answer];
            self.follow(id, Some(answer), closed, false);
        }
    }

    fn follow(&mut self, id: PlaceId, answer: Option<usize>, closed: Steps, passes_block: bool) {
        self.followed += 1;
        let place = &self.found.places[id];
        let (from, (picks, shown)) = (place.position, place.cost);
        let blocked = place.is_behind_unanswerable || passes_block;
        let next = self.effects.next(place.open.without(closed), from);
        if !blocked {
            let to = next.map(|(to, _)| to);
            self.note(Move { from, answer, to }, id);
        }
        if let Some((to, open)) = next {
            self.reach(Place {
                position: to,
                open,
                is_behind_unanswerable: blocked,
                cost: (picks + usize::from(answer.is_some()), shown + 1),
                before: Some((id, answer)),
            });
        }
    }

    fn note(&mut self, made: Move, id: PlaceId) {
        let places = &self.found.places;
        let shortest = self.found.moves.entry(made).or_insert(id);
        if places[*shortest].cost > places[id].cost {
            *shortest = id;
        }
    }
}

/// What answering or passing a question means for the steps behind it.
struct Effects {
    /// Steps that some answers allow; the others can never be shown.
    open_at_first: Steps,
    /// By position of the question and of its answer: the steps that it rules out.
    closed_by: Vec<Vec<Steps>>,
    /// By position: the steps that are ruled out when this one is not shown.
    closed_without: Vec<Steps>,
}

impl Effects {
    fn of(script: &Script) -> Self {
        let conditions = Conditions::of(script);
        let steps = &script.steps;
        let mut effects = Self {
            open_at_first: Steps::default(),
            closed_by: steps.iter().map(|it| vec![Steps::default(); it.answers.len()]).collect(),
            closed_without: vec![Steps::default(); steps.len()],
        };
        for position in 0..steps.len() {
            effects.note(script, &conditions, position);
        }
        // Welcome steps are shown whatever their conditions.
        (0..script.welcome_steps().len()).for_each(|at| effects.open_at_first.insert(at));
        effects
    }

    fn note(&mut self, script: &Script, conditions: &Conditions<'_>, position: usize) {
        let groups = conditions.groups(position);
        if groups.iter().all(|group| group.question.is_some_and(|it| it < position)) {
            self.open_at_first.insert(position);
        }
        for (question, group) in groups.iter().filter_map(|it| it.question.map(|at| (at, it))) {
            self.closed_without[question].insert(position);
            for (at, answer) in script.steps[question].answers.iter().enumerate() {
                if !group.answers.contains(&&answer.id) {
                    self.closed_by[question][at].insert(position);
                }
            }
        }
    }

    /// The step that follows the one at `position`, and what is open behind it.
    fn next(&self, mut open: Steps, position: usize) -> Option<(usize, Steps)> {
        for at in position + 1..self.closed_without.len() {
            if open.contains(at) {
                return Some((at, open.after(at)));
            }
            open = open.without(self.closed_without[at]);
        }
        None
    }
}

/// A set of positions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Steps([u64; STEPS_MAX.div_ceil(64)]);

impl Steps {
    const fn contains(self, position: usize) -> bool {
        self.0[position / 64] >> (position % 64) & 1 == 1
    }

    const fn insert(&mut self, position: usize) {
        self.0[position / 64] |= 1 << (position % 64);
    }

    fn without(self, others: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & !others.0[word]))
    }

    /// Those behind `position`: the others do not matter any more.
    fn after(self, position: usize) -> Self {
        let whole = |word: usize| match word.cmp(&(position / 64)) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => (u64::MAX << (position % 64)) << 1,
            std::cmp::Ordering::Greater => u64::MAX,
        };
        Self(std::array::from_fn(|word| self.0[word] & whole(word)))
    }
}
