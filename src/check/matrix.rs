//! Rules on the rows of a table: each variant once, under its reference, in order.

use super::subject::Subject;
use crate::align::rising;
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::model::{Matrix, Origin, Row, Stated, TableStatement, natural};
use crate::suggest::composed;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let stated = subject.project.stated(&subject.version.id).map(Stated::tables).unwrap_or_default();
    let stated = stated.iter().filter(|it| !it.insert).map(|it| (it.number.value.as_str(), it)).collect();
    for matrix in subject.version.matrices() {
        let own = Own::of(subject, matrix, &stated);
        duplicates(matrix, &own, findings);
        order(matrix, &own, findings);
        for row in &matrix.rows {
            reference(row, findings);
            role(matrix, row, findings);
        }
    }
}

/// The rows that the version itself has placed or named, and where it says so.
struct Own<'v> {
    version: &'v str,
    moved: BTreeMap<&'v str, &'v Origin>,
}

impl<'v> Own<'v> {
    fn of(subject: &Subject<'v>, matrix: &Matrix, stated: &BTreeMap<&str, &'v TableStatement>) -> Self {
        let base = subject.below.as_ref().and_then(|below| below.matrix(&matrix.id));
        let statement = base.and_then(|base| stated.get(base.number.value.as_str()));
        let moves = statement.map(|it| it.operations.moves.as_slice()).unwrap_or_default();
        let moved = moves.iter().map(|it| (it.key.value.as_str(), &it.key.origin)).collect();
        Self { version: &subject.version.id, moved }
    }

    /// Where the version says what the row is, or where it stands.
    fn place<'r>(&'r self, row: &'r Row) -> Option<&'r Origin> {
        let is_own = row.variant.origin.version().is_some_and(|own| own.eq_ignore_ascii_case(self.version));
        self.moved.get(row.key.as_str()).copied().or_else(|| is_own.then_some(&row.variant.origin))
    }

    fn location(&self, row: &Row) -> Option<Location> {
        self.place(row).unwrap_or(&row.variant.origin).location()
    }
}

/// Two rows for one variant.
fn duplicates(matrix: &Matrix, own: &Own<'_>, findings: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<Cow<'_, str>, &Row> = BTreeMap::new();
    for row in matrix.rows() {
        let variant = composed(&row.variant);
        let Some(other) = first.get(&variant) else {
            first.insert(variant, row);
            continue;
        };
        // Of two, the one that the version brings is told.
        let (row, other) =
            if own.place(row).is_none() && own.place(other).is_some() { (*other, row) } else { (row, *other) };
        let message = format!("Table {} lists the variant {} twice", matrix.number.value, row.variant.value);
        let place = other.variant.origin.location().map(|at| format!(", at {at}")).unwrap_or_default();
        let help = format!(
            "the other row is “{}”{place}: correct the variant of one of the two, or delete it",
            other.name.text
        );
        findings.push(Diagnostic::warning(Code::DuplicateVariant, message).at(own.location(row)).help(help));
    }
}

/// Rows stand in the order of their variants: as few as say it all are told to be out of it, and of those that the
/// version has placed, rather one of them.
fn order(matrix: &Matrix, own: &Own<'_>, findings: &mut Vec<Diagnostic>) {
    let rows = &matrix.rows;
    let mut sorted: Vec<usize> = (0..rows.len()).collect();
    sorted.sort_by(|&a, &b| natural(&rows[a].variant, &rows[b].variant));
    let mut pairs: Vec<(usize, usize)> = sorted.into_iter().enumerate().map(|(rank, index)| (index, rank)).collect();
    pairs.sort_unstable();
    let in_order: BTreeSet<usize> = rising(&pairs).into_iter().map(|(index, _)| index).collect();
    for (index, row) in rows.iter().enumerate().filter(|(index, _)| !in_order.contains(index)) {
        let greater = |other: &&Arc<Row>| natural(&other.variant, &row.variant).is_gt();
        let before = index.checked_sub(1).and_then(|before| rows.get(before)).filter(greater);
        let (side, neighbour) = match (before, rows.get(index + 1)) {
            (Some(before), _) => ("after", before),
            (None, Some(next)) => ("before", next),
            (None, None) => continue,
        };
        let (row, side, neighbour) = match (own.place(row), own.place(neighbour), side) {
            (None, Some(_), "after") => (neighbour, "before", row),
            (None, Some(_), _) => (neighbour, "after", row),
            _ => (row, side, neighbour),
        };
        let message = format!(
            "in Table {}, the row {} stands {side} {}",
            matrix.number.value, row.variant.value, neighbour.variant.value
        );
        let help = "move it: rows stand in the order of their variants";
        findings.push(Diagnostic::warning(Code::RowOrder, message).at(own.location(row)).help(help));
    }
}

/// A variant is its Service Reference, or stands under it.
fn reference(row: &Row, findings: &mut Vec<Diagnostic>) {
    let below = row.variant.strip_prefix(row.reference.as_str());
    if below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
        return;
    }
    let message =
        format!("the variant {} isn't under its Service Reference {}", row.variant.value, row.reference.value);
    let help = format!(
        "correct one of the two: the variants of {0} are {0} itself or begin with “{0}.”; write both in quotation marks",
        row.reference.value
    );
    findings.push(Diagnostic::warning(Code::VariantReference, message).at(row.variant.origin.location()).help(help));
}

/// A table is for one User Role.
fn role(matrix: &Matrix, row: &Row, findings: &mut Vec<Diagnostic>) {
    if row.role == matrix.role {
        return;
    }
    let message = format!(
        "the row {} has the User Role {}, but Table {} is for {}",
        row.variant.value, row.role.value, matrix.number.value, matrix.role.value
    );
    let help = "delete “role” from the row, or move the row to the table of its User Role";
    findings.push(Diagnostic::warning(Code::RowRole, message).at(row.role.origin.location()).help(help));
}
