//! Tables, and what a modification does to them and to their rows.

use super::basis::{TableBasis, other};
use super::rows;
use crate::diagnostic::Code;
use crate::model::{
    Cells, ColumnKind, Findings, Matrix, Omitted, OmittedCount, OmittedStatement, Origin, Part, Placed, Published,
    PublishedCount, PublishedRowStatement, PublishedStatement, TableStatement, natural,
};
use crate::suggest::did_you_mean;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Lays the tables that files state over the parts of a version.
pub(super) fn lay_over(
    parts: &mut Vec<Part>,
    files: Vec<TableStatement>,
    basis: &TableBasis<'_>,
    findings: &mut Findings,
) {
    if let Some(base) = basis.base {
        for part in parts.iter_mut() {
            if let Part::Matrix(matrix) = part
                && *basis.columns != base.columns
            {
                rows::recolumn(Arc::make_mut(matrix), basis);
            }
        }
    }
    let mut first_at: BTreeMap<String, Origin> = BTreeMap::new();
    let in_base: BTreeSet<String> = numbers(parts).map(str::to_owned).collect();
    let mut added = Vec::new();
    for file in files {
        let number = &file.number;
        if let Some(first) = first_at.insert(number.value.clone(), number.origin.clone()) {
            let message = format!("two files are about Table {}", number.value);
            let help = other(&first, "put all of it in one file");
            findings.error(Code::DuplicateTable, &number.origin, message, help);
            continue;
        }
        match (basis.base.is_some(), file.insert, in_base.contains(&number.value)) {
            (true, false, true) => change(parts, file, basis, findings),
            (true, false, false) => unknown_table(parts, &file, findings),
            (true, true, true) => {
                let help = "write “table” for “insert_table” to change it, or give the new table another number";
                let message = format!("the base has a Table {} already", number.value);
                findings.error(Code::DuplicateTable, &number.origin, message, help);
            }
            (false, true, _) => {
                let help = "write “table” for “insert_table”, or name the version's base in its version.yaml";
                let message = "the version has no base to insert into";
                findings.error(Code::OperationWithoutBase, &number.origin, message, help);
            }
            (true, true, false) | (false, false, _) => added.extend(add(file, basis, findings)),
        }
    }
    put_in_order(parts, added);
}

fn numbers(parts: &[Part]) -> impl Iterator<Item = &str> + Clone {
    parts.iter().filter_map(|part| match part {
        Part::Matrix(matrix) => Some(matrix.number.as_str()),
        Part::Section(_) => None,
    })
}

/// Puts each table behind the part with the greatest number up to its own. The parts themselves stay in the order
/// that they are in, which moves may have changed.
fn put_in_order(parts: &mut Vec<Part>, mut tables: Vec<Matrix>) {
    tables.sort_by(|a, b| natural(&a.number, &b.number));
    let mut by_number: Vec<usize> = (0..parts.len()).collect();
    by_number.sort_by(|&a, &b| natural(parts[a].number(), parts[b].number()));
    let behind = |matrix: &Matrix| {
        let before = by_number.partition_point(|&at| natural(parts[at].number(), &matrix.number).is_le());
        before.checked_sub(1).map(|last| by_number[last])
    };
    let mut placed: Vec<(Option<usize>, Matrix)> = tables.into_iter().map(|matrix| (behind(&matrix), matrix)).collect();
    placed.sort_by_key(|(behind, _)| *behind);
    let mut tables = placed.into_iter().peekable();
    let old = std::mem::take(parts);
    let mut due = |at: Option<usize>, parts: &mut Vec<Part>| {
        while let Some((_, matrix)) = tables.next_if(|(behind, _)| *behind == at) {
            parts.push(Part::Matrix(Arc::new(matrix)));
        }
    };
    due(None, parts);
    for (at, part) in old.into_iter().enumerate() {
        parts.push(part);
        due(Some(at), parts);
    }
}

fn unknown_table(parts: &[Part], file: &TableStatement, findings: &mut Findings) {
    let help =
        did_you_mean(&file.number, numbers(parts), "to insert it, write “insert_table” for “table”; its tables are");
    let message = format!("the base has no Table {}", file.number.value);
    findings.error(Code::UnknownTable, &file.number.origin, message, help);
}

/// A table that its file states whole.
fn add(file: TableStatement, basis: &TableBasis<'_>, findings: &mut Findings) -> Option<Matrix> {
    let of_base = file.effective.as_ref().filter(|_| basis.base.is_none()).map(|day| &day.origin);
    if let Some(at) = file.operations.first().or(file.delete.as_deref()).or(of_base) {
        let help = "state all of its “rows”, or name the version's base in its version.yaml";
        findings.error(Code::OperationWithoutBase, at, "there is no table yet that this could change", help);
    }
    for name in &file.missing {
        let message = format!("Table {} has no “{name}”", file.number.value);
        findings.error(Code::MissingField, &file.origin, message, format!("add it: “{name}: …”"));
    }
    let role = file.role?;
    let rows = file.rows.map(|rows| rows.value).unwrap_or_default();
    Some(Matrix {
        id: file.id.as_ref().unwrap_or(&file.number).value.clone(),
        title: file.title,
        role_name: role_name(basis, &role),
        columns: Arc::clone(basis.columns),
        rows: rows.into_iter().filter_map(|row| rows::row(row, &role, basis, findings)).map(Arc::new).collect(),
        omitted: file.omitted.map(|file| omitted(file, basis, findings)).unwrap_or_default(),
        published: file.published.map(|file| published(file, basis, findings)),
        provenance: file.provenance,
        origin: file.origin.0,
        number: file.number,
        role,
    })
}

