//! `ctsd counts`: the computed count rows.

use super::common::{Common, open_as_of};
use super::date;
use super::report::Report;
use super::trouble::Trouble;
use ctsd::model::{CountRow, Counts, Matrix};
use serde::Serialize;

/// Print the computed count rows of a version's tables
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The version, such as 6.18 or MP089
    #[arg(id = "of", value_name = "VERSION", required_unless_present = "as_of")]
    version: Option<String>,
    /// The version in force on that day, of those that VERSION rests on; of all, without VERSION
    #[arg(long, value_name = "DATE", value_parser = date::day)]
    as_of: Option<String>,
    /// Only this table, such as 8.1.8
    #[arg(long, value_name = "ID")]
    table: Option<String>,
    /// As JSON, for machines
    #[arg(long)]
    json: bool,
}

/// A table's count rows as JSON.
#[derive(Serialize)]
struct Table<'a> {
    table: &'a str,
    rows: Vec<CountLine<'a>>,
    total_tests: u64,
}

#[derive(Serialize)]
struct CountLine<'a> {
    label: &'a str,
    cv: &'a [u64],
    total: Option<u64>,
}

impl<'a> From<&'a CountRow> for CountLine<'a> {
    fn from(row: &'a CountRow) -> Self {
        Self { label: &row.label, cv: &row.cv, total: row.total }
    }
}

pub(super) fn run(arguments: &Arguments, common: &Common, report: &mut Report) -> Result<(), Trouble> {
    report.expects(1);
    let (desk, id) = open_as_of(arguments.version.as_deref(), arguments.as_of.as_deref(), common, report)?;
    let version = desk.version(&id)?;
    let counted = desk.counts(version, arguments.table.as_deref())?;
    match arguments.json {
        true => print_json(&counted, report),
        false => counted.iter().for_each(|(matrix, counts)| print_table(matrix, counts.as_ref(), report)),
    }
    Ok(())
}

/// Tables that can't be counted have no count rows, so they aren't in the list.
fn print_json(counted: &[(&Matrix, Option<Counts>)], report: &mut Report) {
    let tables: Vec<Table<'_>> = counted
        .iter()
        .filter_map(|(matrix, counts)| {
            let counts = counts.as_ref()?;
            let rows = counts.rows.iter().map(CountLine::from).collect();
            Some(Table { table: &matrix.number, rows, total_tests: counts.total_tests })
        })
        .collect();
    report.result(&serde_json::to_string_pretty(&tables).expect("plain data turns into JSON"));
}

fn print_table(matrix: &Matrix, counts: Option<&Counts>, report: &mut Report) {
    report.result(&format!("Table {}", &*matrix.number));
    let Some(counts) = counts else {
        report.result("  no count rows: nothing says how many rows the extract leaves out");
        return;
    };
    let labels = counts.rows.iter().map(|row| row.label.chars().count()).chain([counts.total_label.chars().count()]);
    let width = labels.max().unwrap_or(0);
    for row in &counts.rows {
        let figures: String = row.cv.iter().map(|figure| format!("{figure:>4}")).collect();
        let total = row.total.map(|total| format!("  total {total}")).unwrap_or_default();
        report.result(&format!("  {:<width$}{figures}{total}", row.label));
    }
    report.result(&format!("  {:<width$}{:>4}", counts.total_label, counts.total_tests));
}
