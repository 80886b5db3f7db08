//! What the instructions of a change document say, and the parts that are shown don't.

use super::super::instruction::{Deed, Place as Standing};
use super::super::told::Told;
use super::Drafting;
use crate::compose::lay_over;
use crate::model::{
    Beside, Modification, Neighbour, Number, Part as VersionPart, Section, SectionStatement, TableStatement, Version,
    is_below, natural,
};
use crate::reader::marked::{Place, Remark};
use std::collections::{BTreeMap, BTreeSet};

impl Drafting<'_> {
    /// Does what the instructions say and the parts that are shown don't.
    pub fn deeds(&self, deeds: &[Deed], modification: &mut Modification, told: &mut Told<'_>) {
        // What goes, then new numbers, then moves: as they are laid over the base.
        let (moves, rest): (Vec<&Deed>, Vec<&Deed>) = deeds.iter().partition(|deed| matches!(deed, Deed::Move { .. }));
        let mut wrong: Vec<String> = rest.iter().filter_map(|deed| self.deed(deed, modification).err()).collect();
        self.fit_numbers(&self.numbers(deeds), modification);
        wrong.extend(moves.iter().filter_map(|deed| self.deed(deed, modification).err()));
        for what in wrong {
            told.remark(Remark { place: Place::default(), lost: true, what });
        }
    }

    fn deed(&self, deed: &Deed, modification: &mut Modification) -> Result<(), String> {
        let base = self.base();
        let known = |number: &str| match base.section_numbered(number) {
            Some(_) => Ok(()),
            None => Err(format!("an instruction speaks of Section {number}, and {} has none", *base.id)),
        };
        match deed {
            Deed::Delete { is_table: true, number } => {
                if base.matrix_numbered(number).is_none() {
                    return Err(format!("an instruction deletes Table {number}, and {} has none", *base.id));
                }
                modification.tables.retain(|it| it.number.value != *number);
                modification.tables.push(TableStatement {
                    number: number.clone().into(),
                    delete: Some(crate::model::Standing::default()),
                    ..TableStatement::default()
                });
            }
            Deed::Delete { is_table: false, number } => {
                known(number)?;
                statement(modification, number).delete.get_or_insert_default();
            }
            Deed::Move { number, to } => {
                known(number)?;
                let Some(place) = self.place(to, number, modification)? else { return Ok(()) };
                // A new number may have moved it there.
                let made = lay_over(self.appendix, modification, base);
                if !made.is_ok_and(|made| self.stands(&made, number, to)) {
                    let mut moved = modification.clone();
                    statement(&mut moved, number).place.get_or_insert(place);
                    let has_number = statement(&mut moved, number).renumber.is_some();
                    if !has_number || lay_over(self.appendix, &moved, base).is_ok() {
                        *modification = moved;
                    }
                }
            }
            // Numbers are seen to together.
            Deed::Renumber { from, .. } => known(from)?,
            Deed::RenumberAll { from, through, .. } => {
                known(from)?;
                known(through)?;
            }
        }
        Ok(())
    }

    /// The numbers that sections of the base shall have, by identity: as they are shown, and as instructions say.
    fn numbers(&self, deeds: &[Deed]) -> BTreeMap<String, Number> {
        let base = self.base();
        let shown = self.now.sections().filter(|it| base.section(&it.id).is_some());
        let mut numbers: BTreeMap<String, Number> =
            shown.filter_map(|it| Some((it.id.clone(), Number::parse(&it.number)?))).collect();
        for deed in deeds {
            let (from, through, to) = match deed {
                Deed::Renumber { from, to } => (from, from, to),
                Deed::RenumberAll { from, through, to } => (from, through, to),
                _ => continue,
            };
            let level = |number: &str| number.split('.').count();
            let is_among = |it: &&Section| {
                level(&it.number) == level(from)
                    && natural(from, &it.number).is_le()
                    && natural(&it.number, through).is_le()
            };
            let Some(mut to) = Number::parse(to) else { continue };
            for section in base.sections().filter(is_among) {
                numbers.insert(section.id.clone(), to.clone());
                to = to.shifted(&to.clone(), 1);
            }
        }
        numbers
    }

    /// Sees to it that sections come to their numbers, some of which follow from what a document that shows only what it
    /// amends doesn't show: of all ways the one that brings most of them there, with the fewest words.
    fn fit_numbers(&self, wanted: &BTreeMap<String, Number>, modification: &mut Modification) {
        let right = |by: &Modification| -> Option<BTreeSet<&String>> {
            let made = lay_over(self.appendix, by, self.base()).ok()?;
            let has_it = |(id, number): &(&String, &Number)| {
                made.section(id).is_some_and(|it| it.number.value == number.to_string())
            };
            Some(wanted.iter().filter(has_it).map(|(id, _)| id).collect())
        };
        // What is shown alone may seem to need numbers that follow by themselves among all the rest.
        let mut without = modification.clone();
        without.sections.iter_mut().for_each(|it| it.renumber = None);
        let ways = [without, modification.clone()].into_iter().filter_map(|way| Some((right(&way)?, way)));
        let Some((mut there, best)) = ways.max_by_key(|(there, _)| there.len()) else { return };
        *modification = best;
        while there.len() < wanted.len() {
            let tried = self.other_numbers(wanted, &there, modification).into_iter();
            let best = tried.filter_map(|other| Some((right(&other)?, other))).max_by_key(|(there, _)| there.len());
            match best.filter(|(now, _)| now.len() > there.len()) {
                Some((now, other)) => (there, *modification) = (now, other),
                None => break,
            }
        }
        for at in 0..modification.sections.len() {
            let mut other = modification.clone();
            if other.sections[at].renumber.take().is_some() && right(&other).is_some_and(|now| now.len() >= there.len())
            {
                *modification = other;
            }
        }
        modification.sections.retain(|it| it.insert || *it != named(&it.number));
    }

    /// The ways in which one section could come to another number.
    fn other_numbers(
        &self,
        wanted: &BTreeMap<String, Number>,
        there: &BTreeSet<&String>,
        by: &Modification,
    ) -> Vec<Modification> {
        let mut ways = Vec::new();
        for at in (0..by.sections.len()).filter(|at| by.sections[*at].delete.is_some()) {
            let mut other = by.clone();
            other.sections[at].close_up = !other.sections[at].close_up;
            ways.push(other);
        }
        // Room is made for what comes after numbers are given.
        let mut new: Vec<Number> =
            by.sections.iter().filter(|it| it.insert).filter_map(|it| Number::parse(&it.number)).collect();
        new.sort_by(|a, b| natural(&b.to_string(), &a.to_string()));
        for (id, number) in wanted.iter().filter(|(id, _)| !there.contains(id)) {
            let Some(section) = self.base().section(id) else { continue };
            let before = new.iter().fold(number.clone(), |number, comes| number.shifted(comes, -1));
            for to in [None, Some(number), Some(&before)] {
                let mut other = by.clone();
                statement(&mut other, &section.number).renumber = to.map(|to| to.to_string().into());
                ways.push(other);
            }
        }
        ways
    }

    /// Whether a section of the base stands where an instruction says.
    fn stands(&self, made: &Version, number: &str, to: &Standing) -> bool {
        let id = |number: &str| {
            let known = self.base().section_numbered(number).or_else(|| made.section_numbered(number));
            known.map(|section| section.id.clone())
        };
        let Some(mover) = id(number).and_then(|id| made.section(&id)) else { return false };
        let Some(at) = made.parts.iter().position(|part| part.identity() == (false, mover.id.as_str())) else {
            return false;
        };
        let is_of_it = |part: &&VersionPart| is_within(part.number(), &mover.number) && !part.identity().0;
        let (mut before, mut behind) = (made.parts[..at].iter().rev(), made.parts[at..].iter().skip_while(is_of_it));
        let section = |part: &&VersionPart| !part.identity().0;
        let (before, behind) = (before.find(section), behind.find(section));
        let is = |part: Option<&VersionPart>, other: &str| {
            let other = id(other).and_then(|id| made.section(&id));
            part.zip(other).is_some_and(|(part, other)| is_within(part.number(), &other.number))
        };
        match to {
            Standing::Beside(Beside::After, other) => is(before, other),
            Standing::Beside(Beside::Before, other) => is(behind, other),
            Standing::FirstIn(other) => {
                is(before, other) && before.is_some_and(|part| !is_within(part.number(), &mover.number))
            }
            Standing::Start => before.is_none(),
            Standing::End => behind.is_none(),
            Standing::BesideTable(..) => false,
        }
    }

    /// Where a section moves to; nothing, if that isn't beside any section.
    fn place(&self, to: &Standing, mover: &str, by: &Modification) -> Result<Option<Neighbour>, String> {
        let base = self.base();
        let others = || base.sections().filter(|section| !is_within(&section.number, mover));
        let named = |section: &Section| section.number.value.clone();
        let (beside, number) = match to {
            Standing::Beside(beside, other) => {
                let is_new = || by.sections.iter().any(|it| it.insert && it.number.value == *other);
                if base.section_numbered(other).is_none() && !is_new() {
                    return Err(format!("an instruction speaks of Section {other}, and {} has none", *base.id));
                }
                (*beside, Some(other.clone()))
            }
            // Tables stay, so what stands behind one stands before the next section.
            Standing::BesideTable(beside, table) => {
                let Some(at) = base.parts.iter().position(|it| it.identity().0 && it.number() == table) else {
                    return Err(format!("an instruction speaks of Table {table}, and {} has none", *base.id));
                };
                let near = |part: &VersionPart| match part {
                    VersionPart::Section(it) if !is_within(&it.number, mover) => Some(named(it)),
                    _ => None,
                };
                match beside {
                    Beside::After => (Beside::Before, base.parts[at..].iter().find_map(near)),
                    Beside::Before => (Beside::After, base.parts[..at].iter().rev().find_map(near)),
                }
            }
            Standing::FirstIn(other) if is_first_in(base, mover, other) => return Ok(None),
            Standing::FirstIn(other) => match others().find(|it| is_below(&it.number, other)) {
                Some(first) => (Beside::Before, Some(named(first))),
                None => (Beside::After, Some(other.clone())),
            },
            Standing::Start => (Beside::Before, others().next().map(named)),
            Standing::End => (Beside::After, others().last().map(named)),
        };
        Ok(number.map(|number| Neighbour { beside, key: number.into() }))
    }
}

fn is_within(number: &str, root: &str) -> bool {
    number == root || is_below(number, root)
}

/// Whether a section is the first that stands in another.
fn is_first_in(version: &Version, number: &str, other: &str) -> bool {
    version.sections().find(|it| is_below(&it.number, other)).is_some_and(|first| first.number.value == number)
}

fn named(number: &str) -> SectionStatement {
    SectionStatement { number: number.to_owned().into(), ..SectionStatement::default() }
}

fn statement<'m>(modification: &'m mut Modification, number: &str) -> &'m mut SectionStatement {
    let at = modification.sections.iter().position(|it| !it.insert && it.number.value == number);
    let at = at.unwrap_or_else(|| {
        modification.sections.push(named(number));
        modification.sections.len() - 1
    });
    &mut modification.sections[at]
}