fn role_name(basis: &TableBasis<'_>, code: &str) -> String {
    basis.appendix.role(code).map(|role| role.name.clone()).unwrap_or_default()
}

/// Changes a table that the base has.
fn change(parts: &mut Vec<Part>, file: TableStatement, basis: &TableBasis<'_>, findings: &mut Findings) {
    let is_it = |part: &Part| matches!(part, Part::Matrix(matrix) if matrix.number == file.number);
    let Some(at) = parts.iter().position(is_it) else { return };
    if let Some(Placed { origin: at, .. }) = &file.rows {
        let help = "name the rows that change under “insert”, “remove”, “amend” or “move”";
        findings.error(Code::Contradiction, at, "a modification doesn't restate all rows of a table", help);
    }
    if let Some(delete) = &file.delete {
        if file.operations.first().is_some() || file.title.is_some() || file.role.is_some() {
            let help = "keep “delete”, or what the table shall be";
            findings.error(Code::Contradiction, delete, "the table is both deleted and changed", help);
        }
        parts.remove(at);
        return;
    }
    let Some(Part::Matrix(matrix)) = parts.get_mut(at) else { return };
    let matrix = Arc::make_mut(matrix);
    if let Some(id) = file.id.as_ref().filter(|id| id.value != matrix.id) {
        let message = format!("the table's id is “{}”, and an id never changes", matrix.id);
        findings.error(Code::Contradiction, &id.origin, message, "delete the line");
    }
    if let Some(title) = file.title {
        matrix.title = Some(title);
    }
    if let Some(role) = file.role {
        matrix.role_name = role_name(basis, &role);
        matrix.role = role;
    }
    rows::operate(matrix, file.operations, basis, findings);
    if let Some(file) = file.omitted {
        matrix.omitted = omitted(file, basis, findings);
    }
    // What was printed of the base's table says nothing of this one.
    matrix.published = file.published.map(|file| published(file, basis, findings));
    matrix.provenance = file.provenance;
    matrix.origin = file.origin.0;
}

fn omitted(file: OmittedStatement, basis: &TableBasis<'_>, findings: &mut Findings) -> Omitted {
    match file {
        OmittedStatement::Unknown { reason, .. } => Omitted::Unknown { reason },
        OmittedStatement::Counted { rows, counts, provenance } => {
            let count = |(name, cells): (Placed<Arc<str>>, Cells<u32>)| {
                let zero = vec![Placed::new(0, name.origin); basis.cv_columns()];
                OmittedCount { applicability: name.value, cv: cells.resolve(basis.columns, &zero, findings) }
            };
            let counts: Vec<OmittedCount> = counts.into_iter().map(count).collect();
            prove_sums(&rows, &counts, basis, findings);
            Omitted::Counted { rows, counts, provenance }
        }
    }
}

/// Every omitted row has one cell in each column, so each column's counts add up to the rows.
fn prove_sums(rows: &Placed<u32>, counts: &[OmittedCount], basis: &TableBasis<'_>, findings: &mut Findings) {
    let columns = basis.columns.iter().filter(|column| column.kind == ColumnKind::Cv).enumerate();
    let sums = columns.map(|(at, column)| {
        let sum: u64 = counts.iter().filter_map(|count| count.cv.get(at)).map(|count| u64::from(count.value)).sum();
        (&column.label, sum)
    });
    let wrong: Vec<String> = sums
        .filter(|(_, sum)| *sum != u64::from(rows.value))
        .map(|(label, sum)| format!("to {sum} in {label}"))
        .collect();
    if !wrong.is_empty() {
        let message = format!("{} rows are omitted, but the counts add up {}", rows.value, wrong.join(", "));
        let help = "correct the counts, so that each column adds up to the number of omitted rows";
        findings.error(Code::OmittedSum, &rows.origin, message, help);
    }
}

fn published(file: PublishedStatement, basis: &TableBasis<'_>, findings: &mut Findings) -> Published {
    let row = |(applicability, PublishedRowStatement { cells, total }): (Placed<Arc<str>>, _)| {
        let zero = vec![Placed::new(0, applicability.origin); basis.cv_columns()];
        let cv = cells.resolve(basis.columns, &zero, findings);
        PublishedCount { applicability: applicability.value, cv, total }
    };
    let counts = file.rows.into_iter().map(row).collect();
    Published { counts, total_tests: file.total_tests, provenance: file.provenance }
}
