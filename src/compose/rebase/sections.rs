//! What is said of sections, over another version.

use super::mover::{Between, Mover, Outcome, before, sides};
use super::numbers::{Numbers, is_sibling};
use crate::compose::conflict::{Claim, ConflictKind, ConflictPart, reading_of};
use crate::compose::slots::section_slot;
use crate::model::{
    Beside, Decision, Neighbour, Number, OpenSection, Placed, Section, SectionStatement, Sides, Standing, Text, Version,
};
use std::collections::BTreeSet;

impl Mover<'_> {
    /// What a section's file says of one that the base has.
    pub fn section(&mut self, it: &SectionStatement) -> Option<SectionStatement> {
        let Between { base, onto, .. } = self.between;
        let was = base.section_numbered(&it.number)?;
        self.part = ConflictPart { is_table: false, id: was.id.clone() };
        let about = format!("Section {}", it.number.value);
        let Some(theirs) = onto.section(&was.id) else {
            if it.delete.is_some() {
                self.dropped.push(format!("the deletion of {about}"));
                return None;
            }
            return self.revived(it, was, about);
        };
        let number = Placed::new(theirs.number.value.clone(), it.number.origin.clone());
        if let Some(at) = &it.delete {
            let moved = self.is_moved(was).then(|| Claim::new("moved", &theirs.number.origin));
            if let Some(other) = self.changed_within(was, theirs).or(moved) {
                let theirs = Claim::new(format!("changed: {}", other.text), &other.origin);
                let was = Claim::new(was.body.text.clone(), &was.origin);
                let ours = Claim::new("deleted", at);
                let conflict = self.disputed(ConflictKind::Deleted, about, Some(was), ours, theirs);
                return Some(SectionStatement { number, ..disputed(it, conflict) });
            }
            return Some(SectionStatement { number, ..it.clone() });
        }
        let heading = self.words(format!("the heading of {about}"), &was.heading, it.heading.as_ref(), &theirs.heading);
        let body = self.words(format!("the body of {about}"), &was.body, it.body.as_ref(), &theirs.body);
        let (renumber, place) = match self.is_free_to_move(it, was, theirs) {
            true => {
                let renumber = it.renumber.clone().filter(|to| to.value != theirs.number.value);
                (Outcome { said: renumber, open: None }, self.place(&about, it.place.as_ref(), was))
            }
            false => self.both_moves(it, was, theirs),
        };
        if heading.is_nothing() && body.is_nothing() && renumber.is_nothing() && place.is_nothing() {
            self.dropped.push(format!("what is said of {about}"));
            return None;
        }
        let open = OpenSection {
            heading: heading.open,
            body: body.open,
            renumber: renumber.open,
            place: place.open,
            conflict: None,
        };
        let has_heading = heading.said.is_some() || open.heading.is_some();
        let mut decision = it.decision.clone();
        if decision.between.is_empty()
            && let Some(digest) = &mut decision.digest
        {
            digest.value = reading_of(theirs);
        }
        Some(SectionStatement {
            number,
            decision,
            heading: heading.said,
            has_heading,
            body: body.said,
            renumber: renumber.said,
            place: place.said,
            open: Some(open).filter(|open| *open != OpenSection::default()).map(Box::new),
            ..it.clone()
        })
    }

    /// What is said of a section that the other version hasn't got any more: it would have to be inserted again.
    fn revived(&mut self, it: &SectionStatement, was: &Section, about: String) -> Option<SectionStatement> {
        let Between { own, onto, slots, .. } = self.between;
        let ours = Claim::new("changed", &it.number.origin);
        let theirs = Claim::new("deleted", slots.deletion(false, &was.id).unwrap_or(&onto.id.origin));
        let conflict = self.disputed(ConflictKind::Deleted, about, None, ours, theirs);
        let mine = own.section(&was.id)?;
        let number = Placed::new(mine.number.value.clone(), it.number.origin.clone());
        let statement = SectionStatement {
            insert: true,
            id: (was.id != number.value).then(|| was.id.clone().into()),
            heading: Some(mine.heading.clone()),
            has_heading: true,
            body: Some(mine.body.clone()).filter(|body| !body.is_empty()),
            renumber: None,
            place: None,
            decision: Decision::default(),
            number,
            ..it.clone()
        };
        Some(disputed(&statement, conflict))
    }

    /// The places, or numbers, that both ask for.
    fn both_moves(
        &self,
        it: &SectionStatement,
        was: &Section,
        theirs: &Section,
    ) -> (Outcome<Placed<String>>, Outcome<Neighbour>) {
        let at = &it.number.origin;
        let renumber = it
            .renumber
            .as_ref()
            .map(|to| Outcome::open(sides(Some(was.number.clone()), to.clone(), theirs.number.clone(), at)));
        let place = it
            .place
            .as_ref()
            .zip(self.standing(theirs))
            .map(|(place, there)| Outcome::open(sides(None, self.beside(place, was), there, at)));
        (renumber.unwrap_or_default(), place.unwrap_or_default())
    }

    /// Beside which section one stands in the other version.
    fn standing(&self, theirs: &Section) -> Option<Neighbour> {
        let onto = self.between.onto;
        let at = onto.sections().position(|section| section.id == theirs.id)?;
        let own = Number::parse(&theirs.number)?;
        let is_apart = |section: &&Section| {
            let number = Number::parse(&section.number);
            number.is_some_and(|number| !number.is_within(&own) && !own.is_within(&number))
        };
        let before = onto.sections().take(at).filter(is_apart).last().map(|it| (Beside::After, it));
        let after = || onto.sections().skip(at + 1).find(is_apart).map(|it| (Beside::Before, it));
        let (beside, section) = before.or_else(after)?;
        Some(Neighbour { beside, key: section.number.value.clone().into() })
    }

    /// Beside which section of the other version one shall stand: the one that is asked for, or else the nearest
    /// before it there that is left.
    fn beside(&self, place: &Neighbour, was: &Section) -> Neighbour {
        let Between { base, onto, own, .. } = self.between;
        let known = base.section_numbered(&place.key).or_else(|| own.section(&place.key));
        let id = known.map_or(place.key.as_str(), |known| known.id.as_str());
        let at = |key: &str| Placed::new(key.to_owned(), place.key.origin.clone());
        match onto.section(id) {
            Some(there) => return Neighbour { beside: place.beside, key: at(&there.number) },
            // It is inserted by the modification itself: its identity names it.
            None if base.section(id).is_none() => return Neighbour { beside: place.beside, key: at(id) },
            None => {}
        }
        let left: BTreeSet<&str> = onto.sections().map(|it| it.id.as_str()).filter(|id| *id != was.id).collect();
        let near = before(&was.id, own.sections().map(|it| it.id.as_str()), &left).and_then(|id| onto.section(id));
        match near.or_else(|| onto.sections().next()) {
            Some(near) => Neighbour { beside: Beside::After, key: at(&near.number) },
            None => place.clone(),
        }
    }

    /// Whether the other version has moved a section past others, and not with the one that it stands in.
    fn is_moved(&self, was: &Section) -> bool {
        let base = self.between.base;
        let parent = was.number.rsplit_once('.').and_then(|(parent, _)| base.section_numbered(parent));
        self.moved.contains(&was.id) && !parent.is_some_and(|parent| self.moved.contains(&parent.id))
    }

    /// Whether the place and the number that are asked for are still free to ask for: told, where the other version gave
    /// others.
    fn is_free_to_move(&mut self, it: &SectionStatement, was: &Section, theirs: &Section) -> bool {
        let Between { base, own, onto, .. } = self.between;
        let asked = it.renumber.as_ref().map(|to| ("the number", to));
        let asked = asked.or(it.place.as_ref().map(|place| ("the place", &place.key)));
        let Some((what, asked)) = asked else { return true };
        if !self.is_moved(was) && !self.is_renumbered(was, theirs) {
            return true;
        }
        let known: BTreeSet<&str> = base.sections().map(|section| section.id.as_str()).collect();
        let beside = |version: &Version| {
            before(&was.id, version.sections().map(|section| section.id.as_str()), &known).map(str::to_owned)
        };
        let number = |version: &Version| version.section(&was.id).map(|section| section.number.value.clone());
        if beside(own) == beside(onto) && number(own) == number(onto) {
            return true;
        }
        let ours = Claim::new(asked.value.clone(), &asked.origin);
        let theirs = Claim::new(theirs.number.value.clone(), &theirs.number.origin);
        self.conflict(ConflictKind::Place, format!("{what} of Section {}", it.number.value), None, ours, theirs);
        false
    }

    /// Whether the other version gave a section a number of its own: not one that the sections beside it moved it to.
    fn is_renumbered(&self, was: &Section, theirs: &Section) -> bool {
        let Between { base, onto, .. } = self.between;
        if was.number == theirs.number {
            return false;
        }
        let step = |was: &Section, is: &Section| {
            let last = |number: &str| number.rsplit('.').next().and_then(|part| part.parse::<i64>().ok());
            Some(last(&is.number)? - last(&was.number)?)
        };
        let own = step(was, theirs);
        let at = base.sections().position(|section| section.id == was.id).unwrap_or_default();
        let siblings = |section: &&Section| is_sibling(&section.number, &was.number);
        let left = base.sections().take(at).filter(siblings).last();
        let right = base.sections().skip(at + 1).find(siblings);
        let is_shift = |beside: Option<&Section>| {
            let there = beside.and_then(|beside| onto.section(&beside.id).map(|there| (beside, there)));
            there.is_some_and(|(beside, there)| step(beside, there) == own)
        };
        !is_sibling(&was.number, &theirs.number)
            || (!is_shift(left) && !is_shift(right) && (left, right) != (None, None))
    }

    /// The first of a section and its subsections in which the other version says something else than the base.
    fn changed_within(&self, was: &Section, theirs: &Section) -> Option<Claim> {
        let Between { base, onto, .. } = self.between;
        let (Some(old), Some(new)) = (Number::parse(&was.number), Number::parse(&theirs.number)) else { return None };
        let within = |root: &Number, section: &Section| {
            Number::parse(&section.number).is_some_and(|number| number.is_within(root))
        };
        let before: Vec<&Section> = base.sections().filter(|section| within(&old, section)).collect();
        let now = onto.sections().filter(|section| within(&new, section));
        let says = |section: &Section| (section.heading.clone(), section.body.clone());
        now.into_iter()
            .find(|section| before.iter().find(|old| old.id == section.id).is_none_or(|old| says(old) != says(section)))
            .map(|section| Claim::new(section.heading.text.clone(), &section.origin))
    }

    fn place(&mut self, about: &str, place: Option<&Neighbour>, was: &Section) -> Outcome<Neighbour> {
        let Between { base, onto, own, slots } = self.between;
        let Some(place) = place else { return Outcome::default() };
        let known = base.section_numbered(&place.key).or_else(|| own.section(&place.key));
        let id = known.map_or(place.key.as_str(), |known| known.id.as_str());
        let beside = self.beside(place, was);
        if onto.section(id).is_some() || base.section(id).is_none() {
            return Outcome::this(beside);
        }
        let ours = Claim::new(format!("moved beside {}", place.key.value), &place.key.origin);
        let theirs = Claim::new("that place deleted", slots.deletion(false, id).unwrap_or(&onto.id.origin));
        self.conflict(ConflictKind::Place, about.to_owned(), None, ours, theirs);
        let there = onto.section(&was.id).and_then(|theirs| self.standing(theirs));
        Outcome::open(Sides {
            was: None,
            ours: Some(beside),
            theirs: there,
            origin: Standing(place.key.origin.clone()),
        })
    }

    /// A section that is inserted, under the number that it shall have in the other version.
    pub fn inserted(&mut self, it: &SectionStatement, standing: &mut Numbers) -> Option<SectionStatement> {
        let Between { base, own, onto, slots } = self.between;
        let about = format!("Section {}", it.number.value);
        let mine = own.section_numbered(&it.number).filter(|mine| base.section(&mine.id).is_none());
        let Some(mine) = mine.or_else(|| own.section(it.id.as_ref().map_or(&it.number.value, |id| &id.value))) else {
            return Some(it.clone());
        };
        self.part = ConflictPart { is_table: false, id: mine.id.clone() };
        let parent = mine.number.rsplit_once('.').and_then(|(parent, _)| own.section_numbered(parent));
        let gone = parent.filter(|parent| base.section(&parent.id).is_some() && onto.section(&parent.id).is_none());
        if let Some(gone) = gone {
            let at = slots.deletion(false, &gone.id).unwrap_or(&onto.id.origin);
            let theirs = Claim::new("the section that it stands in deleted", at);
            let ours = Claim::new("inserted", &it.number.origin);
            return Some(disputed(it, self.disputed(ConflictKind::Place, about, None, ours, theirs)));
        }
        let slot = section_slot(&mine.id, base, own)?;
        // The new sections of others at the same place.
        let is_new = |section: &&Section| base.section(&section.id).is_none();
        let is_beside =
            |section: &&Section| section.level == mine.level && slots.section(&section.id, base, onto) == slot;
        let between: Vec<&Section> = onto.sections().filter(is_new).filter(is_beside).collect();
        let same = between.iter().find(|other| says_the_same(other, mine));
        if same.is_some() {
            self.dropped.push(format!("the new {about}"));
            return None;
        }
        if let Some(other) = between.first() {
            let ours = Claim::new(format!("{} {}", it.number.value, mine.heading.text), &it.number.origin);
            let theirs = Claim::new(format!("{} {}", other.number.value, other.heading.text), &other.origin);
            let conflict = self.disputed(ConflictKind::SameNumber, about, None, ours, theirs);
            let number = Placed::new(standing.clone().insert(mine, slot), it.number.origin.clone());
            let id = it.id.clone().or_else(|| Some(mine.id.clone().into()));
            let statement = SectionStatement { number, id, ..it.clone() };
            return Some(disputed(&statement, conflict));
        }
        let number = standing.insert(mine, slot);
        let id = it.id.clone().or_else(|| (mine.id != number).then(|| mine.id.clone().into()));
        Some(SectionStatement { number: Placed::new(number, it.number.origin.clone()), id, ..it.clone() })
    }
}

/// A statement of which it isn't settled whether it says anything.
fn disputed(it: &SectionStatement, conflict: Sides<Text>) -> SectionStatement {
    let open = OpenSection { conflict: Some(conflict), ..OpenSection::default() };
    SectionStatement { open: Some(Box::new(open)), ..it.clone() }
}

fn says_the_same(a: &Section, b: &Section) -> bool {
    a.heading == b.heading && a.body == b.body
}
