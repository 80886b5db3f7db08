//! The numbers that sections get in another version: new ones, and those that are numbered anew.

use super::mover::Between;
use crate::compose::numbering::{Newcomer, Numbering, Parent, Seat, compare, seats};
use crate::compose::slots::Slot;
use crate::model::{Number, Section, SectionStatement};
use std::collections::{BTreeMap, BTreeSet};

/// The numbers of sections while a modification is laid over a version: what is deleted closes up, what is inserted
/// moves those behind it on.
#[derive(Clone)]
pub(super) struct Numbers<'v> {
    between: Between<'v>,
    standing: Vec<(String, Number)>,
    /// By the numbers of the base.
    seats: BTreeMap<&'v str, Seat>,
    own: &'v Numbering,
    others: Numbering,
    /// The slots of what is inserted already.
    placed: BTreeMap<String, Slot>,
}

/// What keeps a number from being what its drafter meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Clash {
    /// That section of the other version has it.
    Taken(String),
    /// It is the number of that section of the base, which has gone from it meanwhile: those behind it don't move on,
    /// as they would if it had gone later.
    Left(String),
}

impl<'v> Numbers<'v> {
    /// Those of a version once the deletions among these statements are made.
    pub fn of(between: Between<'v>, own: &'v Numbering, statements: &[SectionStatement]) -> Self {
        let Between { base, onto, slots, .. } = between;
        let (was, is) = (seats(base), seats(onto));
        let mut others = slots.numbering().seen(&was, &is, slots.is_complete());
        if slots.are_of(base) {
            // What is said is surer than what is seen.
            let said = slots.numbering().clone();
            others = Numbering { new: others.new.into_iter().chain(said.new).collect(), ..said };
        }
        let standing = onto.sections().filter_map(|it| Some((it.id.clone(), Number::parse(&it.number)?))).collect();
        let mut numbers = Self { between, standing, seats: was, own, others, placed: BTreeMap::new() };
        for it in statements.iter().filter(|it| it.delete.is_some()) {
            let Some(root) = numbers.now(&it.number) else { continue };
            numbers.standing.retain(|(_, number)| !number.is_within(&root));
            if it.close_up {
                numbers.change(|number| number.shifted(&root, -1));
            }
        }
        numbers
    }

    /// The number of what has a number in the other version.
    fn now(&self, number: &str) -> Option<Number> {
        self.number(&self.between.onto.section_numbered(number)?.id)
    }

    fn change(&mut self, change: impl Fn(&Number) -> Number) {
        self.standing.iter_mut().for_each(|(_, number)| *number = change(number));
    }

    fn number(&self, id: &str) -> Option<Number> {
        self.standing.iter().find(|(other, _)| other == id).map(|(_, number)| number.clone())
    }

    /// Gives sections the numbers that these statements ask for, in the other version's numbers; tells for which of
    /// them, by where they stand among the statements, another has the number.
    pub fn renumber(&mut self, statements: &mut [SectionStatement]) -> Vec<(usize, Clash)> {
        let asked = |(at, it): (usize, &SectionStatement)| {
            it.renumber.as_ref()?;
            let id = self.between.onto.section_numbered(&it.number)?.id.clone();
            let (seat, _) = self.own.renumbered.get(&id)?.clone();
            Some((at, self.number(&id)?, id, seat))
        };
        let mut asked: Vec<(usize, Number, String, Seat)> = statements.iter().enumerate().filter_map(asked).collect();
        // Those that others are to stand in come first.
        let level = |id: &str| self.between.own.section(id).map_or(0, |section| section.level);
        asked.sort_by_key(|(_, _, id, _)| level(id));
        let before = self.standing.clone();
        let mut done: Vec<(Number, Number)> = Vec::new();
        for (at, from, _, seat) in &asked {
            let parent = self.parent(seat, |section| {
                let (_, number) = before.iter().find(|(id, _)| id == section)?;
                let root = done.iter().filter(|(from, _)| number.is_within(from)).max_by_key(|(from, _)| from.level());
                Some(root.map_or(number.clone(), |(from, to)| number.rebased(from, to)))
            });
            let to = seated(seat, parent.as_ref(), self.step(seat, None));
            if let Some(said) = &mut statements[*at].renumber {
                said.value = to.to_string();
            }
            done.push((from.clone(), to));
        }
        let goes =
            |number: &Number| done.iter().filter(|(from, _)| number.is_within(from)).max_by_key(|(it, _)| it.level());
        let changed = |number: &Number| goes(number).map_or(number.clone(), |(from, to)| number.rebased(from, to));
        self.standing.iter_mut().for_each(|(_, number)| *number = changed(number));
        let clash = |(at, _, id, _): &(usize, Number, String, Seat)| {
            let number = self.number(id)?;
            let taken = self.standing.iter().find(|(other, it)| other != id && *it == number);
            let is_refilled = asked.iter().any(|(.., other)| self.seats.get(id.as_str()) == Some(other));
            let left = || self.taker(id, false).filter(|_| !is_refilled).map(Clash::Left);
            Some((*at, taken.map(|(other, _)| Clash::Taken(other.clone())).or_else(left)?))
        };
        asked.iter().filter_map(clash).collect()
    }

