//! Where sections stand that don't stand in the order of their numbers.

use super::Trial;
use super::sections::{Kept, named, number};
use crate::model::{Beside, Neighbour, Number, Part, Section, SectionStatement, Version, natural};
use std::collections::{BTreeMap, BTreeSet};

/// States it, in the plainest way that brings all parts to their places. Says how many pairs stand the wrong way round after
/// all.
pub(super) fn state(order: &Order<'_, '_>, kept: &Kept<'_>, statements: &mut Vec<SectionStatement>) -> usize {
    let mut least = usize::MAX;
    let unplaced = statements.clone();
    for way in [beside_sections, beside_any, in_turn] {
        if least == 0 {
            break;
        }
        if let Some((left, placed)) = way(order, kept, unplaced.clone()).filter(|(left, _)| *left < least) {
            (least, *statements) = (left, placed);
        }
    }
    least
}

/// Statements with places, and how many pairs stand the wrong way round by them.
type Stated = Option<(usize, Vec<SectionStatement>)>;

fn beside_sections(order: &Order<'_, '_>, kept: &Kept<'_>, statements: Vec<SectionStatement>) -> Stated {
    nearer(order, kept, statements, false)
}

fn beside_any(order: &Order<'_, '_>, kept: &Kept<'_>, statements: Vec<SectionStatement>) -> Stated {
    nearer(order, kept, statements, true)
}

/// Of all moves that bring parts nearer to their order, always the one that does most.
fn nearer(order: &Order<'_, '_>, kept: &Kept<'_>, mut statements: Vec<SectionStatement>, any: bool) -> Stated {
    let mut standing = order.standing(&statements)?;
    let mut left = inversions(&standing);
    while left > 0 {
        let tried = order.moves(&standing, any).into_iter().filter_map(|(mover, beside, anchor)| {
            let mut moved = statements.clone();
            place(&mut moved, kept, mover, order.neighbour(kept, beside, anchor)?);
            order.standing(&moved).map(|standing| (inversions(&standing), standing, moved))
        });
        match tried.min_by_key(|(count, ..)| *count).filter(|(count, ..)| *count < left) {
            Some((count, now, moved)) => (left, standing, statements) = (count, now, moved),
            None => break,
        }
    }
    Some((left, statements))
}

/// Each section in the order in which moves are made, beside the nearest of those before it in that order: since what has a
/// place goes with no other, each comes to its own. Then without the places on which nothing hangs.
fn in_turn(order: &Order<'_, '_>, kept: &Kept<'_>, statements: Vec<SectionStatement>) -> Stated {
    let is_table = |at: &usize| matches!(order.wanted[*at], Part::Matrix(_));
    let mut settled: BTreeSet<usize> = (0..order.wanted.len()).filter(is_table).collect();
    let mut places: Vec<(&Section, Neighbour)> = Vec::new();
    for at in order.in_turn(kept) {
        let next = settled.range(at..).find_map(|near| order.neighbour(kept, Beside::Before, order.wanted[*near]));
        let before =
            || settled.range(..at).rev().find_map(|near| order.neighbour(kept, Beside::After, order.wanted[*near]));
        places.extend(order.section(at).zip(next.or_else(before)));
        settled.insert(at);
    }
    let stated = |places: &[(&Section, Neighbour)]| {
        let mut statements = statements.clone();
        places.iter().for_each(|(section, to)| place(&mut statements, kept, section, to.clone()));
        order.standing(&statements).map(|standing| (inversions(&standing), statements))
    };
    let mut found = stated(&places)?;
    for at in (0..places.len()).rev() {
        let place = places.remove(at);
        match stated(&places).filter(|(left, _)| *left <= found.0) {
            Some(without) => found = without,
            None => places.insert(at, place),
        }
    }
    Some(found)
}

/// How many pairs stand the wrong way round.
fn inversions(standing: &[usize]) -> usize {
    let behind = |(at, place): (usize, &usize)| standing[at + 1..].iter().filter(|other| *other < place).count();
    standing.iter().enumerate().map(behind).sum()
}

/// The order in which parts shall stand.
pub(super) struct Order<'t, 'v> {
    trial: &'t Trial<'v>,
    wanted: Vec<&'v Part>,
    places: BTreeMap<(bool, &'v str), usize>,
}

fn name(part: &Part) -> (bool, &str) {
    (matches!(part, Part::Matrix(_)), part.number())
}

impl<'t, 'v> Order<'t, 'v> {
    pub fn of(trial: &'t Trial<'v>) -> Self {
        // Tables stay where they are, so that what moves is told by them too.
        let there: BTreeSet<_> = trial.base.parts.iter().map(name).collect();
        let counts = |part: &&Part| matches!(part, Part::Section(_)) || there.contains(&name(part));
        let wanted: Vec<&Part> = trial.target.parts.iter().filter(counts).collect();
        let places = wanted.iter().enumerate().map(|(at, part)| (name(part), at)).collect();
        Self { trial, wanted, places }
    }

