//! What is said of sections, over another version.

use super::mover::{Between, Mover, Outcome};
use super::numbers::{Numbers, is_sibling};
use crate::compose::conflict::{Claim, ConflictKind, ConflictPart, reading_of};
use crate::compose::slots::section_slot;
use crate::model::{Decision, Number, OpenSection, Origin, Placed, Section, SectionStatement, Sides, Text, natural};

impl Mover<'_> {
    /// What a section's file says of one that the base has.
    pub fn section(&mut self, it: &SectionStatement) -> Option<SectionStatement> {
        let Between { base, onto, .. } = self.between;
        let was = base.section_numbered(&it.number)?;
        self.part = ConflictPart { is_table: false, id: was.id.clone() };
        let about = format!("Section {}", it.number.value);
        let Some(theirs) = onto.section(&was.id) else {
            if let Some(at) = &it.delete {
                self.closes_otherwise(it, was, at);
                self.dropped.push(format!("the deletion of {about}"));
                return None;
            }
            return self.revived(it, was, about);
        };
        let number = Placed::new(theirs.number.value.clone(), it.number.origin.clone());
        if let Some(at) = &it.delete {
            let moved = self.is_moved(was).then(|| Claim::new("moved", self.moved_at(theirs)));
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
                let renumber = it.renumber.clone().filter(|to| !self.has_number(to, was, theirs));
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

    /// Tells of a section that both delete, where one closes up what is behind it and the other doesn't.
    fn closes_otherwise(&mut self, it: &SectionStatement, was: &Section, at: &Origin) {
        let Between { onto, slots, .. } = self.between;
        let Some(there) = slots.deletion(false, &was.id).filter(|_| slots.is_complete()) else { return };
        let is_behind = |section: &Section| {
            is_sibling(&section.number, &was.number) && natural(&section.number, &was.number).is_ge()
        };
        if it.close_up != slots.numbering().closed.contains_key(&was.id) && onto.sections().any(is_behind) {
            let text = |closes: bool| if closes { "deleted and closed up" } else { "deleted, its number left free" };
            let (ours, theirs) = (Claim::new(text(it.close_up), at), Claim::new(text(!it.close_up), there));
            self.conflict(ConflictKind::Order, format!("Section {}", was.number.value), None, ours, theirs);
        }
    }

    /// Whether the other version has given a section the number that it shall have. One that shall keep its own stands in
    /// another that gets a new one, and would follow it.
    fn has_number(&self, to: &str, was: &Section, theirs: &Section) -> bool {
        let slots = self.between.slots;
        self.asks_the_same(was) || !slots.is_complete() && to == theirs.number.value && to != was.number.value
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
            heading: mine.own_heading(),
            has_heading: !mine.is_clause(),
            body: Some(mine.body.clone()).filter(|body| !body.is_empty()),
            renumber: None,
            place: None,
            decision: Decision::default(),
            number,
            ..it.clone()
        };
        Some(disputed(&statement, conflict))
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
            .map(|section| Claim::new(section.title(), &section.origin))
    }

    /// A section that is inserted, under the number that it shall have in the other version.
    pub fn inserted(&mut self, it: &SectionStatement, numbers: &mut Numbers<'_>) -> Option<SectionStatement> {
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
        let slot = section_slot(&mine.id, base, own, |id| self.moves.contains(id))?;
        // The new sections of others at the same place.
        let is_new = |section: &&Section| base.section(&section.id).is_none();
        let is_beside =
            |section: &&Section| section.level == mine.level && slots.section(&section.id, base, onto) == slot;
        let between: Vec<&Section> = onto.sections().filter(is_new).filter(is_beside).collect();
        if between.iter().any(|other| says_the_same(other, mine)) {
            self.dropped.push(format!("the new {about}"));
            return None;
        }
        let id = it.id.clone().or_else(|| Some(mine.id.clone().into()));
        let statement = |number: String, id| {
            let number = Placed::new(number, it.number.origin.clone());
            SectionStatement { number, id, ..it.clone() }
        };
        let ours = Claim::new(format!("{} {}", it.number.value, mine.title()), &it.number.origin);
        if let Some(other) = between.iter().find(|other| numbers.is_one_seat(mine, other)) {
            let theirs = Claim::new(format!("{} {}", other.number.value, other.title()), &other.origin);
            let conflict = self.disputed(ConflictKind::SameNumber, about, None, ours, theirs);
            return Some(disputed(&statement(numbers.clone().insert(mine, slot).0, id), conflict));
        }
        let (number, clash) = numbers.insert(mine, slot);
        if let Some(clash) = clash {
            let (kind, theirs) = self.told(&clash);
            return Some(disputed(&statement(number, id), self.disputed(kind, about, None, ours, theirs)));
        }
        let id = id.filter(|id| it.id.is_some() || id.value != number);
        Some(SectionStatement { place: self.place_among_moved(mine, slot), ..statement(number, id) })
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
