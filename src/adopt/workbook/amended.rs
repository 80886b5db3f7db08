//! The rows of a workbook against those of a version: what it does to them is a modification.

use super::naming::Naming;
use super::sheets::Sheets;
use crate::adopt::amendment::{Amended, Drafting, whole};
use crate::adopt::front::Wanted;
use crate::adopt::told::{Adopted, Told};
use crate::adopt::vocabulary::Proposed;
use crate::model::{Appendix, Head, Matrix, Part, Version, natural};
use crate::reader::marked::Remark;
use crate::reader::xlsx::Book;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The modification that the tables of a workbook make of a base. Tables that it hasn't stay, as the text does.
///
/// # Errors
/// Everything that keeps it from being one, each with its sheet and cell.
pub fn modification(
    book: &Book,
    appendix: &Appendix,
    wanted: &Wanted,
    naming: &Naming,
    base: &Version,
) -> Result<(Adopted, Amended), Vec<Remark>> {
    // The base's columns are those that the workbook's are known by.
    let own = Appendix { columns: Arc::clone(&base.columns), ..appendix.clone() };
    let sheets = Sheets::of(book, &own, naming, Some(base))?;
    let mut told = Told::new(&sheets.carried);
    let (mut release, proposed) = sheets.release(&own, wanted, &mut told);
    release.head.columns = Some(Arc::clone(&base.columns));
    let appendix = &Proposed::accepted(&proposed, appendix);
    let read = whole(appendix, &release, "read")?;
    let mut now = base.clone();
    for part in read.parts {
        let Part::Matrix(matrix) = part else { continue };
        let mut matrix = Arc::unwrap_or_clone(matrix);
        let known = now.parts.iter_mut().find_map(|part| match part {
            Part::Matrix(known) if known.number == matrix.number => Some(Arc::make_mut(known)),
            _ => None,
        });
        match known {
            Some(known) => {
                take_keys(&mut matrix, known);
                known.rows = matrix.rows;
                known.role = matrix.role;
                known.role_name = matrix.role_name;
                known.published = matrix.published;
            }
            None => {
                let after = now.parts.iter().rposition(|part| natural(part.number(), &matrix.number).is_lt());
                now.parts.insert(after.map_or(0, |at| at + 1), Part::Matrix(Arc::new(matrix)));
            }
        }
    }
    let missing: Vec<String> = base
        .matrices()
        .filter(|matrix| !release.tables.iter().any(|table| table.number == matrix.number))
        .map(|matrix| format!("Table {}", matrix.number.value))
        .collect();
    if !missing.is_empty() {
        let what = format!(
            "the workbook hasn't all tables of {}: what is missing stays as it is ({})",
            base.id.value,
            missing.join(", ")
        );
        told.remark(Remark::of_all(what));
    }
    let head = Head {
        id: wanted.id.clone().into(),
        name: wanted.name.clone().unwrap_or_else(|| wanted.id.clone()),
        ..Head::default()
    };
    let drafting = Drafting::over(appendix, base, now);
    let (mut modification, conflicts, dropped) = drafting.modification(head, &mut told);
    drafting.published(&mut modification);
    drafting.prove(&modification, conflicts.is_empty(), &mut told);
    let amended = Amended { modification, baseline: None, conflicts, dropped, is_change_document: false };
    Ok((told.adopted(release, proposed), amended))
}

/// Gives rows the keys of those that are the same: of the same id, else of one variant, in their order where several have
/// it.
fn take_keys(matrix: &mut Matrix, known: &Matrix) {
    let is_known = |key: &str| known.rows.iter().any(|row| *row.key == *key && row.key != row.variant);
    let taken: BTreeSet<String> =
        matrix.rows.iter().map(|row| row.key.value.clone()).filter(|key| is_known(key)).collect();
    let mut waiting: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in known.rows.iter().rev().filter(|row| !taken.contains(&row.key.value)) {
        waiting.entry(&row.variant).or_default().push(&row.key);
    }
    for row in matrix.rows.iter_mut().map(Arc::make_mut).filter(|row| row.key == row.variant) {
        if let Some(key) = waiting.get_mut(row.variant.value.as_str()).and_then(Vec::pop) {
            row.key.value = key.to_owned();
        }
    }
}
