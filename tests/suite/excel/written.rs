//! What a workbook says of a version.

use super::book::{Sheet, sheets};
use super::{desk, files_of, shipped, tables, vocabulary, workbook};
use crate::common::{config, docx::parts};
use ctsd::model::{Matrix, Version, counts};
use ctsd::pipeline::{Desk, Format, Options};
use proptest::prelude::*;
use std::path::Path;

fn project() -> Desk {
    Desk::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap_or_else(|failure| panic!("{failure}"))
}

fn sheet_of<'s>(sheets: &'s [Sheet], matrix: &Matrix) -> &'s Sheet {
    let name = format!("Table {}", *matrix.number);
    sheets.iter().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("no sheet {name}"))
}

/// Each table has a sheet with its rows, and count rows whose formulas come to what is computed.
fn says_what_the_version_says(desk: &Desk, version: &Version) -> Result<(), TestCaseError> {
    let sheets = sheets(&workbook(desk, &version.id));
    prop_assert_eq!(sheets.len(), 1 + version.matrices().count());
    for matrix in version.matrices() {
        let sheet = sheet_of(&sheets, matrix);
        for (at, row) in (2..).zip(&matrix.rows) {
            let critical = if *row.critical { "Y" } else { "N" };
            let mut says = vec![row.reference.as_str(), row.variant.as_str(), row.name.text.as_str(), critical];
            says.extend(row.cv.iter().map(|cell| &*cell.value));
            says.push(&row.role);
            for (column, text) in (0..).zip(says) {
                prop_assert_eq!(sheet.text(at, column), text);
                let is_number = sheet.cells.get(&(at, column)).is_some_and(|cell| cell.is_number);
                prop_assert!(!is_number, "{} is a number in row {}", text, at);
            }
        }
        let foot = 2 + u32::try_from(matrix.rows.len()).unwrap() + 1;
        let Some(counts) = counts(&desk.project.appendix, matrix) else { continue };
        for (at, row) in (foot..).zip(&counts.rows) {
            prop_assert_eq!(sheet.text(at, 0), &row.label);
            for (column, figure) in (4..).zip(row.cv.iter().copied().map(Some).chain([row.total])) {
                let Some(figure) = figure else { continue };
                let cell = &sheet.cells[&(at, column)];
                prop_assert_eq!(&cell.text, &figure.to_string());
                prop_assert_eq!(sheet.reckoned(cell.formula.as_deref().expect("a formula")), figure.to_string());
            }
        }
        let total = &sheet.cells[&(foot + u32::try_from(counts.rows.len()).unwrap(), 14)];
        prop_assert_eq!(&total.text, &counts.total_tests.to_string());
        prop_assert_eq!(sheet.reckoned(total.formula.as_deref().expect("a formula")), counts.total_tests.to_string());
    }
    Ok(())
}