    /// How parts stand once statements are laid over the base: the place that each shall have.
    fn standing(&self, statements: &[SectionStatement]) -> Option<Vec<usize>> {
        Some(self.places(&self.trial.laid(statements.to_vec())?))
    }

    fn places(&self, made: &Version) -> Vec<usize> {
        made.parts.iter().filter_map(|part| self.places.get(&name(part)).copied()).collect()
    }

    /// How many pairs of parts stand the wrong way round.
    pub fn inversions(&self, made: &Version) -> usize {
        inversions(&self.places(made))
    }

    fn section(&self, at: usize) -> Option<&'v Section> {
        match self.wanted.get(at) {
            Some(Part::Section(section)) => Some(section),
            _ => None,
        }
    }

    /// The sections in the order in which their moves are made: what is new, and then what the base has.
    fn in_turn(&self, kept: &Kept<'_>) -> Vec<usize> {
        let turn = |at: usize| {
            let section = self.section(at)?;
            let known = kept.in_base(section);
            Some((known.is_some(), &known.unwrap_or(section).number.value, at))
        };
        let mut turns: Vec<_> = (0..self.wanted.len()).filter_map(turn).collect();
        turns.sort_by(|a, b| a.0.cmp(&b.0).then(natural(a.1, b.1)));
        turns.into_iter().map(|(.., at)| at).collect()
    }

    /// Beside a part, as the base knows it: what is new by its identity, where its number means another; not, if that means
    /// another too.
    fn neighbour(&self, kept: &Kept<'_>, beside: Beside, part: &Part) -> Option<Neighbour> {
        let section = match part {
            Part::Section(section) => section,
            Part::Matrix(matrix) => return Some(Neighbour::of_table(beside, matrix.number.value.clone().into())),
        };
        let is_free = |name: &str| kept.numbered(name).is_none();
        let is_new = |name: &str| self.trial.target.section_numbered(name).is_some();
        let key = match kept.in_base(section) {
            Some(known) => &known.number.value,
            None if is_free(&section.number) => &section.number.value,
            None if is_free(&section.id) && !is_new(&section.id) => &section.id,
            None => return None,
        };
        Some(Neighbour::new(beside, key.clone().into()))
    }

    /// What could move, and beside which section, or which part if it may be `any`: the parts that stand the wrong way round
    /// to another, and the sections that they stand in.
    fn moves(&self, standing: &[usize], any: bool) -> Vec<(&'v Section, Beside, &'v Part)> {
        let is_wrong = |(at, place): (usize, &usize)| {
            let is_behind = standing[..at].iter().any(|other| other > place);
            (is_behind || standing[at + 1..].iter().any(|other| other < place)).then_some(*place)
        };
        let wrong = standing.iter().enumerate().filter_map(is_wrong);
        let out: Vec<Number> = wrong.filter_map(|place| Number::parse(self.wanted[place].number())).collect();
        let mut moves = Vec::new();
        for at in 0..self.wanted.len() {
            let Some((mover, root)) = self.section(at).and_then(|it| Some((it, number(it)?))) else { continue };
            if !out.iter().any(|out| out.is_within(&root)) {
                continue;
            }
            // Nothing moves beside what moves with it.
            let is_beside = |part: &&&Part| match part {
                Part::Section(other) => number(other).is_some_and(|other| !other.is_within(&root)),
                Part::Matrix(_) => any,
            };
            let before = self.wanted[..at].iter().rev().find(is_beside);
            let next = self.wanted[at + 1..].iter().find(is_beside);
            moves.extend(before.map(|before| (mover, Beside::After, *before)));
            moves.extend(next.map(|next| (mover, Beside::Before, *next)));
        }
        moves
    }
}

/// Says of a section where it stands.
fn place(statements: &mut Vec<SectionStatement>, kept: &Kept<'_>, section: &Section, to: Neighbour) {
    let known = kept.in_base(section);
    let is_it = |it: &&mut SectionStatement| match known {
        Some(known) => !it.insert && it.number == known.number,
        None => it.insert && it.number == section.number,
    };
    match (statements.iter_mut().find(is_it), known) {
        (Some(statement), _) => statement.place = Some(to),
        (None, Some(known)) => statements.push(SectionStatement { place: Some(to), ..named(known) }),
        (None, None) => {}
    }
}
