//! The files that a drafter begins a modification with: what it restates, and how to say what happens to rows.

use super::folder::{CONTENT, REGISTERS, SCHEMAS};
use super::names::unfit;
use super::table::TABLE;
use super::write::{Written, write};
use crate::files::Root;
use crate::model::{
    AmendedRow, Appendix, Beside, Cells, ColumnKind, InsertedRows, Matrix, MovedRow, Neighbour, Operations, Placed,
    Row, RowStatement, Stated, TableStatement, Version,
};
use std::sync::Arc;

/// What stands in the file of a table before its examples, as comments.
const WHAT_TO_DO: &str = "# Say what happens to the rows. Take the “# ” away from what you need, and change it:\n";

/// What a new row is called until its drafter names it.
const NAME: &str = "Name of the Service Request";

/// What keeps a modification from being begun under an id, and what to do; nothing, if nothing does.
pub fn taken(root: &Root, id: &str) -> Option<String> {
    if let Some(help) = unfit(id) {
        return Some(format!("“{id}” can't be the id of a version: {help}"));
    }
    let lower = id.to_lowercase();
    if [REGISTERS, SCHEMAS].contains(&lower.as_str()) {
        return Some(format!("“{id}” can't be the id of a version: {CONTENT}/{lower} is for something else"));
    }
    let there = root.list(CONTENT).unwrap_or_default().into_iter().find(|entry| entry.name.to_lowercase() == lower);
    there.map(|there| format!("{} is there already: change what is in it, or choose another id", there.path))
}

/// The files of a modification of `base` that begins. A table in whose file nothing happens yet has examples of what
/// can, as comments, with rows that it has.
pub fn begin(stated: &Stated, appendix: &Appendix, base: &Version) -> Vec<Written> {
    let mut files = write(stated);
    // Tables are written last, each to a file.
    let from = files.len() - stated.tables().len();
    for (file, table) in files.iter_mut().skip(from).zip(stated.tables()) {
        let matrix = base.matrices().find(|matrix| matrix.number == table.number);
        if let Some(matrix) = matrix.filter(|_| !table.amends()) {
            file.text.push_str(WHAT_TO_DO);
            file.text.extend(examples(appendix, matrix).iter().map(|example| commented(&table.number, example)));
        }
    }
    files
}

/// One thing of each sort that can happen to the rows of a table.
fn examples(appendix: &Appendix, matrix: &Matrix) -> Vec<Operations> {
    // A key that stands twice names neither row.
    let is_only = |row: &&Row| matrix.rows.iter().filter(|other| other.key == row.key).count() == 1;
    let rows: Vec<&Row> = matrix.rows().filter(is_only).collect();
    let beside = |beside, row: &Row| Neighbour::new(beside, row.key.value.clone().into());
    let neighbour = rows.last().map(|row| beside(Beside::After, row));
    let inserted = InsertedRows { neighbour, rows: vec![new_row(appendix, matrix)] };
    let mut examples = vec![Operations { insert: vec![inserted], ..Operations::default() }];
    if let Some(first) = rows.first() {
        let row = RowStatement { name: Some(NAME.into()), ..RowStatement::default() };
        let amended = AmendedRow { key: first.key.value.clone().into(), row };
        examples.push(Operations { amend: vec![amended], ..Operations::default() });
        let removed = rows.get(1).unwrap_or(first);
        let remove = vec![Placed::from(removed.key.value.clone()).into()];
        examples.push(Operations { remove, ..Operations::default() });
    }
    if let (Some(last), Some(first), true) = (rows.last(), rows.first(), rows.len() > 1) {
        let moved =
            MovedRow { key: last.key.value.clone().into(), neighbour: beside(Beside::Before, first), conflict: None };
        examples.push(Operations { moves: vec![moved], ..Operations::default() });
    }
    examples
}

/// A row that the table hasn't.
fn new_row(appendix: &Appendix, matrix: &Matrix) -> RowStatement {
    let reference = matrix.rows.last().map_or("1", |row| &row.reference.value).to_owned();
    let is_free = |key: &String| matrix.rows.iter().all(|row| row.key.value != *key && row.variant.value != *key);
    let variant =
        (1..).map(|at: u32| format!("{reference}.{at}")).find(is_free).expect("there are more keys than rows");
    let column = matrix.columns.iter().find(|column| column.kind == ColumnKind::Cv);
    let applies =
        appendix.applicabilities.iter().find(|it| it.name.as_ref() != appendix.default_applicability.as_ref());
    let cells = column.zip(applies).map(|(column, applies)| {
        let name: Arc<str> = Arc::from(applies.name.as_ref());
        Cells::Some(vec![(column.key.to_string().into(), name.into())])
    });
    RowStatement {
        reference: Some(reference.into()),
        variant: Some(variant.into()),
        name: Some(NAME.into()),
        critical: Some(false.into()),
        cells,
        ..RowStatement::default()
    }
}

/// What a table's file says of its rows, as comments.
fn commented(number: &str, operations: &Operations) -> String {
    let table = TableStatement {
        number: number.to_owned().into(),
        operations: operations.clone(),
        ..TableStatement::default()
    };
    let text = TABLE.write(&table).document();
    // The number stands on the first line, and in the file already.
    text.lines().skip(1).map(|line| format!("# {line}\n")).collect()
}
