//! What two versions are to each other: told by the modifications that one has and the other lacks.

use super::project::Project;
use super::slots::position;
use crate::document::PartKind;
use crate::model::{Descent, Modification, Number, Part, Stated, Version};
use std::collections::BTreeSet;

/// What is known of two versions of a project beside their texts.
pub fn descent(project: &Project, base: &Version, target: &Version) -> Descent {
    let (old, new) = (rests_on(project, base), rests_on(project, target));
    let mut descent = Descent {
        is_known: !old.is_disjoint(&new),
        is_forked: !old.is_subset(&new) && !new.is_subset(&old),
        is_extract: base.extract.is_some() || target.extract.is_some(),
        ..Descent::default()
    };
    if descent.is_known {
        for id in old.symmetric_difference(&new) {
            if let (Some(own), Some(Stated::Modification(stated))) = (project.version(id), project.stated(id))
                && let Some(base) = project.version_below(own)
            {
                add(&mut descent, stated, base, own);
            }
        }
    }
    descent
}

/// A version and all that it rests on, by lower-case id.
fn rests_on(project: &Project, version: &Version) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![version.id.to_lowercase()];
    while let Some(id) = waiting.pop() {
        let below = project.stated(&id);
        if found.insert(id) {
            let below = below.into_iter().flat_map(|stated| stated.base().into_iter().chain(stated.includes()));
            waiting.extend(below.map(|id| id.to_lowercase()));
        }
    }
    found
}

/// What a modification makes of its base, as far as it says so.
fn add(descent: &mut Descent, stated: &Modification, base: &Version, own: &Version) {
    let identity = |part: &Part| match part {
        Part::Section(section) => (PartKind::Section, section.id.clone()),
        Part::Matrix(matrix) => (PartKind::Table, matrix.id.clone()),
    };
    let known: BTreeSet<_> = base.parts.iter().map(identity).collect();
    descent.inserted.extend(own.parts.iter().map(identity).filter(|part| !known.contains(part)));
    let moved = stated.sections.iter().filter(|it| it.place.is_some() || it.renumber.is_some());
    for root in moved.filter_map(|it| Number::parse(&it.number)) {
        let within = |number: &str| Number::parse(number).is_some_and(|number| number.is_within(&root));
        let sections = base.sections().filter(|section| within(&section.number));
        descent.moved.extend(sections.map(|section| section.id.clone()));
    }
    for table in &stated.tables {
        let Some(matrix) = base.matrix_numbered(&table.number) else { continue };
        let rows = table.operations.moves.iter().filter_map(|moved| matrix.rows.get(position(matrix, &moved.key)?));
        descent.moved_rows.extend(rows.map(|row| (matrix.id.clone(), row.key.value.clone())));
    }
}
