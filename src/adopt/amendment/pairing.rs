//! Which section and which row of the document is which of the base.

use super::super::{Part, Reading};
use crate::compose::default_id;
use crate::document::markdown::read_body;
use crate::model::{ColumnKind, Matrix, Part as VersionPart, Row, Section, Version};
use crate::reader::Carried;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where a change document shows of a section no more than its heading, its text is that of the base.
pub(in crate::adopt) fn show_whole(original: &mut Version, proposed: &mut Version, base: &Version) {
    for part in &mut original.parts {
        let VersionPart::Section(was) = part else { continue };
        let now = proposed.parts.iter_mut().find_map(|part| match part {
            VersionPart::Section(now) if now.id == was.id => Some(now),
            _ => None,
        });
        let is_shown = !was.body.is_empty() || now.as_ref().is_some_and(|now| !now.body.is_empty());
        if let Some(known) = base.section(&was.id).filter(|_| !is_shown) {
            Arc::make_mut(was).body.clone_from(&known.body);
            if let Some(now) = now {
                Arc::make_mut(now).body.clone_from(&known.body);
            }
        }
    }
}

/// Gives the parts and rows of the original text the identities that the base gave them.
pub(super) fn take_identities(original: &mut Version, base: &Version) {
    for part in &mut original.parts {
        match part {
            VersionPart::Section(section) => {
                let section = Arc::make_mut(section);
                if let Some(known) = base.section_numbered(&section.number) {
                    section.id.clone_from(&known.id);
                    as_typed(section, known);
                }
            }
            VersionPart::Matrix(matrix) => {
                if let Some(known) = base.matrix_numbered(&matrix.number) {
                    Arc::make_mut(matrix).id.clone_from(&known.id);
                    take_keys(Arc::make_mut(matrix), known);
                    take_unprinted(matrix, known);
                }
            }
        }
    }
}

/// The sections that say what those of a known version say are typed as they are there.
pub fn typed_as(version: &mut Version, known: &Version) {
    for part in &mut version.parts {
        if let VersionPart::Section(section) = part
            && let Some(known) = known.section(&section.id)
        {
            as_typed(Arc::make_mut(section), known);
        }
    }
}

/// A text that says what a known one says is typed as that is.
fn as_typed(section: &mut Section, known: &Section) {
    if is_same_text(&section.body.text, &known.body.text) {
        section.body.clone_from(&known.body);
    }
    if words(&section.heading.text).eq(words(&known.heading.text)) {
        section.heading.clone_from(&known.heading);
    }
}

/// Whether two texts are one in Markdown, however they are typed.
fn is_same_text(a: &str, b: &str) -> bool {
    a == b || read_body(a).is_ok_and(|a| read_body(b).is_ok_and(|b| a == b))
}

/// Gives the tables of a version what is known of them that their columns don't show.
pub fn unprinted_as(version: &mut Version, known: &Version) {
    for part in &mut version.parts {
        if let VersionPart::Matrix(matrix) = part
            && let Some(known) = known.matrix(&matrix.id)
        {
            take_unprinted(matrix, known);
        }
    }
}

/// Gives a table whose columns show no User Roles, or no references, those that are known of it.
fn take_unprinted(matrix: &mut Arc<Matrix>, known: &Matrix) {
    let shows = |kind: ColumnKind| matrix.columns.iter().any(|column| column.kind == kind);
    let (shows_role, shows_reference) = (shows(ColumnKind::Role), shows(ColumnKind::Reference));
    if shows_role && shows_reference {
        return;
    }
    let matrix = Arc::make_mut(matrix);
    if !shows_role {
        matrix.role.clone_from(&known.role);
        matrix.role_name.clone_from(&known.role_name);
    }
    let rows: BTreeMap<&str, &Row> = known.rows().map(|row| (row.key.as_str(), row)).collect();
    for row in &mut matrix.rows {
        let known_row = rows.get(row.key.as_str());
        let role = known_row.map_or(&known.role, |row| &row.role);
        if !shows_role && row.role != *role {
            Arc::make_mut(row).role.clone_from(role);
        }
        if let Some(known) = known_row.filter(|known| !shows_reference && known.reference != row.reference) {
            Arc::make_mut(row).reference.clone_from(&known.reference);
        }
    }
}

/// Gives rows the keys of those that are the same: of one variant, in their order where several have it.
fn take_keys(matrix: &mut Matrix, known: &Matrix) {
    let mut waiting: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in known.rows.iter().rev() {
        waiting.entry(&row.variant).or_default().push(&row.key);
    }
    for row in &mut matrix.rows {
        if let Some(key) = waiting.get_mut(row.variant.value.as_str()).and_then(Vec::pop) {
            Arc::make_mut(row).key.value = key.to_owned();
        }
    }
}

