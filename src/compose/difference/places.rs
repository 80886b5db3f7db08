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
            let moved = with_place(&statements, kept, mover, order.neighbour(kept, beside, anchor));
            order.standing(&moved).map(|standing| (inversions(&standing), standing, moved))
        });
        match tried.min_by_key(|(count, ..)| *count).filter(|(count, ..)| *count < left) {
            Some((count, now, moved)) => (left, standing, statements) = (count, now, moved),
            None => break,
        }
    }
    Some((left, statements))
}

/// Each section in the order in which moves are made, if it stands the wrong way round to a table, or to one before it in
/// that order: it moves beside the nearest of those, or one of those moves beside it, as where it stands within that.
fn in_turn(order: &Order<'_, '_>, kept: &Kept<'_>, mut statements: Vec<SectionStatement>) -> Stated {
    let mut standing = order.standing(&statements)?;
    let is_table = |at: &usize| matches!(order.wanted[*at], Part::Matrix(_));
    let mut settled: BTreeSet<usize> = (0..order.wanted.len()).filter(is_table).collect();
    for at in order.in_turn(kept) {
        let before = settled.range(..at).next_back().map(|near| (at, Beside::After, *near));
        let next = settled.range(at..).next().map(|near| (at, Beside::Before, *near));
        let others = order.wrong_way_round(&standing, at).into_iter().filter(|other| settled.contains(other));
        let others = others.map(|other| (other, if other < at { Beside::Before } else { Beside::After }, at));
        let moves: Vec<_> = next.into_iter().chain(before).chain(others).collect();
        settled.insert(at);
        let wrong = |standing: &[usize]| {
            inversions(&standing.iter().copied().filter(|place| settled.contains(place)).collect::<Vec<_>>())
        };
        let least = wrong(&standing);
        if least == 0 {
            continue;
        }
        let tried = moves.into_iter().filter_map(|(mover, beside, anchor)| {
            let neighbour = order.neighbour(kept, beside, order.wanted[anchor]);
            let moved = with_place(&statements, kept, order.section(mover)?, neighbour);
            order.standing(&moved).map(|standing| (wrong(&standing), standing, moved))
        });
        if let Some((_, now, moved)) = tried.min_by_key(|(wrong, ..)| *wrong).filter(|(wrong, ..)| *wrong < least) {
            (standing, statements) = (now, moved);
        }
    }
    Some((inversions(&standing), statements))
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

    /// The parts that stand the wrong way round to one.
    fn wrong_way_round(&self, standing: &[usize], part: usize) -> Vec<usize> {
        let Some(there) = standing.iter().position(|place| *place == part) else { return Vec::new() };
        let is_wrong = |(at, place): &(usize, &usize)| (*at < there) != (**place < part) && **place != part;
        standing.iter().enumerate().filter(is_wrong).map(|(_, place)| *place).collect()
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

    /// Beside a part, as the base knows it: what is new by its identity, where its number means another.
    fn neighbour(&self, kept: &Kept<'_>, beside: Beside, part: &Part) -> Neighbour {
        let is_taken = |number: &str| self.trial.base.section_numbered(number).is_some();
        let section = match part {
            Part::Section(section) => section,
            Part::Matrix(matrix) => return Neighbour::of_table(beside, matrix.number.value.clone().into()),
        };
        let key = match kept.in_base(section) {
            Some(known) => &known.number.value,
            None if is_taken(&section.number) => &section.id,
            None => &section.number.value,
        };
        Neighbour::new(beside, key.clone().into())
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

/// Statements of which that of a section says where it stands.
fn with_place(
    statements: &[SectionStatement],
    kept: &Kept<'_>,
    section: &Section,
    to: Neighbour,
) -> Vec<SectionStatement> {
    let mut statements = statements.to_vec();
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
    statements
}