#[test]
fn the_shipped_versions_are_in_their_workbooks() {
    let (_, desk) = shipped();
    for version in &desk.project.versions {
        says_what_the_version_says(&desk, version).unwrap_or_else(|wrong| panic!("{}: {wrong}", *version.id));
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn a_workbook_says_what_the_version_says(tables in tables()) {
        let mut files = vocabulary();
        files.extend(files_of("1.0", &tables));
        let desk = desk(&files);
        says_what_the_version_says(&desk, desk.version("1.0").unwrap())?;
    }
}

#[test]
fn a_workbook_offers_what_a_cell_may_hold_and_stays_readable() {
    let desk = project();
    let sheets = sheets(&workbook(&desk, "6.18"));
    let sheet = &sheets[1];
    let offered: Vec<(&str, String)> = sheet
        .xml
        .named("dataValidation")
        .into_iter()
        .map(|it| (it.attributes["sqref"].as_str(), it.child("formula1").unwrap().text.clone()))
        .collect();
    assert_eq!(offered.len(), 12, "criticality, ten command variants and the role: {offered:?}");
    assert!(offered.contains(&("E3:E18", "\"N/A,Mandatory,Mandatory SMETS1,Mandatory SMETS 2\"".to_owned())));
    assert_eq!(sheet.xml.named("autoFilter")[0].attributes["ref"], "A2:O18");
    let pane = &sheet.xml.named("pane")[0].attributes;
    assert_eq!((pane["topLeftCell"].as_str(), pane["state"].as_str()), ("C3", "frozen"));
    assert_eq!(sheet.xml.named("conditionalFormatting").len(), 10, "what isn't applicable recedes");
    let foot = &sheet.xml.named("oddFooter")[0].text;
    assert!(foot.contains("Page &P of &N") && foot.contains("Classification of White"), "{foot}");
    assert!(sheet.rows()[21..].iter().flatten().any(|text| text.contains("It leaves out 19 rows")));
    assert!(sheets[0].rows().iter().flatten().any(|text| text.contains("The text of the sections is")));
}

#[test]
fn what_a_modification_changes_is_coloured_with_a_note_of_what_was() {
    let desk = project();
    let file = workbook(&desk, "MP089");
    let sheets = sheets(&file);
    let row = |key: &str| {
        sheets[1].xml.named("row").into_iter().find(|row| {
            let at: u32 = row.attributes["r"].parse().unwrap();
            sheets[1].text(at - 1, 1) == key
        })
    };
    let looks = |key: &str| row(key).unwrap().children[2].attributes["s"].clone();
    assert_ne!(looks("7.7"), looks("7.4"), "a row that is new looks otherwise than one that stays");
    let notes = String::from_utf8(parts(&file)["xl/comments1.xml"].clone()).unwrap();
    // The eleven figures that one more row in Table 8.1.8 changes, and the total of them.
    assert_eq!(notes.matches("SEC Version 6.18:").count(), 12, "{notes}");
    assert!(!parts(&file).contains_key("xl/comments2.xml"), "nothing is counted in Table 8.1.10");
}

#[test]
fn what_is_gone_is_told_on_the_first_sheet() {
    let mut files = vocabulary();
    let plain = [1_usize; 10];
    let row = |nth: u32, name: &str| (nth, false, name.to_owned(), false, plain);
    files.extend(files_of("1.0", &[(vec![row(1, "Read Inventory"), row(2, "Update Inventory")], Vec::new())]));
    files.insert(
        "content/m1/version.yaml".to_owned(),
        "id: M1\nbase: \"1.0\"\nclassification: White\nname: M1\ntitle: Less\n".to_owned(),
    );
    files.insert(
        "content/m1/tables/8.1.5.yaml".to_owned(),
        "table: \"8.1.5\"\nremove: [\"6.11.00\"]\namend:\n  - { row: \"6.12.10\", cv: { 3: Mandatory SMETS1 } }\n"
            .to_owned(),
    );
    let desk = desk(&files);
    let file = workbook(&desk, "M1");
    let sheets = sheets(&file);
    assert!(sheets[0].rows().iter().flatten().any(|text| text.contains("Read Inventory")), "{:?}", sheets[0].rows());
    let notes = String::from_utf8(parts(&file)["xl/comments1.xml"].clone()).unwrap();
    assert!(notes.contains("SEC Version 1.0:\nMandatory"), "{notes}");
}

#[test]
fn a_workbook_has_the_same_bytes_each_time_and_says_when_it_is_of() {
    let desk = project();
    assert_eq!(workbook(&desk, "MP089"), workbook(&desk, "MP089"));
    let options =
        Options { formats: vec![Format::Xlsx], date: Some("2026-01-31T00:00:00Z".to_owned()), ..Options::default() };
    let files = desk.build(desk.version("6.18").unwrap(), &options).unwrap();
    assert_eq!(files[0].name, "appendix-r-6.18.xlsx");
    let core = String::from_utf8(parts(&files[0].bytes)["docProps/core.xml"].clone()).unwrap();
    assert!(core.contains("2026-01-31T00:00:00Z") && core.contains("<cp:category>White</cp:category>"), "{core}");
}
