//! Edits of the parts that a copy shows, on the ground of the whole version that they are of.

use super::edits::Edits;
use crate::model::{Beside, Modification, Neighbour, Number, Part, Version};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Edits {
    /// The same edits without what `ground` has already: what comes would come twice, what stood in a section that is gone by
    /// its number would go with it, and one with a new number would move to where that belongs.
    pub(super) fn without_done(mut self, ground: &Version) -> Self {
        let find = |parts: &[Part], part: &Part| parts.iter().position(|it| it.identity() == part.identity());
        let has = |version: &Version, part: &Part| find(&version.parts, part).is_some();
        let mut was = self.was.clone();
        was.parts.retain(|part| has(&self.now, part) || has(ground, part));
        self.was.clone_from(&was);
        for (at, part) in self.now.parts.iter().enumerate() {
            let there = find(&ground.parts, part).map(|at| &ground.parts[at]);
            if find(&was.parts, part).is_none() && there.is_some_and(|there| there.reads_as(part)) {
                let before = self.now.parts[..at].iter().rev().find_map(|before| find(&was.parts, before));
                was.parts.insert(before.map_or(0, |before| before + 1), part.clone());
            }
        }
        for part in &mut was.parts {
            if let Part::Section(section) = part
                && let (Some(now), Some(there)) = (self.now.section(&section.id), ground.section(&section.id))
                && now.number == there.number
            {
                let section = Arc::make_mut(section);
                (section.level, section.number) = (now.level, now.number.clone());
            }
        }
        // Of sections that change places with each other one can be there already, and the other not.
        let numbers: BTreeSet<&str> = was.sections().map(|it| it.number.as_str()).collect();
        if numbers.len() == was.sections().count() {
            self.was = was;
        }
        self
    }

    /// Whether all sections that stay follow each other as they did.
    pub(super) fn moves_nothing(&self) -> bool {
        let ids = |version: &Version, other: &Version| -> Vec<String> {
            let both = version.sections().filter(|it| other.section(&it.id).is_some());
            both.map(|it| it.id.clone()).collect()
        };
        ids(&self.was, &self.now) == ids(&self.now, &self.was)
    }
}

/// Lets sections stand where they stand: among the parts that are shown one with a new number can need a place to do so, and
/// what stands around it is more than those.
pub(super) fn stay(modification: &mut Modification, ground: &Version) {
    let moving: BTreeSet<String> = modification
        .sections
        .iter()
        .filter(|it| !it.insert && (it.renumber.is_some() || it.place.is_some()))
        .filter_map(|it| ground.section_numbered(&it.number).map(|it| it.id.clone()))
        .collect();
    for it in modification.sections.iter_mut().filter(|it| !it.insert && it.place.is_some()) {
        let Some(at) =
            ground.parts.iter().position(|part| matches!(part, Part::Section(section) if section.number == it.number))
        else {
            continue;
        };
        let root = Number::parse(&it.number);
        let stands = |part: &&Part| match part {
            Part::Section(section) => {
                let is_within =
                    || root.as_ref().zip(Number::parse(&section.number)).is_some_and(|(root, own)| own.is_within(root));
                !moving.contains(&section.id) && !is_within()
            }
            Part::Matrix(_) => true,
        };
        let next = ground.parts[at + 1..].iter().find(stands).map(|part| (Beside::Before, part));
        let near = next.or_else(|| ground.parts[..at].iter().rev().find(stands).map(|part| (Beside::After, part)));
        it.place = near.map(|(beside, part)| match part {
            Part::Section(section) => Neighbour::new(beside, section.number.value.clone().into()),
            Part::Matrix(matrix) => Neighbour::of_table(beside, matrix.number.value.clone().into()),
        });
    }
}