/// Gives the sections and rows of the proposed text the identities of those that they were in the original; no other has
/// an identity that one of the known version has.
pub(super) fn pair(
    proposed: &mut Version,
    (now, text): (&Reading, &Carried),
    (original, known): (&Version, &Version),
    was: Option<&(Reading, &Carried)>,
) {
    let opens = |reading: &Reading, text: &Carried| -> BTreeMap<usize, String> {
        let sections = reading.parts.found.iter().filter_map(|part| match part {
            Part::Section(section) => Some((*text.sources.get(section.at)?, section.opening.number.clone())),
            Part::Matrix(_) => None,
        });
        sections.collect()
    };
    // What one paragraph opens in both texts is one section.
    let same = match was {
        Some((was, was_text)) => {
            let before = opens(was, was_text);
            let same = opens(now, text).into_iter().filter_map(|(source, number)| {
                Some((number, original.section_numbered(before.get(&source)?)?.id.clone()))
            });
            same.collect()
        }
        None => alike(proposed, original),
    };
    let mut taken: BTreeSet<String> = same.values().cloned().collect();
    let own = text.is_own;
    let known: BTreeSet<&str> = known.sections().map(|section| section.id.as_str()).collect();
    let here: BTreeSet<String> = now.parts.found.iter().map(|part| part.number().to_owned()).collect();
    for part in &mut proposed.parts {
        match part {
            VersionPart::Section(section) => {
                let section = Arc::make_mut(section);
                if let Some(id) = same.get(&section.number.value) {
                    section.id.clone_from(id);
                    continue;
                }
                if own && section.id != section.number.value && taken.insert(section.id.clone()) {
                    continue;
                }
                // What went in one place and came in another, word for word under its heading, has moved.
                let moved = original.sections().find(|was| {
                    !now.parts.instructed
                        && !taken.contains(&was.id)
                        && !section.is_clause()
                        && was.heading == section.heading
                        && (was.body == section.body || was.number == section.number)
                        && (was.number == section.number || !here.contains(&was.number.value))
                });
                section.id = match moved {
                    Some(was) => was.id.clone(),
                    None => default_id(&section.number, known.contains(section.number.as_str()), &now.release.head.id),
                };
                taken.insert(section.id.clone());
            }
            VersionPart::Matrix(matrix) => {
                if let Some(known) = original.matrix_numbered(&matrix.number) {
                    Arc::make_mut(matrix).id.clone_from(&known.id);
                    if !own {
                        take_keys(Arc::make_mut(matrix), known);
                    }
                    take_unprinted(matrix, known);
                }
            }
        }
    }
}

/// The sections that are the same where nothing is marked: of one number and heading, else of one heading, else of one
/// number; by their numbers in the proposed text.
fn alike(proposed: &Version, original: &Version) -> BTreeMap<String, String> {
    let heading = |a: &Section, b: &Section| !a.is_clause() && a.heading == b.heading;
    let number = |a: &Section, b: &Section| a.number == b.number;
    type IsSame<'f> = &'f dyn Fn(&Section, &Section) -> bool;
    let ways: [IsSame<'_>; 3] = [&|a, b| number(a, b) && a.heading == b.heading, &heading, &|a, b| {
        number(a, b) && a.is_clause() == b.is_clause()
    }];
    let mut same: BTreeMap<String, String> = BTreeMap::new();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for is_same in ways {
        for now in proposed.sections() {
            if same.contains_key(&now.number.value) {
                continue;
            }
            if let Some(was) = original.sections().find(|was| !taken.contains(was.id.as_str()) && is_same(was, now)) {
                taken.insert(&was.id);
                same.insert(now.number.value.clone(), was.id.clone());
            }
        }
    }
    same
}

/// Puts the parts in the order in which the document has them.
pub(in crate::adopt) fn in_document_order(version: &mut Version, reading: &Reading) {
    let mut sections = reading.release.sections.iter().map(|it| it.number.value.as_str());
    let mut tables = reading.release.tables.iter().map(|it| it.number.value.as_str());
    let number = |part: &Part| match part {
        Part::Section(_) => (false, sections.next()),
        Part::Matrix(_) => (true, tables.next()),
    };
    let order: BTreeMap<(bool, Option<&str>), usize> =
        reading.parts.found.iter().map(number).enumerate().map(|(at, number)| (number, at)).collect();
    version.parts.sort_by_key(|part| order.get(&(part.identity().0, Some(part.number()))).copied());
}

/// Whether two parts say the same; of a table that shows only some rows, whether those are there.
pub(in crate::adopt) fn says_the_same(base: &VersionPart, shown: &VersionPart, shows_parts: bool) -> bool {
    match (base, shown) {
        (VersionPart::Section(base), VersionPart::Section(shown)) => {
            words(&base.heading.text).eq(words(&shown.heading.text)) && is_same_text(&base.body.text, &shown.body.text)
        }
        (VersionPart::Matrix(base), VersionPart::Matrix(shown)) => {
            let reads_so = |row: &crate::model::Row| base.rows.iter().any(|it| it.reads_as(row));
            let is_whole = shows_parts || base.rows.len() == shown.rows.len();
            base.role == shown.role && base.columns == shown.columns && is_whole && shown.rows().all(reads_so)
        }
        _ => false,
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}
