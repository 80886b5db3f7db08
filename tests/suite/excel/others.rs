//! Workbooks that others made: their columns, their habits, and what of them can't be read.

use super::back::{import, rows};
use super::{Files, desk, files_of, importing, vocabulary, with};
use ctsd::adopt::workbook::Naming;
use ctsd::pipeline::importing::Imported;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

/// A sheet whose cells are text, row by row.
fn sheet(name: &str, rows: &[&[&str]]) -> Worksheet {
    let mut sheet = Worksheet::new();
    sheet.set_name(name).unwrap();
    for (at, row) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*row) {
            if !text.is_empty() {
                sheet.write_string(at, column, *text).unwrap();
            }
        }
    }
    sheet
}

fn saved(sheets: Vec<Worksheet>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer().unwrap()
}

fn naming(columns: &[&str], tables: &[&str]) -> Naming {
    let owned = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    Naming::parse(&owned(columns), &owned(tables)).unwrap()
}

fn refused(file: &[u8], naming: &Naming) -> Vec<String> {
    let failure = import(&vocabulary(), file, &importing("27.0", None), naming).expect_err("it is refused");
    failure.to_string().lines().map(str::to_owned).collect()
}

fn imported(file: &[u8], naming: &Naming) -> (Files, Imported) {
    let imported = import(&vocabulary(), file, &importing("27.0", None), naming);
    let imported = imported.unwrap_or_else(|failure| panic!("{failure}"));
    (with(&vocabulary(), &imported), imported)
}

/// The rows of each table of what was imported.
fn tables(files: &Files) -> Vec<(String, Vec<String>)> {
    let desk = desk(files);
    let version = desk.version("27.0").unwrap();
    version.matrices().map(|matrix| (matrix.number.value.clone(), rows(matrix))).collect()
}

const HEAD: [&str; 7] =
    ["Service Reference", "Service Reference Variant", "Name", "Critical", "CV 1", "CV 2", "User Role"];

#[test]
fn what_is_typed_as_something_else_than_text_is_refused_with_its_address() {
    let mut sheet = sheet("Table 8.1.8", &[&HEAD, &["6.1", "6.1.1", "Read", "N", "Mandatory", "N/A", "ED"]]);
    sheet.write(2, 0, 6.1).unwrap().write(2, 1, "6.1.2").unwrap().write(2, 2, "Update").unwrap();
    sheet.write(2, 4, Formula::new("=NA()").set_result("#N/A")).unwrap();
    let date = ExcelDateTime::parse_from_str("2026-02-06").unwrap();
    sheet.write(3, 0, "6.2").unwrap().write(3, 2, "Read again").unwrap();
    sheet.write_with_format(3, 1, &date, &Format::new().set_num_format("d-mmm")).unwrap();
    sheet.write(4, 0, 7).unwrap().write(4, 1, "7.1").unwrap().write(4, 2, "Other").unwrap().write(4, 5, 3).unwrap();
    let told = refused(&saved(vec![sheet]), &Naming::default());
    for (says, at) in [
        ("A3 holds the number 6.1; keys are text, since 6.10 is another Service Request", "A3"),
        ("E3 holds the error #N/A", "E3"),
        ("B4 holds a date, which Excel makes of a key such as 6.2", "B4"),
        ("A5 holds the number 7; keys are text", "A5"),
        ("F5 holds the number 3, which is no applicability", "F5"),
    ] {
        let place = format!("sheet “Table 8.1.8”, {at}: ");
        assert!(told.iter().any(|line| line.starts_with(&place) && line.contains(says)), "{says}: {told:#?}");
    }
    assert_eq!(told.len(), 5, "{told:#?}");
}

#[test]
fn columns_that_are_called_otherwise_are_asked_for_all_at_once() {
    let rows: [&[&str]; 3] = [
        &["SR ref", "SRV", "Service Request", "Crit?", "Device", "Stage A", "Stage B"],
        &["6.1", "6.1.1", "Read", "No", "ESME", "Mandatory", "n/a"],
        &["6.10", "6.10", "Update", "Yes", "GSME", "n/a", "mandatory smets 2"],
    ];
    let file = saved(vec![sheet("ED", &rows)]);
    let told = refused(&file, &naming(&["Colour=none"], &[]));
    assert!(told.iter().any(|line| line.contains("E1: it isn't clear what the column “Device” is")), "{told:#?}");
    assert!(told.iter().any(|line| line.contains("no sheet has a column “colour”")), "{told:#?}");
    let named = naming(&["Crit?=critical", "Device=none", "Stage A=cv 1", "Stage B=cv 2"], &["ED=8.1.8"]);
    let (files, imported) = imported(&file, &named);
    assert_eq!(
        tables(&files),
        [(
            "8.1.8".to_owned(),
            vec![
                "6.1.1 6.1 6.1.1 Read false Mandatory N/A ED".to_owned(),
                "6.10 6.10 6.10 Update true N/A Mandatory SMETS 2 ED".to_owned(),
            ]
        )]
    );
    let told: Vec<String> = imported.adopted.remarks.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|line| line.contains("sheet “ED”, row 2: “No” in row 6.1.1")), "{told:#?}");
    assert!(told.iter().any(|line| line.contains("the column “Device” is left out")), "{told:#?}");
}