    /// The new section of others that takes the number of one of the base, where more stand behind that; where that
    /// closes up, only if the next number was free.
    pub fn taker(&self, id: &str, closes: bool) -> Option<String> {
        let new = self.others.new.iter().find(|(new, it)| it.takes.as_deref() == Some(id) && self.has(new));
        let (new, number) = new.and_then(|(new, _)| Some((new, self.number(new)?)))?;
        let is_next = |(_, other): &(String, Number)| *other == number.moved(1);
        let is_filled = closes && self.standing.iter().any(is_next);
        (self.has_behind(&number) && !is_filled).then(|| new.clone())
    }

    /// Whether any of the sections beside a number stands behind it.
    fn has_behind(&self, number: &Number) -> bool {
        let is_behind =
            |other: &Number| other.parent() == number.parent() && compare(&other.last(), &number.last()).is_gt();
        self.standing.iter().any(|(_, other)| is_behind(other))
    }

    fn has(&self, id: &str) -> bool {
        self.standing.iter().any(|(other, _)| other == id)
    }

    /// The number of a new section, which it now has, by where it belongs in the base.
    pub fn insert(&mut self, section: &Section, slot: Slot) -> (String, Option<Clash>) {
        let Some(Newcomer { seat, takes }) = self.own.new.get(&section.id).cloned() else {
            return (section.number.value.clone(), None);
        };
        let parent = self.parent(&seat, |section| self.number(section));
        let number = seated(&seat, parent.as_ref(), self.step(&seat, Some(slot)));
        let taken = self.standing.iter().find(|(_, it)| *it == number).map(|(id, _)| id.clone());
        let clash = match (&taken, takes) {
            (Some(by), None) => Some(Clash::Taken(by.clone())),
            (None, Some(from)) if self.is_left(&from) && self.has_behind(&number) => Some(Clash::Left(from)),
            _ => None,
        };
        if taken.is_some() {
            self.change(|other| other.shifted(&number, 1));
        }
        self.standing.push((section.id.clone(), number.clone()));
        self.placed.insert(section.id.clone(), slot);
        (number.to_string(), clash)
    }

    /// Whether a new section and one of others shall have one number.
    pub fn is_one_seat(&self, mine: &Section, other: &Section) -> bool {
        let (mine, other) = (self.own.new.get(&mine.id), self.others.new.get(&other.id));
        mine.is_none() || other.is_none() || mine.map(|it| &it.seat) == other.map(|it| &it.seat)
    }

    /// Whether others have taken a section of the base from its number.
    fn is_left(&self, id: &str) -> bool {
        self.others.renumbered.contains_key(id) || self.between.slots.deletion(false, id).is_some()
    }

    /// The number of what a seat is in; none at the top. A section that has gone leaves the number that it had.
    fn parent(&self, seat: &Seat, number: impl Fn(&str) -> Option<Number>) -> Option<Number> {
        let Between { base, own, .. } = self.between;
        match &seat.within {
            Parent::Section(id) => {
                let had = || Number::parse(&base.section(id).or_else(|| own.section(id))?.number);
                number(id).or_else(had)
            }
            Parent::Number(number) => Number::parse(number),
        }
    }

    /// How far what is done to the base moves a number on: all that comes before a slot, or before the number itself.
    fn step(&self, seat: &Seat, slot: Option<Slot>) -> i64 {
        let Between { base, onto, slots, .. } = self.between;
        let is_before = |id: &str, taken: &str| match slot {
            Some(slot) => self.placed.get(id).copied().unwrap_or_else(|| slots.section(id, base, onto)) < slot,
            None => self.seats.get(taken).is_some_and(|taken| compare(&taken.last, &seat.last).is_le()),
        };
        let new: BTreeMap<&String, &Newcomer> = self.others.new.iter().chain(&self.own.new).collect();
        let moves_on = |(id, it): &(&String, &Newcomer)| {
            it.seat.within == seat.within && it.takes.as_ref().is_some_and(|taken| is_before(id, taken)) && self.has(id)
        };
        let closed: BTreeSet<&String> = [&self.others, self.own]
            .iter()
            .flat_map(|it| &it.closed)
            .filter(|(_, it)| it.is_before(seat))
            .map(|(id, _)| id)
            .collect();
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        count(new.into_iter().filter(moves_on).count()) - count(closed.len())
    }
}

fn seated(seat: &Seat, parent: Option<&Number>, step: i64) -> Number {
    Number::within(parent, &seat.last.moved(step))
}

/// Whether two sections stand side by side, by their numbers.
pub(super) fn is_sibling(a: &str, b: &str) -> bool {
    let parent = |number: &str| number.rsplit_once('.').map(|(parent, _)| parent.to_owned());
    parent(a) == parent(b)
}
