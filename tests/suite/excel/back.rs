//! What is written for Excel and imported again says the same.

use super::{Files, GeneratedTable, desk, files_of, importing, root, shipped, tables, vocabulary, with, workbook};
use crate::common::config;
use ctsd::adopt::workbook::Naming;
use ctsd::diagnostic::Failure;
use ctsd::model::{Matrix, Version, counts};
use ctsd::pipeline::Desk;
use ctsd::pipeline::importing::{Imported, Importing, import_workbook};
use ctsd::reader::xlsx;
use proptest::prelude::*;
use std::path::Path;

pub fn import(files: &Files, file: &[u8], importing: &Importing, naming: &Naming) -> Result<Imported, Failure> {
    import_workbook(&root(files), &xlsx::read(file)?, importing, naming)
}

/// What the rows of a table say, each with what tells it from the others.
pub fn rows(matrix: &Matrix) -> Vec<String> {
    let row = |row: &std::sync::Arc<ctsd::model::Row>| {
        let cells: Vec<&str> = row.cv.iter().map(|cell| &*cell.value).collect();
        let (name, critical) = (&row.name.text, *row.critical);
        format!("{} {} {} {name} {critical} {} {}", *row.key, *row.reference, *row.variant, cells.join(" "), *row.role)
    };
    matrix.rows.iter().map(row).collect()
}

/// What the rows of a table say; what a row without an id is called, the base says.
fn said(matrix: &Matrix) -> Vec<String> {
    let bare = |(row, said): (&std::sync::Arc<ctsd::model::Row>, String)| said[row.key.len()..].to_owned();
    matrix.rows.iter().zip(rows(matrix)).map(bare).collect()
}

fn say_the_same(desk: &Desk, was: &Version, again: &Desk, now: &Version) -> Result<(), TestCaseError> {
    prop_assert_eq!(was.matrices().count(), now.matrices().count());
    for (was, now) in was.matrices().zip(now.matrices()) {
        prop_assert_eq!(&was.number.value, &now.number.value);
        prop_assert_eq!(&was.role.value, &now.role.value);
        prop_assert_eq!(rows(was), rows(now));
        prop_assert_eq!(counts(&desk.project.appendix, was), counts(&again.project.appendix, now));
    }
    Ok(())
}

/// The tables of a version come back from its workbook, as a version of the code.
fn comes_back(desk: &Desk, id: &str) -> Result<(), TestCaseError> {
    let imported = import(&vocabulary(), &workbook(desk, id), &importing("27.0", None), &Naming::default());
    let imported = imported.unwrap_or_else(|failure| panic!("{failure}"));
    prop_assert_eq!(imported.findings.len(), 1, "only the first sheet is left out: {:?}", imported.findings);
    prop_assert_eq!(imported.adopted.words.missing(), 0);
    let again = super::desk(&with(&vocabulary(), &imported));
    say_the_same(desk, desk.version(id).unwrap(), &again, again.version("27.0").unwrap())
}

#[test]
fn the_tables_of_the_shipped_versions_come_back() {
    let (_, desk) = shipped();
    for version in &desk.project.versions {
        comes_back(&desk, &version.id).unwrap_or_else(|wrong| panic!("{}: {wrong}", *version.id));
    }
}

/// The workbook of one version, imported onto another, is a modification that makes its rows of those.
fn becomes_a_modification(was: &[GeneratedTable], now: &[GeneratedTable]) -> Result<(), TestCaseError> {
    let mut before = vocabulary();
    before.extend(files_of("1.0", was));
    let mut after = vocabulary();
    after.extend(files_of("2.0", now));
    let target = desk(&after);
    let file = workbook(&target, "2.0");
    let imported = import(&before, &file, &importing("M1", Some("1.0")), &Naming::default());
    let imported = imported.unwrap_or_else(|failure| panic!("{failure}"));
    let lost = imported.adopted.remarks.iter().filter(|it| it.lost && !it.place.sheet.contains("About"));
    prop_assert_eq!(lost.collect::<Vec<_>>(), Vec::<&ctsd::reader::marked::Remark>::new());
    let amended = imported.amended.as_ref().unwrap();
    prop_assert!(amended.modification.sections.is_empty(), "the text stays");
    let again = desk(&with(&before, &imported));
    let (base, made) = (again.version("1.0").unwrap(), again.version("M1").unwrap());
    for matrix in made.matrices() {
        let wanted = target.version("2.0").unwrap().matrix_numbered(&matrix.number);
        // What the workbook hasn't stays.
        let wanted = wanted.or_else(|| base.matrix_numbered(&matrix.number)).unwrap();
        prop_assert_eq!(said(matrix), said(wanted));
    }
    prop_assert_eq!(made.matrices().count(), base.matrices().count().max(now.len()));
    Ok(())
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn tables_come_back_from_their_workbook(tables in tables()) {
        let mut files = vocabulary();
        files.extend(files_of("1.0", &tables));
        comes_back(&desk(&files), "1.0")?;
    }

    #[test]
    fn a_workbook_onto_a_base_is_what_it_changes(was in tables(), now in tables()) {
        becomes_a_modification(&was, &now)?;
    }

    #[test]
    fn rows_that_are_touched_are_amended_alone(was in tables(), at in any::<prop::sample::Index>(), cell in 0..10_usize) {
        let mut now = was.clone();
        let rows = &mut now[0].0;
        let at = at.index(rows.len());
        rows[at].4[cell] = (rows[at].4[cell] + 1) % 4;
        becomes_a_modification(&was, &now)?;
        let mut before = vocabulary();
        before.extend(files_of("1.0", &was));
        let mut after = vocabulary();
        after.extend(files_of("2.0", &now));
        let file = workbook(&desk(&after), "2.0");
        let imported = import(&before, &file, &importing("M1", Some("1.0")), &Naming::default()).unwrap();
        let tables = &imported.amended.unwrap().modification.tables;
        prop_assert_eq!(tables.len(), 1);
        let operations = &tables[0].operations;
        prop_assert_eq!((operations.amend.len(), operations.insert.len(), operations.remove.len()), (1, 0, 0));
    }
}

#[test]
fn what_a_modification_does_to_the_rows_comes_back() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shipped = Desk::open(here).unwrap();
    let mut files = vocabulary();
    for folder in ["", "sections", "tables"] {
        for entry in std::fs::read_dir(here.join("content/6.18").join(folder)).unwrap().flatten() {
            if let Ok(text) = std::fs::read_to_string(entry.path()) {
                let name = entry.file_name().into_string().unwrap();
                files.insert(format!("content/6.18/{folder}/{name}").replace("//", "/"), text);
            }
        }
    }
    let imported =
        import(&files, &workbook(&shipped, "MP089"), &importing("M1", Some("6.18")), &Naming::default()).unwrap();
    let made = desk(&with(&files, &imported));
    let (now, wanted) = (made.version("M1").unwrap(), shipped.version("MP089").unwrap());
    for (now, wanted) in now.matrices().zip(wanted.matrices()) {
        assert_eq!(rows(now), rows(wanted));
        assert_eq!(now.omitted, wanted.omitted);
    }
    // Nothing is changed by the workbook of the base itself.
    let same = import(&files, &workbook(&shipped, "6.18"), &importing("M2", Some("6.18")), &Naming::default()).unwrap();
    assert!(same.amended.unwrap().modification.tables.is_empty());
}
