//! A list of amendments makes the change that it says, or refuses; whatever it is applied to.

use crate::common::{config, edit, generate};
use ctsd::document::{Block, Document, Table, markdown, parts};
use ctsd::redline::{Change, ChangeList, Mismatch, PartChange, RowChange, apply, compare};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The front matter and the parts.
fn segments(document: &Document) -> Vec<&[Block]> {
    let parts = parts(document);
    let front = parts.first().map_or(document.blocks.len(), |part| part.blocks.start);
    let parts = parts.into_iter().map(|part| &document.blocks[part.blocks]);
    std::iter::once(&document.blocks[..front]).chain(parts).collect()
}

/// What stands at none of the places.
fn others<'a, T>(all: &'a [T], places: &BTreeSet<usize>) -> Vec<&'a T> {
    all.iter().enumerate().filter(|(at, _)| !places.contains(at)).map(|(_, other)| other).collect()
}

fn written(blocks: &[Block]) -> String {
    markdown::write_blocks(blocks).trim_end_matches('\n').to_owned()
}

fn length(text: &Option<String>) -> usize {
    text.as_ref().map_or(1, |text| markdown::read_blocks(text).unwrap().len())
}

/// Whether one document is the other with just these changes made.
fn is_the_change(before: &Document, after: &Document, changes: &ChangeList) -> Result<(), TestCaseError> {
    let (old, new) = (segments(before), segments(after));
    let all = || changes.amendments.iter().flat_map(|amendment| &amendment.parts);
    let (from, at) = (all().filter_map(|part| part.from).collect(), all().filter_map(|part| part.at).collect());
    prop_assert_eq!(others(&old, &from), others(&new, &at), "the parts that no amendment names stay");
    for part in all() {
        match (part.from.map(|from| old[from]), part.at.map(|at| new[at])) {
            (Some(old), Some(new)) => is_the_part_change(old, new, part)?,
            (Some(old), None) => prop_assert_eq!(&Some(written(old)), &part.old),
            (None, Some(new)) => prop_assert_eq!(&Some(written(new)), &part.new),
            (None, None) => prop_assert!(false, "a part is somewhere"),
        }
    }
    Ok(())
}

fn is_the_part_change(old: &[Block], new: &[Block], part: &PartChange) -> Result<(), TestCaseError> {
    let (mut from, mut at) = (BTreeSet::new(), BTreeSet::new());
    for change in &part.changes {
        let before = change.from.map(|from| from - 1..from - 1 + length(&change.old));
        let after = change.at.map(|at| at - 1..at - 1 + length(&change.new));
        from.extend(before.clone().into_iter().flatten());
        at.extend(after.clone().into_iter().flatten());
        let (before, after) = (before.map(|range| &old[range]), after.map(|range| &new[range]));
        match (before, after, change) {
            (Some([Block::Table(old)]), Some([Block::Table(new)]), Change { old: None, new: None, rows, .. }) => {
                is_the_table_change(old, new, rows)?;
            }
            _ => {
                prop_assert_eq!(before.map(written), change.old.clone());
                prop_assert_eq!(after.map(written), change.new.clone());
            }
        }
    }
    prop_assert_eq!(others(old, &from), others(new, &at), "what no change names stays");
    Ok(())
}