#[test]
fn one_sheet_with_a_column_of_roles_is_a_table_for_each() {
    let rows: [&[&str]; 6] = [
        &["DUIS matrix, as of May"],
        &[],
        &HEAD,
        &["6.1", "6.1.1", "Read", "N", "Mandatory", "N/A", "ED"],
        &["8.4", "8.4", "Update Inventory", "N", "N/A", "Mandatory", "RSA"],
        &["6.10", "6.10", "Update", "Y", "N/A", "N/A", "ED"],
    ];
    let file = saved(vec![sheet("All", &rows), sheet("Notes", &[&["Ask Ms Smith"]])]);
    let told = refused(&file, &Naming::default());
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].contains("the rows of “ED”") && told[1].contains("--tables \"RSA=8.1.8\""), "{told:#?}");
    let (files, imported) = imported(&file, &naming(&[], &["ED=8.1.8", "RSA=8.1.10"]));
    let tables = tables(&files);
    let counted: Vec<(&str, usize)> = tables.iter().map(|(number, rows)| (number.as_str(), rows.len())).collect();
    assert_eq!(counted, [("8.1.8", 2), ("8.1.10", 1)]);
    let told: Vec<String> = imported.adopted.remarks.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|line| line.starts_with("sheet “Notes”: it has no table")), "{told:#?}");
}

#[test]
fn with_a_base_the_rows_of_a_role_are_those_of_its_table() {
    let mut files = vocabulary();
    let row = |nth: u32, name: &str| (nth, false, name.to_owned(), false, [0_usize; 10]);
    files.extend(files_of("1.0", &[(vec![row(1, "Read"), row(2, "Update")], Vec::new())]));
    let mut head = vec!["Service Reference", "Service Reference Variant", "Name", "Critical"];
    let cv: Vec<String> = (1..=10).map(|cv| format!("CV {cv}")).collect();
    head.extend(cv.iter().map(String::as_str));
    let row = |variant: &'static str, name: &'static str, first: &'static str| {
        let mut row = vec![&variant[..4], variant, name, "N", first];
        row.extend(["N/A"; 9]);
        row
    };
    let rows =
        [head, row("6.11.00", "Read", "N/A"), row("6.13.20", "Write", "N/A"), row("6.12.10", "Update", "Mandatory")];
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let file = saved(vec![sheet("Import Supplier", &rows)]);
    let imported = import(&files, &file, &importing("M1", Some("1.0")), &Naming::default()).unwrap();
    let modification = &imported.amended.unwrap().modification;
    assert_eq!(modification.tables.len(), 1);
    let operations = &modification.tables[0].operations;
    assert_eq!(operations.insert.len(), 1, "{operations:?}");
    assert_eq!(operations.amend.len(), 1, "{operations:?}");
}

#[test]
fn cells_that_are_one_and_what_is_hidden_are_read_and_told() {
    let mut sheet = sheet(
        "Table 8.1.8",
        &[
            &HEAD,
            &["", "6.1.1", "Read", "N", "", "", ""],
            &["", "6.1.2", "Update", "N", "N/A", "Mandatory", ""],
            &["6.2", "6.2", "Write  ", "Y", "N/A", "N/A", "ED"],
        ],
    );
    let plain = Format::new();
    sheet.merge_range(1, 0, 2, 0, "6.1", &plain).unwrap();
    sheet.merge_range(1, 4, 1, 5, "Mandatory", &plain).unwrap();
    sheet.merge_range(1, 6, 2, 6, "ED", &plain).unwrap();
    sheet.set_row_hidden(2).unwrap().set_column_hidden(3).unwrap();
    let (files, imported) = imported(&saved(vec![sheet]), &Naming::default());
    assert_eq!(
        tables(&files)[0].1,
        [
            "6.1.1 6.1 6.1.1 Read false Mandatory Mandatory ED",
            "6.1.2 6.1 6.1.2 Update false N/A Mandatory ED",
            "6.2 6.2 6.2 Write true N/A N/A ED",
        ]
    );
    let told: Vec<String> = imported.adopted.remarks.iter().map(ToString::to_string).collect();
    for says in [
        "A2:A3 is one cell",
        "E2:F2 is one cell",
        "hidden rows are read like the others: 3",
        "hidden columns are read like the others: D",
    ] {
        assert!(told.iter().any(|line| line.contains(says)), "{says}: {told:#?}");
    }
}

#[test]
fn a_header_over_two_rows_and_count_rows_are_known() {
    let rows: [&[&str]; 7] = [
        &["Table 8.1.8 – Electricity Distributor (ED)"],
        &["Service Reference", "Service Reference Variant", "Name", "Critical", "Command variants", "", "User Role"],
        &["", "", "", "", "1", "2", ""],
        &["6.1", "6.1.1", "Read", "N", "Mandatory", "N/A", "ED"],
        &["6.10", "6.10", "Update", "N", "Mandatory", "N/A", "ED"],
        &["Count of N/A", "", "", "", "0", "2", ""],
        &["Count of Mandatory", "", "", "", "3", "0", "3"],
    ];
    let mut sheet = sheet("Sheet1", &rows);
    sheet.write(5, 4, 0).unwrap().write(5, 5, 2).unwrap();
    // A formula is read by what it came to, be that right or wrong.
    sheet.write(6, 4, Formula::new("=COUNTIF(E4:E5,\"Mandatory\")").set_result("3")).unwrap();
    let (files, imported) = imported(&saved(vec![sheet]), &Naming::default());
    assert_eq!(tables(&files)[0].1.len(), 2);
    let published = imported.adopted.release.tables[0].published.as_ref().expect("figures");
    assert_eq!(published.rows.len(), 2, "{published:?}");
    // Three are counted and two are there: told by the check, as of a Word document.
    let desk = desk(&files);
    let asked = desk.asked(&["27.0".to_owned()]).unwrap();
    let told = desk.check(&asked).diagnostics;
    assert!(told.iter().any(|it| it.code == ctsd::diagnostic::Code::PublishedFigure), "{told:#?}");
}
