//! A change document shows only what it amends. Carried out on the version that it was drafted on, its instructions and
//! what is shown under them give both of its texts whole.

use super::super::instruction::{Deed, Instruction, Named, Place};
use super::super::{Part, Reading};
use super::pairing::says_the_same;
use crate::compose::{difference, lay_over};
use crate::model::{Appendix, Beside, Head, Matrix, Number, Part as VersionPart, Version, is_below, natural};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The base as the document's original text has it.
pub(super) fn drafted_on(base: &Version, shown: &Version) -> Version {
    let mut whole = base.clone();
    for part in &shown.parts {
        match whole.parts.iter_mut().find(|it| it.identity() == part.identity()) {
            Some(known) => read_as(known, part),
            None => {
                let at = place_in_order(whole.parts.iter().map(VersionPart::number), part.number());
                whole.parts.insert(at, part.clone());
            }
        }
    }
    whole
}

/// Takes over what is shown of a part.
fn read_as(known: &mut VersionPart, shown: &VersionPart) {
    let differs = !says_the_same(known, shown, true);
    match (known, shown) {
        (VersionPart::Section(known), VersionPart::Section(shown)) if differs => {
            let known = Arc::make_mut(known);
            known.heading.clone_from(&shown.heading);
            known.body.clone_from(&shown.body);
        }
        (VersionPart::Matrix(known), VersionPart::Matrix(shown)) => {
            let known = Arc::make_mut(known);
            if shown.published.is_some() {
                known.published.clone_from(&shown.published);
            }
            if differs {
                rows_read_as(known, shown);
            }
        }
        _ => {}
    }
}

/// Takes over the rows that are shown of a table, not all of which need be.
fn rows_read_as(known: &mut Matrix, shown: &Matrix) {
    let mut behind = 0;
    for row in &shown.rows {
        match known.rows.iter().position(|it| it.key.value == row.key.value) {
            Some(at) => {
                known.rows[at] = Arc::clone(row);
                behind = at + 1;
            }
            None => {
                known.rows.insert(behind, Arc::clone(row));
                behind += 1;
            }
        }
    }
}

/// What the document makes of the version that it was drafted on, and what of it can't be carried out; `was` and `now`
/// are what it shows.
pub(super) fn carried_out(
    appendix: &Appendix,
    whole: &Version,
    (was, now): (&Version, &Version),
    reading: &Reading,
) -> (Version, Vec<String>) {
    let (tables, columns, mut wrong) = tables(appendix, whole, (was, now));
    let new = |part: &VersionPart| Item { part: part.clone(), label: part.number().to_owned(), is_new: false };
    let mut desk = Desk { items: whole.parts.iter().map(new).collect(), numbers: BTreeMap::new(), base: &whole.id };
    let known: BTreeSet<_> = whole.parts.iter().map(VersionPart::identity).collect();
    let is_new = |part: &&VersionPart| !known.contains(&part.identity());
    for (shown, instruction) in under_each(now, reading) {
        let mut comes = Comes { parts: shown.iter().copied().filter(is_new).collect(), is_in: false };
        for deed in instruction.map_or(&[][..], |it| &it.deeds) {
            wrong.extend(desk.carry_out(deed, &mut comes).err());
        }
        desk.take_in(&comes, &shown);
    }
    let stays: BTreeSet<_> = now.parts.iter().map(VersionPart::identity).collect();
    let struck: BTreeSet<_> = was.parts.iter().map(VersionPart::identity).filter(|it| !stays.contains(it)).collect();
    desk.items.retain(|item| item.is_new || !struck.contains(&item.part.identity()));
    let parts = desk.done(now, &tables);
    (Version { parts, columns, ..now.clone() }, wrong)
}

/// What the tables that are shown become, with their columns, and what can't be said of them.
fn tables(
    appendix: &Appendix,
    whole: &Version,
    (was, now): (&Version, &Version),
) -> (Vec<VersionPart>, Arc<[crate::model::Column]>, Vec<String>) {
    let of_both = |version: &Version, other: &Version| {
        let is_there =
            |part: &&VersionPart| part.identity().0 && other.parts.iter().any(|it| it.identity() == part.identity());
        Version { parts: version.parts.iter().filter(is_there).cloned().collect(), ..version.clone() }
    };
    let (was, now) = (of_both(was, now), of_both(now, was));
    let (modification, lost) = difference(appendix, Head::default(), &was, &now);
    let mut wrong: Vec<String> = lost
        .iter()
        .map(|number| format!("no statement says that Table {number} comes to read as it is shown"))
        .collect();
    let made = lay_over(appendix, &modification, whole).unwrap_or_else(|found| {
        wrong.extend(found.into_iter().map(|it| it.message));
        whole.clone()
    });
    let is_shown = |part: &VersionPart| now.parts.iter().any(|it| it.identity() == part.identity());
    (made.parts.into_iter().filter(is_shown).collect(), made.columns, wrong)
}

