//! Where sections shall stand in another version, and under which number, where both say something of that.

use super::mover::{Between, Mover, Outcome, before, sides};
use super::numbers::{Clash, Numbers, is_sibling};
use crate::compose::conflict::{Claim, ConflictKind, ConflictPart};
use crate::compose::slots::Slot;
use crate::model::{
    Beside, Neighbour, Number, Origin, Placed, Section, SectionStatement, Sides, Standing, Version, natural,
};
use std::collections::BTreeSet;

impl Mover<'_> {
    /// Whether the place and the number that are asked for are still free to ask for: told, where the other version gave
    /// others.
    pub fn is_free_to_move(&mut self, it: &SectionStatement, was: &Section, theirs: &Section) -> bool {
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
        if self.asks_the_same(was) || beside(own) == beside(onto) && number(own) == number(onto) {
            return true;
        }
        let there = || self.standing(theirs).map(|there| in_words(&there));
        let text = Some(theirs.number.value.clone()).filter(|_| self.is_renumbered(was, theirs));
        let other = Claim::new(text.or_else(there).unwrap_or_default(), self.moved_at(theirs));
        let asked_for = it.renumber.as_ref().map(|to| to.value.clone());
        let asked_for = asked_for.or_else(|| it.place.as_ref().map(in_words)).unwrap_or_default();
        let ours = Claim::new(asked_for, &asked.origin);
        self.conflict(ConflictKind::Place, format!("{what} of Section {}", it.number.value), None, ours, other);
        false
    }

    /// Whether somebody asked before for the number that the modification asks for.
    pub fn asks_the_same(&self, was: &Section) -> bool {
        let (own, others) = (&self.numbering.renumbered, &self.between.slots.numbering().renumbered);
        own.get(&was.id).zip(others.get(&was.id)).is_some_and(|((own, _), (other, _))| own == other)
    }

    /// Gives sections their new numbers in the other version; where another has the number, all sides of it stay.
    pub fn renumbered(&mut self, sections: &mut [SectionStatement], numbers: &mut Numbers<'_>) {
        let Between { base, onto, .. } = self.between;
        let known = |number: &str| base.section(&onto.section_numbered(number)?.id);
        let mut clashes = numbers.renumber(sections);
        for (at, it) in sections.iter().enumerate().filter(|(_, it)| it.delete.is_some()) {
            let taker = known(&it.number).and_then(|was| numbers.taker(&was.id, it.close_up));
            clashes.extend(taker.filter(|_| it.open.is_none()).map(|taker| (at, Clash::Left(taker))));
        }
        for (at, clash) in clashes {
            let Some((it, was)) = sections.get_mut(at).and_then(|it| known(&it.number).map(|was| (it, was))) else {
                continue;
            };
            self.part = ConflictPart { is_table: false, id: was.id.clone() };
            let (kind, theirs) = self.told(&clash);
            let about = format!("the number of Section {}", was.number.value);
            let was = Claim::new(was.number.value.clone(), &was.number.origin);
            if let Some(to) = it.renumber.take() {
                let there = it.number.clone();
                let open = sides(Some(was.text.clone().into()), to.clone(), there, &to.origin);
                it.open.get_or_insert_default().renumber = Some(open);
                self.conflict(kind, about, Some(was), Claim::new(to.value, &to.origin), theirs);
            } else {
                let at = it.delete.as_ref().map_or(it.number.origin.clone(), |at| at.0.clone());
                let open = self.disputed(kind, about, Some(was), Claim::new("deleted", &at), theirs);
                it.open.get_or_insert_default().conflict = Some(open);
            }
        }
    }

    /// What stands against a number, in words and with its place.
    pub fn told(&self, clash: &Clash) -> (ConflictKind, Claim) {
        let Between { base, onto, slots, .. } = self.between;
        let (kind, id) = match clash {
            Clash::Taken(id) => (ConflictKind::SameNumber, id),
            Clash::Left(id) => (ConflictKind::Order, id),
        };
        let renumbered = slots.numbering().renumbered.get(id).map(|(_, at)| at);
        let theirs = match (onto.section(id), base.section(id)) {
            (Some(there), _) => {
                let text = format!("{} {}", there.number.value, there.title());
                Claim::new(text, renumbered.unwrap_or(&there.number.origin))
            }
            (None, was) => {
                let text = was.map_or_else(String::new, |was| format!("Section {} deleted", was.number.value));
                Claim::new(text, slots.deletion(false, id).unwrap_or(&onto.id.origin))
            }
        };
        (kind, theirs)
    }

    /// The places, or numbers, that both ask for.
    pub fn both_moves(
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
        Some(Neighbour::new(beside, section.number.value.clone().into()))
    }

    /// Beside which section of the other version one shall stand: the one that is asked for, or else the nearest
    /// before it there that is left.
    fn beside(&self, place: &Neighbour, was: &Section) -> Neighbour {
        let Between { base, onto, own, .. } = self.between;
        if place.is_table && onto.matrix_numbered(&place.key).is_some() {
            return place.clone();
        }
        let known = base.section_numbered(&place.key).or_else(|| own.section(&place.key)).filter(|_| !place.is_table);
        let id = known.map_or(place.key.as_str(), |known| known.id.as_str());
        let at = |key: &str| Placed::new(key.to_owned(), place.key.origin.clone());
        match onto.section(id) {
            _ if place.is_table => {}
            Some(_) if self.moved.contains(id) => {
                if let Some(near) = self.near(base.section(id), self.slot_of(place), &was.id) {
                    return Neighbour { key: at(&near.key), ..near };
                }
            }
            Some(there) => return Neighbour::new(place.beside, at(&there.number)),
            // It is inserted by the modification itself: its identity names it.
            None if base.section(id).is_none() => return Neighbour::new(place.beside, at(id)),
            None => {}
        }
        let left: BTreeSet<&str> = onto.sections().map(|it| it.id.as_str()).filter(|id| *id != was.id).collect();
        let near = before(&was.id, own.sections().map(|it| it.id.as_str()), &left).and_then(|id| onto.section(id));
        match near.or_else(|| onto.sections().next()) {
            Some(near) => Neighbour::new(Beside::After, at(&near.number)),
            None => place.clone(),
        }
    }

    pub fn place(&mut self, about: &str, place: Option<&Neighbour>, was: &Section) -> Outcome<Neighbour> {
        let Between { base, onto, own, slots } = self.between;
        let Some(place) = place else { return Outcome::default() };
        let known = base.section_numbered(&place.key).or_else(|| own.section(&place.key)).map(|known| &known.id);
        let known = if place.is_table { base.matrix_numbered(&place.key).map(|known| &known.id) } else { known };
        let id = known.map_or(place.key.as_str(), String::as_str);
        let beside = self.beside(place, was);
        let stands = |version: &Version| match place.is_table {
            true => version.matrix(id).is_some(),
            false => version.section(id).is_some(),
        };
        if stands(onto) || !stands(base) {
            return Outcome::this(beside);
        }
        let ours = Claim::new(format!("moved beside {}", named(place)), &place.key.origin);
        let theirs = Claim::new("that place deleted", slots.deletion(place.is_table, id).unwrap_or(&onto.id.origin));
        self.conflict(ConflictKind::Place, about.to_owned(), None, ours, theirs);
        let there = onto.section(&was.id).and_then(|theirs| self.standing(theirs));
        Outcome::open(Sides {
            was: None,
            ours: Some(beside),
            theirs: there,
            origin: Standing(place.key.origin.clone()),
        })
    }

    /// Whether the other version has moved a section past others, and not with the one that it stands in.
    pub fn is_moved(&self, was: &Section) -> bool {
        let base = self.between.base;
        let parent = was.number.rsplit_once('.').and_then(|(parent, _)| base.section_numbered(parent));
        self.moved.contains(&was.id) && !parent.is_some_and(|parent| self.moved.contains(&parent.id))
    }

    /// Whether the other version gave a section a number of its own: not one that the sections beside it moved it to.
    fn is_renumbered(&self, was: &Section, theirs: &Section) -> bool {
        let Between { base, onto, .. } = self.between;
        if was.number == theirs.number || self.between.slots.is_complete() {
            return was.number != theirs.number && self.between.slots.move_of(&was.id).is_some();
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

    /// Where it is said that a section stands where it does in the other version, as far as that is known.
    pub fn moved_at<'s>(&'s self, theirs: &'s Section) -> &'s Origin {
        self.between.slots.move_of(&theirs.id).unwrap_or(&theirs.number.origin)
    }

    /// Beside which section a new one shall stand, where its number doesn't say so because others beside it are moved.
    pub fn place_among_moved(&self, mine: &Section, slot: Slot) -> Option<Neighbour> {
        let Between { base, own, onto, .. } = self.between;
        let was = own.sections().find(|it| is_sibling(&it.number, &mine.number) && base.section(&it.id).is_some())?;
        let there = onto.section(&was.id)?;
        let siblings = || onto.sections().filter(|it| is_sibling(&it.number, &there.number));
        let in_order = siblings().is_sorted_by(|a, b| natural(&a.number, &b.number).is_le());
        (!in_order && siblings().any(|it| self.moved.contains(&it.id)))
            .then(|| self.near(Some(was), slot, &mine.id))
            .flatten()
    }

    /// What a slot of the base is beside in the other version, among those that stand beside a section: behind the last
    /// that belongs before it.
    fn near(&self, among: Option<&Section>, slot: Slot, id: &str) -> Option<Neighbour> {
        let Between { base, onto, slots, .. } = self.between;
        let among = onto.section(&among?.id)?;
        let at_of = |id: &str| base.sections().position(|it| it.id == id);
        // What is moved belongs behind what it is moved behind.
        let mut stays_before = 0;
        let mut nearest = None;
        for it in onto.sections() {
            let place = match at_of(&it.id) {
                Some(_) if self.moved.contains(&it.id) => (stays_before, false),
                Some(at) => (at, true),
                None => (slots.section(&it.id, base, onto), false),
            };
            if let (at, true) = place {
                stays_before = at + 1;
            }
            if it.id != id && is_sibling(&it.number, &among.number) {
                if place <= (slot, false) {
                    nearest = Some((Beside::After, it));
                } else if nearest.is_none() {
                    nearest = Some((Beside::Before, it));
                    break;
                }
            }
        }
        nearest.map(|(beside, it)| Neighbour::new(beside, it.number.value.clone().into()))
    }

    /// The slot of the base that a place means.
    fn slot_of(&self, place: &Neighbour) -> Slot {
        let base = self.between.base;
        let Some(root) = Number::parse(&place.key) else { return 0 };
        let within = |section: &Section| Number::parse(&section.number).is_some_and(|it| it.is_within(&root));
        let mut within = base.sections().enumerate().filter(|(_, section)| within(section)).map(|(at, _)| at);
        match place.beside {
            Beside::Before => within.next().unwrap_or_default(),
            Beside::After => within.last().map_or(0, |at| at + 1),
        }
    }
}

fn in_words(place: &Neighbour) -> String {
    let side = if place.beside == Beside::Before { "before" } else { "after" };
    format!("{side} {}", named(place))
}

fn named(place: &Neighbour) -> String {
    if place.is_table { format!("Table {}", place.key.value) } else { place.key.value.clone() }
}
