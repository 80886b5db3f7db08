//! Where sections stand that don't stand in the order of their numbers.

use super::Trial;
use super::sections::{Kept, named, number};
use crate::model::{Beside, Neighbour, Number, Part, Section, SectionStatement, Version};
use std::collections::{BTreeMap, BTreeSet};

/// States it: of all moves that bring parts nearer to their order, always the one that does most. Says how many pairs stand
/// the wrong way round after all.
pub(super) fn state(order: &Order<'_, '_>, kept: &Kept<'_>, statements: &mut Vec<SectionStatement>) -> usize {
    let Some(mut standing) = order.standing(statements) else { return usize::MAX };
    let mut left = inversions(&standing);
    while left > 0 {
        let tried = order.moves(&standing).into_iter().filter_map(|(mover, beside, anchor)| {
            let key = kept.in_base(anchor).unwrap_or(anchor).number.value.clone().into();
            let moved = with_place(statements, kept, mover, Neighbour { beside, key });
            order.standing(&moved).map(|standing| (inversions(&standing), standing, moved))
        });
        match tried.min_by_key(|(count, ..)| *count).filter(|(count, ..)| *count < left) {
            Some((count, now, moved)) => (left, standing, *statements) = (count, now, moved),
            None => return left,
        }
    }
    left
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

    /// What could move, and beside what: the parts that stand the wrong way round to another, and the sections that they
    /// stand in.
    fn moves(&self, standing: &[usize]) -> Vec<(&'v Section, Beside, &'v Section)> {
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
            let is_beside = |other: &&Section| number(other).is_some_and(|other| !other.is_within(&root));
            let before = (0..at).rev().filter_map(|at| self.section(at)).find(is_beside);
            let next = (at + 1..self.wanted.len()).filter_map(|at| self.section(at)).find(is_beside);
            moves.extend(before.map(|before| (mover, Beside::After, before)));
            moves.extend(next.map(|next| (mover, Beside::Before, next)));
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
