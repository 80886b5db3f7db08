//! What a copy takes back of a modification: with a statement goes all that followed from it, such as numbers that closed up
//! behind what went.

use super::edits::Edits;
use crate::adopt::amendment::typed_as;
use crate::compose::default_id;
use crate::model::{Modification, Part, SectionStatement, Version};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Edits {
    /// The modification without the sections that it inserts and the copy hasn't, without the deletions of those that the
    /// copy has, and without the new numbers of those that have their old ones in it; nothing, if there are none.
    pub(super) fn withdrawn(&self, own: &Modification, base: &Version) -> Option<Modification> {
        let stands = |id: &str| (self.was.section(id).is_some(), self.now.section(id).is_some());
        let is_withdrawn = |it: &SectionStatement| match base.section_numbered(&it.number).filter(|_| !it.insert) {
            Some(known) => it.delete.is_some() && stands(&known.id) == (false, true),
            None => {
                let is_taken = base.section(&it.number).is_some();
                let id = it.id.as_ref().map(|id| id.value.clone());
                let id = id.unwrap_or_else(|| default_id(&it.number, is_taken, &own.head.id));
                it.insert && stands(&id) == (true, false)
            }
        };
        let has_old_number = |it: &SectionStatement| {
            let is_other = it.renumber.as_ref().is_some_and(|to| *to != it.number);
            let known = base.section_numbered(&it.number).filter(|_| is_other && !it.insert);
            known.is_some_and(|known| {
                let is_old = |version: &Version| version.section(&known.id).map(|it| it.number == known.number);
                (is_old(&self.was), is_old(&self.now)) == (Some(false), Some(true))
            })
        };
        let left = |it: &SectionStatement| match has_old_number(it) {
            true => SectionStatement { renumber: None, ..it.clone() },
            false => it.clone(),
        };
        let sections: Vec<SectionStatement> = own.sections.iter().filter(|it| !is_withdrawn(it)).map(left).collect();
        (sections != own.sections).then(|| Modification { sections, ..own.clone() })
    }

    /// The same edits of what is left of `target` once something is withdrawn.
    pub(super) fn over(self, left: &Version, target: &Version) -> Self {
        let Self { was, mut now, is_whole, remarks } = self;
        let find =
            |version: &Version, part: &Part| version.parts.iter().position(|it| it.identity() == part.identity());
        let stays = |part: &&Part| find(left, part).is_some() || find(target, part).is_none();
        let returns = |part: &&Part| find(&was, part).is_none() && find(&now, part).is_some();
        let mut parts: Vec<Part> = was.parts.iter().filter(stays).cloned().collect();
        parts.extend(left.parts.iter().filter(returns).cloned());
        let places: BTreeMap<(bool, String), usize> =
            left.parts.iter().enumerate().map(|(at, part)| (owned(part), at)).collect();
        parts.sort_by_key(|part| places.get(&owned(part)).copied().unwrap_or(usize::MAX));
        for part in &mut parts {
            // Numbers follow from what is left.
            if let Part::Section(section) = part
                && let (Some(left), Some(known)) = (left.section(&section.id), target.section(&section.id))
                && section.number == known.number
            {
                let section = Arc::make_mut(section);
                (section.level, section.number) = (left.level, left.number.clone());
            }
        }
        typed_as(&mut now, left);
        Self { was: Version { parts, ..was }, now, is_whole, remarks }
    }
}

fn owned(part: &Part) -> (bool, String) {
    let (is_table, id) = part.identity();
    (is_table, id.to_owned())
}
