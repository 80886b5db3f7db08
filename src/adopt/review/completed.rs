//! What a copy of a change document makes of the whole version, of which it shows only parts.
//!
//! What is rejected whole is withdrawn: its statement goes from the modification, and with it all that followed from it,
//! such as numbers that closed up behind what went. What else the copy says is done to what is left.

use super::edits::{Edits, not_stated};
use crate::adopt::amendment::typed_as;
use crate::compose::{Conflict, Rebased, default_id, lay_over, rebase_apart};
use crate::diagnostic::Diagnostic;
use crate::model::{Appendix, Modification, Part, SectionStatement, Version};
use crate::reader::marked::Remark;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Edits of a whole version, as far as they don't collide with what it says today.
#[derive(Debug)]
pub struct Completed {
    /// Them.
    pub edits: Edits,
    /// Where they collide.
    pub conflicts: Vec<Conflict>,
    /// What of them it says already.
    pub dropped: Vec<String>,
}

impl Edits {
    /// What they make of all of the version that the redline proposes, as it is today: that which `own` makes of `base`.
    ///
    /// # Errors
    /// If that makes no version, which hangs on what the copy doesn't show.
    pub fn completed(
        self,
        appendix: &Appendix,
        own: &Modification,
        (base, target): (&Version, &Version),
    ) -> Result<Completed, Vec<Remark>> {
        let left = self.withdrawn(own, base).and_then(|left| lay_over(appendix, &left, base).ok());
        let shown = match &left {
            Some(left) => self.over(left, target),
            None => self,
        };
        let ground = left.as_ref().unwrap_or(target);
        let (by, wrong) = shown.by(appendix);
        let Rebased { modification, conflicts, dropped } = rebase_apart(appendix, &by, &shown.was, &shown.now, ground);
        let mut remarks = shown.remarks;
        remarks.extend(wrong.iter().map(|number| not_stated(number)));
        let now = match conflicts.is_empty() {
            true => lay_over(appendix, &modification, ground)
                .map_err(|found| found.iter().map(not_shown).collect::<Vec<_>>())?,
            false => target.clone(),
        };
        let edits = Self { was: target.clone(), now, is_whole: true, remarks };
        Ok(Completed { edits, conflicts, dropped })
    }

    /// The modification without the sections that it inserts and the copy hasn't, and without the deletions of those that
    /// the copy has; nothing, if there are none.
    fn withdrawn(&self, own: &Modification, base: &Version) -> Option<Modification> {
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
        let sections: Vec<SectionStatement> = own.sections.iter().filter(|it| !is_withdrawn(it)).cloned().collect();
        (sections.len() < own.sections.len()).then(|| Modification { sections, ..own.clone() })
    }

    /// The same edits of what is left of `target` once something is withdrawn.
    fn over(self, left: &Version, target: &Version) -> Self {
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

/// That a copy can't be of a version, for what stands beside the parts that it shows.
fn not_shown(why: &Diagnostic) -> Remark {
    Remark::loss(format!("with what the copy doesn't show {}: settle that in it", why.message))
}

fn owned(part: &Part) -> (bool, String) {
    let (is_table, id) = part.identity();
    (is_table, id.to_owned())
}