/// The parts that are shown under each instruction; before the first, there is none.
fn under_each<'r>(now: &'r Version, reading: &'r Reading) -> Vec<(Vec<&'r VersionPart>, Option<&'r Instruction>)> {
    let parts = &reading.parts;
    let named = |part: &Part| {
        let is_it =
            |it: &&VersionPart| (it.identity().0, it.number()) == (matches!(part, Part::Matrix(_)), part.number());
        now.parts.iter().find(is_it)
    };
    let starts = std::iter::once((0, None)).chain(parts.instructions.iter().map(|it| (it.first, Some(it))));
    let ends = parts.instructions.iter().map(|it| it.first).chain([parts.found.len()]);
    starts
        .zip(ends)
        .map(|((start, it), end)| (parts.found[start..end].iter().filter_map(named).collect(), it))
        .collect()
}

/// Where a number belongs among others: behind the greatest that is less.
fn place_in_order<'n>(numbers: impl Iterator<Item = &'n str>, number: &str) -> usize {
    let below = numbers.enumerate().filter(|(_, it)| natural(it, number).is_lt());
    below.max_by(|(_, a), (_, b)| natural(a, b)).map_or(0, |(at, _)| at + 1)
}

/// The new parts that are shown under an instruction.
struct Comes<'v> {
    parts: Vec<&'v VersionPart>,
    /// Whether they have been put in their place.
    is_in: bool,
}

/// A part while the instructions are carried out.
struct Item {
    part: VersionPart,
    /// What instructions call it by: its number in the base, or the one that it was inserted under.
    label: String,
    is_new: bool,
}

impl Item {
    fn new(part: &VersionPart) -> Self {
        Self { part: part.clone(), label: part.number().to_owned(), is_new: true }
    }
}

struct Desk<'v> {
    items: Vec<Item>,
    /// The numbers that instructions give, by whether it is a table's and what it was.
    numbers: BTreeMap<(bool, String), Number>,
    base: &'v str,
}

