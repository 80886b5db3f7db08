//! Rules on the rows of a table: each variant once, under its reference, in order.

use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Matrix, Row, natural};
use std::collections::BTreeMap;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for matrix in subject.version.matrices() {
        duplicates(matrix, findings);
        order(matrix, findings);
        for row in &matrix.rows {
            reference(row, findings);
            role(matrix, row, findings);
        }
    }
}

/// Two rows for one variant.
fn duplicates(matrix: &Matrix, findings: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<&str, &Row> = BTreeMap::new();
    for row in &matrix.rows {
        let Some(other) = first.get(row.variant.as_str()) else {
            first.insert(&row.variant, row);
            continue;
        };
        let message = format!("Table {} lists the variant {} twice", matrix.number.value, row.variant.value);
        let place = other.variant.origin.location().map(|at| format!(", at {at}")).unwrap_or_default();
        let help = format!(
            "the other row is “{}”{place}: correct the variant of one of the two, or delete it",
            other.name.text
        );
        findings
            .push(Diagnostic::warning(Code::DuplicateVariant, message).at(row.variant.origin.location()).help(help));
    }
}

/// Rows stand in the order of their variants.
fn order(matrix: &Matrix, findings: &mut Vec<Diagnostic>) {
    let mut greatest: Option<&Row> = None;
    for row in &matrix.rows {
        match greatest.filter(|before| natural(&row.variant, &before.variant).is_lt()) {
            Some(before) => {
                let message = format!(
                    "in Table {}, the row {} stands after {}",
                    matrix.number.value, row.variant.value, before.variant.value
                );
                let help = "move it: rows stand in the order of their variants";
                findings
                    .push(Diagnostic::warning(Code::RowOrder, message).at(row.variant.origin.location()).help(help));
            }
            None => greatest = Some(row),
        }
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
