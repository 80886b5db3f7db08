//! Workbooks: what is written for Excel.

mod back;
mod book;
mod hostile;
mod others;
mod written;

use crate::common::project::{Files, built, desk, importing, root, shipped, vocabulary, with};
use ctsd::pipeline::{Desk, Format};
use proptest::prelude::*;
use std::fmt::Write as _;

/// A version's workbook.
fn workbook(desk: &Desk, id: &str) -> Vec<u8> {
    built(desk, id, Format::Xlsx)
}

fn yaml(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

const HOLDS: [&str; 4] = ["N/A", "Mandatory", "Mandatory SMETS1", "Mandatory SMETS 2"];

/// A row: its number under its reference, whether it has an id of its own, its name, and what its ten cells hold.
type GeneratedRow = (u32, bool, String, bool, [usize; 10]);

/// The rows of a table, and those of the rows that it leaves out.
type GeneratedTable = (Vec<GeneratedRow>, Vec<[usize; 10]>);

/// What a drafter calls a Service Request; some names look like something else to Excel.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z]{1,9}( [A-Za-z0-9()&'-]{1,8}){0,9}",
        "=[A-Z]{1,3}[0-9]",
        "[+@-][a-z]{1,4}",
        "[0-9]{1,5}",
        "TRUE"
    ]
    .prop_map(|name| name.trim().to_owned())
}

fn cells() -> impl Strategy<Value = [usize; 10]> {
    prop::array::uniform10(0..HOLDS.len())
}

fn tables() -> impl Strategy<Value = Vec<GeneratedTable>> {
    let row = (0..9_u32, prop::bool::weighted(0.2), name(), any::<bool>(), cells());
    let table = (prop::collection::vec(row, 1..6), prop::collection::vec(cells(), 0..3));
    prop::collection::vec(table, 1..4)
}

/// The files of a version with these tables.
fn files_of(id: &str, tables: &[GeneratedTable]) -> Files {
    let mut files = Files::new();
    files.insert(
        format!("content/{id}/version.yaml"),
        format!("id: \"{id}\"\nname: SEC Version {id}\nclassification: White\n"),
    );
    files.insert(format!("content/{id}/sections/1.yaml"), "section: \"1\"\nheading: Introduction\n".to_owned());
    for (at, (rows, omitted)) in tables.iter().enumerate() {
        let number = format!("8.1.{}", at + 5);
        let mut text = format!("table: \"{number}\"\nrole: {}\nrows:\n", ["IS", "ED", "GT"][at % 3]);
        for (nth, (variant, own, name, critical, cells)) in rows.iter().enumerate() {
            let id = if *own { format!("id: row-{nth}, ") } else { String::new() };
            let cells: Vec<&str> = cells.iter().map(|at| HOLDS[*at]).collect();
            writeln!(
                text,
                "  - {{ {id}reference: \"6.1{variant}\", variant: \"6.1{variant}.{nth}0\", name: {}, critical: {critical}, cv: [{}] }}",
                yaml(name),
                cells.join(", ")
            )
            .unwrap();
        }
        if !omitted.is_empty() {
            writeln!(text, "omitted:\n  rows: {}\n  cv:", omitted.len()).unwrap();
            for (at, holds) in HOLDS.iter().enumerate() {
                let count = |column: usize| omitted.iter().filter(|cells| cells[column] == at).count().to_string();
                let counts: Vec<String> = (0..10).map(count).collect();
                writeln!(text, "    {holds}: [{}]", counts.join(", ")).unwrap();
            }
        }
        files.insert(format!("content/{id}/tables/{number}.yaml"), text);
    }
    files
}
