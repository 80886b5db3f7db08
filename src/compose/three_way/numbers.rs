//! The numbers that new sections get.

use super::mover::Between;
use crate::compose::slots::Slot;
use crate::model::{Number, Section, SectionStatement};

/// The numbers of sections while a modification is laid over a version: what is deleted closes up, what is inserted
/// moves those behind it on.
#[derive(Clone)]
pub(super) struct Numbers {
    standing: Vec<Numbered>,
}

/// A section that stands: its number, and where it belongs.
#[derive(Clone)]
struct Numbered {
    id: String,
    number: Number,
    /// By the base: so many of its sections stand before it, and whether it is none of them.
    place: (Slot, bool),
}

impl Numbers {
    /// Those of a version once the deletions and new numbers among these statements are made.
    pub fn of(between: &Between<'_>, statements: &[SectionStatement]) -> Self {
        let Between { base, onto, slots, .. } = *between;
        let place = |section: &Section| match base.sections().position(|it| it.id == section.id) {
            Some(at) => (at, true),
            None => (slots.section(&section.id, base, onto), false),
        };
        let standing = |section: &Section| {
            let number = Number::parse(&section.number)?;
            Some(Numbered { id: section.id.clone(), number, place: place(section) })
        };
        let mut numbers = Self { standing: onto.sections().filter_map(standing).collect() };
        let now = |number: &str| onto.sections().find(|it| it.number.value == number).map(|it| it.id.clone());
        for it in statements.iter().filter(|it| it.delete.is_some()) {
            let Some(root) = now(&it.number).and_then(|id| numbers.number(&id)) else { continue };
            numbers.standing.retain(|it| !it.number.is_within(&root));
            if it.close_up {
                numbers.change(|number| number.shifted(&root, -1));
            }
        }
        let new: Vec<(Number, Number)> = statements
            .iter()
            .filter_map(|it| {
                let from = numbers.number(&now(&it.number)?)?;
                Some((from, Number::parse(it.renumber.as_ref()?)?))
            })
            .collect();
        numbers.change(|number| {
            new.iter()
                .find(|(from, _)| number.is_within(from))
                .map_or(number.clone(), |(from, to)| number.rebased(from, to))
        });
        numbers
    }

    fn change(&mut self, change: impl Fn(&Number) -> Number) {
        self.standing.iter_mut().for_each(|it| it.number = change(&it.number));
    }

    fn number(&self, id: &str) -> Option<Number> {
        self.standing.iter().find(|it| it.id == id).map(|it| it.number.clone())
    }

    /// The number of a new section by where it belongs in the base, which it now has.
    pub fn insert(&mut self, section: &Section, slot: Slot) -> String {
        let Some(own) = Number::parse(&section.number) else { return section.number.value.clone() };
        let place = (slot, false);
        let siblings = self.standing.iter().filter(|it| is_sibling(&it.number.to_string(), &section.number));
        let next = siblings.clone().filter(|it| it.place > place).min_by_key(|it| it.place);
        let previous = siblings.filter(|it| it.place <= place).max_by_key(|it| it.place);
        let number = match (next, previous) {
            (Some(next), _) => next.number.clone(),
            (None, Some(previous)) => previous.number.shifted(&previous.number, 1),
            (None, None) => own,
        };
        if self.standing.iter().any(|it| it.number == number) {
            self.change(|other| other.shifted(&number, 1));
        }
        self.standing.push(Numbered { id: section.id.clone(), number: number.clone(), place });
        number.to_string()
    }
}

/// Whether two sections stand side by side, by their numbers.
pub(super) fn is_sibling(a: &str, b: &str) -> bool {
    let parent = |number: &str| number.rsplit_once('.').map(|(parent, _)| parent.to_owned());
    parent(a) == parent(b)
}
