//! A modification moved from the version that it was drafted against onto another.
//!
//! Three-way and by identity: sections by id, words by alignment, rows by key, cells by column. What the other version
//! has already is dropped, what both changed alike is agreement, and what both changed otherwise is a conflict.

mod columns;
mod mover;
mod numbers;
mod places;
mod replaced;
mod rows;
mod sections;
mod settled;
mod tables;
mod wording;

use super::conflict::Conflict;
use crate::model::{Appendix, Head, Modification, Placed, SectionStatement, natural};
pub(super) use mover::Between;
use mover::Mover;
use numbers::Numbers;
pub(super) use replaced::Replaced;

/// A modification against another base.
#[derive(Clone, Debug)]
pub struct Rebased {
    /// It, with all of its statements in the words and numbers of the other version, and where they collide with what
    /// all sides say.
    pub modification: Modification,
    /// Where it collides with what the other version says.
    pub conflicts: Vec<Conflict>,
    /// What of it the other version has already, in words.
    pub dropped: Vec<String>,
}

impl Rebased {
    /// The modification as far as it doesn't collide with the other version.
    pub(super) fn agreed(self) -> Modification {
        if self.conflicts.is_empty() { self.modification } else { settled::without_open(self.modification) }
    }
}

/// Moves a modification between two versions, where it is known what others said on the way.
pub(super) fn rebase_among(
    appendix: &Appendix,
    modification: &Modification,
    between: Between<'_>,
    replaced: &mut Replaced,
) -> Rebased {
    let mut mover = Mover::new(modification, between, replaced);
    let onto = between.onto;
    let mut sections: Vec<SectionStatement> =
        modification.sections.iter().filter(|it| !it.insert).filter_map(|it| mover.section(it)).collect();
    let mut inserted: Vec<&SectionStatement> = modification.sections.iter().filter(|it| it.insert).collect();
    inserted.sort_by(|a, b| natural(&a.number, &b.number));
    if !inserted.is_empty() || sections.iter().any(|it| it.renumber.is_some() || it.delete.is_some()) {
        let own = mover.numbering.clone();
        let mut numbers = Numbers::of(between, &own, &sections);
        mover.renumbered(&mut sections, &mut numbers);
        sections.extend(inserted.into_iter().filter_map(|it| mover.inserted(it, &mut numbers)).collect::<Vec<_>>());
    }
    let columns = mover.columns(modification);
    let tables = modification.tables.iter().filter_map(|it| mover.table(it)).collect();
    let mut moved = Modification {
        head: Head { columns: columns.said, open_columns: columns.open, ..modification.head.clone() },
        base: Placed::new(onto.id.value.clone(), modification.base.origin.clone()),
        sections,
        tables,
        ..modification.clone()
    };
    mover.wording(&appendix.part_words(), modification, &mut moved);
    Rebased { modification: moved, conflicts: mover.conflicts, dropped: mover.dropped }
}