fn is_the_table_change(old: &Table, new: &Table, changes: &[RowChange]) -> Result<(), TestCaseError> {
    let place = |at: Option<usize>| at.map(|at| at - 1);
    let from = changes.iter().filter_map(|change| place(change.from)).collect();
    let at = changes.iter().filter_map(|change| place(change.at)).collect();
    prop_assert_eq!((&old.id, &old.columns), (&new.id, &new.columns));
    prop_assert_eq!(others(&old.rows, &from), others(&new.rows, &at), "the rows that no change names stay");
    for change in changes {
        for (row, text) in [
            (place(change.from).map(|at| &old.rows[at]), &change.old),
            (place(change.at).map(|at| &new.rows[at]), &change.new),
        ] {
            prop_assert_eq!(row.is_some(), text.is_some());
            let (Some(row), Some(text)) = (row, text) else { continue };
            prop_assert_eq!((&row.key.now, row.kind), (&text.key, text.kind));
            prop_assert_eq!(row.cells.len(), text.cells.len());
            for (cell, text) in row.cells.iter().zip(&text.cells) {
                let paragraph = ctsd::document::Paragraph::new(ctsd::document::Kind::Body, cell.runs.clone());
                prop_assert_eq!((cell.span, written(&[Block::Paragraph(paragraph)])), (text.span, text.text.clone()));
            }
        }
    }
    Ok(())
}

/// A list whose places were tampered with: the numbers, one after the other, moved by so much.
fn tampered(changes: &ChangeList, by: &[i8]) -> ChangeList {
    fn walk(value: &mut serde_json::Value, by: &mut impl Iterator<Item = i8>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    match value.as_u64() {
                        Some(place) if name == "from" || name == "at" => {
                            let by = by.next().unwrap_or(0);
                            *value =
                                if by == i8::MIN { u64::MAX } else { place.saturating_add_signed(by.into()) }.into();
                        }
                        _ => walk(value, by),
                    }
                }
            }
            serde_json::Value::Array(values) => values.iter_mut().for_each(|value| walk(value, by)),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(changes).unwrap();
    walk(&mut value, &mut by.iter().copied());
    serde_json::from_value(value).unwrap()
}

fn is_made_or_refused(base: &Document, changes: &ChangeList) -> Result<(), TestCaseError> {
    match apply(base, changes) {
        Ok(made) => is_the_change(base, &made, changes),
        Err(misfit) => {
            let named = changes.amendments.iter().any(|amendment| amendment.id == misfit.amendment);
            prop_assert!(named, "{misfit}");
            Ok(())
        }
    }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn its_own_base_gives_the_target((old, new) in edit::pair()) {
        let changes = compare(&old, &new, "old", "new").changes;
        prop_assert_eq!(apply(&old, &changes), Ok(new.clone()));
        is_the_change(&old, &new, &changes)?;
    }

    #[test]
    fn another_base_gives_the_same_change_or_a_refusal((old, new, other) in edit::triple()) {
        is_made_or_refused(&other, &compare(&old, &new, "old", "new").changes)?;
    }

    #[test]
    fn an_unrelated_base_gives_the_same_change_or_a_refusal((old, new) in edit::pair(), other in generate::document(false)) {
        is_made_or_refused(&other, &compare(&old, &new, "old", "new").changes)?;
    }

    #[test]
    fn a_list_tampered_with_gives_what_it_says_or_a_refusal(
        (old, new) in edit::pair(),
        by in proptest::collection::vec(prop_oneof![4 => Just(0), 2 => -2..3i8, 1 => any::<i8>()], 0..12),
    ) {
        is_made_or_refused(&old, &tampered(&compare(&old, &new, "old", "new").changes, &by))?;
    }
}

#[test]
fn a_refusal_says_what_stands_there() {
    let read = |body: &str| markdown::read(&format!("# 5 Tests {{#section-5}}\n\n{body}\n")).unwrap();
    let changes = compare(&read("A Device must be tested."), &read("A Device may be tested."), "old", "new").changes;
    let misfit = apply(&read("A Device can be tested."), &changes).unwrap_err();
    let (expected, found) = ("A Device must be tested.".to_owned(), "A Device can be tested.".to_owned());
    assert_eq!(misfit.mismatch, Mismatch::Other { expected, found });
    assert_eq!(
        misfit.to_string(),
        "amendment “section-5” doesn't fit, at “section-5/2”: it was drafted against “A Device must be tested.”, and \
         “A Device can be tested.” stands there; make the list anew against this version"
    );
}