impl Desk<'_> {
    fn carry_out(&mut self, deed: &Deed, comes: &mut Comes<'_>) -> Result<(), String> {
        match deed {
            Deed::Insert { to: None } => {}
            Deed::Insert { to: Some(to) } => {
                let Some(first) = comes.parts.first() else { return Ok(()) };
                let at = self.place(to, first.number())?;
                self.items.splice(at..at, comes.parts.iter().map(|part| Item::new(part)));
                comes.is_in = true;
            }
            Deed::Delete { part, is_alone } => {
                let at = self.find(part)?;
                self.items.drain(at..at + 1 + self.within(at, *is_alone));
            }
            Deed::Move { part, is_alone, to } => {
                let at = self.find(part)?;
                let moved: Vec<Item> = self.items.drain(at..at + 1 + self.within(at, *is_alone)).collect();
                let place = self.place(to, &part.number);
                let to = place.clone().unwrap_or(at);
                self.items.splice(to..to, moved);
                place?;
            }
            Deed::Renumber { part, to } => {
                self.find(part)?;
                self.numbers.extend(Number::parse(to).map(|to| ((part.is_table, part.number.clone()), to)));
            }
            Deed::RenumberAll { from, through, to } => {
                for number in [from, through] {
                    self.find(&Named { is_table: false, number: number.clone(), is_new: false })?;
                }
                self.renumber_all(from, through, to);
            }
        }
        Ok(())
    }

    /// Every section between two that stand side by side goes on by as much as the first.
    fn renumber_all(&mut self, from: &str, through: &str, to: &str) {
        let (Some(first), Some(to)) = (Number::parse(from), Number::parse(to)) else { return };
        let step = to.step_from(&first);
        for item in self.items.iter().filter(|item| !item.is_new && !item.part.identity().0) {
            let Some(number) = Number::parse(&item.label) else { continue };
            let is_among = number.parent() == first.parent()
                && !natural(&item.label, from).is_lt()
                && !natural(&item.label, through).is_gt();
            if is_among {
                let number = Number::within(to.parent().as_ref(), &number.last()).moved(step);
                self.numbers.insert((false, item.label.clone()), number);
            }
        }
    }

    /// Puts in what no instruction gave a place: behind what is shown before it, else where its number belongs.
    fn take_in(&mut self, comes: &Comes<'_>, shown: &[&VersionPart]) {
        for part in comes.parts.iter().filter(|_| !comes.is_in) {
            let before = shown.iter().take_while(|it| it.identity() != part.identity()).last();
            let before = before.and_then(|it| self.items.iter().position(|item| item.part.identity() == it.identity()));
            let at = match before {
                Some(before) => before + 1,
                None => place_in_order(self.items.iter().map(|item| item.label.as_str()), part.number()),
            };
            self.items.insert(at, Item::new(part));
        }
    }

    fn find(&self, named: &Named) -> Result<usize, String> {
        let is_it = |item: &Item| item.part.identity().0 == named.is_table && item.label == named.number;
        let exact = self.items.iter().position(|item| is_it(item) && item.is_new == named.is_new);
        exact.or_else(|| self.items.iter().position(is_it)).ok_or_else(|| {
            let kind = if named.is_table { "Table" } else { "Section" };
            format!("an instruction speaks of {kind} {}, and {} has none", named.number, self.base)
        })
    }

    /// How many parts stand within the one at `at`; none, where it is spoken of alone.
    fn within(&self, at: usize, is_alone: bool) -> usize {
        let item = &self.items[at];
        if is_alone || item.part.identity().0 {
            return 0;
        }
        self.items[at + 1..].iter().take_while(|it| is_below(&it.label, &item.label)).count()
    }

    fn place(&self, to: &Place, number: &str) -> Result<usize, String> {
        Ok(match to {
            Place::Start => 0,
            Place::End => self.items.len(),
            Place::InOrder => place_in_order(self.items.iter().map(|item| item.label.as_str()), number),
            Place::FirstIn(other) => self.find(other)? + 1,
            Place::Beside(Beside::Before, other) => self.find(other)?,
            Place::Beside(Beside::After, other) => {
                let at = self.find(other)?;
                at + 1 + self.within(at, false)
            }
        })
    }

    /// The parts as they are shown, and with their numbers.
    fn done(mut self, now: &Version, tables: &[VersionPart]) -> Vec<VersionPart> {
        let shown = |part: &VersionPart| now.parts.iter().find(|it| it.identity() == part.identity());
        for item in self.items.iter().filter(|item| !item.is_new) {
            // A number that is shown need not be said.
            if let Some(number) = shown(&item.part).map(VersionPart::number).filter(|number| *number != item.label) {
                let key = (item.part.identity().0, item.label.clone());
                self.numbers
                    .extend(Number::parse(number).filter(|_| !self.numbers.contains_key(&key)).map(|to| (key, to)));
            }
        }
        let Self { items, numbers, .. } = self;
        let finished = |item: Item| {
            let Item { mut part, label, is_new } = item;
            if is_new {
                return part;
            }
            if let Some(made) = tables.iter().find(|it| it.identity() == part.identity()) {
                part = made.clone();
            }
            if let Some(shown) = shown(&part) {
                match (&mut part, shown) {
                    (VersionPart::Matrix(matrix), VersionPart::Matrix(shown)) => {
                        Arc::make_mut(matrix).published.clone_from(&shown.published);
                    }
                    (part, shown) => read_as(part, shown),
                }
            }
            if let Some(number) = new_number(&numbers, part.identity().0, &label) {
                match &mut part {
                    VersionPart::Section(section) => {
                        let section = Arc::make_mut(section);
                        (section.level, section.number.value) = (number.level(), number.to_string());
                    }
                    VersionPart::Matrix(matrix) => Arc::make_mut(matrix).number.value = number.to_string(),
                }
            }
            part
        };
        items.into_iter().map(finished).collect()
    }
}

/// The number that a part comes to have, by what is said of it or of the nearest section around it.
fn new_number(numbers: &BTreeMap<(bool, String), Number>, is_table: bool, label: &str) -> Option<Number> {
    let own = Number::parse(label)?;
    let mut around = Some(own.clone());
    while let Some(number) = around {
        if let Some(to) = numbers.get(&(is_table, number.to_string())) {
            return Some(own.rebased(&number, to));
        }
        around = number.parent().filter(|_| !is_table);
    }
    None
}
